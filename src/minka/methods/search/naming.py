"""How alike what is asked and a name are, thing by thing.

Legal forms say nothing, rare words much; a country may stand as a noun, as an adjective, or only
in the address; words meet by root, by translation, by a slip of the pen, or as an acronym.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, LCSseq

from minka.methods.legal_forms import split_legal_form
from minka.methods.search.acronyms import fit, strictly
from minka.methods.search.analyser import LINKS, content_words, root, words_of
from minka.methods.search.bilingual import translations
from minka.methods.search.nations import named

Rarities = Mapping[str, float]  # by root, in nats
PIVOT, SLIP, BEGUN, AT_HOME = 0.75, 0.7, 0.5, 0.8
MET = 0.5  # from here on one word is said to meet another
OWN_COUNTRY = 0.25  # what its own country weighs in the name of an organisation
EARLY = 0.25  # how much less each further word of a name weighs
PIECE = 3
SHORT, RARE, SURELY = range(2, 11), 5.0, 0.6


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: its telling words, their roots, and the countries it names."""

    words: tuple[str, ...]
    roots: tuple[str, ...]
    nations: Mapping[int, int]  # by position


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, ready to be held against many names.

    Args:
        ways: by position, the roots that say the word and how surely.
        letters: words that may be acronyms.
    """

    name: Name
    ways: tuple[Mapping[str, float], ...]
    rare: tuple[float, ...]
    letters: frozenset[str]
    pieces: Mapping[str, float]

    @property
    def words(self) -> list[str]:
        """The words as they stand."""
        return list(self.name.words)


@dataclass(slots=True)
class Meeting:
    """How well each word of what is asked is met in a name, where, and the other way round."""

    mine: list[float]
    yours: list[float]
    at: list[int]


@lru_cache(maxsize=50_000)
def apart(text: str) -> Name:
    """Take a name apart; its legal form is left out."""
    bare = [one for one in content_words(split_legal_form(text)[0]) if one not in LINKS]
    words = bare or content_words(text) or words_of(text)
    found = tuple(map(root, words))
    nations = {at: country for country, start, end in named(found) for at in range(start, end)}
    return Name(tuple(words), found, nations)


def prepare(
    text: str,
    *,
    ways: Mapping[str, Mapping[str, float]],
    letters: Iterable[str],
    rarities: Rarities,
) -> Asked:
    """Prepare what is asked for comparison."""
    name = apart(text)
    rare = tuple(rarities.get(one, 0.0) for one in name.roots)
    said = tuple({**ways.get(one, {}), one: 1.0} for one in name.roots)
    return Asked(name, said, rare, frozenset(letters), _pieces(name.words, rare))


def compare(
    asked: Asked, title: str, *, home: frozenset[int], rarities: Rarities
) -> dict[str, float]:
    """Return the likeness of what is asked and a title, thing by thing; most are from 0 to 1.

    Args:
        asked: what is asked, prepared.
        title: a name of an organisation.
        rarities: of the roots of both.
        home: the countries of the organisation, as numbers of `nations`.
    """
    name = apart(title)
    own = [name.nations.get(at) in home and len(name.roots) > 1 for at in range(len(name.roots))]
    rare = [
        rarities.get(one, 0.0) * (OWN_COUNTRY if is_own else 1)
        for one, is_own in zip(name.roots, own, strict=True)
    ]
    meeting = _meet(asked, name, home)
    shortened = _shortened(asked, name, meeting, rarities)
    met, name_met = _share(meeting.mine, asked.rare), _share(meeting.yours, rare)
    pieces = _pieces(name.words, rare)
    cosine = _cosine(asked.pieces, pieces)
    said = [
        name.words[at] if at >= 0 and how >= MET else word
        for word, at, how in zip(asked.name.words, meeting.at, meeting.mine, strict=True)
    ]
    rarest = max(range(len(said)), key=lambda at: asked.rare[at], default=-1)
    here, wanted = home | set(name.nations.values()), set(asked.name.nations.values())
    return {
        "cosine": cosine,
        "cosine_met": cosine if said == asked.words else _cosine(_pieces(said, asked.rare), pieces),
        "met": met,
        "name_met": name_met,
        "both": met * name_met,
        "begun": meeting.mine[0] * name_met if meeting.at[:1] == [0] else 0.0,
        "first": meeting.mine[0] if meeting.at[:1] == [0] else 0.0,
        "rarest": meeting.mine[rarest] if said else 0.0,
        "early_met": _share(meeting.mine, _early(asked.rare)),
        "early_name_met": _share(meeting.yours, _early(rare)),
        "country": float(bool(wanted & here)),
        "country_apart": float(bool(wanted and home and not wanted & here)),
        "shortened": shortened,
        "left": min(3.0, (1 - met) * sum(asked.rare) / 10),
        "name_left": min(3.0, (1 - name_met) * sum(rare) / 10),
    }


def compare_letters(letters: str, title: str) -> dict[str, float]:
    """Return how well letters that are all that is asked stand for a title, thing by thing."""
    name = apart(title)
    firsts = "".join(word[0] for word in name.words)
    common = LCSseq.similarity(letters, firsts)
    fitting = fit(letters, title)
    return {
        "fit": fitting,
        "fit_long": fitting * len(letters) / 10,
        "strict": strictly(letters, name.words),
        "exact": float(letters == firsts),
        "exact_small": float(letters == "".join(word[0] for word in words_of(title))),
        "initials": common / max(1, len(letters)),
        "used": common / max(1, len(firsts)),
    }


def _meet(asked: Asked, name: Name, home: frozenset[int]) -> Meeting:
    found = Meeting([0.0] * len(asked.ways), [0.0] * len(name.roots), [-1] * len(asked.ways))
    for i, (ways, one, word) in enumerate(
        zip(asked.ways, asked.name.roots, asked.name.words, strict=True)
    ):
        nation = asked.name.nations.get(i)
        for j, (other, another) in enumerate(zip(name.roots, name.words, strict=True)):
            if nation is not None:
                how = float(name.nations.get(j) == nation)
            else:
                how = ways.get(other, 0.0) or _near(word, one, another, other)
            if how > found.mine[i]:
                found.mine[i], found.at[i] = how, j
            found.yours[j] = max(found.yours[j], how)
        if nation in home:
            found.mine[i] = max(found.mine[i], AT_HOME)
    _meet_letters(asked, name, found)
    return found


def _meet_letters(asked: Asked, name: Name, found: Meeting) -> None:
    """Let acronyms beside other words of what is asked stand for the rest of the name."""
    left = [j for j, how in enumerate(found.yours) if how < MET]
    if len(found.mine) < 2 or not left:
        return
    rest = " ".join(name.words[j] for j in left)
    for i, word in enumerate(asked.name.words):
        if word in asked.letters and found.mine[i] < MET:
            how = fit(word, rest)
            if how > MET:
                found.mine[i] = max(found.mine[i], how)
                for j in left:
                    if name.words[j][0] in word:
                        found.yours[j] = max(found.yours[j], how)


def _shortened(asked: Asked, name: Name, found: Meeting, rarities: Rarities) -> float:
    """Let a rare short word of the name stand for what is asked and not met."""
    lost = [i for i, how in enumerate(found.mine) if how < MET]
    if len(lost) < 2:
        return 0.0
    best, rest = 0.0, " ".join(asked.name.words[i] for i in lost)
    letters = set(rest)
    for j, (word, one) in enumerate(zip(name.words, name.roots, strict=True)):
        if found.yours[j] >= MET or len(word) not in SHORT or word in translations():
            continue
        if letters.isdisjoint(word):
            continue
        how = fit(word, rest) if rarities.get(one, 0.0) > RARE else 0.0
        if how > SURELY:
            best, found.yours[j] = max(best, how), max(found.yours[j], how)
            for i in lost:
                if asked.name.words[i][0] in word:
                    found.mine[i] = max(found.mine[i], how)
    return best


@lru_cache(maxsize=200_000)
def _near(word: str, one: str, other: str, another: str) -> float:
    """Return how surely two words with different roots are one."""
    if not set(translations().get(one, ())).isdisjoint(translations().get(another, ())):
        return PIVOT
    if len(word) < 4 or len(other) < 4 or word[0] != other[0]:
        return 0.0
    same = 1 - OSA.distance(word, other) / max(len(word), len(other))
    if same >= SLIP:
        return SLIP * same + 0.2
    return BEGUN if word.startswith(other) or other.startswith(word) else 0.0


def _pieces(words: Sequence[str], rare: Sequence[float]) -> dict[str, float]:
    """Return the overlapping pieces of the words, each weighing what its words are rare."""
    found: dict[str, float] = {}
    for word, weight in zip(words, rare, strict=True):
        padded = f" {word} "
        for at in range(len(padded) - PIECE + 1):
            piece = padded[at : at + PIECE]
            found[piece] = found.get(piece, 0.0) + weight
    return found


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    both = sum(weight * other[piece] for piece, weight in one.items() if piece in other)
    sizes = sum(map(_square, one.values())) * sum(map(_square, other.values()))
    return both / math.sqrt(sizes) if both else 0.0


def _square(value: float) -> float:
    return value * value


def _early(rare: Sequence[float]) -> list[float]:
    return [weight / (1 + EARLY * at) for at, weight in enumerate(rare)]


def _share(met: Sequence[float], rare: Sequence[float]) -> float:
    whole = sum(rare)
    return sum(how * one for how, one in zip(met, rare, strict=True)) / whole if whole else 0.0
