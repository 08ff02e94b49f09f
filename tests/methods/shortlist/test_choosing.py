"""The chosen set is the best there is: checked against trying every set."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minka.methods.shortlist.alternatives import alternatives, overrule
from minka.methods.shortlist.clash import clashes, reliefs
from minka.methods.shortlist.explanation import explain
from minka.methods.shortlist.solver import choose
from minka.methods.shortlist.wishes import (
    Bonus,
    Budget,
    LeftOut,
    MustHave,
    NeverTogether,
    Share,
    Wishes,
)

points = st.integers(-20, 50).map(lambda number: number / 10)


@st.composite
def small_wishes(draw):
    """Up to eight items under any mix of conditions, so small that all sets can be tried."""
    count = draw(st.integers(2, 8))
    items = st.integers(0, count - 1)
    groups = st.frozensets(items, min_size=1)
    costs = st.tuples(*[st.integers(0, 9).map(float)] * count)
    wishes = [
        draw(st.lists(st.builds(dict, members=groups, at_least=st.integers(0, 2)), max_size=2)),
        draw(st.lists(st.builds(dict, members=groups, at_most=st.integers(0, 3)), max_size=2)),
    ]
    found = [Share(f"share {n}", **one) for n, one in enumerate([*wishes[0], *wishes[1]])]
    found += [
        Budget(f"budget {n}", *one)
        for n, one in enumerate(
            draw(st.lists(st.tuples(costs, st.integers(0, 30).map(float)), max_size=1))
        )
    ]
    found += [MustHave(f"in {n}", n) for n in draw(st.sets(items, max_size=1))]
    found += [LeftOut(f"out {n}", n) for n in draw(st.sets(items, max_size=1))]
    found += [
        NeverTogether(f"apart {n}", one)
        for n, one in enumerate(draw(st.lists(st.frozensets(items, min_size=2), max_size=1)))
    ]
    pairs = st.tuples(items, items).filter(lambda pair: pair[0] != pair[1])
    bonuses = draw(st.lists(st.builds(lambda p, v: Bonus(*p, v), pairs, points), max_size=3))
    values = draw(st.tuples(*[points] * count))
    return Wishes(values, draw(st.integers(1, count)), tuple(found), tuple(bonuses))


def every_set(wishes: Wishes) -> list[tuple[float, tuple[int, ...]]]:
    """Return all allowed sets with their values, best first."""
    sets = combinations(range(len(wishes.values)), wishes.size)
    allowed = [one for one in sets if not wishes.broken_by(one)]
    return sorted(((wishes.value_of(one), one) for one in allowed), reverse=True)


@settings(max_examples=150)
@given(small_wishes())
def test_no_allowed_set_is_worth_more(wishes):
    best = every_set(wishes)
    choice = choose(wishes)
    if not best:
        assert choice is None
        return
    assert choice is not None
    assert not wishes.broken_by(choice.chosen)
    assert choice.value == pytest.approx(best[0][0], abs=1e-7)
    assert choice.value == pytest.approx(wishes.value_of(choice.chosen), abs=1e-9)
    assert choice.gap <= 1e-9


@settings(max_examples=60)
@given(small_wishes())
def test_explanations_are_what_trying_every_set_shows(wishes):
    sets = every_set(wishes)
    choice = choose(wishes)
    if choice is None:
        return
    told = explain(wishes, choice)
    assert [one.item for one in told.inside] == list(choice.chosen)
    for one in told.inside:
        others = [value for value, held in sets if one.item not in held]
        expected = max(choice.value - others[0], 0.0) if others else None
        assert one.margin == pytest.approx(expected, abs=1e-6)
    for one in told.outside:
        others = [value for value, held in sets if one.item in held]
        expected = max(choice.value - others[0], 0.0) if others else None
        assert one.shortfall == pytest.approx(expected, abs=1e-6)
    for price in told.prices:
        free = every_set(wishes.without(price.name))[0][0]
        assert price.value == pytest.approx(free - choice.value, abs=1e-6)


@settings(max_examples=60)
@given(small_wishes())
def test_the_next_best_sets_are_the_next_best(wishes):
    sets = every_set(wishes)
    choice = choose(wishes)
    if choice is None:
        return
    others = alternatives(wishes, choice)
    assert [one.value for one in others] == pytest.approx(
        [value for value, _held in sets[1:6]], abs=1e-6
    )
    assert len({choice.chosen, *(one.chosen for one in others)}) == len(others) + 1
    for one in others:
        moved = (set(choice.chosen) - set(one.goes_out)) | set(one.comes_in)
        assert moved == set(one.chosen)


@settings(max_examples=100)
@given(small_wishes())
def test_of_a_clash_nothing_can_be_left_out(wishes):
    found = clashes(wishes)
    assert bool(found) == (not every_set(wishes))
    for clash in found:
        held = Wishes(wishes.values, wishes.size, tuple(clash))
        assert not every_set(held)
        for constraint in clash:
            assert every_set(held.without(constraint.name))
        for relief in reliefs(wishes, clash):
            broken = next(one for one in clash if one.name == relief.name)
            changed = _relieved(broken, relief)
            rest = (*held.without(broken.name).constraints, *changed)
            assert every_set(Wishes(wishes.values, wishes.size, rest))


def _relieved(constraint, relief):
    if isinstance(constraint, Budget):
        return [Budget(constraint.name, constraint.costs, relief.at_most)]
    if isinstance(constraint, Share):
        least = constraint.at_least if relief.at_least is None else relief.at_least
        most = constraint.at_most if relief.at_most is None else int(relief.at_most)
        return [Share(constraint.name, constraint.members, least, most)]
    return []


def test_overruling_says_what_it_costs_and_what_it_breaks():
    apart = NeverTogether("not a with b", frozenset({0, 1}))
    wishes = Wishes((5.0, 4.0, 3.0, 1.0), 2, (apart,))
    choice = choose(wishes)
    assert choice is not None
    assert choice.chosen == (0, 2)
    kept = overrule(wishes, choice, (0, 3))
    assert (kept.loss, kept.broken) == (2.0, ())
    broken = overrule(wishes, choice, (0, 1))
    assert (broken.loss, broken.broken) == (-1.0, ("not a with b",))


def test_the_same_wishes_give_the_same_set_even_where_many_are_as_good():
    random = np.random.default_rng(3)
    values = tuple(random.integers(1, 4, 34).astype(float).tolist())
    members = frozenset(range(0, 34, 3))
    wishes = Wishes(values, 8, (Share("theirs", members, 2, 4),))
    assert len({choose(wishes) for _again in range(5)}) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"size": 0}, "at least one"),
        ({"values": (1.0, float("nan"))}, "finite"),
        ({"constraints": (MustHave("x", 5),)}, "does not exist"),
        ({"constraints": (MustHave("x", 0), MustHave("x", 1))}, "same name"),
        ({"constraints": (Budget("x", (1.0,), 3.0),)}, "one cost per item"),
        ({"bonuses": (Bonus(0, 0, 1.0),)}, "two items"),
    ],
)
def test_wishes_that_make_no_sense_are_refused(change, said):
    plain = {"values": (1.0, 2.0), "size": 1}
    with pytest.raises(ValueError, match=said):
        Wishes(**plain | change)
