"""The thesaurus as people read it: the tree, one concept, what uses it, what is suggested."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.functional import Promise

from minka.core.remembering import cache
from minka.knowledge.models import Actor, Theme, ThemeMerge, ThemeRefusal
from minka.knowledge.queries.directory import visible_actors
from minka.methods.text import search_key
from minka.methods.theme_matching import Match, Vocabulary, find_themes

REMEMBERED_S = 600


@dataclass(frozen=True)
class ThemeUse:
    """Something of a line above that carries themes.

    Args:
        label: what it is called, in the plural.
        count: takes `viewer` and gives how many that they may see carry each theme, by its key.
        url: takes a theme and gives the page that lists them.
    """

    label: str | Promise
    count: Callable[[Any], Mapping[int, int]]
    url: Callable[[Theme], str]


_uses: dict[str, ThemeUse] = {}


def register_theme_use(name: str, use: ThemeUse) -> None:
    """Let concept pages count what a line above has; call it in `AppConfig.ready()`."""
    _uses[name] = use


@dataclass(slots=True)
class Branch:
    """A concept of the tree with what is under it; `actors` counts its own, not those below."""

    theme: Theme
    actors: int = 0
    depth: int = 0
    narrower: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme that the actor's own words name."""

    theme: Theme
    words: str


def all_themes(*, viewer: Any) -> QuerySet[Theme]:  # noqa: ARG001 -- the thesaurus is public
    """Return every concept with its broader one."""
    return Theme.objects.select_related("broader").order_by("label_es")


def merged_themes(*, viewer: Any) -> QuerySet[Theme]:  # noqa: ARG001 -- the thesaurus is public
    """Return the concepts that were merged, each with the one that took its place."""
    return Theme.every.exclude(replaced_by=None).select_related("replaced_by").order_by("pk")


def merges_into(*, viewer: Any, theme: Theme) -> QuerySet[ThemeMerge]:
    """Return the merges into a concept that stand, the last first; to the team only."""
    found = ThemeMerge.objects.filter(into=theme, undone_at__isnull=True)
    if not viewer.has_perm("knowledge.theme_change"):
        return found.none()
    return found.select_related("theme", "by").order_by("-pk")


def theme_tree(*, viewer: Any, language: str, words: str = "") -> list[Branch]:
    """Return the concepts as a tree, by label; two SQL statements.

    With `words`, only concepts that have them in a label or synonym of either language, each
    under the broader ones that lead to it.
    """
    themes = list(all_themes(viewer=viewer))
    label = f"label_{language}"
    kept = _with_broader(themes, [one for one in themes if _has(one, words)])
    counts = actor_counts(viewer=viewer)
    branches = {one.pk: Branch(one, counts.get(one.pk, 0)) for one in themes if one.pk in kept}
    top: list[Branch] = []
    for one in sorted(themes, key=lambda theme: search_key(getattr(theme, label))):
        if one.pk in branches:
            above = branches.get(one.broader_id or 0)
            (above.narrower if above else top).append(branches[one.pk])
    for branch in top:
        _set_depth(branch, 0)
    return top


def flattened(branches: Iterable[Branch]) -> Iterator[Branch]:
    """Yield the branches of a tree from top to bottom."""
    for branch in branches:
        yield branch
        yield from flattened(branch.narrower)


def actor_counts(*, viewer: Any) -> dict[int, int]:
    """Return how many visible actors carry each theme; one SQL statement."""
    found = visible_actors(viewer=viewer).filter(themes__isnull=False).order_by()
    return dict(found.values_list("themes").annotate(Count("pk")))


def actors_of_theme(*, viewer: Any, theme: Theme) -> QuerySet[Actor]:
    """Return the visible actors that carry a theme, by name."""
    found = visible_actors(viewer=viewer).filter(themes=theme)
    return found.select_related("region", "place").order_by("name_key", "pk")


def uses_of(*, viewer: Any, theme: Theme) -> list[tuple[str, int, str]]:
    """Return label, count and address of what else carries a theme."""
    counted = ((use, use.count(viewer).get(theme.pk, 0)) for use in _uses.values())
    return [(str(use.label), count, use.url(theme)) for use, count in counted if count]


def vocabulary() -> tuple[Vocabulary[int], dict[int, Theme]]:
    """Return the labels and synonyms made ready to be looked for, and the themes by key.

    Built anew when the thesaurus has changed; two SQL statements at most, one when it has not.
    """
    themes = {one.pk: one for one in Theme.objects.order_by("pk")}
    labels = [(pk, labels_of(one)) for pk, one in themes.items()]
    key = f"thesaurus:{sha256(repr(labels).encode()).hexdigest()[:32]}"  # alike in each process
    made: Vocabulary[int] | None = cache.get(key)
    if made is None:
        made = Vocabulary.build((pk, text) for pk, one in themes.items() for text in labels_of(one))
        cache.set(key, made, REMEMBERED_S)
    return made, themes


def labels_of(theme: Theme) -> list[str]:
    """Return everything by which a concept is called, labels first."""
    return [theme.label_es, theme.label_en, *theme.synonyms_es, *theme.synonyms_en]


def suggested_themes(
    *, viewer: Any, actor: Actor, products: Sequence[str] | None = None
) -> list[Suggestion]:
    """Return the themes that an actor's words name and that nobody has answered, for who edits it.

    What the actor carries already and what was refused before is not suggested. `products` are
    the names of its products where the caller has them.
    """
    if not viewer.has_perm("knowledge.actor_change", actor):
        return []
    ready, themes = vocabulary()
    if products is None:
        products = list(actor.products.values_list("name", flat=True))
    carried = {one.pk for one in actor.themes.all()}
    found = find_in_texts([actor.activity, actor.description, *products], ready)
    named = [match for match in found if match.key not in carried]
    if not named:
        return []
    refused = set(ThemeRefusal.objects.filter(actor=actor).values_list("theme", flat=True))
    return [
        Suggestion(themes[match.key], match.words) for match in named if match.key not in refused
    ]


def find_in_texts(texts: Iterable[str], ready: Vocabulary[int]) -> Sequence[Match[int]]:
    """Return the concepts of several texts; no label runs on from one into the next."""
    return find_themes("\n".join(texts), ready)


def _has(theme: Theme, words: str) -> bool:
    wanted = search_key(words).split()
    text = search_key(" ".join(labels_of(theme)))
    return all(word in text for word in wanted)


def _with_broader(themes: Sequence[Theme], found: Sequence[Theme]) -> set[int]:
    above = {one.pk: one.broader_id for one in themes}
    kept: set[int] = set()
    for one in found:
        pk: int | None = one.pk
        while pk is not None and pk not in kept:
            kept.add(pk)
            pk = above[pk]
    return kept


def _set_depth(branch: Branch, depth: int) -> None:
    branch.depth = depth
    for below in branch.narrower:
        _set_depth(below, depth + 1)
