from hypothesis import given
from hypothesis import strategies as st

from minka.methods.gaps import WHOLE, Cell, Fit, count_needs, count_supply, ranked

NEEDS = st.lists(
    st.tuples(st.lists(st.integers(1, 5), max_size=4), st.lists(st.integers(1, 4), max_size=3))
)
OFFERS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 6), st.integers(1, 4)), max_size=40)
ROWS_OF = {theme: [theme % 3 + 1, theme % 2 + 4] for theme in range(1, 7)}


def test_a_need_counts_once_in_each_row_however_often_it_is_named():
    assert count_needs([([1, 1, 2], [7])]) == {(1, WHOLE): 1, (1, 7): 1, (2, WHOLE): 1, (2, 7): 1}


@given(OFFERS)
def test_who_offers_is_counted_as_sets_would_count(offers):
    where = {who: column for who, _theme, column in offers}  # one is in one place
    offers = [(who, theme, where[who]) for who, theme, _column in offers]
    expected: dict = {}
    for who, theme, column in offers:
        for row in ROWS_OF[theme]:
            expected.setdefault((row, column), set()).add(who)
            expected.setdefault((row, WHOLE), set()).add(who)
    found = count_supply(offers, ROWS_OF)
    assert found == {key: len(people) for key, people in expected.items()}


def test_who_is_nowhere_counts_in_the_whole_alone():
    assert count_supply([(1, 1, -1)], {1: [1]}) == {(1, WHOLE): 1}


@given(NEEDS, OFFERS, st.integers(1, 5))
def test_what_nobody_offers_always_comes_first(needs, offers, enough):
    gaps = ranked(
        count_needs(needs), count_supply(offers, ROWS_OF), columns=[1, 2, 3, 4], enough=enough
    )
    unmet = [gap.supply == 0 for gap in gaps]
    assert unmet == sorted(unmet, reverse=True)
    assert all(gap.demand and gap.supply < enough for gap in gaps)


def test_a_need_of_no_known_place_is_a_gap_of_the_whole():
    demand = count_needs([([1], []), ([2], [7])])
    found = [(gap.row, gap.column) for gap in ranked(demand, {}, columns=[7], enough=1)]
    assert sorted(found) == [(1, WHOLE), (2, 7)]


def test_cells_say_how_they_stand():
    cells = [Cell(1, 0), Cell(1, 2), Cell(1, 3), Cell(0, 3), Cell(0, 0)]
    assert [cell.fit(3) for cell in cells] == [
        Fit.UNMET,
        Fit.THIN,
        Fit.MET,
        Fit.UNASKED,
        Fit.EMPTY,
    ]
