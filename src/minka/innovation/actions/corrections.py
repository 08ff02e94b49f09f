"""Mending formal defects in a window of time, without a word of the proposal being changed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.files import store_upload
from minka.core.jobs import enqueue
from minka.core.models import User
from minka.innovation.actions.calls import closed_call
from minka.innovation.actions.eligibility import (
    LONGEST_WORDS,
    SHORTEST_REASON,
    least,
    locked_for_team,
)
from minka.innovation.models import CorrectionFile, CorrectionRequest, Proposal
from minka.innovation.models.eligibility import CorrectionOutcome
from minka.innovation.notices.eligibility import (
    tell_correction_answered,
    tell_correction_asked,
    tell_correction_decided,
)
from minka.innovation.states import ProposalState

FEWEST_DAYS, MOST_DAYS = 1, 30
MOST_FILES = 10
ACCEPTED_KINDS = ("document", "sheet", "image")
REMIND = "minka.innovation.tasks.remind_of_correction"


@transaction.atomic
def ask_correction(
    *, by: User, proposal: Proposal, what: str, until: datetime
) -> CorrectionRequest:
    """Ask to mend a formal defect until an instant; its people are told, and reminded before it.

    Raises:
        NotAllowed: `by` is not of the impartial team, or has a conflict with the proposal.
        WrongState: it is not opened, was withdrawn, is not eligible, or decisions are released.
        InvalidInput: it is not said what is missing, or less than a day or more than thirty.
        Conflict: a correction is being asked for already.
    """
    standing = locked_for_team(by, proposal)
    if standing.ineligible_at:
        raise WrongState(_("This proposal was found not eligible; there is nothing to mend."))
    now = timezone.now()
    wrong = {}
    if not SHORTEST_REASON <= len(what.strip()) <= LONGEST_WORDS:
        wrong["what"] = least(SHORTEST_REASON)
    if not now + timedelta(days=FEWEST_DAYS) <= until <= now + timedelta(days=MOST_DAYS):
        wrong["until"] = _("Between one day and thirty days from now.")
    if wrong:
        raise InvalidInput(fields=wrong)
    try:
        with transaction.atomic():
            asked = CorrectionRequest.objects.create(
                proposal=standing, what=what.strip(), until=until, asked_by=by, asked_at=now
            )
    except IntegrityError:
        raise Conflict(_("A correction is being asked for already.")) from None
    data = {"correction": asked.pk, "until": until.isoformat()}
    record(by=by, verb="innovation.correction_ask", obj=standing, data=data)
    tell_correction_asked(request=asked)
    enqueue(REMIND, asked.pk, wait=_until_reminder(until - now))
    return asked


@transaction.atomic
def answer_correction(
    *,
    by: User,
    request: CorrectionRequest,
    answer: str,
    uploads: Sequence[UploadedFile[Any]] = (),
) -> CorrectionRequest:
    """Mend a defect in words and files; until the time is over again, and files add up.

    The clock is read under the lock: the instant of the limit is already too late.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: the time has passed, it was decided already, or the proposal was withdrawn.
        InvalidInput: no words, too many files, or one of another type.
        TooLarge: a file is over the limit of the installation.
    """
    require(by, "innovation.eligibility_answer", request.proposal)
    words = answer.strip()
    if not SHORTEST_REASON <= len(words) <= LONGEST_WORDS:
        raise InvalidInput(fields={"answer": least(SHORTEST_REASON)})
    closed_call(request.proposal.challenge_id)
    current = CorrectionRequest.objects.select_for_update().get(pk=request.pk)
    now = timezone.now()
    proposal = Proposal.objects.get(pk=current.proposal_id)
    if now >= current.until:
        raise WrongState(_("The time to mend this has passed."))
    if current.decided_at or proposal.state != ProposalState.SUBMITTED:
        raise WrongState(_("There is nothing to mend here now."))
    if current.files.count() + len(uploads) > MOST_FILES:
        raise InvalidInput(fields={"uploads": _("At most %(most)s files.") % {"most": MOST_FILES}})
    kept = [store_upload(by=by, upload=one, kinds=ACCEPTED_KINDS) for one in uploads]
    CorrectionFile.objects.bulk_create([CorrectionFile(request=current, file=one) for one in kept])
    CorrectionRequest.objects.filter(pk=current.pk).update(
        answer=words, answered_by=by, answered_at=now
    )
    data = {"correction": current.pk, "files": [one.sha256 for one in kept]}
    record(by=by, verb="innovation.correction_answer", obj=proposal, data=data)
    request.refresh_from_db()
    tell_correction_answered(request=request)
    return request


@transaction.atomic
def decide_correction(
    *, by: User, request: CorrectionRequest, outcome: str, reason: str
) -> CorrectionRequest:
    """Say with a reason whether the defect was mended: after an answer, or when time is over.

    Raises:
        NotAllowed: `by` is not of the impartial team, or has a conflict with the proposal.
        WrongState: it may still be answered, or was decided already.
        InvalidInput: no outcome or no reason.
    """
    proposal = locked_for_team(by, request.proposal)
    wrong = {}
    if outcome not in CorrectionOutcome.values:
        wrong["outcome"] = _("Choose one of the list.")
    if len(reason.strip()) < SHORTEST_REASON:
        wrong["outcome_reason"] = least(SHORTEST_REASON)
    if wrong:
        raise InvalidInput(fields=wrong)
    current = CorrectionRequest.objects.select_for_update().get(pk=request.pk)
    now = timezone.now()
    if now < current.until and not current.answered_at:
        raise WrongState(_("It may still be mended until the time is over."))
    if now < current.until and outcome == CorrectionOutcome.NOT_MENDED:
        raise WrongState(_("It may still be mended until the time is over."))
    waiting = CorrectionRequest.objects.filter(pk=request.pk, decided_at__isnull=True)
    if not waiting.update(
        outcome=outcome,
        outcome_reason=reason.strip()[:LONGEST_WORDS],
        decided_by=by,
        decided_at=now,
    ):
        raise WrongState(_("It was decided already."))
    data = {"correction": request.pk, "outcome": outcome}
    record(by=by, verb="innovation.correction_decide", obj=proposal, data=data)
    request.refresh_from_db()
    tell_correction_decided(request=request)
    return request


@transaction.atomic
def due_reminder(*, request_id: int) -> CorrectionRequest | None:
    """No person: return a correction that its people are to be reminded of now, once; or None."""
    waiting = CorrectionRequest.objects.filter(
        pk=request_id,
        answered_at__isnull=True,
        decided_at__isnull=True,
        reminded_at__isnull=True,
        until__gt=timezone.now(),
        proposal__state=ProposalState.SUBMITTED,
    )
    if not waiting.update(reminded_at=timezone.now()):
        return None
    found = CorrectionRequest.objects.select_related("proposal__challenge", "proposal__lead")
    return found.get(pk=request_id)


def _until_reminder(left: timedelta) -> timedelta:
    """Return when to remind: a day before the end, or half-way when there is less than two."""
    day = timedelta(days=1)
    return left - day if left > 2 * day else left / 2
