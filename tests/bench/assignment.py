"""Assignments beside taking the best pairs one by one, and the linear optimum; and their times."""

from time import perf_counter, process_time

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from minka.cli.assign import countdown
from minka.methods.assignment.solver import largest_sum, worst_first
from minka.methods.assignment.task import Floats, Task
from tests.bench.figures import Figures

INSTANCES = 100
TIMED = {(42, 20): (7, 1.0), (500, 150): (12, 10.0), (2_000, 600): (12, 60.0)}  # load, seconds
PER_ITEM = 3
SEED = 2026
SECONDS = 40.0  # as the command has it
_SAME = 1e-6


def measure_assignment(figures: Figures) -> None:
    """Add how assignments compare with greedy ones and the linear optimum, and their times."""
    random = np.random.default_rng(SEED)
    below_worst = below_sum = below_sum_too = unequal = unproven = stuck = solved = 0
    gains, given_up = [], []
    for number in range(INSTANCES):
        task = instance(random, items=42, people=20, max_load=7 + number % 2, kind=number % 4)
        worst, summed = worst_first(task), largest_sum(task)
        if worst is None or summed is None:
            continue
        solved += 1
        unproven += not (worst.is_proven and summed.is_proven)
        unequal += abs(summed.total - linear_optimum(task)) > _SAME
        given_up.append(1 - worst.total / summed.total)
        pairs = greedy(task)
        if pairs is None:
            stuck += 1
            continue
        total = float(task.totals(pairs).sum())
        below_worst += worst.worst < task.worst(pairs) - _SAME
        below_sum += summed.total < total - _SAME
        below_sum_too += worst.total < total - _SAME
        gains.append(worst.worst - task.worst(pairs))
    figures.add("assignment.instances", solved)
    figures.add("assignment.below_greedy_in_worst", below_worst, equals=0)
    figures.add("assignment.below_greedy_in_sum", below_sum, equals=0)
    figures.add("assignment.worst_first_below_greedy_in_sum", below_sum_too)
    figures.add("assignment.unequal_to_linear_optimum", unequal, equals=0)
    figures.add("assignment.unproven", unproven)
    figures.add("assignment.greedy_impossible", stuck / solved)
    figures.add("assignment.worst_gained", float(np.median(gains)))
    figures.add("assignment.sum_given_up", float(np.median(given_up)))
    for (items, people), (load, seconds) in TIMED.items():
        _time(figures, items=items, people=people, load=load, seconds=seconds)


def _time(figures: Figures, *, items: int, people: int, load: int, seconds: float) -> None:
    random = np.random.default_rng(SEED + items)
    slowest = processor = gap = 0.0
    for kind in range(2):
        task = instance(random, items=items, people=people, max_load=load, kind=kind)
        begin, begun = perf_counter(), process_time()
        found = worst_first(task, left=countdown(SECONDS))
        slowest = max(slowest, perf_counter() - begin)
        processor = max(processor, process_time() - begun)
        gap = np.inf if found is None else max(gap, found.worst_gap, found.total_gap)
    figures.add(f"assignment.seconds_{items}x{people}", slowest, at_most=seconds)
    figures.add(f"assignment.processor_{items}x{people}", processor)
    figures.add(f"assignment.gap_{items}x{people}", gap, at_most=0.0)


def instance(
    random: np.random.Generator, *, items: int, people: int, max_load: int, kind: int
) -> Task:
    """Make up fits: by chance, by common themes, in whole numbers, or with sought-after people."""
    if kind == 1:
        themes = [random.gamma(0.5, 1.0, (count, 8)) for count in (items, people)]
        sides = [one / np.linalg.norm(one, axis=1, keepdims=True) for one in themes]
        fits = sides[0] @ sides[1].T
    else:
        fits = random.random((items, people))
    if kind == 2:
        fits = np.ceil(5 * fits)
    if kind == 3:
        fits *= random.beta(3, 1.5, people)[None, :]
    fits[random.random(fits.shape) < 0.1] = np.nan
    return Task.alike(fits, per_item=PER_ITEM, max_load=max_load)


def greedy(task: Task) -> list[tuple[int, int]] | None:
    """Take pairs by their fit as long as there is room; None where that leaves an item short."""
    left, room = list(task.needs), list(task.most)
    fits = np.where(task.allowed, task.fits, -np.inf)
    pairs = []
    for place in np.argsort(-fits, axis=None, kind="stable")[: int(task.allowed.sum())]:
        item, person = divmod(int(place), fits.shape[1])
        if left[item] and room[person]:
            left[item] -= 1
            room[person] -= 1
            pairs.append((item, person))
    return None if any(left) else pairs


def linear_optimum(task: Task) -> float:
    """Return the largest sum where parts of people could be assigned, by all pairs at once."""
    items, people = np.nonzero(task.allowed)
    at, ones = np.arange(len(items)), np.ones(len(items))

    def table(lines: Floats, height: int) -> coo_array:
        return coo_array((ones, (lines, at)), shape=(height, len(at)))

    done = linprog(
        -task.fits[items, people], A_ub=table(people, len(task.most)), b_ub=task.most,
        A_eq=table(items, len(task.needs)), b_eq=task.needs, bounds=(0, 1), method="highs-ds",
    )  # fmt: skip
    return -float(done.fun)


if __name__ == "__main__":
    alone = Figures()
    measure_assignment(alone)
    alone.show()
