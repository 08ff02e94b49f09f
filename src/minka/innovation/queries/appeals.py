"""Clarifications and appeals: who may read which, and who may answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from minka.core.models import RoleGrant, User
from minka.core.states import Role
from minka.innovation.models import (
    Appeal,
    Assignment,
    Challenge,
    Decision,
    FormerDecision,
    Motion,
    PanelSeat,
    Proposal,
)
from minka.innovation.models.panel_states import AppealState, PanelState
from minka.innovation.queries.conflict_words import all_words
from minka.innovation.queries.conflicts import conflicts
from minka.innovation.queries.evaluations import OtherEvaluation, competitors, given_scores
from minka.innovation.queries.proposals import competed_challenges, own_proposals
from minka.innovation.states import AssignmentState
from minka.knowledge.models import Membership
from minka.knowledge.states import MembershipState


@dataclass(frozen=True)
class Candidate:
    """Somebody who could answer; `why_not` says what keeps them from it, if anything."""

    person: User
    why_not: str = ""

    @property
    def may(self) -> bool:
        """True when nothing keeps them from it."""
        return not self.why_not


def own_appeals(*, viewer: User) -> QuerySet[Appeal]:
    """Return what the viewer's own organisations asked."""
    return _loaded().filter(letter__proposal__in=own_proposals(viewer=viewer).values("pk"))


def handled_appeals(*, viewer: User) -> QuerySet[Appeal]:
    """Return what `viewer` may see in order to have it answered, or to answer it.

    Their own to answer; all to the impartial team, which names who answers and reads the words
    only where it may answer itself (`may_read_words`).
    """
    mine = Q(handler=viewer)
    if viewer.is_staff:
        mine |= ~Q(letter__proposal__challenge__in=competed_challenges(viewer=viewer))
    elif _is_committee(viewer):
        mine |= Q(state=AppealState.RECEIVED)
    return _loaded().filter(mine)


def candidates_for(*, appeal: Appeal) -> list[Candidate]:
    """Return the team and the committee, each with what keeps them from answering.

    No viewer: whoever may name somebody asks. A constant number of SQL statements.
    """
    granted = RoleGrant.objects.filter(role=Role.COMMITTEE).values("user")
    people = list(
        User.objects.filter(Q(is_staff=True) | Q(pk__in=granted), is_active=True).order_by(
            "full_name", "pk"
        )
    )
    why = reasons_not_to(appeal=appeal, people=people)
    return [Candidate(person, why.get(person.pk, "")) for person in people]


def reasons_not_to(*, appeal: Appeal, people: Iterable[User]) -> Mapping[int, str]:
    """Return why each of these people may not answer; those who may are not in it.

    No viewer: as `candidates_for`.
    """
    people = list(people)
    proposal = appeal.letter.proposal
    challenge = proposal.challenge
    allowed = _pool({one.pk for one in people})
    involved = _involved(challenge)
    lead = set(
        Membership.objects.filter(actor=proposal.lead_id, state=MembershipState.ACTIVE).values_list(
            "user_id", flat=True
        )
    )
    rivals = competitors(challenge=challenge)
    known = conflicts(proposals=[proposal], people=people)
    why: dict[int, str] = {}
    for one in people:
        if one.pk not in allowed:
            why[one.pk] = _("Is neither of the team nor of the committee.")
        elif one.pk in involved:
            why[one.pk] = involved[one.pk]
        elif one.pk == appeal.asked_by_id or one.pk in lead | rivals:
            why[one.pk] = _("Belongs to an organisation that answers the same challenge.")
        elif grounds := known.found.get((proposal.pk, one.pk)):  # a waiver is for evaluating only
            why[one.pk] = " ".join(all_words(grounds, known.names))
    return why


def may_answer(*, appeal: Appeal, person: User) -> bool:
    """Return whether nothing keeps a person from answering."""
    return person.is_active and not reasons_not_to(appeal=appeal, people=[person])


def evaluations_without_names(*, viewer: User, appeal: Appeal) -> list[OtherEvaluation]:
    """Return what the evaluators gave this one proposal, for whoever answers; else nothing."""
    if appeal.handler_id != viewer.pk or not may_answer(appeal=appeal, person=viewer):
        return []
    given = (
        Assignment.objects.filter(proposal=appeal.letter.proposal_id, state=AssignmentState.SCORED)
        .prefetch_related("scores__criterion")
        .order_by("pk")
    )
    return [
        OtherEvaluation(number, one.remark, given_scores(one))
        for number, one in enumerate(given, start=1)
    ]


def reopened_appeal(*, proposal: Proposal) -> Appeal | None:
    """No person: return the appeal for which the decision on a proposal is open again."""
    return (
        _loaded()
        .filter(letter__proposal=proposal, reopened_at__isnull=False, former__isnull=True)
        .first()
    )


def _involved(challenge: Challenge) -> dict[int, str]:
    """Return who had a part in what was decided in a challenge, and which."""
    found: dict[int, str] = {}
    evaluated = Assignment.objects.filter(proposal__challenge=challenge).exclude(
        state=AssignmentState.ASSIGNED
    )
    for pk in evaluated.values_list("evaluator_id", flat=True):
        found[pk] = _("Evaluated in this challenge.")
    sat = PanelSeat.objects.filter(session__challenges=challenge, votes=True).exclude(
        session__state__in=[PanelState.PREPARING, PanelState.CANCELLED]
    )
    for pk in sat.values_list("person_id", flat=True):
        found[pk] = _("Had a vote in the panel.")
    put = Motion.objects.filter(item__proposal__challenge=challenge)
    told: list[QuerySet[Any, Any]] = [
        put.values_list("put_by_id", flat=True),
        Decision.objects.filter(proposal__challenge=challenge).values_list(
            "decided_by_id", flat=True
        ),
        FormerDecision.objects.filter(proposal__challenge=challenge).values_list(
            "decided_by_id", flat=True
        ),
    ]
    for several in told:
        for pk in several:
            found[pk] = _("Wrote a decision of this challenge.")
    return found


def _pool(people: set[int]) -> set[int]:
    granted = RoleGrant.objects.filter(role=Role.COMMITTEE, user__in=people)
    team = User.objects.filter(pk__in=people, is_staff=True)
    return set(granted.values_list("user_id", flat=True)) | set(team.values_list("pk", flat=True))


def _is_committee(viewer: User) -> bool:
    return Role.COMMITTEE in viewer.role_names


def _loaded() -> QuerySet[Appeal]:
    return Appeal.objects.select_related(
        "letter__proposal__challenge__call", "letter__proposal__lead", "handler", "asked_by"
    )
