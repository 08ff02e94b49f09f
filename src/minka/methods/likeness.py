"""How likely two rows speak of one organisation: the interface of an engine, and a plain one.

An engine compares new rows with each other and with those there are, and says how much speaks for
their being one organisation, and on what evidence. Evidence is counted in bits: 1 bit doubles the
odds (Fellegi & Sunter 1969, "A Theory for Record Linkage", JASA 64(328)).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import inf, log2
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from minka.methods.domains import domain_of_email, domain_of_website, is_free_mail
from minka.methods.legal_forms import split_legal_form
from minka.methods.text import search_key

if TYPE_CHECKING:  # it takes long to load, and only the worker needs it
    from minka.methods.linkage.profiles import Profiles


@dataclass(frozen=True, slots=True)
class Profile:
    """What a row says of an organisation, or all that is known of it, cleaned.

    Args:
        key: of the organisation; rows with one key are known to be one.
        tax_ids: `scheme:value`, only valid ones; `tax_written` numbers that are not trusted.
        region, province, place: names as search keys, the place the smallest that is known.
        country: ISO 3166 alpha-2, where it is told.
        sheet: where the row stood; rows with one sheet were written in one manner. 0 for none.
    """

    key: int
    name: str
    other_names: tuple[str, ...] = ()
    tax_ids: tuple[str, ...] = ()
    tax_written: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    website: str = ""
    region: str = ""
    province: str = ""
    place: str = ""
    address: str = ""
    activity: str = ""
    country: str = ""
    sheet: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one comparison found, and how much it says for (or against)."""

    comparison: str
    level: str
    bits: float


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of rows that deserve a thought, by their positions, `left` before `right`.

    Args:
        bits: how much speaks for a pair; by `probability` one that it is one organisation.
        explain: returns the evidence of some pairs, of each the heaviest first.
        profiles: what the pairs say thing by thing, where the engine knows.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    bits: NDArray[np.float64]
    explain: "Callable[[Sequence[tuple[int, int]]], list[tuple[Evidence, ...]]]"
    profiles: "Profiles | None" = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What joining from `probability` on was measured to give, as shares of 1.

    Args:
        precision: of the pairs joined, how many are one organisation.
        found: of the pairs that are one organisation, how many are joined.
    """

    probability: float
    precision: float
    found: float


class Engine(Protocol):
    """Whatever can tell which rows speak of one organisation."""

    def near(self, new: Sequence[Profile]) -> Sequence[int] | None:
        """Return the other organisations that new rows may be near to; None if it may be any."""
        ...

    def compare(self, rows: Sequence[Profile], *, first: int, whole: bool = True) -> Compared:
        """Compare the rows from position `first` on with each other and with those before.

        Of those before, whatever is near to a new row may be compared again. Those are the `whole`
        of what there is, or what `near` named.
        """
        ...


def bits_of(probability: float) -> float:
    """Return the bits that make a probability."""
    return round(log2(probability / (1 - probability)), 9) if probability < 1 else inf


def probability_of(bits: float) -> float:
    """Return the probability that bits make."""
    return 1 / (1 + 2 ** -min(max(bits, -60.0), 60.0))


PRIOR_BITS = -7.0
LEAST_BITS = -3.0
BITS = {
    ("name", "exact"): 9.0,
    ("name", "slip"): 6.5,
    ("name", "less"): 3.0,
    ("name", "partial"): 1.0,
    ("rarity", "common"): -2.5,
    ("legal", "conflict"): -3.0,
    ("other_names", "exact"): 7.0,
    ("tax", "same_written"): 6.5,
    ("tax", "near"): 6.0,
    ("email", "same"): 3.5,
    ("email", "apart"): -1.0,
    ("domain", "same"): 5.0,
    ("domain", "same_shared"): 1.0,
    ("domain", "apart"): -3.0,
    ("phone", "same"): 4.0,
    ("phone", "same_shared"): 0.2,
    ("phone", "apart"): -2.0,
    ("place", "near"): 1.5,
    ("place", "region"): 0.5,
    ("place", "region_apart"): -3.5,
    ("activity", "same"): 0.7,
}
SHARED_BY = 3  # a contact of more names than this is of an accountant or a building
BLOCK = 60  # a word or contact of more organisations than this proposes no pairs


@dataclass(slots=True)
class _Seen:
    """A profile as it is compared."""

    profile: Profile
    words: tuple[str, ...]
    name: str
    legal: str
    others: frozenset[str]
    domains: frozenset[str]
    phones: frozenset[str]
    emails: frozenset[str]


class SimilarityEngine:
    """Names by their words and spelling, beside contacts and places, with weights set by hand.

    It is careful: equal names alone put a pair before a person, they do not join it.
    """

    def near(self, new: Sequence[Profile]) -> None:
        """Return None: it looks at all there are."""

    def compare(
        self,
        rows: Sequence[Profile],
        *,
        first: int,
        whole: bool = True,  # noqa: ARG002 -- it sees no more than the rows
    ) -> Compared:
        """Compare the rows from position `first` on with each other and with those before."""
        order = [*range(first, len(rows)), *range(first)]
        seen = [_see(rows[position]) for position in order]
        rarity = Counter(word for one in seen for word in set(one.words))
        shared = _shared(seen)

        found: dict[tuple[int, int], tuple[float, tuple[Evidence, ...]]] = {}
        for left, right in _candidates(seen, len(rows) - first, rarity):
            evidence = _compare(seen[left], seen[right], rarity, shared)
            why = tuple(sorted(evidence, key=lambda one: -abs(one.bits)))
            bits = PRIOR_BITS + sum(one.bits for one in why)
            if bits >= LEAST_BITS:
                a, b = sorted((order[left], order[right]))
                found[a, b] = bits, why
        pairs = sorted(found)
        return Compared(
            np.array([pair[0] for pair in pairs], dtype=np.int64),
            np.array([pair[1] for pair in pairs], dtype=np.int64),
            np.array([found[pair][0] for pair in pairs], dtype=np.float64),
            lambda asked: [found[min(pair), max(pair)][1] for pair in asked],
        )


def _see(profile: Profile) -> _Seen:
    base, legal = split_legal_form(profile.name)
    key = search_key(base) or search_key(profile.name)
    domains = {domain_of_email(one) for one in profile.emails}
    domains.add(domain_of_website(profile.website))
    return _Seen(
        profile,
        tuple(word for word in key.split() if len(word) > 1),
        key,
        legal,
        frozenset(search_key(split_legal_form(one)[0]) for one in profile.other_names) - {key, ""},
        frozenset(one for one in domains if one and not is_free_mail(one)),
        frozenset(_digits(one)[-8:] for one in profile.phones if len(_digits(one)) >= 6),
        frozenset(one.lower() for one in profile.emails),
    )


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _shared(seen: Sequence[_Seen]) -> set[str]:
    names: dict[str, set[str]] = defaultdict(set)
    for one in seen:
        for contact in chain(one.domains, one.phones, one.emails):
            names[contact].add(min(one.words, default=""))
    return {contact for contact, by in names.items() if len(by) > SHARED_BY}


def _candidates(seen: Sequence[_Seen], new: int, rarity: Counter[str]) -> Iterator[tuple[int, int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(seen):
        telling = sorted(set(one.words), key=lambda word: (rarity[word], word))[:3]
        profile = one.profile
        numbers = [value.partition(":")[2] for value in profile.tax_ids]
        keys = chain(
            telling,
            (f"={name}" for name in (one.name, *one.others)),
            (f"^{word[:5]}" for word in telling if len(word) > 5),
            one.domains, one.phones, one.emails,
            (f"#{value}" for value in (*numbers, *profile.tax_written)),
        )  # fmt: skip
        for key in set(keys):
            blocks[key].append(number)
    done: set[int] = set()
    size = len(seen)
    for block in blocks.values():
        if len(block) > BLOCK:
            continue
        for at, left in enumerate(block):
            if left >= new:
                break  # numbers rise: from here on nobody is new
            for right in block[at + 1 :]:
                pair = left * size + right
                if pair not in done:
                    done.add(pair)
                    yield left, right


def _compare(
    one: _Seen, other: _Seen, rarity: Counter[str], shared: set[str]
) -> Iterator[Evidence]:
    found = list(_names(one, other, rarity))
    found += _tax(one.profile, other.profile)
    for comparison, mine, yours in (
        ("email", one.emails, other.emails),
        ("domain", one.domains, other.domains),
        ("phone", one.phones, other.phones),
    ):
        if both := mine & yours:
            found.append((comparison, "same_shared" if both <= shared else "same"))
        elif mine and yours:
            found.append((comparison, "apart"))
    first, second = one.profile, other.profile
    if first.region and second.region:
        if first.region != second.region:
            found.append(("place", "region_apart"))
        else:
            near = bool(first.place) and first.place == second.place != first.region
            found.append(("place", "near" if near else "region"))
    if first.activity and first.activity == second.activity:
        found.append(("activity", "same"))
    for name in found:
        if bits := BITS.get(name):
            yield Evidence(*name, bits)


def _names(one: _Seen, other: _Seen, rarity: Counter[str]) -> Iterator[tuple[str, str]]:
    mine, yours = set(one.words), set(other.words)
    if one.name == other.name or (mine and mine == yours):
        yield "name", "exact"
    elif fuzz.token_sort_ratio(one.name, other.name) >= 90:
        yield "name", "slip"
    elif mine and yours and (mine <= yours or yours <= mine):
        yield "name", "less"
    elif mine & yours:
        yield "name", "partial"
    telling = min((rarity[word] for word in mine & yours), default=1)
    if mine & yours and log2(telling) > 4:
        yield "rarity", "common"
    if one.legal and other.legal and one.legal != other.legal:
        yield "legal", "conflict"
    if one.name != other.name and (
        one.name in other.others or other.name in one.others or one.others & other.others
    ):
        yield "other_names", "exact"


def _tax(one: Profile, other: Profile) -> Iterator[tuple[str, str]]:
    mine = [*(value.partition(":")[2] for value in one.tax_ids), *one.tax_written]
    yours = [*(value.partition(":")[2] for value in other.tax_ids), *other.tax_written]
    if not (one.tax_written or other.tax_written) or not mine or not yours:
        return
    if set(mine) & set(yours):
        yield "tax", "same_written"
    elif min(OSA.distance(a, b) for a in mine for b in yours) <= 2:
        yield "tax", "near"
