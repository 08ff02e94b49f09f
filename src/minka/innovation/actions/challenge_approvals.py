"""Asking for approval of a challenge, answering, and what an edit does to the answers."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import User
from minka.innovation.models import Challenge, ChallengeApproval
from minka.innovation.notices.challenge_approvals import (
    tell_of_answer,
    tell_of_question,
    tell_of_void,
)
from minka.innovation.queries.challenge_approvals import Seat, holds, seats_of
from minka.innovation.queries.challenge_content import fingerprint, fresh_content
from minka.innovation.queries.challenges_checklist import missing_of_content
from minka.innovation.states import ApprovalAnswer, ChallengeState

SHORTEST_REASON = 10


@transaction.atomic
def ask_approval(*, by: User, challenge: Challenge) -> Challenge:
    """Let the companies read the draft, and ask everybody who has not approved it.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: words or dates are missing; `fields` says which.
        WrongState: it is published.
    """
    require(by, "innovation.challenge_write")
    held = _held(challenge)
    if missing := missing_of_content(held):
        raise InvalidInput(
            _("This is still missing before approval can be asked for."), fields=missing
        )
    Challenge.objects.filter(pk=held.pk).update(approval_asked_at=timezone.now())
    held.refresh_from_db(fields=["approval_asked_at"])
    data = {"sha256": fingerprint(fresh_content(held))}
    record(by=by, verb="innovation.challenge_ask_approval", obj=held, data=data)
    tell_of_question(challenge=held, seats=[s for s in seats_of(held) if not s.approves], but=by)
    return held


@transaction.atomic
def answer_approval(  # noqa: PLR0913 -- an answer is all of this
    *, by: User, challenge: Challenge, seat: str, sha256: str, approves: bool, reason: str = ""
) -> ChallengeApproval:
    """Approve the draft in the name of a seat, or ask for changes; a later answer replaces it.

    `seat` is the key of the seat (see `Seat.key`), `sha256` the fingerprint of what `by` has read.

    Raises:
        NotAllowed: `by` does not sit there, or has answered in the name of another seat.
        InvalidInput: changes are asked for without saying which.
        WrongState: it is published, or approval is not asked for.
        Conflict: the draft has changed since `by` read it.
    """
    require(by, "innovation.challenge_approve", challenge)
    held = _held(challenge)
    chosen = next((one for one in seats_of(held) if one.key == seat), None)
    if chosen is None or not holds(by, chosen):
        raise NotAllowed
    if held.approval_asked_at is None:
        raise WrongState(_("Approval is not asked for now: the draft is being changed."))
    if not approves and len(reason.strip()) < SHORTEST_REASON:
        raise InvalidInput(fields={"reason": _("Say what has to change, in a sentence.")})
    if fingerprint(fresh_content(held)) != sha256:
        raise Conflict(_("The draft has changed since you opened this page. Read it again."))
    _one_seat_each(by, held, chosen)
    if chosen.given is not None:
        ChallengeApproval.objects.filter(pk=chosen.given.pk).update(voided_at=timezone.now())
    made = ChallengeApproval.objects.create(
        challenge=held,
        seat=chosen.seat,
        company=chosen.company,
        by=by,
        answer=ApprovalAnswer.APPROVED if approves else ApprovalAnswer.CHANGES,
        reason="" if approves else reason.strip(),
        content_sha256=sha256,
    )
    verb = "innovation.challenge_approve" if approves else "innovation.challenge_ask_changes"
    data = {"seat": chosen.seat, "sha256": sha256}
    if chosen.company is not None:
        data["company"] = str(chosen.company.public_id)
    record(by=by, verb=verb, obj=held, data=data)
    tell_of_answer(challenge=held, approval=made)
    return made


def void_after_edit(*, by: User, challenge: Challenge, before: Any) -> Challenge:
    """Void what was answered to a draft that is another one now, and tell those concerned.

    For the actions of this line, inside their transaction and after their write. Approval has to be
    asked for again.
    """
    fresh = Challenge.objects.get(pk=challenge.pk)
    if fresh.approval_asked_at is None or fingerprint(before) == fingerprint(fresh_content(fresh)):
        return fresh
    standing = fresh.approvals.filter(voided_at__isnull=True)
    voided = list(standing.select_related("by", "company"))
    standing.update(voided_at=timezone.now())
    Challenge.objects.filter(pk=fresh.pk).update(approval_asked_at=None)
    fresh.refresh_from_db(fields=["approval_asked_at"])
    if voided:
        data = {"seats": sorted(one.seat for one in voided)}
        record(by=by, verb="innovation.challenge_void_approvals", obj=fresh, data=data)
        tell_of_void(challenge=fresh, voided=voided)
    return fresh


def _one_seat_each(by: User, challenge: Challenge, chosen: Seat) -> None:
    """Refuse a second seat: approval by several means several people."""
    others = challenge.approvals.filter(by=by, voided_at__isnull=True)
    if chosen.given is not None:
        others = others.exclude(pk=chosen.given.pk)
    if others.exists():
        raise NotAllowed(_("You have answered in another name already; this needs somebody else."))


def _held(challenge: Challenge) -> Challenge:
    held = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if held.state != ChallengeState.DRAFT:
        raise WrongState(_("This challenge is public already."))
    return held
