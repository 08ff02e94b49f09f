"""Handing in: what a draft says, or what comes with the request itself, against a receipt."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.access import require
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.files import CheckedUpload
from minka.core.models import User
from minka.innovation.actions.attachments import check_files, discard_attachments
from minka.innovation.actions.calls import look_at, open_call
from minka.innovation.actions.consortium import settle_consortium
from minka.innovation.actions.draft_versions import (
    drop_versions,
    keep_version,
    settle_budget,
    with_other_answers,
)
from minka.innovation.actions.proposal_moves import move, swap
from minka.innovation.actions.proposal_values import sift
from minka.innovation.actions.receipts import issue_receipt
from minka.innovation.actions.sealed_arrivals import arrivals_of
from minka.innovation.actions.sealed_files import gone_unless_kept, seal_parts
from minka.innovation.models import (
    Attachment,
    Call,
    CallKey,
    Partner,
    Proposal,
    Receipt,
    SealedPart,
)
from minka.innovation.notices.proposals import tell_received
from minka.innovation.queries.deadlines import Deadline
from minka.innovation.queries.openings import key_in_force
from minka.innovation.queries.proposals import load_beside
from minka.innovation.queries.proposals_completeness import missing_for_submission
from minka.innovation.states import PartnerState, ProposalState
from minka.methods.sealing.failures import SealingFailure

CHANGED = gettext_lazy("The proposal changed after you opened this page. Please read it again.")


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
    words = _as_it_stands(proposal)
    receipt = _hand_in(by, words, revision=revision, keep_copy=keep_copy)
    proposal.refresh_from_db()
    return receipt


def submit_at_once(
    *,
    by: User,
    proposal: Proposal,
    revision: int,
    values: Mapping[str, Any],
    uploads: Sequence[UploadedFile[Any]] = (),
) -> Receipt:
    """Hand in words and new files as they come, in one act, and return the receipt.

    For the last minutes of a sealed call: nothing of it is written into the draft first, so that
    it is sealed from where it arrives. When this is refused nothing was kept, and the caller still
    has all of it: to save it in the draft is the caller's next step.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: it was handed in already, the call has closed, or is not sealed.
        Conflict: somebody changed it since `revision`.
        InvalidInput: something compulsory is missing or makes no sense; or files come to a call
            with two envelopes, where somebody has to say first to which of them each belongs.
        TooLarge: a file is over the limit of the installation.
    """
    require(by, "innovation.proposal_submit", proposal)
    if not proposal.is_sealed:
        raise WrongState(_("Only proposals to a sealed call are handed in like this."))
    words = copy(proposal)  # as it was read: under the lock its revision has to be this one still
    if timezone.now() >= words.challenge.call.closes_at:  # only then somebody may have more time
        call = Call.objects.select_related("challenge").get(challenge=words.challenge_id)
        look_at(call, lead_id=words.lead_id)  # it may have been extended while files arrived
    load_beside(words)
    if words.is_damaged:
        raise WrongState(_("The stored draft cannot be read; it was not written over."))
    if uploads and words.challenge.call.has_envelopes:
        raise InvalidInput(
            _("Your files are added. Say which of them are economic, and submit then."),
        )
    good, bad = sift(values, words.challenge.parts)
    if bad:
        raise InvalidInput(fields=bad)
    written = with_other_answers(words, good)
    settle_budget(words, written)
    for name, value in written.items():
        setattr(words, name, value)
    files = check_files(words, uploads)
    return _hand_in(by, words, revision=revision, files=files)


def _as_it_stands(proposal: Proposal) -> Proposal:
    """Return the proposal as the database has it, once its call was seen to be open."""
    call = Call.objects.select_related("challenge").get(challenge=proposal.challenge_id)
    look_at(call, lead_id=proposal.lead_id)
    found = Proposal.objects.select_related("lead").get(pk=proposal.pk)
    found.challenge = call.challenge
    found.challenge.call = call
    load_beside(found)
    return found


def _hand_in(
    by: User,
    words: Proposal,
    *,
    revision: int,
    keep_copy: bool = False,
    files: Sequence[CheckedUpload] = (),
) -> Receipt:
    """Seal, and then take the locks, look at the clock, and count it."""
    _check_state(words, revision)
    _check_complete(words)
    key = _key(words) if words.is_sealed else None
    sealed = _sealed_parts(by, words, key, files) if key else []
    # not around the commit: when that fails, nobody knows whether the receipt exists
    with transaction.atomic(), gone_unless_kept(sealed, arrivals_of(files)):
        held = hold(words, revision=revision, key=key)
        words.challenge = held.proposal.challenge
        _check_complete(words)
        if sealed:
            _check_beside(words)
        return count_in(by=by, held=held, sealed=sealed, keep_copy=keep_copy)


@dataclass(frozen=True)
class Held:
    """A proposal whose row and call are locked, the instant at which both were, and the key."""

    proposal: Proposal
    at: datetime
    deadline: Deadline
    key: CallKey | None


def hold(words: Proposal, *, revision: int, key: CallKey | None) -> Held:
    """No person: lock call and proposal and return them, if it may be handed in at this instant.

    The key is the one that its parts were sealed to, None where nothing is sealed.

    Raises:
        WrongState: the call has closed, or it was handed in already.
        Conflict: somebody changed it since `revision`.
    """
    open_to_us = open_call(words.challenge_id, lead_id=words.lead_id)
    current = Proposal.objects.select_for_update().get(pk=words.pk)
    current.challenge, current.lead = open_to_us.call.challenge, words.lead
    _check_state(current, revision)
    return Held(current, open_to_us.now, open_to_us.deadline, key)


def count_in(
    *,
    by: User,
    held: Held,
    sealed: list[SealedPart],
    keep_copy: bool = False,
    sealed_in: str = "",
) -> Receipt:
    """No person: move a proposal that is held on, and return its receipt; its people are told.

    Of what is sealed no other copy stays, unless asked to.
    """
    proposal = held.proposal
    settle_consortium(proposal)
    drop_versions(proposal)
    if held.key is None or keep_copy:
        keep_version(proposal, handed_in=True)
    if held.key is None:
        move(proposal, ProposalState.SUBMITTED, submitted_at=held.at)
    else:
        proposal.challenge.key = held.key
        _move_on(proposal, at=held.at, keep_copy=keep_copy)
    receipt = issue_receipt(
        by=by,
        proposal=proposal,
        deadline=held.deadline,
        at=held.at,
        sealed=sealed,
        sealed_in=sealed_in,
    )
    tell_received(receipt=receipt)
    return receipt


def _move_on(proposal: Proposal, *, at: datetime, keep_copy: bool) -> None:
    fields: dict[str, object] = {"submitted_at": at, "rewriting_at": None}
    if not keep_copy:
        fields["locked"] = b""
        discard_attachments(proposal)
    writable = Q(state=ProposalState.DRAFT) | Q(rewriting_at__isnull=False)
    swap(proposal, writable, state=ProposalState.SUBMITTED, **fields)


def _check_state(current: Proposal, revision: int) -> None:
    """Refuse what was handed in already, or is another than was read."""
    if current.state == ProposalState.SUBMITTED and not current.is_being_replaced:
        raise WrongState(_("This proposal was already handed in."))
    if current.is_writable and current.revision != revision:
        raise Conflict(CHANGED)


def _check_complete(words: Proposal) -> None:
    if missing := missing_for_submission(words):
        raise InvalidInput(_("The proposal is not complete yet."), fields=missing)


def _check_beside(words: Proposal) -> None:
    """Refuse when files or partners changed while it was being sealed; the revision says no such.

    Raises:
        Conflict: they did.
    """
    files = Attachment.objects.filter(proposal=words.pk).order_by("pk")
    partners = Partner.objects.filter(proposal=words.pk, state=PartnerState.ACCEPTED)
    now = [
        *files.values_list("pk", "is_economic"),
        *partners.order_by("pk").values_list("actor", "share", "does"),
    ]
    then = [
        *((file.pk, file.is_economic) for file in words.attachments.all()),
        *(
            (one.actor_id, one.share, one.does)
            for one in words.partners.all()
            if one.state == PartnerState.ACCEPTED
        ),
    ]
    if now != then:
        raise Conflict(CHANGED)


def _key(words: Proposal) -> CallKey:
    key = key_in_force(proposal=words)
    if key is None:
        raise WrongState(_("This call has no key in force; nothing can be sealed to it."))
    return key


def _sealed_parts(
    by: User, words: Proposal, key: CallKey, files: Sequence[CheckedUpload]
) -> list[SealedPart]:
    try:
        return seal_parts(by=by, proposal=words, key=key, files=files)
    except SealingFailure:
        raise WrongState(
            _("A file of this draft cannot be read any more; remove it and attach it again.")
        ) from None
    except FileNotFoundError:  # a colleague has just removed it
        raise Conflict(CHANGED) from None
