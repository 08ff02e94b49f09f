"""Weights of criteria from comparing them two by two, and how far the answers agree."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
HIGHEST = 9.0  # on Saaty's scale from 1 (as important) to 9 (extremely more important)
ACCEPTABLE = 0.10  # consistency ratio from which answers should be looked at again
# Mean consistency index of random answers by number of criteria; Saaty (1980), table 1.
_RANDOM_INDEX = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)


@dataclass(frozen=True, slots=True)
class PairwiseWeights:
    """What comparisons say.

    `weights` has shape (criteria,) and sums to 1. `consistency_ratio` is 0 where all answers
    agree. `doubtful` are the two criteria whose comparison agrees least with the others, and
    `agreeing` what the others would make of it; None for fewer than three criteria.
    """

    weights: tuple[float, ...]
    consistency_ratio: float
    doubtful: tuple[int, int] | None
    agreeing: float | None

    @property
    def is_consistent(self) -> bool:
        """True where the answers agree well enough to be used as they are."""
        return self.consistency_ratio <= ACCEPTABLE


def pairwise_weights(ratios: Floats) -> PairwiseWeights:
    """Return the weights that comparisons two by two stand for.

    Args:
        ratios: shape (criteria, criteria); how many times as important the one of the row is as
            the one of the column. Reciprocal: `ratios[j, i] == 1 / ratios[i, j]`.

    Raises:
        ValueError: the table is not square, positive and reciprocal, or holds over ten criteria.
    Source: the analytic hierarchy process, Saaty (1977), "A scaling method for priorities in
        hierarchical structures", Journal of Mathematical Psychology 15(3): the weights are the
        principal eigenvector, the consistency index is (λ - n) / (n - 1).
    """
    size = len(ratios)
    if ratios.shape != (size, size) or not 1 <= size < len(_RANDOM_INDEX):
        raise ValueError(f"a square table of 1 to {len(_RANDOM_INDEX) - 1} criteria is needed")
    if not (ratios > 0).all() or not np.allclose(ratios * ratios.T, 1.0):
        raise ValueError("ratios have to be positive, and the two of a pair reciprocal")
    values, vectors = np.linalg.eig(ratios)
    first = int(np.argmax(values.real))
    weights = np.abs(vectors[:, first].real)
    weights /= weights.sum()
    if size < 3:
        return PairwiseWeights(tuple(weights.tolist()), 0.0, None, None)
    index = (values[first].real - size) / (size - 1)
    ratio = max(float(index) / _RANDOM_INDEX[size], 0.0)
    doubtful = _most_doubtful(ratios, weights)
    agreeing = float(weights[doubtful[0]] / weights[doubtful[1]])
    return PairwiseWeights(tuple(weights.tolist()), ratio, doubtful, agreeing)


def _most_doubtful(ratios: Floats, weights: Floats) -> tuple[int, int]:
    """Return the pair whose answer is farthest, as a ratio, from that of the weights."""
    apart = np.abs(np.log(ratios * weights[None, :] / weights[:, None]))
    row, column = np.unravel_index(int(np.argmax(np.triu(apart, 1))), apart.shape)
    return int(row), int(column)
