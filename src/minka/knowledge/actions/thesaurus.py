"""Keep the bilingual thesaurus: the seed, changes by people, whole lists, themes of an actor."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput
from minka.core.models import User
from minka.knowledge.actions.history import note_changes
from minka.knowledge.actions.search_index import index_actors, index_themes
from minka.knowledge.models import Actor, Theme, ThemeRefusal
from minka.methods.text import tidy


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept; `broader` is the Spanish label of the wider one, empty at the top."""

    label_es: str
    label_en: str
    synonyms_es: tuple[str, ...]
    synonyms_en: tuple[str, ...]
    broader: str


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """A concept that a list has otherwise than the thesaurus: (what, before, after)."""

    label_es: str
    differences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a list would do to the thesaurus; what it does not name stays."""

    new: tuple[Concept, ...]
    changed: tuple[ConceptChange, ...]
    unchanged: int
    unnamed: tuple[str, ...]
    problems: tuple[str, ...]


@transaction.atomic
def load_themes(*, concepts: Iterable[Concept]) -> int:
    """Keep the concepts and return how many are new; known ones stay as people left them.

    No person: the seed comes with the installation.
    """
    themes = {theme.label_es: theme for theme in Theme.every.all()}
    waiting = [concept for concept in concepts if concept.label_es not in themes]
    slugs = {theme.slug for theme in themes.values()}
    fresh = Theme.objects.bulk_create([_theme(concept, slugs) for concept in waiting])
    themes |= {theme.label_es: theme for theme in fresh}
    placed = []
    for concept in waiting:
        if concept.broader in themes:
            theme = themes[concept.label_es]
            above = themes[concept.broader]
            theme.broader = above.replaced_by or above
            placed.append(theme)
    Theme.objects.bulk_update(placed, ["broader"], batch_size=200)
    if waiting:
        index_themes()
    return len(waiting)


@transaction.atomic
def save_theme(  # noqa: PLR0913 -- the facts of the form
    *,
    by: User,
    theme: Theme | None,
    label_es: str,
    label_en: str,
    synonyms_es: Sequence[str] = (),
    synonyms_en: Sequence[str] = (),
    broader: Theme | None = None,
) -> Theme:
    """Change a concept, or add one where `theme` is None; its address stays for ever.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: a label is missing or taken, or the concept would stand under itself.
    """
    require(by, "knowledge.theme_change")
    label_es, label_en = tidy(label_es), tidy(label_en)
    for name, label in (("label_es", label_es), ("label_en", label_en)):
        if not label:
            raise InvalidInput(fields={name: _("Write the label.")})
    _queue_editors()
    if theme is not None:
        theme = Theme.objects.select_for_update().get(pk=theme.pk)
        if broader is not None and _leads_to(broader, theme):
            raise InvalidInput(
                fields={"broader": _("This one stands under the concept itself: a circle.")}
            )
    else:
        theme = _theme(
            Concept(label_es, label_en, (), (), ""),
            set(Theme.every.values_list("slug", flat=True)),
        )
    is_new, before = theme.pk is None, _picture(theme)
    theme.label_es, theme.label_en, theme.broader = label_es, label_en, broader
    theme.synonyms_es, theme.synonyms_en = _clean(synonyms_es), _clean(synonyms_en)
    try:
        with transaction.atomic():
            theme.save()
    except IntegrityError as error:
        taken = _("Another concept has this label.")
        raise InvalidInput(fields={"label_es": taken}) from error
    after = _picture(theme)
    index_themes(themes=[theme.pk])
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    verb = "knowledge.theme_create" if is_new else "knowledge.theme_change"
    record(by=by, verb=verb, obj=theme, data=changed)
    return theme


def difference(*, concepts: Sequence[Concept]) -> Difference:
    """Return what a list would change; nothing is written.

    No person: it compares a list with what everybody may read.
    """
    themes = {one.label_es: one for one in Theme.objects.select_related("broader")}
    named = {concept.label_es for concept in concepts}
    merged = set(Theme.every.exclude(replaced_by=None).values_list("label_es", flat=True))
    concepts = [concept for concept in concepts if concept.label_es not in merged]
    new, changed = [], []
    for concept in concepts:
        known = themes.get(concept.label_es)
        if known is None:
            new.append(concept)
        elif found := _differences(known, concept):
            changed.append(ConceptChange(concept.label_es, found))
    return Difference(
        new=tuple(new),
        changed=tuple(changed),
        unchanged=len(concepts) - len(new) - len(changed),
        unnamed=tuple(sorted(themes.keys() - named)),
        problems=tuple(_problems(concepts, themes)),
    )


@transaction.atomic
def apply_concepts(*, by: User, concepts: Sequence[Concept], expected: Difference) -> Difference:
    """Let the thesaurus become what a list says of the concepts it names.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        Conflict: the thesaurus has changed since `expected` was shown.
        InvalidInput: the list has problems.
    """
    require(by, "knowledge.theme_change")
    _queue_editors()
    found = difference(concepts=concepts)
    if found != expected:
        raise Conflict(_("The thesaurus has changed meanwhile; look at the differences again."))
    if found.problems:
        raise InvalidInput(" ".join(found.problems))
    load_themes(concepts=found.new)
    themes = {one.label_es: one for one in Theme.objects.all()}
    by_label = {concept.label_es: concept for concept in concepts}
    for change in found.changed:
        concept, theme = by_label[change.label_es], themes[change.label_es]
        theme.label_en = concept.label_en
        theme.synonyms_es, theme.synonyms_en = list(concept.synonyms_es), list(concept.synonyms_en)
        theme.broader = themes.get(concept.broader)
        theme.save()
        data = {what: [before, after] for what, before, after in change.differences}
        record(by=by, verb="knowledge.theme_change", obj=theme, data=data)
    index_themes(themes=[themes[change.label_es].pk for change in found.changed])
    for concept in found.new:
        record(by=by, verb="knowledge.theme_create", obj=themes[concept.label_es])
    return found


@transaction.atomic
def answer_suggestion(*, by: User, actor: Actor, theme: Theme, accept: bool) -> None:
    """Take a suggested theme for an actor, or refuse it, so that it is not suggested again.

    Raises:
        NotAllowed: `by` does not edit the profile.
    """
    require(by, "knowledge.actor_change", actor)
    if not accept:
        ThemeRefusal.objects.get_or_create(actor=actor, theme=theme, defaults={"refused_by": by})
        record(by=by, verb="knowledge.theme_refuse", obj=actor, data={"theme": theme.slug})
        return
    before = sorted(actor.themes.values_list("label_es", flat=True))
    actor.themes.add(theme)
    after = sorted({*before, theme.label_es})
    ThemeRefusal.objects.filter(actor=actor, theme=theme).delete()
    actor.save(update_fields=["updated_at"])
    index_actors(actors=[actor.pk])
    note_changes(by=by, actor=actor, changes=[("themes", before, after)])
    record(by=by, verb="knowledge.theme_accept", obj=actor, data={"theme": theme.slug})


def _theme(concept: Concept, slugs: set[str]) -> Theme:
    stem = slugify(concept.label_es)[:76] or "tema"
    slug, number = stem, 2
    while slug in slugs:
        slug, number = f"{stem}-{number}", number + 1
    slugs.add(slug)
    return Theme(
        slug=slug,
        label_es=concept.label_es,
        label_en=concept.label_en,
        synonyms_es=list(concept.synonyms_es),
        synonyms_en=list(concept.synonyms_en),
    )


def _queue_editors() -> None:
    """Let one editor at a time move concepts: two moves that are fine alone can make a circle."""
    list(Theme.objects.select_for_update().filter(broader=None).order_by("pk").values_list("pk"))


def _leads_to(theme: Theme, wanted: Theme) -> bool:
    above = dict(Theme.every.values_list("pk", "broader"))
    pk: int | None = theme.pk
    while pk is not None:
        if pk == wanted.pk:
            return True
        pk = above[pk]
    return False


def _clean(synonyms: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, (tidy(one) for one in synonyms))))


def _picture(theme: Theme) -> dict[str, str]:
    return {
        "label_es": theme.label_es,
        "label_en": theme.label_en,
        "synonyms_es": "|".join(theme.synonyms_es),
        "synonyms_en": "|".join(theme.synonyms_en),
        "broader": theme.broader.label_es if theme.broader else "",
    }


def _differences(theme: Theme, concept: Concept) -> tuple[tuple[str, str, str], ...]:
    before = _picture(theme)
    after = {
        "label_en": concept.label_en,
        "synonyms_es": "|".join(concept.synonyms_es),
        "synonyms_en": "|".join(concept.synonyms_en),
        "broader": concept.broader,
    }
    return tuple(
        (what, before[what], after[what])
        for what in after
        if sorted(before[what].split("|")) != sorted(after[what].split("|"))
    )  # the order of synonyms says nothing


def _problems(concepts: Sequence[Concept], themes: Mapping[str, Theme]) -> Iterable[str]:
    broader = {label: one.broader.label_es if one.broader else "" for label, one in themes.items()}
    seen: set[str] = set()
    for concept in concepts:
        if not concept.label_es or not concept.label_en:
            yield _("“%(label)s” lacks a label.") % {"label": concept.label_es or concept.label_en}
        elif max(len(concept.label_es), len(concept.label_en)) > 120:
            yield _("“%(label)s” is too long.") % {"label": concept.label_es[:60]}
        if concept.label_es in seen:
            yield _("“%(label)s” is there twice.") % {"label": concept.label_es}
        seen.add(concept.label_es)
        broader[concept.label_es] = concept.broader
    for label in sorted(seen):
        if broader[label] and broader[label] not in broader:
            names = {"label": label, "broader": broader[label]}
            yield _("“%(label)s” stands under “%(broader)s”, which is not there.") % names
        elif _circles(label, broader):
            yield _("“%(label)s” stands under itself.") % {"label": label}


def _circles(label: str, broader: Mapping[str, str]) -> bool:
    met, at = {label}, broader.get(label, "")
    while at:
        if at in met:
            return at == label
        met.add(at)
        at = broader.get(at, "")
    return False
