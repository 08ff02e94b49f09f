"""Quorum and majority of people who resolve something together. Pure; for any body that votes.

An assembly has members with the right to vote. Whoever has an interest in a matter leaves for it:
then they count neither among those entitled nor among those present.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class QuorumRule(StrEnum):
    """How many of those entitled to vote have to be there."""

    MORE_THAN_HALF = "more_than_half"
    TWO_THIRDS = "two_thirds"
    ALL = "all"


class MajorityRule(StrEnum):
    """What carries a motion."""

    SIMPLE = "simple"
    PRESENT = "present"
    TWO_THIRDS = "two_thirds"
    UNANIMOUS = "unanimous"


class Result(StrEnum):
    """What became of a motion. A tie carries nothing."""

    CARRIED = "carried"
    TIED = "tied"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many are there of those entitled, and how many are needed."""

    present: int
    entitled: int
    needed: int

    @property
    def is_met(self) -> bool:
        """True when enough are there, and anybody at all."""
        return 0 < self.needed <= self.present


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on one motion."""

    in_favour: int
    against: int
    abstained: int

    @property
    def cast(self) -> int:
        """How many said yes or no; to abstain is to cast no vote."""
        return self.in_favour + self.against

    @property
    def given(self) -> int:
        """How many answered at all."""
        return self.cast + self.abstained


def quorum(
    *,
    entitled: Collection[int],
    present: Collection[int],
    left: Collection[int] = (),
    rule: QuorumRule = QuorumRule.MORE_THAN_HALF,
) -> Quorum:
    """Return the quorum for one matter.

    Args:
        entitled: ids of the members with the right to vote.
        present: ids of those who are there, in the room or by link; others do not count.
        left: ids of those whom an interest keeps out of the matter.
        rule: what is needed of those entitled who remain.

    Source: Robert's Rules of Order Newly Revised (12th ed., 2020), §3:3–5 and §40: the quorum is
        of members with the right to vote, a majority of them unless said otherwise; Ley 26887
        (Ley General de Sociedades, Perú), art. 168: the board's is half of its members plus one,
        or the whole number next above half.
    """
    able = set(entitled) - set(left)
    return Quorum(len(able & set(present)), len(able), _needed(len(able), rule))


def result(tally: Tally, *, present: int, rule: MajorityRule = MajorityRule.SIMPLE) -> Result:
    """Return what became of a motion.

    `SIMPLE` is more votes for than against, abstentions aside; `PRESENT` more than half of all who
    are there and may vote, so that an abstention weighs like a no; `TWO_THIRDS` of the votes cast;
    `UNANIMOUS` nobody against and somebody for.

    Args:
        tally: the votes.
        present: how many are there and may vote on the matter.
        rule: what carries it.

    Raises:
        ValueError: there are more votes than people, or fewer than none.
    Source: Robert's Rules of Order Newly Revised (12th ed., 2020), §44:1–9 (majority of the votes
        cast, two-thirds vote, majority of those present) and §44:12 (a tie is no majority).
    """
    if min(tally.in_favour, tally.against, tally.abstained) < 0 or tally.given > present:
        raise ValueError(f"{tally} of {present} present")
    carried = {
        MajorityRule.SIMPLE: tally.in_favour > tally.against,
        MajorityRule.PRESENT: 2 * tally.in_favour > present,
        MajorityRule.TWO_THIRDS: tally.cast > 0 and 3 * tally.in_favour >= 2 * tally.cast,
        MajorityRule.UNANIMOUS: tally.in_favour > 0 and tally.against == 0,
    }[rule]
    if carried:
        return Result.CARRIED
    is_tie = tally.in_favour == tally.against > 0
    return Result.TIED if is_tie else Result.LOST


def _needed(able: int, rule: QuorumRule) -> int:
    if rule == QuorumRule.ALL:
        return able
    if rule == QuorumRule.TWO_THIRDS:
        return -(-2 * able // 3)
    return able // 2 + 1 if able else 0
