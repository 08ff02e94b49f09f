"""Where every proposal of a challenge stands, whoever asks: for agendas and letters."""

from dataclasses import asdict, dataclass
from typing import Any

from minka.innovation.models import Challenge, Proposal
from minka.innovation.queries.evaluations import criteria_of
from minka.innovation.queries.ranking import RankedProposal, rows_of
from minka.innovation.queries.standings import standings, usual_top
from minka.innovation.states import ProposalState
from minka.methods.position_bands import position_groups
from minka.methods.scoring import competition_ranks

_DECIMALS = 3


@dataclass(frozen=True)
class Position:
    """Where one proposal stands; figures are None where there are too few scores for any.

    `group` of `groups` is what a letter may tell: it holds three proposals at least.
    """

    order: int
    band: int
    group: int
    groups: int
    group_size: int
    count: int
    evaluations: int
    quality: float | None = None
    low: float | None = None
    high: float | None = None
    probability_top: float | None = None

    def told(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        return {
            name: round(value, _DECIMALS) if isinstance(value, float) else value
            for name, value in asdict(self).items()
        }


def positions(*, challenge: Challenge) -> dict[int, Position]:
    """Return where each submitted proposal stands that somebody scored, by its id.

    No viewer: what of it is told to whom is for the caller.
    """
    standing = Proposal.objects.filter(challenge=challenge, state=ProposalState.SUBMITTED)
    criteria = criteria_of(challenge_id=challenge.pk)
    rows = rows_of(proposals=standing.order_by("pk"), criteria=criteria)
    scored = [row for row in rows if row.summary.mean is not None]
    found = standings(rows=rows, criteria=criteria, top=usual_top(len(scored)))
    if found is None:
        return _by_means(scored)
    ordered = sorted(scored, key=lambda row: found.places[row.proposal.pk].order)
    bands = [found.places[row.proposal.pk].band for row in ordered]
    told = {}
    for row, group in zip(ordered, position_groups(bands), strict=True):
        place = found.places[row.proposal.pk]
        told[row.proposal.pk] = Position(
            order=place.order, band=place.band, group=group.number, groups=group.groups,
            group_size=group.size, count=len(ordered), evaluations=row.summary.count,
            quality=place.quality, low=place.low, high=place.high,
            probability_top=place.probability_top,
        )  # fmt: skip
    return told


def _by_means(scored: list[RankedProposal]) -> dict[int, Position]:
    places = competition_ranks([row.summary.mean for row in scored])
    ordered = sorted(
        zip(places, scored, strict=True), key=lambda pair: (pair[0] or 0, pair[1].proposal.pk)
    )
    groups = position_groups([place or 0 for place, _row in ordered])
    return {
        row.proposal.pk: Position(
            order=place or 0, band=place or 0, group=group.number, groups=group.groups,
            group_size=group.size, count=len(ordered), evaluations=row.summary.count,
        )
        for (place, row), group in zip(ordered, groups, strict=True)
    }  # fmt: skip
