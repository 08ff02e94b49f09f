"""What solvers do with a proposal beside handing it in: `handing_in` does that."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.attachments import discard_attachments
from minka.innovation.actions.calls import open_call
from minka.innovation.actions.draft_versions import (
    drop_versions,
    keep_version,
    merge_late,
    settle_budget,
)
from minka.innovation.actions.followers import follow_by_taking_part
from minka.innovation.actions.partner_letters import part_all
from minka.innovation.actions.proposal_moves import move, swap
from minka.innovation.actions.proposal_values import sift
from minka.innovation.models import Challenge, Proposal
from minka.innovation.models.locked_words import WORDS
from minka.innovation.states import ChallengeState, ProposalState
from minka.knowledge.models import Actor
from minka.methods.text import search_key


@dataclass(frozen=True)
class Saved:
    """A draft after saving; `fields` says what could not be kept, and why.

    `clashes` names what a colleague had changed too: there theirs stands.
    """

    revision: int
    saved_at: datetime
    fields: dict[str, str] = field(default_factory=dict)
    clashes: list[str] = field(default_factory=list)


@transaction.atomic
def start_proposal(*, by: User, challenge: Challenge, lead: Actor) -> Proposal:
    """Return the organisation's live proposal to the challenge; a new draft if there is none.

    Raises:
        NotAllowed: `by` does not belong to `lead`.
        WrongState: the call is not open.
    """
    require(by, "innovation.proposal_start", lead)
    # its lock also lets one starter through at a time
    call = open_call(challenge.pk, lead_id=lead.pk).call
    answers = Proposal.objects.filter(challenge=challenge, lead=lead)
    if live := answers.exclude(state=ProposalState.WITHDRAWN).first():
        return live
    proposal = Proposal.objects.create(
        challenge=challenge,
        lead=lead,
        author=by,
        language=by.language,
        is_sealed=call.is_sealed,
    )
    record(by=by, verb="innovation.proposal_start", obj=proposal)
    follow_by_taking_part(by=by, challenge=challenge)
    return proposal


class EditClash(Conflict):
    """Part of what came late clashes; the rest of it is saved (`saved` says what, and what not)."""

    def __init__(self, saved: Saved) -> None:
        super().__init__(_("A colleague saved this proposal before you. Both versions are kept."))
        self.saved = saved


def save_draft(*, by: User, proposal: Proposal, revision: int, values: Mapping[str, Any]) -> Saved:
    """Keep the values that can be kept; anything may be empty. Not an act for the ledger.

    A value that makes no sense is named in `Saved.fields`, and the others are saved all the same.
    What somebody else saved since `revision` is merged with it, value by value and texts by
    paragraphs. Where there is a budget, the amount requested is what the budget says.

    Raises:
        NotAllowed: `by` does not belong to the consortium.
        WrongState: it is no longer a draft.
        EditClash: both changed the same words since `revision`; all else is saved.
    """
    require(by, "innovation.proposal_change", proposal)
    with transaction.atomic():
        saved = _save(proposal, revision, values)
    if saved.clashes:
        raise EditClash(saved)
    return saved


def _save(proposal: Proposal, revision: int, values: Mapping[str, Any]) -> Saved:
    current = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("challenge")
        .get(pk=proposal.pk)
    )
    if not current.is_writable:
        raise WrongState(_("This proposal is no longer a draft, so its text cannot change."))
    if current.is_damaged:
        raise WrongState(_("The stored draft cannot be read; it was not written over."))
    good, bad = sift(values, current.challenge.parts)
    merging = merge_late(current, good, revision=revision)
    changed = merging.changed
    settle_budget(current, changed)
    if changed:
        keep_version(current)
        columns = _locked(current, changed) if current.is_sealed else changed
        Proposal.objects.filter(pk=current.pk).update(
            **columns, revision=F("revision") + 1, updated_at=timezone.now()
        )
    proposal.refresh_from_db()
    derived = {"requested_usd"} if proposal.budget else set()
    clashes = [name for name in merging.clashes if name not in derived]
    return Saved(proposal.revision, proposal.updated_at, bad, clashes)


@transaction.atomic
def reopen_proposal(*, by: User, proposal: Proposal) -> Proposal:
    """Let a submitted proposal be written again while the call is open.

    It becomes a draft, and counts as not submitted until it is handed in again. In a sealed call
    what was sealed goes on counting until another text is sealed in its place.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: it is not submitted, or the call has closed.
    """
    require(by, "innovation.proposal_submit", proposal)
    open_call(proposal.challenge_id, lead_id=proposal.lead_id)
    if proposal.is_sealed:
        swap(
            proposal,
            Q(state=ProposalState.SUBMITTED, rewriting_at__isnull=True),
            rewriting_at=timezone.now(),
        )
    else:
        move(proposal, ProposalState.DRAFT, submitted_at=None)
    proposal.refresh_from_db()
    record(by=by, verb="innovation.proposal_reopen", obj=proposal)
    return proposal


@transaction.atomic
def stop_replacing(*, by: User, proposal: Proposal) -> Proposal:
    """Throw away what was being written instead of the sealed text, which goes on counting.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: nothing is being written.
    """
    require(by, "innovation.proposal_submit", proposal)
    swap(
        proposal,
        Q(state=ProposalState.SUBMITTED, rewriting_at__isnull=False),
        rewriting_at=None,
        locked=b"",
    )
    drop_versions(proposal)
    discard_attachments(proposal)
    proposal.refresh_from_db()
    record(by=by, verb="innovation.proposal_keep", obj=proposal)
    return proposal


@transaction.atomic
def withdraw_proposal(*, by: User, proposal: Proposal, confirmation: str) -> Proposal:
    """Take a proposal back for good, until its challenge is decided.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        InvalidInput: `confirmation` is not the name of the lead organisation.
        WrongState: it was withdrawn already, or the decisions are released.
    """
    require(by, "innovation.proposal_withdraw", proposal)
    if search_key(confirmation) != search_key(proposal.lead.name):
        raise InvalidInput(
            fields={"confirmation": _("Type the name of the organisation as it is written here.")}
        )
    challenge = Challenge.objects.select_for_update().get(pk=proposal.challenge_id)
    if challenge.state == ChallengeState.DECIDED:
        raise WrongState(
            _("This challenge has been decided; a proposal can no longer be withdrawn.")
        )
    move(proposal, ProposalState.WITHDRAWN, rewriting_at=None)
    drop_versions(proposal)
    proposal.refresh_from_db()
    record(by=by, verb="innovation.proposal_withdraw", obj=proposal)
    part_all(by=by, proposal=proposal)
    return proposal


def _locked(current: Proposal, changed: dict[str, Any]) -> dict[str, Any]:
    """Return the columns that change: the words locked in one, the language as it is."""
    columns = {name: changed[name] for name in changed.keys() - set(WORDS)}
    return columns | {"locked": current.locked_with(changed)}
