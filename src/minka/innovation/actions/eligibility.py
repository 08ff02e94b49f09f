"""Whether an opened proposal meets the conditions of its call; by the impartial team, with reasons.

A refusal is told at once, so that whoever was refused can answer while it still matters; the
proposal leaves the evaluation meanwhile, and comes back when the answer convinces.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import User
from minka.innovation.actions.calls import closed_call
from minka.innovation.models import CorrectionRequest, EligibilityCheck, Proposal
from minka.innovation.models.eligibility import Eligibility
from minka.innovation.notices.eligibility import tell_answered, tell_eligibility, tell_reviewed
from minka.innovation.queries.conflicts import conflict_between
from minka.innovation.queries.eligibility import conditions_of
from minka.innovation.states import ProposalState

SHORTEST_REASON, LONGEST_WORDS = 20, 10_000  # characters
DAYS_TO_ANSWER = 7


@dataclass(frozen=True)
class ConditionAnswer:
    """Whether one condition is met (None: not looked at yet), and why."""

    is_met: bool | None
    reason: str = ""


@transaction.atomic
def check_eligibility(
    *,
    by: User,
    proposal: Proposal,
    revision: int,
    answers: Sequence[ConditionAnswer],
    reason: str,
) -> EligibilityCheck:
    """Write down for every condition of the call whether a proposal meets it.

    One that is not met makes the proposal ineligible: its people are told at once and may answer
    within seven days. `revision` is that of the check that `by` has seen, 0 when there was none.

    Raises:
        NotAllowed: `by` is not of the impartial team, or has a conflict with the proposal.
        WrongState: it is not opened, was withdrawn or answered, or decisions are released.
        InvalidInput: a condition has no answer, or one that is not met has no reason.
        Conflict: a colleague has checked it since `revision`.
    """
    standing = locked_for_team(by, proposal)
    items = _items(standing, answers)
    if len(reason.strip()) < SHORTEST_REASON:
        raise InvalidInput(fields={"reason": least(SHORTEST_REASON)})
    is_met = all(item["is_met"] for item in items)
    if not is_met and _is_being_mended(standing):
        raise WrongState(_("A formal defect may still be mended; wait for it, or decide on it."))
    known = EligibilityCheck.objects.filter(proposal=standing).first()
    if (known.revision if known else 0) != revision:
        raise Conflict(_("A colleague has checked this proposal before you."))
    if known and known.answered_at:
        raise WrongState(_("It was answered; resolve on the answer."))
    now = timezone.now()
    values: dict[str, Any] = {
        "outcome": Eligibility.ELIGIBLE if is_met else Eligibility.INELIGIBLE,
        "items": items,
        "reason": reason.strip()[:LONGEST_WORDS],
        "checked_by": by,
        "checked_at": now,
        "revision": revision + 1,
        "answer_until": None if is_met else now + timedelta(days=DAYS_TO_ANSWER),
    }
    check, _new = EligibilityCheck.objects.update_or_create(proposal=standing, defaults=values)
    was_ineligible = standing.ineligible_at is not None
    _set_standing(standing, is_met=is_met)
    data = {"outcome": check.outcome, "revision": check.revision}
    record(by=by, verb="innovation.eligibility_check", obj=standing, data=data)
    if not is_met or was_ineligible:
        tell_eligibility(check=check)
    return check


@transaction.atomic
def answer_refusal(*, by: User, check: EligibilityCheck, answer: str) -> EligibilityCheck:
    """Answer, once and in time, that a proposal was found not eligible.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: it is too late, was answered before, or it was not refused.
        InvalidInput: it is shorter than 20 characters.
    """
    require(by, "innovation.eligibility_answer", check.proposal)
    words = answer.strip()
    if not SHORTEST_REASON <= len(words) <= LONGEST_WORDS:
        raise InvalidInput(fields={"answer": least(SHORTEST_REASON)})
    closed_call(check.proposal.challenge_id)
    now = timezone.now()
    open_still = EligibilityCheck.objects.filter(
        pk=check.pk,
        outcome=Eligibility.INELIGIBLE,
        answered_at__isnull=True,
        answer_until__gt=now,
    )
    if not open_still.update(answer=words, answered_by=by, answered_at=now):
        raise WrongState(_("It was answered already, or the time to answer has passed."))
    record(by=by, verb="innovation.eligibility_answer", obj=check.proposal)
    check.refresh_from_db()
    tell_answered(check=check)
    return check


@transaction.atomic
def review_refusal(
    *, by: User, check: EligibilityCheck, is_lifted: bool, reason: str
) -> EligibilityCheck:
    """Resolve on an answer: lift the refusal, which brings the proposal back, or let it stand.

    Raises:
        NotAllowed: `by` is not of the impartial team, or has a conflict with the proposal.
        WrongState: there is no answer, it was resolved already, or decisions are released.
        InvalidInput: no reason.
    """
    standing = locked_for_team(by, check.proposal)
    if len(reason.strip()) < SHORTEST_REASON:
        raise InvalidInput(fields={"review_reason": least(SHORTEST_REASON)})
    waiting = EligibilityCheck.objects.filter(
        pk=check.pk, answered_at__isnull=False, reviewed_at__isnull=True
    )
    changed = waiting.update(
        outcome=Eligibility.ELIGIBLE if is_lifted else Eligibility.INELIGIBLE,
        review_reason=reason.strip()[:LONGEST_WORDS],
        reviewed_by=by,
        reviewed_at=timezone.now(),
        revision=F("revision") + 1,
    )
    if not changed:
        raise WrongState(_("There is no answer to resolve on."))
    _set_standing(standing, is_met=is_lifted)
    data = {"is_lifted": is_lifted}
    record(by=by, verb="innovation.eligibility_review", obj=standing, data=data)
    check.refresh_from_db()
    tell_reviewed(check=check)
    return check


def locked_for_team(by: User, proposal: Proposal) -> Proposal:
    """No person: pass the impartial team, and return an opened proposal that stands, locked."""
    require(by, "innovation.eligibility_check", proposal)
    if conflict_between(proposal=proposal, person=by):
        raise NotAllowed
    closed_call(proposal.challenge_id)
    standing = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if standing.state != ProposalState.SUBMITTED:
        raise WrongState(_("This proposal was withdrawn; there is nothing to check."))
    if standing.is_sealed:
        raise WrongState(_("This proposal is not opened."))
    return standing


def least(count: int) -> str:
    """No person: say how much has to be written at least."""
    return _("Write at least %(least)s characters.") % {"least": count}


def _items(proposal: Proposal, answers: Sequence[ConditionAnswer]) -> list[dict[str, Any]]:
    conditions = conditions_of(proposal.challenge)
    wrong: dict[str, str] = {}
    items = []
    for place, condition in enumerate(conditions):
        given = answers[place] if place < len(answers) else ConditionAnswer(None)
        if given.is_met is None:
            wrong[f"met_{place}"] = _("Say whether it is met.")
        elif not given.is_met and len(given.reason.strip()) < SHORTEST_REASON:
            wrong[f"reason_{place}"] = least(SHORTEST_REASON)
        items.append(
            {
                "condition": condition,
                "is_met": given.is_met,
                "reason": given.reason.strip()[:LONGEST_WORDS],
            }
        )
    if wrong:
        raise InvalidInput(fields=wrong)
    return items


def _is_being_mended(proposal: Proposal) -> bool:
    return CorrectionRequest.objects.filter(proposal=proposal, decided_at__isnull=True).exists()


def _set_standing(proposal: Proposal, *, is_met: bool) -> None:
    at = None if is_met else timezone.now()
    Proposal.objects.filter(pk=proposal.pk).update(ineligible_at=at)
