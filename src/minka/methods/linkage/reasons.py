"""What weighs most in a decision, as codes that others put into words."""

from collections.abc import Sequence
from typing import NamedTuple

from minka.methods.linkage.engine import Evidence

SHOWN = 4
LEAST_BITS = 0.5
# The rarity of a name's words goes without saying; a contact under two names says so itself.
_UNSPOKEN = frozenset({"rarity", "contact_alone"})


class Reason(NamedTuple):
    """A comparison and the level it found, and whether that speaks for one organisation."""

    comparison: str
    level: str
    speaks_for: bool


SAME_TAX_ID = Reason("tax", "same", speaks_for=True)


def reasons(evidence: Sequence[Evidence]) -> list[Reason]:
    """Return the few that tell most, the heaviest first; a shared tax id needs no other."""
    if any((one.comparison, one.level) == SAME_TAX_ID[:2] for one in evidence):
        return [SAME_TAX_ID]
    return [
        Reason(one.comparison, one.level, one.bits > 0)
        for one in evidence
        if abs(one.bits) >= LEAST_BITS and one.comparison not in _UNSPOKEN
    ][:SHOWN]
