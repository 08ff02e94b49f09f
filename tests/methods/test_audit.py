import pytest
from hypothesis import given
from hypothesis import strategies as st

from minka.methods.audit import Stratum, kappa, recall, wilson


def test_the_interval_is_the_published_one():
    share = wilson(81, 263)  # Newcombe (1998), example (a): 0.2553 to 0.3662
    assert (round(share.low, 4), round(share.high, 4)) == (0.2553, 0.3662)
    none = wilson(0, 20)  # example (c): 0 to 0.1611
    assert (none.low, round(none.high, 4)) == (0, 0.1611)
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


@given(st.integers(1, 500), st.floats(0, 1))
def test_the_interval_holds_the_share(of, part):
    hits = round(part * of)
    share = wilson(hits, of)
    assert 0 <= share.low <= share.value + 1e-12 and share.value - 1e-12 <= share.high <= 1


def test_agreement_beyond_chance():
    table = [("si", "si")] * 20 + [("si", "no")] * 5 + [("no", "si")] * 10 + [("no", "no")] * 15
    assert kappa(table) == pytest.approx(0.4)
    assert kappa([]) is None
    assert kappa([("si", "si")] * 3) is None  # nothing to tell apart
    assert kappa([("si", "no"), ("no", "si")]) == pytest.approx(-1)


def test_recall_weighs_each_stratum_by_its_size():
    found = recall(Stratum(1000, 99, 100), [Stratum(200, 10, 20), Stratum(5000, 0, 50)])
    assert found.value == pytest.approx(990 / 1090)
    assert found.low < found.value < found.high
    assert found.of == 170
    assert recall(Stratum(10, 1, 1), [Stratum(5, 0, 0)]) is None
    assert recall(Stratum(10, 10, 10), [Stratum(0, 0, 0)]).value == 1
