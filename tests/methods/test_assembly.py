"""Quorum and majority, with whoever has an interest out of both."""

import pytest

from minka.methods.assembly import MajorityRule, QuorumRule, Result, Tally, quorum, result
from minka.methods.position_bands import position_groups


@pytest.mark.parametrize(
    ("entitled", "rule", "needed"),
    [
        (5, QuorumRule.MORE_THAN_HALF, 3),
        (6, QuorumRule.MORE_THAN_HALF, 4),
        (6, QuorumRule.TWO_THIRDS, 4),
        (7, QuorumRule.TWO_THIRDS, 5),
        (4, QuorumRule.ALL, 4),
    ],
)
def test_how_many_are_needed(entitled, rule, needed):
    found = quorum(entitled=range(entitled), present=range(needed), rule=rule)
    assert (found.needed, found.is_met) == (needed, True)
    assert not quorum(entitled=range(entitled), present=range(needed - 1), rule=rule).is_met


def test_whoever_leaves_counts_neither_here_nor_there():
    found = quorum(entitled=range(5), present=[0, 1, 2], left=[0, 4])
    assert (found.present, found.entitled, found.needed, found.is_met) == (2, 3, 2, True)


def test_guests_do_not_make_a_quorum_and_nobody_is_none():
    assert not quorum(entitled=[1, 2, 3], present=[1, 8, 9]).is_met
    assert not quorum(entitled=[1], present=[1], left=[1]).is_met


@pytest.mark.parametrize(
    ("rule", "votes", "became"),
    [
        (MajorityRule.SIMPLE, (2, 1, 4), Result.CARRIED),
        (MajorityRule.SIMPLE, (2, 2, 3), Result.TIED),
        (MajorityRule.SIMPLE, (0, 0, 7), Result.LOST),
        (MajorityRule.PRESENT, (3, 0, 4), Result.LOST),
        (MajorityRule.PRESENT, (4, 3, 0), Result.CARRIED),
        (MajorityRule.TWO_THIRDS, (4, 2, 1), Result.CARRIED),
        (MajorityRule.TWO_THIRDS, (3, 2, 2), Result.LOST),
        (MajorityRule.UNANIMOUS, (3, 0, 4), Result.CARRIED),
        (MajorityRule.UNANIMOUS, (6, 1, 0), Result.LOST),
    ],
)
def test_what_carries_a_motion(rule, votes, became):
    assert result(Tally(*votes), present=7, rule=rule) == became


@pytest.mark.parametrize("votes", [(5, 3, 0), (-1, 1, 0)])
def test_more_votes_than_people_are_refused(votes):
    with pytest.raises(ValueError, match="present"):
        result(Tally(*votes), present=7)


@pytest.mark.parametrize("count", range(1, 30))
def test_a_group_never_tells_a_place(count):
    groups = position_groups(list(range(count)))
    sizes = {one.number: one.size for one in groups}
    assert len(groups) == count
    assert len(sizes) == 1 or min(sizes.values()) >= 3
    assert len(sizes) <= 4
    assert [one.number for one in groups] == sorted(one.number for one in groups)


def test_ties_are_never_split():
    groups = position_groups([1, 1, 2, 2, 2, 2, 3, 4, 4, 5])
    by_band = {}
    for band, group in zip([1, 1, 2, 2, 2, 2, 3, 4, 4, 5], groups, strict=True):
        by_band.setdefault(band, set()).add(group.number)
    assert all(len(one) == 1 for one in by_band.values())
