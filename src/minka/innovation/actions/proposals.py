"""What solvers do with a proposal, from the first draft to the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.attachments import discard_attachments
from minka.innovation.actions.calls import look_at, open_call
from minka.innovation.actions.consortium import settle_consortium
from minka.innovation.actions.draft_versions import (
    drop_versions,
    keep_version,
    merge_late,
    settle_budget,
)
from minka.innovation.actions.followers import follow_by_taking_part
from minka.innovation.actions.partner_letters import part_all
from minka.innovation.actions.proposal_values import sift
from minka.innovation.actions.receipts import issue_receipt
from minka.innovation.actions.sealed_files import gone_unless_kept, seal_parts
from minka.innovation.models import (
    Attachment,
    Call,
    Challenge,
    Partner,
    Proposal,
    Receipt,
    SealedPart,
)
from minka.innovation.models.locked_words import WORDS
from minka.innovation.notices.proposals import tell_received
from minka.innovation.queries.openings import key_in_force
from minka.innovation.queries.proposals_completeness import missing_for_submission
from minka.innovation.states import (
    PROPOSAL_REACHED_FROM,
    ChallengeState,
    PartnerState,
    ProposalState,
)
from minka.knowledge.models import Actor
from minka.methods.sealing.failures import SealingFailure
from minka.methods.text import search_key

_CHANGED = gettext_lazy("The proposal changed after you opened this page. Please read it again.")


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


def submit_proposal(
    *, by: User, proposal: Proposal, revision: int, keep_copy: bool = False
) -> Receipt:
    """Hand a draft in before the deadline and return its receipt.

    The clock is read after the call's row is locked, so that a deadline moved at the same moment
    is either wholly before or wholly after this. In a sealed call text and files are sealed first,
    which takes as long as it takes and keeps nobody waiting; under the lock it is looked at again
    whether what was sealed is what stands. They exist nowhere else afterwards; with `keep_copy`
    the draft stays, locked, to go on from.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: it was handed in already, or the call has closed.
        Conflict: somebody changed it since `revision`, which is what `by` has read.
        InvalidInput: something compulsory is missing; `fields` says what.
    """
    require(by, "innovation.proposal_submit", proposal)
    look_at(
        Call.objects.select_related("challenge").get(challenge=proposal.challenge_id),
        lead_id=proposal.lead_id,
    )
    before = Proposal.objects.get(pk=proposal.pk)
    _check_complete(before, revision)
    beside = _beside(before)
    sealed = _sealed_parts(by, before)
    # not around the commit: when that fails, nobody knows whether the receipt exists
    with transaction.atomic(), gone_unless_kept(sealed):
        open_to_us = open_call(proposal.challenge_id, lead_id=proposal.lead_id)
        current = Proposal.objects.select_for_update().get(pk=proposal.pk)
        _check_complete(current, revision)
        if sealed and (current.revision != before.revision or _beside(current) != beside):
            raise Conflict(_CHANGED)
        settle_consortium(current)
        drop_versions(current)
        if sealed:
            hand_in_sealed(proposal, at=open_to_us.now, keep_copy=keep_copy)
        else:
            _move(proposal, ProposalState.SUBMITTED, submitted_at=open_to_us.now)
        if not sealed or keep_copy:
            keep_version(current, handed_in=True)
        receipt = issue_receipt(
            by=by,
            proposal=proposal,
            deadline=open_to_us.deadline,
            at=open_to_us.now,
            sealed=sealed,
        )
        tell_received(receipt=receipt)
    return receipt


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
        _swap(
            proposal,
            Q(state=ProposalState.SUBMITTED, rewriting_at__isnull=True),
            rewriting_at=timezone.now(),
        )
    else:
        _move(proposal, ProposalState.DRAFT, submitted_at=None)
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
    _swap(
        proposal,
        Q(state=ProposalState.SUBMITTED, rewriting_at__isnull=False),
        rewriting_at=None,
        locked=b"",
    )
    drop_versions(proposal)
    discard_attachments(proposal)
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
    _move(proposal, ProposalState.WITHDRAWN, rewriting_at=None)
    drop_versions(proposal)
    record(by=by, verb="innovation.proposal_withdraw", obj=proposal)
    part_all(by=by, proposal=proposal)
    return proposal


def _check_complete(current: Proposal, revision: int) -> None:
    """Refuse what was handed in already, is another than was read, or lacks something."""
    if current.state == ProposalState.SUBMITTED and not current.is_being_replaced:
        raise WrongState(_("This proposal was already handed in."))
    if current.is_writable and current.revision != revision:
        raise Conflict(_CHANGED)
    if missing := missing_for_submission(current):
        raise InvalidInput(_("The proposal is not complete yet."), fields=missing)


def _beside(proposal: Proposal) -> list[tuple[object, ...]]:
    """Return files and partners of a draft: they may be changed while it is being sealed."""
    files = Attachment.objects.filter(proposal=proposal).order_by("pk")
    partners = Partner.objects.filter(proposal=proposal, state=PartnerState.ACCEPTED)
    return [
        *files.values_list("pk", "is_economic"),
        *partners.order_by("pk").values_list("actor", "share", "does"),
    ]


def _move(proposal: Proposal, target: ProposalState, **fields: object) -> None:
    """Compare-and-swap the state: when two people click at once, one gets WrongState."""
    _swap(proposal, Q(state__in=PROPOSAL_REACHED_FROM[target]), state=target, **fields)


def _swap(proposal: Proposal, condition: Q, **fields: object) -> None:
    movable = Proposal.objects.filter(condition, pk=proposal.pk)
    if not movable.update(revision=F("revision") + 1, updated_at=timezone.now(), **fields):
        raise WrongState(_("This proposal has moved on; reload the page."))
    proposal.refresh_from_db()


def hand_in_sealed(proposal: Proposal, *, at: datetime, keep_copy: bool) -> None:
    """No person: move on once text and files are sealed; leave no other copy, unless asked to."""
    fields: dict[str, object] = {"submitted_at": at, "rewriting_at": None}
    if not keep_copy:
        fields["locked"] = b""
        discard_attachments(proposal)
    writable = Q(state=ProposalState.DRAFT) | Q(rewriting_at__isnull=False)
    _swap(proposal, writable, state=ProposalState.SUBMITTED, **fields)


def _sealed_parts(by: User, current: Proposal) -> list[SealedPart]:
    """Return text and files sealed to the key of the call; nothing when the call is not sealed."""
    if not current.is_sealed:
        return []
    key = key_in_force(proposal=current)
    if key is None:
        raise WrongState(_("This call has no key in force; nothing can be sealed to it."))
    call = Call.objects.get(challenge=current.challenge_id)
    try:
        return seal_parts(by=by, proposal=current, key=key, call=call)
    except SealingFailure:
        raise WrongState(
            _("A file of this draft cannot be read any more; remove it and attach it again.")
        ) from None
    except FileNotFoundError:  # a colleague has just removed it
        raise Conflict(_CHANGED) from None


def _locked(current: Proposal, changed: dict[str, Any]) -> dict[str, Any]:
    """Return the columns that change: the words locked in one, the language as it is."""
    columns = {name: changed[name] for name in changed.keys() - set(WORDS)}
    return columns | {"locked": current.locked_with(changed)}
