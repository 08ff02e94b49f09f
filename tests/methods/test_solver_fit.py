"""Points for who can solve a challenge, each with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minka.methods.solver_fit import MOST, POINTS, Offer, Sign, Wanted, fit, wants

WATER, DUST, SAFETY = 1, 2, 3
AREQUIPA, CUSCO = 10, 11

offers = st.builds(
    Offer,
    place=st.none() | st.integers(0, 500),
    themes=st.frozensets(st.integers(1, 4)),
    capabilities=st.dictionaries(st.integers(1, 4), st.integers(1, 9)),
    products=st.lists(st.text(max_size=3), max_size=4).map(tuple),
    region=st.none() | st.integers(10, 12),
    certifications=st.lists(st.text(max_size=3), max_size=2).map(tuple),
    proposals=st.integers(0, 5),
)
wanted = st.builds(
    Wanted,
    themes=st.frozensets(st.integers(1, 4)),
    trl_minimum=st.none() | st.integers(1, 9),
    regions=st.frozensets(st.integers(10, 12)),
)


def test_the_shares_of_all_signs_make_the_whole():
    assert sum(POINTS.values()) == MOST
    assert set(POINTS) == set(Sign)


@given(wanted, offers)
def test_points_are_the_sum_of_what_is_said_and_never_more_than_the_whole(asked, offer):
    found = fit(asked, offer)
    assert found.points == pytest.approx(sum(found.signs.values()))
    assert 0 <= found.points <= MOST + 1e-9
    assert found.themes <= asked.themes


@given(wanted, offers)
def test_a_better_place_never_counts_less(asked, offer):
    nearer = Offer(0, offer.themes, offer.capabilities, offer.products, offer.region)
    farther = Offer(50, offer.themes, offer.capabilities, offer.products, offer.region)
    assert fit(asked, nearer).points > fit(asked, farther).points


def test_readiness_below_what_is_asked_counts_less_and_is_said():
    asked = Wanted(frozenset({WATER}), trl_minimum=6)
    ripe, young = (fit(asked, Offer(capabilities={WATER: trl})) for trl in (7, 4))
    assert (ripe.is_ripe, young.is_ripe) == (True, False)
    assert ripe.signs[Sign.CAPABILITY] > young.signs[Sign.CAPABILITY] > 0
    assert ripe.capability == (WATER, 7)


def test_a_theme_that_nobody_near_serves_comes_first():
    asked = Wanted(frozenset({WATER, DUST, SAFETY}), 6, frozenset({AREQUIPA}))
    those = {
        1: Offer(capabilities={WATER: 8}, region=AREQUIPA),
        2: Offer(capabilities={DUST: 8}, region=CUSCO),
        3: Offer(themes=frozenset({DUST}), region=AREQUIPA),
    }
    found = wants(asked, those)
    assert [one.theme for one in found] == [SAFETY, DUST, WATER]
    assert [(one.offering, one.ripe, one.near) for one in found] == [
        (0, 0, 0),
        (2, 1, 0),
        (1, 1, 1),
    ]
    assert [one.is_missing for one in found] == [True, True, False]
