"""The best assignment there is, and why there is none: checked against trying all of them."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minka.methods.assignment.clash import Crowded, Idle, Overfixed, TooFew, clashes
from minka.methods.assignment.solver import largest_sum, worst_first
from minka.methods.assignment.task import Kind, Task

fit = st.one_of(st.none(), st.integers(-3, 9).map(lambda number: number / 3))


@st.composite
def small_tasks(draw):
    """Up to three items and four people under any mix of limits."""
    items, people = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    cells = draw(st.lists(fit, min_size=items * people, max_size=items * people))
    fits = np.array([np.nan if cell is None else cell for cell in cells]).reshape(items, people)
    least = draw(st.integers(0, 1))
    crowds = draw(st.lists(st.frozensets(st.integers(0, people - 1), min_size=1), max_size=2))
    kinds = tuple(Kind(f"kind {n}", one) for n, one in enumerate(crowds))
    allowed = [tuple(pair) for pair in np.argwhere(~np.isnan(fits)).tolist()]
    fixed = draw(st.lists(st.sampled_from(allowed), max_size=2)) if allowed else []
    return Task(
        fits, tuple(draw(st.integers(0, 2)) for _ in range(items)),
        tuple(draw(st.integers(least, 3)) for _ in range(people)), (least,) * people, kinds,
        frozenset(fixed),
    )  # fmt: skip


def every_choice(task):
    people = range(len(task.most))
    rows = [list(combinations(people, need)) for need in task.needs]
    for chosen in product(*rows):
        pairs = [(item, person) for item, row in enumerate(chosen) for person in row]
        if not task.broken_by(pairs):
            yield pairs


def random_task(seed, *, items=12, people=8, per_item=3, max_load=5, **more):
    fits = np.random.default_rng(seed).random((items, people))
    fits[np.random.default_rng(seed + 1).random(fits.shape) < 0.1] = np.nan
    return Task.alike(fits, per_item=per_item, max_load=max_load, **more)


@settings(max_examples=60)
@given(small_tasks())
def test_no_choice_is_better_and_where_there_is_none_something_clashes(task):
    found = [(task.worst(pairs), float(task.totals(pairs).sum())) for pairs in every_choice(task)]
    worst, summed = worst_first(task), largest_sum(task)
    if not found:
        assert (worst, summed) == (None, None)
        assert clashes(task)
        return
    assert not task.broken_by(worst.pairs)
    assert not task.broken_by(summed.pairs)
    assert (worst.is_proven, summed.is_proven) == (True, True)
    assert summed.total == pytest.approx(max(total for _worst, total in found))
    best = max(low for low, _total in found)
    assert worst.worst == pytest.approx(best)
    assert worst.total == pytest.approx(max(total for low, total in found if low > best - 1e-9))
    assert not clashes(task)


def test_where_the_bound_cannot_be_reached_the_threshold_is_halved_to_the_best():
    for seed in range(4):
        random = np.random.default_rng(seed)
        fits = random.integers(1, 6, (4, 4)) * random.random(4)[None, :]
        task = Task.alike(fits, per_item=2, max_load=2)
        best = max(task.worst(pairs) for pairs in every_choice(task))
        assert worst_first(task).worst == pytest.approx(best)


def test_few_pairs_at_a_time_give_the_same_as_all_at_once(monkeypatch):
    tasks = [random_task(seed, items=40, people=30, max_load=5) for seed in range(3)]
    tasks.append(replace(tasks[0], kinds=(Kind("a", frozenset(range(15))),), least=(2,) * 30))
    whole = [(worst_first(task), largest_sum(task)) for task in tasks]
    monkeypatch.setattr("minka.methods.assignment.relaxation._ALL_PAIRS", 100)
    monkeypatch.setattr("minka.methods.assignment.relaxation._FIRST", 3)
    for task, (worst, summed) in zip(tasks, whole, strict=True):
        again = worst_first(task)
        assert (again.worst, again.total) == pytest.approx((worst.worst, worst.total))
        assert largest_sum(task).total == pytest.approx(summed.total)


def test_kinds_are_met_and_what_was_fixed_stays():
    technical, area = Kind("technical", frozenset(range(4))), Kind("area", frozenset(range(4, 8)))
    free = worst_first(random_task(1, max_load=6, kinds=(technical, area)))
    dropped = random_task(1, max_load=6, kinds=(technical, area))
    kept = [pair for pair in free.pairs if pair[1] != 2]
    dropped.fits[:, 2] = np.nan
    again = worst_first(replace(dropped, fixed=frozenset(kept)))
    assert set(kept) <= set(again.pairs)
    assert 2 not in {person for _item, person in again.pairs}
    for _item, row in [(i, [p for j, p in again.pairs if j == i]) for i in range(12)]:
        assert len(row) == 3
        assert {person < 4 for person in row} == {True, False}


def test_out_of_time_the_best_that_was_found_comes_with_its_gap():
    random = np.random.default_rng(0)
    fits = random.integers(1, 6, (20, 10)) * random.beta(3, 1.5, 10)[None, :]
    task = Task.alike(fits, per_item=3, max_load=6)

    found = worst_first(task, left=lambda: 0.0)
    assert not task.broken_by(found.pairs)
    assert found.worst_gap > 0
    assert not found.is_proven


def test_what_clashes_is_named_with_what_would_do():
    fits = np.random.default_rng(0).random((6, 5))
    [crowded] = clashes(Task.alike(fits, per_item=3, max_load=3))
    assert isinstance(crowded, Crowded)
    assert (crowded.needs, crowded.capacity, crowded.missing, crowded.max_load) == (18, 15, 3, 4)
    part = fits.copy()
    part[:3, 2:] = np.nan
    [crowded] = clashes(Task.alike(part, per_item=2, max_load=2))
    assert (crowded.items, crowded.people, crowded.max_load) == ((0, 1, 2), (0, 1), 3)
    part[0] = np.nan
    [few] = clashes(Task.alike(part, per_item=2, max_load=5))
    assert few == TooFew((0,), (0,), (2,))
    [idle] = clashes(Task.alike(fits, per_item=2, max_load=4, min_load=3))
    assert isinstance(idle, Idle)
    assert idle.min_load == 2
    [kind] = clashes(
        Task.alike(fits, per_item=2, max_load=3, kinds=(Kind("area", frozenset({0})),))
    )
    assert (kind.kinds, kind.people, kind.max_load) == (("area",), (0,), 6)
    [fixed] = clashes(Task.alike(fits, per_item=1, max_load=3, fixed=[(0, 0), (0, 1)]))
    assert fixed == Overfixed((0,), ())


@pytest.mark.parametrize(
    "change",
    [{"needs": (1,)}, {"most": (1,) * 9}, {"least": (-1,) * 8}, {"least": (6,) * 8},
     {"kinds": (Kind("x", frozenset({99})),)}, {"fixed": frozenset({(0, 99)})}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(change):
    with pytest.raises(ValueError, match=r"\w"):
        replace(random_task(1), **change)
