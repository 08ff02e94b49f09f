"""Sampled figures say how far off they are; groups keep their names; reasons are told."""

import numpy as np
import pytest

from minka.methods.network.brokers import brokerage
from minka.methods.network.centrality import betweenness, closeness
from minka.methods.network.graph import Network
from minka.methods.network.groups import communities, follow_groups, telling_marks
from minka.methods.network.introductions import introductions


def random_network(size: int, ties: int, seed: int) -> Network:
    chance = np.random.default_rng(seed)
    return Network.of(size, [tuple(pair) for pair in chance.integers(0, size, (ties, 2)).tolist()])


def cliques(count: int, size: int) -> Network:
    """Return groups in which everybody knows everybody, each tied to the next by one tie."""
    ties = []
    for group in range(count):
        first = group * size
        ties += [(first + a, first + b) for a in range(size) for b in range(a)]
        if group:
            ties.append((first - 1, first))
    return Network.of(count * size, ties)


def test_a_tie_to_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 2"):
        Network.of(3, [(0, 3)])


@pytest.mark.parametrize("measure", [betweenness, closeness])
def test_a_sampled_figure_is_near_the_exact_one_by_its_own_error(measure):
    network = random_network(700, 2000, seed=3)
    exact = measure(network)
    sampled = measure(network, seed=5, exact_up_to=0)
    assert exact.is_exact
    assert not sampled.is_exact
    central = np.argsort(-exact.values)[:100]
    off = np.abs(sampled.values - exact.values)[central] / sampled.error[central]
    assert np.mean(off <= 1.97) >= 0.8  # 0.95 but for the skew of who passes by whom


def test_groups_are_found_and_the_lonely_belong_to_none() -> None:
    network = cliques(4, 6)
    with_loner = Network(25, network.tails, network.heads)
    groups = communities(with_loner)
    assert groups[24] == -1
    assert len({tuple(groups[g * 6 : g * 6 + 6]) for g in range(4)}) == 4
    assert sorted(set(groups.tolist())) == [-1, 0, 1, 2, 3]


def test_the_same_network_gives_the_same_groups() -> None:
    network = random_network(300, 900, seed=1)
    assert communities(network).tolist() == communities(network).tolist()


def test_a_group_keeps_its_number_while_it_keeps_its_members() -> None:
    before = {"a": 7, "b": 7, "c": 7, "d": 2, "e": 2}
    now = {"a": 0, "b": 0, "x": 0, "d": 1, "e": 1, "c": 1, "p": 2, "q": 2}
    names = follow_groups(before, now)
    assert names == {0: 7, 1: 2, 2: 8}


def test_two_groups_never_bear_one_number() -> None:
    before = dict.fromkeys("abcdef", 3)
    names = follow_groups(before, {"a": 0, "b": 0, "c": 0, "d": 1, "e": 1, "f": 1})
    assert sorted(names.values()) == [3, 4]


def test_a_group_is_told_by_what_is_frequent_in_it_and_rare_elsewhere() -> None:
    groups = np.array([0, 0, 0, 1, 1, 1, -1])
    marks = [["water", "peru"]] * 3 + [["dust", "peru"]] * 3 + [["peru"]]
    assert telling_marks(groups, marks) == {0: ["water"], 1: ["dust"]}


def test_a_hub_is_sampled_and_says_so() -> None:
    star = Network.of(1001, [(0, leaf) for leaf in range(1, 1001)])
    roles = brokerage(star, [0] * 1001)
    assert roles.is_sampled[0]
    assert not roles.is_sampled[1]
    assert roles.coordinator[0] == 1000 * 999 / 2


def test_introductions_say_whom_both_know_and_what_both_do() -> None:
    network = Network.of(6, [(0, 2), (1, 2), (0, 3), (1, 3), (3, 4), (4, 5)])
    marks = [[1, 2], [1], [2], [], [], [3]]
    best, *_others = introductions(network, marks)
    assert (best.one, best.other) == (0, 1)
    assert set(best.common) == {2, 3}
    assert best.shared == (1,)


def test_introductions_can_be_asked_for_one_alone() -> None:
    network = random_network(60, 120, seed=2)
    found = introductions(network, [[]] * 60, among=[8])
    assert found
    assert all(8 in (pair.one, pair.other) for pair in found)


def test_nobody_is_introduced_to_somebody_they_know() -> None:
    network = random_network(60, 400, seed=2)
    ties = {tuple(sorted(tie)) for tie in network.simple.get_edgelist()}
    assert not ties & {(pair.one, pair.other) for pair in introductions(network, [[1]] * 60)}
