"""What a scenario goes by: proposals with their cost, what their juries gave, and conditions."""

import hashlib
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from minka.core.errors import NotAllowed
from minka.core.models import User
from minka.core.remembering import cache
from minka.innovation.models import Assignment, Challenge, Criterion, FundingScenario, Proposal
from minka.innovation.queries.conflicts import consortium_of
from minka.innovation.queries.evaluations import criteria_of
from minka.innovation.queries.gates import criteria_for
from minka.innovation.queries.proposals import staff_challenges, submitted_to
from minka.innovation.queries.ranking import averages_shown, points_of, rows_of
from minka.innovation.queries.standings import usual_top
from minka.innovation.states import ChallengeState
from minka.methods.shortlist.funding import Json, funded
from minka.methods.shortlist.study import canonical, fingerprint

FORM, SEED, DRAWS = 1, 1, 200
BAR = 3.0  # points: the middle of the scale
KEPT_S = 24 * 3600


def scenario_challenges(*, viewer: User, challenge: Challenge) -> QuerySet[Challenge]:
    """Return the challenges of the same edition whose averages the team may see, this one too."""
    found = staff_challenges(viewer=viewer).filter(
        Q(pk=challenge.pk) | ~Q(state=ChallengeState.DECIDED), edition=challenge.edition_id
    )
    shown = [one.pk for one in found if averages_shown(challenge=one) and _may(viewer, one)]
    return found.filter(pk__in=shown).order_by("pk")


def scenario_inputs(
    *, viewer: User, challenges: list[Challenge], conditions: Json, measure: str, bar: float
) -> Json:
    """Return all that a scenario follows from; proposals without a cost or a score are named only.

    Raises:
        NotAllowed: `viewer` may not see the averages of one of the challenges.
    """
    proposals: list[Json] = []
    apart: list[Json] = []
    juries: Json = {}
    for challenge in challenges:
        if not _may(viewer, challenge) or not averages_shown(challenge=challenge):
            raise NotAllowed
        jury, able, rest = _of(viewer, challenge)
        proposals += able
        apart += rest
        if able:
            juries[str(challenge.pk)] = jury
    return {
        "form": FORM, "seed": SEED, "draws": DRAWS, "measure": measure, "bar": bar,
        "conditions": conditions, "proposals": proposals, "apart": apart, "juries": juries,
        "challenges": [
            {"id": one.pk, "es": one.title_es, "en": one.title_en or one.title_es}
            for one in challenges
        ],
    }  # fmt: skip


def reckoned(inputs: Json) -> Json:
    """No person: return what follows from inputs, from the cache where it was reckoned before."""
    key = f"scenario:{hashlib.sha256(canonical(inputs).encode()).hexdigest()}"
    found: Json | None = cache.get(key)
    if found is None:
        found = funded(inputs)
        cache.set(key, found, KEPT_S)
    return found


def scenarios_of(*, viewer: User, challenge: Challenge) -> QuerySet[FundingScenario]:
    """Return the scenarios that were kept, the last first."""
    found = FundingScenario.objects.filter(challenge=challenge).select_related("by")
    return found if _may(viewer, challenge) else found.none()


def still_same(scenario: FundingScenario) -> bool:
    """No person: return whether reckoning anew from what was kept gives the same."""
    return (
        fingerprint(scenario.inputs) == scenario.inputs_sha256
        and funded(scenario.inputs) == scenario.result
    )


def _may(viewer: User, challenge: Challenge) -> bool:
    return bool(viewer.has_perm("innovation.scenario_write", challenge))


def _of(viewer: User, challenge: Challenge) -> tuple[Json, list[Json], list[Json]]:
    criteria = criteria_of(challenge_id=challenge.pk)
    visible = submitted_to(viewer=viewer, challenge=challenge)
    rows = rows_of(proposals=visible, criteria=criteria)
    sides = consortium_of(proposals=[row.proposal for row in rows])
    given = [
        (row.proposal.pk, one.evaluator_id, points)
        for row in rows
        for one in row.assignments
        if (points := _points(one, criteria)) is not None
    ]
    items = sorted({item for item, _person, _points in given})
    people = sorted({person for _item, person, _points in given})
    jury = {
        "weights": [one.weight for one in criteria],
        "items": items,
        "people": people,
        "pairs": [[items.index(item), people.index(person)] for item, person, _points in given],
        "points": [points for _item, _person, points in given],
        "top": usual_top(len(items)),
    }
    able: list[Json] = []
    rest: list[Json] = []
    for row in rows:
        told = _proposal(row.proposal, challenge, sorted(sides[row.proposal.pk]))
        counts = row.proposal.pk in items and row.proposal.requested_usd is not None
        (able if counts else rest).append(told)
    return jury, able, rest


def _points(one: Assignment, criteria: Sequence[Criterion]) -> list[int | None] | None:
    """Return the points by every criterion; None for those of the gate that is not theirs.

    The other criteria of a review stand for those, each at its own level.
    """
    own = criteria_for(one, criteria)
    given = points_of(one, own)
    if given is None:
        return None
    by_criterion = dict(zip((each.pk for each in own), given, strict=True))
    return [by_criterion.get(each.pk) for each in criteria]


def _proposal(one: Proposal, challenge: Challenge, organisations: list[int]) -> Json:
    return {
        "id": one.pk,
        "title": str(one),
        "lead": one.lead.name,
        "challenge": challenge.pk,
        "organisations": organisations,
        "cost_usd": None if one.requested_usd is None else float(one.requested_usd),
    }
