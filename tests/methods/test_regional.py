import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minka.methods.regional import (
    concentration,
    growth_between,
    location_quotients,
    shares,
    specialisation,
    totals,
    yearly_growth,
)

TABLES = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda shape: arrays(float, shape, elements=st.integers(1, 10_000).map(float))
)
LISTS = arrays(float, st.integers(1, 12), elements=st.integers(1, 10_000).map(float))
NAN = float("nan")


def quotients(values, **told):
    return location_quotients(values, totals(values, **told), are_counts=True)


def test_a_quotient_of_two_is_twice_the_share_of_the_whole():
    values = np.array([[40.0, 10.0, 10.0], [60.0, 90.0, 90.0]])
    assert quotients(values).value[0].tolist() == pytest.approx([2.0, 0.5, 0.5])


@given(TABLES)
def test_quotients_weighted_by_the_regions_are_one_on_average(values):
    sums = totals(values)
    average = (quotients(values).value * sums.columns / sums.whole).sum(axis=1)
    assert average == pytest.approx(np.ones(len(values)))


@given(TABLES, st.floats(0.1, 100))
def test_quotients_do_not_depend_on_the_unit_nor_on_which_side_is_asked(values, unit):
    value = quotients(values).value
    assert quotients(values * unit).value == pytest.approx(value)
    assert pytest.approx(value) == quotients(values.T).value.T


@given(TABLES)
def test_every_quotient_lies_between_its_limits(values):
    found = quotients(values)
    assert (found.low <= found.value * (1 + 1e-9)).all()
    assert (found.value <= found.high * (1 + 1e-9)).all()


def test_limits_hold_the_truth_nineteen_times_of_twenty():
    """Against simulated draws: each unit of a region picks its activity by chance."""
    chance = np.random.default_rng(7)
    sizes, odds = np.array([400, 3000]), np.array([[0.10, 0.05], [0.90, 0.95]])
    whole = (odds * sizes).sum(axis=1) / sizes.sum()
    truth = odds[0, 0] / whole[0]
    drawn = chance.binomial(sizes, odds[0], size=(2000, 2)).astype(float)
    held = 0
    for row in drawn:
        found = quotients(np.array([row, sizes - row]))
        held += found.low[0, 0] <= truth <= found.high[0, 0]
    assert 0.93 <= held / len(drawn) <= 0.97


def test_what_is_missing_is_not_zero():
    values = np.array([[NAN, 10.0], [50.0, 0.0]])
    found = quotients(values)
    assert np.isnan(found.value[0, 0])
    assert found.value[1, 1] == 0
    assert found.high[1, 1] > 0  # nothing was seen, which does not prove that there is nothing
    assert totals(values).is_partial
    assert not totals(np.nan_to_num(values)).is_partial


def test_sums_that_the_source_tells_outweigh_ours():
    values = np.array([[NAN, 10.0], [50.0, 30.0]])
    sums = totals(values, told_rows=np.array([35.0, NAN]), told_columns=np.array([75.0, NAN]))
    assert sums.rows.tolist() == [35, 80]
    assert sums.columns.tolist() == [75, 40]
    assert sums.whole == 115
    assert not sums.is_partial


def test_few_of_something_are_marked_and_money_has_no_limits():
    values = np.array([[5.0, 500.0], [800.0, 9000.0]])
    assert quotients(values).is_few[0].tolist() == [True, False]
    money = location_quotients(values, totals(values), are_counts=False)
    assert np.isnan(money.low).all()
    assert not money.is_few.any()


@given(LISTS)
def test_concentration_keeps_its_bounds(values):
    found = concentration(values)
    assert 1 / len(values) - 1e-9 <= found.hhi <= 1 + 1e-9
    assert 1 - 1e-9 <= found.equal_parts <= len(values) + 1e-9
    assert found.top - 1e-9 <= found.top_three <= 1 + 1e-9


@given(st.integers(1, 30), st.integers(1, 1000))
def test_equal_parts_are_as_many_as_there_are(parts, size):
    found = concentration(np.full(parts, float(size)))
    assert found.equal_parts == pytest.approx(parts)
    assert concentration(np.append(np.zeros(parts), float(size))).hhi == pytest.approx(1)


def test_nothing_is_not_concentrated():
    assert concentration(np.array([NAN, 0.0])) is None


@given(LISTS)
def test_shares_add_up_to_one(values):
    assert shares(values).sum() == pytest.approx(1)


@given(st.floats(1, 1e6), st.floats(-0.9, 3), st.integers(1, 30))
def test_growth_is_what_brings_the_first_to_the_last(first, rate, years):
    last = np.array([first * (1 + rate) ** years])
    assert yearly_growth(np.array([first]), last, years)[0] == pytest.approx(rate, abs=1e-6)


def test_growth_needs_two_known_years_and_something_to_begin_with():
    assert growth_between([(2020, None), (2021, 100.0), (2022, NAN), (2023, 121.0)]) == (
        2021,
        2023,
        pytest.approx(0.1),
    )
    assert growth_between([(2020, 0.0), (2021, 5.0)]) is None
    assert growth_between([(2020, 5.0)]) is None


@given(TABLES)
def test_specialisation_goes_from_none_to_all(values):
    found = specialisation(values, totals(values))
    assert ((found >= -1e-9) & (found <= 1 + 1e-9)).all()
    alike = np.outer(values[:, 0], [1.0, 3.0])
    assert specialisation(alike, totals(alike)) == pytest.approx(np.zeros(2))


def test_a_negative_figure_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        totals(np.array([[-1.0]]))
