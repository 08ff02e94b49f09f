"""Search: which actors the words fit, the best first. One door for directory, portal and API.

The database finds candidates with its full text; `methods.search` orders them, so that SQLite and
PostgreSQL give one order. Eight SQL statements at most, however much there is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, IntegerField, Q, Value, When
from django.db.models.functions import Cast, Concat, StrIndex

from minka.knowledge.models import SearchDocument
from minka.knowledge.queries.full_text import All, Any_, Part, Token, matching, nearest
from minka.knowledge.queries.search_reading import (
    Held,
    all_of,
    counts_between,
    counts_of,
    first_of,
    held_of,
    phrases_by_theme,
)
from minka.knowledge.states import ActorState
from minka.methods.search.analyser import APART, STOP_WORDS, root, surface, words_of
from minka.methods.search.asking import compose, halves, near, phrases, pieces, spread
from minka.methods.search.initials import marks_of
from minka.methods.search.numbers import whole
from minka.methods.search.question import Question, Want
from minka.methods.search.ranking import order
from minka.methods.search.weighing import Document, rarity

RANKED = 200
AT_ONCE, AT_ONCE_LONG = 300, 900  # candidates by single words, at most; for a description
COMMON = 8000  # documents at which a word finds no candidates if there is a rarer one
A_MARK = 1500  # what the mark of an acronym weighs in candidates, in thousandths of a nat
FEW = 60  # candidates while somebody types
LONG = 6  # more wants than this make a description: nobody has all of it
LOOSE = 200
NEIGHBOURS = 3000
BEGUN = 40
TYPED, TYPED_WORDS = 400, 6
SHORTEST_NUMBER = 8  # of natural persons
LONGEST = 2000
FIELDS = ("names", "offers", "words", "places")


@dataclass(frozen=True, slots=True)
class Found:
    """What the words fit: ask once per request, then narrow and order as often as needed.

    Args:
        ids: the nearest, best first, some of which may lack a word.
        fitting: those that fit: they have all words or, where nobody has, are among the nearest.
            Where very many have them, it is what they have.
    """

    ids: tuple[int, ...]
    fitting: tuple[int, ...] | Part

    @property
    def condition(self) -> Q:
        """What narrows actors to those that fit."""
        fits = self.fitting
        return Q(pk__in=fits if isinstance(fits, tuple) else matching(fits))

    @property
    def keys(self) -> Sequence[int]:
        """Those that fit, some of which may have gone meanwhile. One SQL statement at most."""
        return self.fitting if isinstance(self.fitting, tuple) else all_of(self.fitting)

    @property
    def order(self) -> tuple[Any, ...]:
        """What to order actors by: the ranked first, the rest by name."""
        if not self.ids:
            return ("name_key", "pk")
        places = Value("," + ",".join(map(str, self.ids)) + ",")
        at = StrIndex(places, Concat(Value(","), Cast("pk", CharField()), Value(",")))
        ranked = Case(When(pk__in=self.ids, then=at), default=None, output_field=IntegerField())
        return (ranked.asc(nulls_last=True), "name_key", "pk")


def search(*, viewer: Any, text: str, limit: int = LOOSE, context: str = "") -> list[int]:
    """Return the ids of the actors that fit best, best first; `context` explains the text."""
    return list(find(viewer=viewer, text=text, context=context).ids[:limit])


def typed(*, viewer: Any, text: str, limit: int) -> tuple[int, ...]:
    """Return actors with a name whose words begin as those typed, the likeliest first.

    Those whose name begins so come first, then the shorter names. Three SQL statements.
    """
    del viewer  # the map is public, and there are documents of living actors alone
    words = words_of(text)[:TYPED_WORDS]
    if not words:
        return ()
    key = " ".join(words)
    shown = SearchDocument.objects.filter(actor__state=ActorState.LIVE)
    begin = shown.filter(actor__name_key__gte=key, actor__name_key__lt=f"{key}\U0010ffff")
    first = list(begin.order_by("actor__name_key", "pk").values_list("pk", flat=True)[:limit])
    if len(first) == limit:
        return tuple(first)
    parts = tuple(_standing(word, begins=True) for word in words)
    some = SearchDocument.objects.filter(pk__in=matching(All(parts), at_most=TYPED))
    rest = some.order_by("size", "pk").values_list("pk", flat=True)[: 2 * limit]
    return tuple(dict.fromkeys([*first, *rest]))[:limit]


def find(
    *, viewer: Any, text: str, context: str = "", typing: bool = False, few: bool = False
) -> Found:
    """Return what `text` finds; while somebody is `typing`, the last word may go on.

    All words are wanted; if nobody has them all, or the text is long, the nearest are found. Where
    a `few` do, not as many candidates are looked at, which takes half the time.
    """
    del viewer  # the map is public, and there are documents of living actors alone
    text, context = text[:LONGEST], context[:LONGEST]
    if not pieces(text):
        return Found((), ())
    question, total = _question(text, context, typing=typing)
    exact = _exactly(question, text, typing=typing)
    held = first_of(exact, among=COMMON, limit=FEW if few else RANKED) if exact else []
    marks = _marks(question)
    enough = len(held) >= (FEW if few else LOOSE) and not question.letters
    at_most = FEW if few else AT_ONCE if exact else AT_ONCE_LONG
    loose = [] if enough else _loosely(question, marks, total, at_most=at_most)
    documents = [_document(one, marks) for one in held_of({*held, *loose})]
    ranked = order(question, documents, total, counts_of)
    ids = tuple(pk for score, pk in ranked[:RANKED] if score > 0)
    if exact and len(held) >= RANKED:
        return Found(ids, exact)
    if held:
        fit, met = set(held), False
        for pk in ids:  # what is nearer than all that have every word: a name by its acronym
            met = met or pk in fit
            if met:
                break
            fit.add(pk)
        return Found(ids, tuple(sorted(fit)))
    best = ranked[0][0] if ranked else 0
    return Found(ids, tuple(pk for score, pk in ranked[:LOOSE] if score * 3 >= best > 0))


def _question(text: str, context: str, *, typing: bool) -> tuple[Question, int]:
    """Return the question and how many documents there are. Four SQL statements at most."""
    asked = pieces(text)
    concepts = _concepts(text)
    wanted = [*asked, *pieces(context), *(one for said in concepts.values() for one in said)]
    known = spread(part for phrase in wanted for part in phrase.split())
    counts = counts_of(["", *known])
    total = counts.pop("", 0)
    strangers = [one for one in asked if len(one) >= 4 and not counts.get(one)]
    last = words_of(text)[-1:] if typing else []
    beginnings = {one for word in last for one in (word, root(word)) if len(one) > 1}
    around = _around(strangers, beginnings) if strangers or beginnings else {}
    begun = sorted(
        (one for one in around if one.startswith(tuple(beginnings) or ("\0",))),
        key=lambda one: (-around[one], one),
    )[:BEGUN]
    question = compose(
        text,
        counts=around | counts,
        concepts=concepts,
        neighbours={one: near(one, around) for one in strangers},
        begun=begun,
        context=context,
    )
    return question, total


def _concepts(text: str) -> dict[str, list[str]]:
    """Return for every phrase of the thesaurus in the text what means the same."""
    asked = phrases(text)[:200]
    found: dict[str, list[str]] = defaultdict(list)
    for same in phrases_by_theme(asked).values():
        for phrase in set(asked) & set(same):
            found[phrase] += [one for one in same if one != phrase]
    return found


def _around(strangers: Sequence[str], beginnings: Iterable[str]) -> dict[str, int]:
    """Return known roots that begin or end as an unknown one does, or begin as what is typed."""
    around = [("root", one) for one in beginnings]
    for one in strangers[:8]:
        front, back = halves(one)
        around += [("root", front), ("backwards", back[::-1])]
    return counts_between(around)


def _exactly(question: Question, text: str, *, typing: bool) -> Part | None:
    """Return what somebody has who has all words, as roots or as they stand in its names."""
    wants = [want for want in question.wants if want.importance == 1]
    if len(wants) > LONG:
        return None
    words = [word for word in words_of(text) if word not in STOP_WORDS] or words_of(text)
    standing = [_standing(word, begins=typing and word == words[-1]) for word in words]
    return Any_((All(tuple(map(_way, wants))), All(tuple(standing))))


def _standing(word: str, *, begins: bool) -> Part:
    """Return a word as it stands; what may be the number of a person must be whole."""
    token = Token(surface(word), begins=begins)
    is_number = len(word) >= SHORTEST_NUMBER and any(map(str.isdigit, word))
    return Any_((token, Token(whole(word)))) if is_number else token


def _loosely(question: Question, marks: frozenset[str], total: int, *, at_most: int) -> list[int]:
    """Return candidates: those with the rarer words, or with the mark of an acronym."""
    wants = sorted(
        (want for want in question.wants if want.count),
        key=lambda want: (want.importance < 1, want.count),
    )
    some: list[tuple[Part, int]] = []
    room = COMMON
    for want in wants:
        if some and want.count > room:
            break
        some.append((_way(want), round(1000 * want.importance * rarity(want.count, total))))
        room -= want.count
    if marks:
        some.append((Any_(tuple(map(Token, sorted(marks)))), A_MARK))
    return nearest(parts=some, at_most=at_most, each=COMMON)


def _marks(question: Question) -> frozenset[str]:
    return frozenset(mark for one in question.letters for mark in marks_of(one))


def _way(want: Want) -> Part:
    return Any_(
        tuple(All(tuple(Token(f"w{one}") for one in way.roots)) for way in want.alternatives)
    )


def _document(held: Held, marks: frozenset[str]) -> Document:
    fields = {name: f" {getattr(held, name)}".replace(" w", " ") for name in FIELDS}
    entries = fields["words"].count(f" {APART} ")
    fields["words"] = fields["words"].replace(f" {APART} ", " ")
    is_marked = bool(marks) and not marks.isdisjoint(held.surfaces.split())
    return Document(
        held.actor, fields, held.titles.split("\n"), may_be_short=is_marked,
        entries=entries + 1,
    )  # fmt: skip
