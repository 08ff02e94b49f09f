"""Which place of a gazetteer each shape of a file is the border of.

Peru counts its places twice: INEI and RENIEC give different numbers to the same place, and files
seldom say whose they use. A file uses one; it is the one under which names and codes agree most.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A place: its number here, the key of its name and of what it lies in, its codes."""

    pk: int
    key: str
    parent_key: str
    codes: Mapping[str, str]  # scheme: code


@dataclass(frozen=True, slots=True)
class Told:
    """What the file says of one shape; `around` are the keys of all its texts."""

    key: str
    code: str
    around: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """The place that was found, and whether its code and its name speak of different ones."""

    place: int | None
    by: str = ""  # "code" or "name"
    doubtful: bool = False


def match_places(
    told: Sequence[Told], known: Sequence[Known], *, width: int
) -> tuple[str, list[Match]]:
    """Return the scheme of the codes ("" without codes) and what each shape is the border of.

    A code decides, and where it knows no place the name does, if only one place that is left
    bears it, or only one within something that the file names, too. No place has two borders.
    """
    scheme = _scheme(told, known, width)
    coded = {code_of(one.codes.get(scheme, ""), width): one for one in known} if scheme else {}
    coded.pop("", None)
    named: dict[str, list[Known]] = defaultdict(list)
    for place in known:
        named[place.key].append(place)
    found: list[Match] = [Match(None)] * len(told)
    taken: set[int] = set()
    for at, one in enumerate(told):
        meant = coded.get(code_of(one.code, width))
        if meant and meant.pk not in taken:
            taken.add(meant.pk)
            found[at] = Match(meant.pk, "code", bool(one.key) and one.key != meant.key)
    for at, one in enumerate(told):
        if found[at].place or not one.key:
            continue
        left = [place for place in named[one.key] if place.pk not in taken]
        if len(left) > 1:
            left = [place for place in left if place.parent_key in one.around]
        if len(left) == 1:
            taken.add(left[0].pk)
            found[at] = Match(left[0].pk, "name", bool(code_of(one.code, width)) and bool(scheme))
    return scheme, found


def code_of(text: str, width: int) -> str:
    """Return a code as wide as its level: without the zeros that only fill the file's column."""
    digits = text.strip()
    if not digits.isdecimal():
        return ""
    if len(digits) > width:
        return digits[:width] if not digits[width:].strip("0") else ""
    return digits.zfill(width)


def _scheme(told: Sequence[Told], known: Sequence[Known], width: int) -> str:
    agreeing: Counter[str] = Counter()
    known_codes: Counter[str] = Counter()
    for scheme in sorted({scheme for one in known for scheme in one.codes}):
        by_code = {code_of(one.codes.get(scheme, ""), width): one.key for one in known}
        by_code.pop("", None)
        for one in told:
            code = code_of(one.code, width)
            known_codes[scheme] += code in by_code
            agreeing[scheme] += bool(one.key) and by_code.get(code) == one.key
    best = max(known_codes, key=lambda s: (agreeing[s], known_codes[s]), default="")
    return best if best and known_codes[best] else ""
