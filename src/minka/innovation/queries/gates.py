"""The two gates of an evaluation: which criteria are whose, and how much each gate counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from minka.innovation.models import Assignment, Criterion
from minka.innovation.states import Gate


@dataclass(frozen=True)
class GatePart:
    """The criteria of one gate and its share of all weights, from 0 to 1; `gate` empty: of all."""

    gate: str
    criteria: list[Criterion]
    share: float

    @property
    def weights(self) -> list[int]:
        """The weights of its criteria, as they were set."""
        return [one.weight for one in self.criteria]


def is_gated(criteria: Sequence[Criterion]) -> bool:
    """Whether technical and operational evaluators score by criteria of their own."""
    return any(one.gate for one in criteria)


def gate_parts(criteria: Sequence[Criterion]) -> list[GatePart]:
    """Return the gates with their criteria; a single part where there are no gates.

    A gate counts as much as its criteria weigh together. One without criteria is left out.
    """
    if not criteria:
        return []
    total = sum(one.weight for one in criteria)
    groups = {gate: [one for one in criteria if one.gate == gate] for gate in ("", *Gate.values)}
    return [
        GatePart(gate, own, sum(one.weight for one in own) / total)
        for gate, own in groups.items()
        if own
    ]


def criteria_for(assignment: Assignment, criteria: Sequence[Criterion]) -> list[Criterion]:
    """Return by which criteria somebody scores: those of the side asked for, and common ones.

    Somebody who was asked from no side scores by all.
    """
    if not assignment.gate:
        return list(criteria)
    return [one for one in criteria if one.gate in {"", assignment.gate}]


def answers_checks(assignment: Assignment) -> bool:
    """Whether safety and procurement are for this evaluator: they are operational questions."""
    return assignment.gate in {"", Gate.OPERATIONAL}
