"""How well an organisation fits a challenge, in points that each have a reason. Pure.

A ranking to begin a conversation with, and no measurement: the shares of the points are set so
that what an organisation says it does counts most, and that no single sign decides alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MOST = 100.0


class Sign(StrEnum):
    """What speaks for an organisation."""

    TEXT = "text"  # its profile is among those nearest to the words of the challenge
    THEMES = "themes"
    CAPABILITY = "capability"
    PRODUCTS = "products"
    REGION = "region"
    CERTIFICATION = "certification"
    EXPERIENCE = "experience"  # it has answered challenges before


POINTS: Mapping[Sign, float] = {
    Sign.TEXT: 40.0,
    Sign.THEMES: 20.0,
    Sign.CAPABILITY: 20.0,
    Sign.PRODUCTS: 8.0,
    Sign.REGION: 4.0,
    Sign.CERTIFICATION: 4.0,
    Sign.EXPERIENCE: 4.0,
}
_HALF_AT = 15.0  # the place in the search at which half of the points for the text are left


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a challenge asks for; `trl_minimum` is 1 to 9, None where it does not matter."""

    themes: frozenset[int] = frozenset()
    trl_minimum: int | None = None
    regions: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Offer:
    """What an organisation offers.

    Args:
        place: where the search put it, from 0; None where it was not found by the words.
        themes: it works in.
        capabilities: theme → TRL from 1 to 9.
        products: that share words with the challenge.
        region: of its seat.
        certifications: that are in force.
        proposals: it handed in to challenges that have closed.
    """

    place: int | None = None
    themes: frozenset[int] = frozenset()
    capabilities: Mapping[int, int] = field(default_factory=dict)
    products: tuple[str, ...] = ()
    region: int | None = None
    certifications: tuple[str, ...] = ()
    proposals: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """Points out of 100 in all, and of each sign that speaks for it."""

    points: float
    signs: Mapping[Sign, float]
    themes: frozenset[int]
    capability: tuple[int, int] | None
    is_ripe: bool


def fit(wanted: Wanted, offer: Offer) -> Fit:
    """Return how well an offer fits; `capability` is the theme and TRL that count most.

    `is_ripe` is True where a capability in a theme of the challenge reaches the TRL asked for, or
    none is asked for.
    """
    shared = wanted.themes & (offer.themes | frozenset(offer.capabilities))
    able = max(
        ((trl, -theme) for theme, trl in offer.capabilities.items() if theme in wanted.themes),
        default=None,
    )
    reached = able is not None and able[0] >= (wanted.trl_minimum or 1)
    shares = {
        Sign.TEXT: 0.0 if offer.place is None else _HALF_AT / (_HALF_AT + offer.place),
        Sign.THEMES: len(shared) / len(wanted.themes) if wanted.themes else 0.0,
        Sign.CAPABILITY: 0.0 if able is None else 1.0 if reached else _below(able[0], wanted),
        Sign.PRODUCTS: min(len(offer.products), 2) / 2,
        Sign.REGION: float(offer.region is not None and offer.region in wanted.regions),
        Sign.CERTIFICATION: float(bool(offer.certifications)),
        Sign.EXPERIENCE: min(offer.proposals, 2) / 2,
    }
    signs = {sign: share * POINTS[sign] for sign, share in shares.items() if share > 0}
    return Fit(
        points=sum(signs.values()),
        signs=signs,
        themes=shared,
        capability=None if able is None else (-able[1], able[0]),
        is_ripe=reached or wanted.trl_minimum is None,
    )


def _below(trl: int, wanted: Wanted) -> float:
    """Return what is left of the points where the readiness falls short: less for each level."""
    return max(0.0, 0.75 - 0.25 * ((wanted.trl_minimum or 1) - trl))


@dataclass(frozen=True, slots=True)
class Want:
    """Of one theme of a challenge: how many work in it, are ripe enough, and are near, too."""

    theme: int
    offering: int
    ripe: int
    near: int

    @property
    def is_missing(self) -> bool:
        """True where nobody near is ripe enough."""
        return self.near == 0


def wants(wanted: Wanted, offers: Mapping[int, Offer]) -> list[Want]:
    """Return how each theme of a challenge is served, those with nobody first.

    Without a TRL asked for, everybody who works in the theme is ripe; without regions, all are
    near.
    """
    found = [_want(theme, wanted, offers) for theme in wanted.themes]
    return sorted(found, key=lambda one: (one.near, one.ripe, one.offering, one.theme))


def _want(theme: int, wanted: Wanted, offers: Mapping[int, Offer]) -> Want:
    those = [one for one in offers.values() if theme in one.themes or theme in one.capabilities]
    least = wanted.trl_minimum
    ripe = [one for one in those if least is None or one.capabilities.get(theme, 0) >= least]
    near = [one for one in ripe if not wanted.regions or one.region in wanted.regions]
    return Want(theme, len(those), len(ripe), len(near))
