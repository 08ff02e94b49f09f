"""Who evaluates what: the worst-served item first, then the sum; or the sum alone."""

from contextlib import suppress
from dataclasses import dataclass, field

from minka.methods.assignment.relaxation import Left, OutOfTime, Relaxation, endless
from minka.methods.assignment.task import Assignment, Pair, Task
from minka.methods.assignment.thresholds import Thresholds
from minka.methods.assignment.whole import Found, Nothing, best_whole

_EASE = 1e-4  # in the solver's scale: totals nearer than a ten-millionth of a fit are the same
_SMALL = 5_000  # pairs, up to which the relaxation is solved for every threshold on the way
_PROBES = 12
_ROUNDS = 3
_RESERVE = 0.15
_SHARE = 0.25  # of the time left that one threshold may take


def largest_sum(task: Task, *, left: Left = endless) -> Assignment | None:
    """Assign so that all fits sum to the most; None where the limits cannot be met.

    Exact: without kinds that share people the corners of the relaxation are whole, else branch
    and bound proves it. The same task gives the same pairs.

    Raises:
        OutOfTime: there was no time to find any.
    """
    relaxation = Relaxation(task, left)
    found = _first(relaxation)
    if found is None:
        return None
    worst = task.worst(found.pairs)
    return _assignment(relaxation, found, worst)


def worst_first(task: Task, *, left: Left = endless) -> Assignment | None:
    """Assign so that the worst-served item is served best, then the sum; None where impossible.

    The total fit of the worst-served item is as high as it can be; of all assignments that serve
    no item worse than that, the one whose fits sum to the most is returned. The next-worst items
    are not looked at in turn (leximin): that would give up some of the sum for them.

    First the upper bound itself is tried: no item can have more than its own best people, nor
    more than the relaxation gives all. Where that fails, the threshold is halved in between the
    best that was found and the best that is not ruled out. A threshold rules out every pair with
    which an item could not reach it.

    Args:
        task: what is to be assigned.
        left: tells how many seconds there are left, and is asked again and again. When there are
            none the best that was found is returned; its gaps say what is not proven.

    Raises:
        OutOfTime: there was no time to find any.
    Source: maximin fairness in paper assignment, Garg, Kavitha, Kumar, Mehlhorn & Mestre (2010),
        "Assigning Papers to Referees", Algorithmica 58; Stelmakh, Shah & Singh (2021),
        "PeerReview4All", JMLR 22. Finding it is NP-hard; calls of a usual size are proven at once.
    """
    relaxation = Relaxation(task)
    relaxation.left = left
    first = _first(relaxation)
    if first is None:
        return None
    if not any(task.needs):
        return _assignment(relaxation, first, 0.0)
    return _Search(relaxation, first).run()


def _first(relaxation: Relaxation) -> Found | None:
    """Return the choice with the largest sum, or None where there is none."""
    found = best_whole(relaxation, None)
    if isinstance(found, Found):
        return found
    if not found.is_proven:
        raise OutOfTime("no assignment was found in time, nor a proof that there is none")
    return None


@dataclass(slots=True)
class _Search:
    """Halves the threshold between what was found (`low`) and what is not ruled out (`high`).

    Thresholds above `aim` were given up without a proof.
    """

    relaxation: Relaxation
    best: Found
    thresholds: Thresholds = field(init=False)
    low: float = field(init=False)
    high: float = field(init=False)
    aim: float = field(init=False)
    reserve: float = field(init=False)  # seconds kept for the sum

    def __post_init__(self) -> None:
        self.reserve = _RESERVE * self.relaxation.left()
        self.thresholds = Thresholds(self.relaxation)
        self.low = self._worst(self.best)
        bound = self.thresholds.own_best
        with suppress(OutOfTime):
            bound = min(bound, self.relaxation.highest_threshold())
        self.aim = self.high = max(self.thresholds.down(bound), self.low)

    def run(self) -> Assignment:
        if self._open() and not self._try(self.aim):
            self._narrow() if self._is_small() else self._raise()
            if self.aim > self.low:
                self._try(self.aim)
        for _round in range(_ROUNDS):  # what was given up is tried again while there is time
            while self._open():
                self._try(self.thresholds.between(self.low, self.aim))
            self.aim = self.high
        if self.best.bound - self.best.value > _EASE and self.relaxation.left() > 0:
            self._try(self.low, share=1.0)
        high = max(self.high, self.low) / self.relaxation.scale
        return _assignment(self.relaxation, self.best, high)

    def _open(self) -> bool:
        return self.aim - self.low > _EASE and self.relaxation.left() > self.reserve

    def _try(self, threshold: float, *, share: float = _SHARE) -> bool:
        """Look for a choice at a threshold; raise what was found, or lower what is left."""
        found: Found | Nothing = Nothing(is_proven=False)
        with suppress(OutOfTime):
            found = best_whole(
                self.relaxation,
                threshold - _EASE / 10,
                share=share,
                within=self.thresholds.mask(threshold - _EASE),
            )
        if isinstance(found, Found):
            worst = max(self._worst(found), threshold)
            if worst > self.low + _EASE or found.value >= self.best.value:
                self.best = found
            self.low = max(self.low, worst)
            return True
        self.aim = max(self.thresholds.below(threshold), self.low)
        if found.is_proven:
            self.high = min(self.high, self.aim)
        return False

    def _raise(self) -> None:
        """Raise what was found by choosing from pairs alone that are no worse than some fit.

        Without thresholds the relaxation is whole, so that this is quick where they are many.

        Source: Stelmakh, Shah & Singh (2021), "PeerReview4All", whose first step it is.
        """
        fits = self.relaxation.fits
        low, high = float(fits[self.relaxation.allowed].min()), float(fits.max())
        for _probe in range(_PROBES):
            least = (low + high) / 2
            within = self.relaxation.allowed & (fits >= least)
            within |= self.relaxation.task.fixed_table > 0
            try:
                found = best_whole(self.relaxation, None, within=within)
            except OutOfTime:
                return
            if not isinstance(found, Found):
                high = least
                continue
            low = least
            if self._worst(found) > self.low:
                bound = self.best.bound  # the sum of all: what is chosen here is not the best one
                self.best = Found(found.pairs, found.value, bound)
                self.low = self._worst(found)

    def _is_small(self) -> bool:
        return bool(self.relaxation.allowed.sum() <= _SMALL)

    def _narrow(self) -> None:
        """Lower what is left to the highest threshold that the relaxation does not rule out."""
        low = self.low
        for _probe in range(_PROBES):
            threshold = self.thresholds.between(low, self.high)
            if self.high - low <= _EASE or threshold >= self.high:
                break
            mask = self.thresholds.mask(threshold - _EASE)
            try:
                ruled_out = self.relaxation.best_sum(threshold - _EASE / 10, within=mask) is None
            except OutOfTime:
                break
            if ruled_out:
                self.high = max(self.thresholds.below(threshold), low)
            else:
                low = threshold
        self.aim = min(self.aim, self.high)

    def _worst(self, found: Found) -> float:
        return self.relaxation.task.worst(found.pairs) * self.relaxation.scale


def _assignment(relaxation: Relaxation, found: Found, worst_bound: float) -> Assignment:
    pairs: tuple[Pair, ...] = tuple(sorted(found.pairs))
    task = relaxation.task
    total = float(task.totals(pairs).sum())
    gap = max(found.bound - found.value, 0.0) / relaxation.scale
    worst = task.worst(pairs)
    return Assignment(pairs, worst, total, max(worst, worst_bound), total + gap)
