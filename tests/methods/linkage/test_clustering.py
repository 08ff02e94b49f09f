"""Groups never hold two valid ids of one country."""

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from minka.methods.linkage.clustering import Lines, agglomerate
from minka.methods.linkage.groups import Groups, join_same_tax
from minka.methods.linkage.model import Scored

SIZE = 12
RANKS = np.arange(SIZE)
TAX = st.lists(
    st.sampled_from(["", "", "pe.ruc:1", "pe.ruc:2", "pe.ruc:3", "cl.rut:9", "cl.rut:8"]),
    min_size=SIZE, max_size=SIZE,
)  # fmt: skip
PAIR = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda p: p[0] < p[1])
SCORES = st.dictionaries(PAIR, st.floats(-14, 20), max_size=50)


def schemes_are_single(labels: list[int], tax: list[str]) -> bool:
    held: dict[tuple[int, str], set[str]] = defaultdict(set)
    for label, one in zip(labels, tax, strict=True):
        if one:
            held[label, one.split(":")[0]].add(one)
    return all(len(numbers) == 1 for numbers in held.values())


def scored(found: dict[tuple[int, int], float]) -> Scored:
    pairs = sorted(found)
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    return Scored(left, right, np.array([found[pair] for pair in pairs], dtype=np.float64))


@given(st.lists(PAIR, max_size=60), TAX)
def test_no_order_of_joins_brings_two_ids_of_one_country_together(joins, tax):
    groups = Groups(tax)
    for one, other in joins:
        groups.join(one, other)
    assert schemes_are_single(groups.labels(), tax)


@given(SCORES, TAX, st.floats(-6, 6))
def test_nor_does_any_evidence(found, tax, line):
    groups = Groups(tax)
    join_same_tax(groups, tax)
    agglomerate(groups, scored(found), Lines(line, line - 4), ranks=RANKS)
    assert len(groups.labels()) == SIZE
    assert schemes_are_single(groups.labels(), tax)


@given(SCORES, TAX, st.lists(PAIR, max_size=6))
def test_what_a_person_told_apart_stays_apart(found, tax, told):
    groups = Groups(tax)
    join_same_tax(groups, tax)
    kept = [(a, b) for a, b in told if groups.find(a) != groups.find(b)]
    for a, b in kept:
        groups.keep_apart(a, b)
    agglomerate(groups, scored(found), Lines(0.0, -4.0), ranks=RANKS)
    assert all(groups.find(a) != groups.find(b) for a, b in kept)


def test_a_row_that_fits_two_organisations_that_cannot_be_one_waits_for_a_person():
    groups = Groups(["pe.ruc:1", "", "pe.ruc:2"])
    outcome = agglomerate(
        groups, scored({(0, 1): 6.0, (1, 2): 5.5}), Lines(0.0, -4.0), ranks=RANKS[:3]
    )
    assert groups.labels() == [0, 1, 2]
    assert {(link.left, link.right) for link in outcome.open_links} == {(0, 1), (1, 2)}


def test_one_loud_pair_does_not_carry_a_group_against_the_others():
    groups = Groups(["", "", "", ""])
    pairs = {(0, 1): 8.0, (2, 3): 8.0, (0, 2): 3.0, (0, 3): -8.0, (1, 2): -8.0, (1, 3): -8.0}
    agglomerate(groups, scored(pairs), Lines(0.0, -4.0), ranks=RANKS[:4])
    assert groups.labels() == [0, 0, 2, 2]
