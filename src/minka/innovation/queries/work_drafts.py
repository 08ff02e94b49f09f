"""What waits for whoever proposes: drafts to hand in, and questions to propose together."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.templatetags.formats import localized_text
from minka.core.work import WorkItem
from minka.innovation.models import Proposal
from minka.innovation.queries.consortium import asked_of
from minka.innovation.queries.proposals import deadline_of, own_organisations, own_proposals
from minka.innovation.states import ChallengeState, ProposalState


def draft_items(*, viewer: User) -> Iterator[WorkItem]:
    """Yield the drafts of the viewer that can be handed in, and what they are asked to answer.

    The deadline is the one in force for whoever leads, with an exception if there is one.
    """
    writable = Q(state=ProposalState.DRAFT) | Q(
        state=ProposalState.SUBMITTED, rewriting_at__isnull=False
    )
    in_time = Q(challenge__call__closes_at__gt=timezone.now()) | Q(
        more_time_until__gt=timezone.now()
    )
    drafts = list(
        own_proposals(viewer=viewer).filter(
            writable, in_time, challenge__state=ChallengeState.PUBLISHED
        )
    )
    own = set(own_organisations(viewer=viewer).values_list("pk", flat=True)) if drafts else set()
    for draft in sorted(drafts, key=lambda one: (deadline_of(one), one.pk)):
        yield WorkItem(
            title=_title(draft, leads=draft.lead_id in own)
            % {"challenge": localized_text(draft.challenge, "title")[0]},
            detail=_detail(draft) % {"lead": draft.lead.name},
            url=reverse("innovation:proposal_edit", args=[draft.public_id]),
            icon="pencil",
            due_at=deadline_of(draft),
        )
    yield from _asked(viewer)


def _title(draft: Proposal, *, leads: bool) -> str:
    if draft.is_being_replaced:
        return _("Submit the new text of your proposal to “%(challenge)s”, or leave the sealed one")
    if not leads:
        return _("Go on writing the proposal to “%(challenge)s”")
    return _("Hand in your proposal to “%(challenge)s”")


def _detail(draft: Proposal) -> str:
    if draft.is_being_replaced:
        return _("%(lead)s · what you sealed before goes on counting")
    return _("%(lead)s · a draft, not submitted yet")


def _asked(viewer: User) -> Iterator[WorkItem]:
    """Yield the questions that can still be answered: while the draft is written, in time."""
    for partner in asked_of(viewer=viewer):
        proposal = partner.proposal
        more = partner.more_time_until  # type: ignore[attr-defined]  # annotated by the query
        due_at = max(proposal.challenge.call.closes_at, more or proposal.challenge.call.closes_at)
        if not proposal.is_writable or due_at <= timezone.now():
            continue
        yield WorkItem(
            title=_("Answer whether you propose together with %(lead)s")
            % {"lead": proposal.lead.name},
            detail=localized_text(proposal.challenge, "title")[0],
            url=reverse("innovation:partner", args=[partner.pk]),
            icon="handshake",
            due_at=due_at,
        )
