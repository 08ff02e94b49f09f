"""Evidence as bars and as a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from minka.knowledge.sources.evidence_words import phrase

FULL_BITS = 10.0  # a bar is full at odds of a thousand to one
LEAST_BITS = 0.5  # less than this tells a person nothing
SHOWN = 6
# what is rare speaks for, what is common against: the rest only tempers what was counted before
SPEAKS_FOR = {"common": False, "0": False, "2": True, "3": True}


@dataclass(frozen=True, slots=True)
class Bar:
    """One piece of evidence to draw: `size` from 0 to 100, `speaks_for` or against."""

    text: str
    size: int
    bits: float
    speaks_for: bool


def bars(evidence: Sequence[dict[str, Any]]) -> list[Bar]:
    """Return the evidence of a pair, the heaviest first."""
    return [
        Bar(
            _capital(phrase(one["comparison"], one["level"])),
            max(2, round(min(abs(one["bits"]) / FULL_BITS, 1) * 100)),
            one["bits"],
            one["bits"] > 0,
        )
        for one in _telling(evidence)
    ]


def reason(evidence: Sequence[dict[str, Any]]) -> str:
    """Return one sentence: what speaks for it, and after “but” what speaks against it."""
    telling = _telling(evidence)
    for_it = [phrase(one["comparison"], one["level"]) for one in telling if one["bits"] > 0]
    against = [phrase(one["comparison"], one["level"]) for one in telling if one["bits"] < 0]
    if not for_it and not against:
        return _("Nothing is known that would tell.")
    if not for_it or not against:
        return _capital("; ".join(for_it or against)) + "."
    return _capital(
        _("%(for)s; but %(against)s.") % {"for": "; ".join(for_it), "against": "; ".join(against)}
    )


def _telling(evidence: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the evidence that a person can make something of, the heaviest first."""
    return [one for one in evidence if _tells(one)][:SHOWN]


def _tells(one: dict[str, Any]) -> bool:
    if abs(one["bits"]) < LEAST_BITS:
        return False
    meant = SPEAKS_FOR.get(str(one["level"]).rpartition("_")[2])
    return one["comparison"] != "rarity" or meant is None or meant == (one["bits"] > 0)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
