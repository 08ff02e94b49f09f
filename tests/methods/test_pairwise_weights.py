"""Weights from comparisons two by two."""

import numpy as np
import pytest

from minka.methods.pairwise_weights import pairwise_weights


def table(**above: float) -> np.ndarray:
    size = max(int(key[2]) for key in above) + 1
    found = np.ones((size, size))
    for key, ratio in above.items():
        one, other = int(key[1]), int(key[2])
        found[one, other], found[other, one] = ratio, 1 / ratio
    return found


def test_answers_that_agree_give_their_ratios():
    found = pairwise_weights(table(r01=2, r02=6, r12=3))
    assert found.weights == pytest.approx((0.6, 0.3, 0.1))
    assert found.consistency_ratio == pytest.approx(0.0, abs=1e-9)
    assert found.is_consistent


def test_a_table_of_the_textbooks_gives_its_known_figures():
    # Saaty (1980): 1 is 3 times 2 and 5 times 3; 2 is 3 times 3.
    found = pairwise_weights(table(r01=3, r02=5, r12=3))
    assert found.weights == pytest.approx((0.637, 0.258, 0.105), abs=1e-3)
    assert found.consistency_ratio == pytest.approx(0.033, abs=1e-3)


def test_answers_that_go_in_a_circle_are_not_consistent_and_the_worst_is_named():
    found = pairwise_weights(table(r01=3, r12=3, r02=1 / 3))
    assert not found.is_consistent
    held = pairwise_weights(table(r01=2, r02=4, r03=8, r12=2, r13=1 / 5, r23=2))
    assert held.doubtful == (1, 3)
    assert held.agreeing is not None
    assert held.agreeing > 1 / 5


def test_two_criteria_cannot_disagree():
    found = pairwise_weights(table(r01=4))
    assert found.weights == pytest.approx((0.8, 0.2))
    assert (found.consistency_ratio, found.doubtful) == (0.0, None)


@pytest.mark.parametrize("wrong", [np.ones((2, 3)), np.array([[1.0, 2.0], [2.0, 1.0]]), -np.eye(2)])
def test_tables_that_are_no_comparisons_are_refused(wrong):
    with pytest.raises(ValueError, match=r"table|reciprocal"):
        pairwise_weights(wrong)
