"""Keep what search looks into in step with the map, in the transaction that changes the map."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Q

from minka.core.bulk import write_all
from minka.knowledge.actions.import_writing import insert_rows
from minka.knowledge.models import Actor, SearchDocument, SearchPhrase, SearchWord, Theme
from minka.knowledge.queries.search_texts import Texts, texts_of
from minka.knowledge.states import ActorState
from minka.methods.search.analyser import APART, entries, roots, surface, tokens, words_of
from minka.methods.search.initials import beginnings
from minka.methods.search.numbers import number_tokens
from minka.methods.text import search_key

BATCH = 2000
FIELDS = ("titles", "names", "offers", "words", "places", "surfaces", "size")
MOST = 4000  # tokens of one field; the full text of PostgreSQL takes no more positions
_LATER: ContextVar[set[int] | None] = ContextVar("changed_actors", default=None)


@transaction.atomic
def index_actors(*, actors: Iterable[int]) -> int:
    """Compose the documents of these actors anew; return how many changed. Bulk, per 2,000.

    No person: a consequence of other acts.
    """
    keys = sorted(set(actors))
    if (later := _LATER.get()) is not None:
        later.update(keys)
        return 0
    return sum(_index(keys[at : at + BATCH]) for at in range(0, len(keys), BATCH))


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Compose what changes within this block once, however often it changes. Call in a transaction.

    No person: a consequence of other acts.
    """
    changed: set[int] = set()
    token = _LATER.set(changed)
    try:
        yield
    finally:
        _LATER.reset(token)
    index_actors(actors=changed)


@transaction.atomic
def forget_actors(*, actors: Iterable[int]) -> None:
    """Take the documents of actors out that are about to be deleted.

    No person: a consequence of other acts.
    """
    held = list(SearchDocument.objects.select_for_update().order_by("pk").filter(pk__in=[*actors]))
    _count({}, {one.pk: one for one in held})
    SearchDocument.objects.filter(pk__in=[one.pk for one in held]).delete()


@transaction.atomic
def index_themes(*, themes: Iterable[int] | None = None) -> None:
    """Keep the phrases of the thesaurus, and the documents of actors that carry these themes.

    No person: a consequence of other acts.
    """
    rows = {
        (theme.pk, phrase)
        for theme in Theme.objects.all()
        for label in (theme.label_es, theme.label_en, *theme.synonyms_es, *theme.synonyms_en)
        if (phrase := " ".join(roots(label))[:250])
    }
    held = {(one.theme_id, one.phrase): one.pk for one in SearchPhrase.objects.all()}
    SearchPhrase.objects.filter(pk__in=[pk for key, pk in held.items() if key not in rows]).delete()
    SearchPhrase.objects.bulk_create(
        [SearchPhrase(theme_id=theme, phrase=phrase) for theme, phrase in sorted(rows - set(held))],
        batch_size=500,
    )
    if themes is not None:
        carried = Q(themes__in=list(themes)) | Q(capabilities__theme__in=list(themes))
        index_actors(actors=Actor.objects.filter(carried).values_list("pk", flat=True).distinct())


def ensure_index() -> None:
    """Make the index where an installation is older than it, and sum its counts up.

    No person: a step of preparing an installation.
    """
    if not SearchPhrase.objects.exists():
        index_themes()
    if not SearchDocument.objects.exists() and Actor.objects.exists():
        rebuild_index()
    sum_words()


@transaction.atomic
def rebuild_index() -> int:
    """Make everything search looks into anew; return how many actors there are.

    No person: it is run at the command line, or when a release looks into more.
    """
    SearchWord.objects.all().delete()
    SearchDocument.objects.all().delete()
    index_themes()
    living = Actor.objects.filter(state=ActorState.LIVE)
    count = index_actors(actors=living.values_list("pk", flat=True))
    sum_words()
    return count


@transaction.atomic
def sum_words() -> None:
    """Sum the counts up: one row for every root.

    No person: housekeeping.
    """
    rows = SearchWord.objects.values("root").annotate(rows=Count("pk")).filter(rows__gt=1)
    several = SearchWord.objects.filter(root__in=rows.values("root"))
    totals: Counter[str] = Counter()
    seen = []  # others may add rows meanwhile: only what was summed is taken out
    for pk, root, change in several.values_list("pk", "root", "change").iterator():
        totals[root] += change
        seen.append(pk)
    for at in range(0, len(seen), BATCH):
        SearchWord.objects.filter(pk__in=seen[at : at + BATCH]).delete()
    _add(totals)


def _index(keys: Sequence[int]) -> int:
    held = (
        SearchDocument.objects.select_for_update().order_by("pk").in_bulk(keys)
    )  # who counts counts alone
    return _keep(texts_of(actors=keys), held)


def _keep(texts: Mapping[int, Texts], held: Mapping[int, SearchDocument]) -> int:
    """Write the documents of these texts in the place of those held; return how many changed."""
    fresh = {pk: _document(pk, one) for pk, one in texts.items()}
    changed = {
        pk: one
        for pk, one in fresh.items()
        if pk not in held or any(getattr(held[pk], name) != getattr(one, name) for name in FIELDS)
    }
    gone = [pk for pk in held if pk not in fresh]
    touched = {pk: held[pk] for pk in (*changed, *gone) if pk in held}
    _count(changed, touched)
    if gone:
        SearchDocument.objects.filter(pk__in=gone).delete()
    new = [one for pk, one in changed.items() if pk not in held]
    insert_rows(
        model=SearchDocument,
        rows=[{"actor_id": one.pk} | {name: getattr(one, name) for name in FIELDS} for one in new],
    )
    write_all([one for pk, one in changed.items() if pk in held], FIELDS)
    return len(changed) + len(gone)


def _document(pk: int, texts: Texts) -> SearchDocument:
    names = [_name(text) for text in texts.names]
    titles = list(dict.fromkeys(name.title for name in names if name.title))
    marks = [mark for name in names for mark in name.marks]
    surfaces = [word for name in names for word in name.surfaces]
    numbers = [token for scheme, value in texts.numbers for token in number_tokens(scheme, value)]
    return SearchDocument(
        actor_id=pk,
        titles="\n".join(titles),
        names=_cut(" ".join(name.tokens for name in names if name.tokens)),
        offers=_cut(tokens(texts.offers)),
        words=_cut(entries(texts.words)),
        places=_cut(_place_tokens(tuple(texts.places))),
        surfaces=_cut(" ".join(dict.fromkeys([*surfaces, *numbers, *marks]))),
        size=min(len(titles[0].split()) if titles else 0, 9999),
    )


class _Name(NamedTuple):
    """What search keeps of one name."""

    title: str
    tokens: str
    surfaces: tuple[str, ...]
    marks: tuple[str, ...]


@lru_cache(maxsize=20_000)
def _name(text: str) -> _Name:
    """Take a name apart, once for all the times its actor is composed while a sheet comes in."""
    return _Name(
        search_key(text),
        tokens([text]),
        tuple(map(surface, words_of(text))),
        tuple(beginnings(text)),
    )


@lru_cache(maxsize=5000)
def _place_tokens(places: tuple[str, ...]) -> str:
    return tokens(places)


def _cut(text: str) -> str:
    return " ".join(text.split(" ")[:MOST]) if len(text) > MOST else text


def _count(fresh: Mapping[int, SearchDocument], former: Mapping[int, SearchDocument]) -> None:
    """Add to the counts which roots came and which went."""
    changes: Counter[str] = Counter({"": len(fresh) - len(former)})
    for one in fresh.values():
        changes.update(_roots(one))
    for one in former.values():
        changes.subtract(_roots(one))
    _add(changes)


def _add(changes: Mapping[str, int]) -> None:
    insert_rows(
        model=SearchWord,
        rows=[
            {"root": one, "backwards": one[::-1], "change": change}
            for one, change in sorted(changes.items())
            if change
        ],
    )


def _roots(document: SearchDocument) -> set[str]:
    texts = (document.names, document.offers, document.words, document.places)
    return {token[1:] for text in texts for token in text.split() if token != APART}
