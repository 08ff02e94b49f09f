"""How good a resolution is, and how well its reviewers agree, from samples and answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """An estimated share with its interval; `of` says on how many it rests."""

    value: float
    low: float
    high: float
    of: int

    @property
    def percent(self) -> float:
        """The share in per cent."""
        return 100 * self.value

    @property
    def low_percent(self) -> float:
        """The lower end in per cent."""
        return 100 * self.low

    @property
    def high_percent(self) -> float:
        """The upper end in per cent."""
        return 100 * self.high


def wilson(hits: int, of: int, *, z: float = Z_95) -> Share | None:
    """Estimate a share from `hits` in a random sample of `of`; None without a sample.

    Source: Wilson (1927), "Probable Inference, the Law of Succession, and Statistical Inference",
    JASA 22(158); good for small samples and shares near 0 and 1.

    Raises:
        ValueError: more hits than the sample has.
    """
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of}")
    if of == 0:
        return None
    share, square = hits / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return Share(share, max(0.0, middle - reach), min(1.0, middle + reach), of)


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Return how far two readers agree beyond chance; None when chance alone explains everything.

    Args:
        pairs: what the first and the second reader said of the same thing.

    Source: Cohen (1960), "A Coefficient of Agreement for Nominal Scales", Educational and
    Psychological Measurement 20(1).
    """
    both = list(pairs)
    if not both:
        return None
    said = {word for pair in both for word in pair}
    agreed = sum(one == other for one, other in both) / len(both)
    by_chance = sum(
        (sum(one == word for one, _ in both) / len(both))
        * (sum(other == word for _, other in both) / len(both))
        for word in said
    )
    if by_chance >= 1:
        return None
    return (agreed - by_chance) / (1 - by_chance)


@dataclass(frozen=True, slots=True)
class Stratum:
    """Pairs of one probability band of which some were looked at.

    Args:
        pairs: how many there are in all.
        same: how many of those looked at are one organisation.
        looked_at: the size of the random sample.
    """

    pairs: int
    same: int
    looked_at: int


def recall(joined: Stratum, apart: Sequence[Stratum]) -> Share | None:
    """Estimate the share of true pairs that were joined, from samples of what was and was not.

    The true pairs of each stratum are its size times the share of its sample; the interval takes
    the ends of the Wilson intervals that are worst and best for recall, so it is on the safe side.
    None when a stratum that is not empty was not looked at.

    Source: stratified estimation as in Cochran (1977), "Sampling Techniques", ch. 5.
    """
    inside = wilson(joined.same, joined.looked_at)
    outside = [(one.pairs, wilson(one.same, one.looked_at)) for one in apart if one.pairs]
    if inside is None or any(share is None for _pairs, share in outside):
        return None
    sample = joined.looked_at + sum(one.looked_at for one in apart)

    def of(found: float, missed: float) -> float:
        return found / (found + missed) if found + missed else 1.0

    missed = [
        sum(pairs * getattr(share, end) for pairs, share in outside)
        for end in ("value", "high", "low")
    ]
    return Share(
        of(joined.pairs * inside.value, missed[0]),
        of(joined.pairs * inside.low, missed[1]),
        of(joined.pairs * inside.high, missed[2]),
        sample,
    )
