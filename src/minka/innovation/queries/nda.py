"""Who may read the confidential part of a challenge, in whose name, and who has."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minka.innovation.models import Challenge, NdaAcceptance, NdaOpening, NdaText
from minka.innovation.queries.challenge_content import content_of, has_nda
from minka.innovation.rules import acts_for_challenge, is_cluster_staff
from minka.innovation.states import AssignmentState, CallPhase
from minka.knowledge.models import Actor
from minka.knowledge.rules import member_actors
from minka.knowledge.states import ActorKind


@dataclass(frozen=True)
class Standing:
    """How a person stands to the confidential part of one challenge.

    Args:
        is_owner: of the companies that have the problem, or of the team: reads without accepting.
        acceptance: theirs, of the wording in force, for an organisation they still belong to.
        may_act_for: the organisations in whose name they could accept it now.
        why_not: why there is none, in words.
    """

    text: NdaText | None
    is_owner: bool = False
    acceptance: NdaAcceptance | None = None
    may_act_for: list[Actor] = field(default_factory=list)
    why_not: str = ""
    accepted_before: bool = False

    @property
    def may_read(self) -> bool:
        """Whether the part is open to them."""
        return self.is_owner or self.acceptance is not None


def text_in_force(challenge: Challenge) -> NdaText | None:
    """Return the wording that is asked for, None where nothing is confidential."""
    if not has_nda(content_of(challenge)):
        return None
    return challenge.nda_texts.order_by("-number").first()


def is_nda_reader(viewer: Any, challenge: Challenge) -> bool:
    """Whether what is confidential may be shown to `viewer`."""
    return standing_of(viewer=viewer, challenge=challenge).may_read


def standing_of(*, viewer: Any, challenge: Challenge) -> Standing:
    """Return how `viewer` stands to what is confidential. At most seven SQL statements."""
    text = text_in_force(challenge)
    if not viewer.is_authenticated:
        return Standing(text)
    if is_cluster_staff(viewer) or acts_for_challenge(viewer, challenge):
        return Standing(text, is_owner=True)
    if text is None:
        return Standing(None)
    own = list(Actor.objects.filter(pk__in=member_actors(viewer)).order_by("name_key"))
    evaluates = _evaluates(viewer, challenge)
    if not evaluates and any(actor.kind == ActorKind.MINING_COMPANY for actor in own):
        # what somebody accepted before they came to a rival opens nothing any more
        sentence = _("The confidential part is not open to people of other mining companies.")
        return Standing(text, why_not=sentence)
    mine = NdaAcceptance.objects.filter(by=viewer, actor__in=own)
    found = mine.filter(text=text).select_related("actor").first()
    if found is not None:
        return Standing(text, acceptance=found)
    before = mine.filter(text__challenge=challenge).exists()
    actors, why_not = _may_act_for(own, challenge, evaluates=evaluates)
    return Standing(text, may_act_for=actors, why_not=why_not, accepted_before=before)


def _evaluates(viewer: Any, challenge: Challenge) -> bool:
    return bool(
        viewer.assignments.filter(
            proposal__challenge=challenge,
            state__in=[AssignmentState.CLEARED, AssignmentState.SCORED],
        ).exists()
    )


def _may_act_for(
    own: list[Actor], challenge: Challenge, *, evaluates: bool
) -> tuple[list[Actor], str]:
    phase = challenge.call.phase
    if phase not in {CallPhase.OPEN, CallPhase.UPCOMING} and not evaluates:
        return [], _("The call has closed: the confidential part is not opened to anybody new.")
    if not own:
        return [], _("Join your organisation first: the agreement is made in its name.")
    return own, ""


def openings_of(*, viewer: Any, challenge: Challenge) -> QuerySet[NdaOpening]:
    """Return who opened what, the newest first: to the company's representatives and the team."""
    if not viewer.has_perm("innovation.nda_log_view", challenge):
        return NdaOpening.objects.none()
    return challenge.nda_openings.select_related("by", "actor", "document")


def acceptances_of(*, viewer: Any, challenge: Challenge) -> QuerySet[NdaAcceptance]:
    """Return who accepted which wording, the newest first: to those who read the openings."""
    found = NdaAcceptance.objects.filter(text__challenge=challenge)
    if not viewer.has_perm("innovation.nda_log_view", challenge):
        return found.none()
    return found.select_related("by", "actor", "text").order_by("-pk")
