"""Changing a challenge that is public, and giving its call more time."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.challenge_versions import begin_change, finish_change, wrong_reason
from minka.innovation.actions.challenge_writing import (
    LONGEST_CALL,
    ChallengeContent,
    check_content,
    columns_of,
    swap_columns,
    write_lists,
)
from minka.innovation.models import Call, Challenge, ChallengeVersion
from minka.innovation.states import ChallengeState


@transaction.atomic
def change_challenge(
    *, by: User, challenge: Challenge, revision: int, content: ChallengeContent, reason: str
) -> ChallengeVersion:
    """Save another version of a public challenge; when it comes late, its call closes later.

    Whether the company is named stays as it was, and so does the opening of a call that has opened.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no reason, nothing changed, something needed is missing, the company
            would be given away, or the call would close earlier than published.
        WrongState: it is not published, or the call has closed and this would still bind solvers.
        Conflict: somebody saved another version since `revision`.
    """
    require(by, "innovation.challenge_write")
    change = begin_change(challenge)
    call = change.challenge.call
    if call.opens_at <= timezone.now():
        content = replace(content, opens_at=call.opens_at)
    if content.opens_at is None or content.closes_at is None:
        raise InvalidInput(fields={"closes_at": _("A public challenge keeps its dates.")})
    check_content(content)
    swap_columns(challenge, revision, ChallengeState.PUBLISHED, columns_of(content))
    write_lists(challenge, content)
    return finish_change(by=by, change=change, reason=reason)


@transaction.atomic
def extend_call(*, by: User, challenge: Challenge, closes_at: datetime, reason: str) -> Call:
    """Let the call close later, while it still runs; a version like any other change.

    A call that has closed is not opened again: some would have had more time than others. The days
    after the closing move with it.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no reason, it tells whose an anonymous challenge is, or the new date
            is not later, or years away.
        WrongState: the challenge is not published, or its call has closed.
    """
    require(by, "innovation.call_extend")
    change = begin_change(challenge)
    call = change.challenge.call
    if call.closes_at <= timezone.now():
        raise WrongState(_("This call has closed; it cannot be extended any more."))
    wrong = wrong_reason(challenge, reason)
    if closes_at <= call.closes_at:
        wrong["closes_at"] = _("The new date has to be later than the one that was published.")
    elif closes_at - call.opens_at > LONGEST_CALL:
        wrong["closes_at"] = _("A call is open for two years at most. Check the year.")
    if wrong:
        raise InvalidInput(fields=wrong)
    before = call.closes_at
    shift = _cluster_day(closes_at) - _cluster_day(before)
    call.closes_at = closes_at
    for name in ("evaluation_until", "decision_on", "pilot_from"):
        if (day := getattr(call, name)) is not None:
            setattr(call, name, day + shift)
    call.save()
    data = {"from": before.isoformat(), "to": closes_at.isoformat(), "reason": reason.strip()}
    record(by=by, verb="innovation.call_extend", obj=challenge, data=data)
    finish_change(by=by, change=change, reason=reason)
    return Call.objects.get(pk=call.pk)


def _cluster_day(instant: datetime) -> date:
    """Return the day that an instant is on where the cluster is, as its dates are written."""
    return timezone.localtime(instant, timezone.get_default_timezone()).date()
