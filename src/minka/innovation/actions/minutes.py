"""The minutes of a session: drafted when it closes, corrected, approved, then fixed for ever."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import User
from minka.innovation.models import MinutesApproval, MinutesRevision, PanelMinutes, PanelSession
from minka.innovation.models.panel_states import MinutesState
from minka.innovation.notices.panels import tell_fixed, tell_minutes
from minka.innovation.queries.minutes import Json, approvers, digest, minutes_content
from minka.innovation.queries.panels import closed_items

LONGEST = 10_000
SHORTEST = 10  # characters: less does not say what was corrected


@transaction.atomic
def draft_minutes(*, by: User, session: PanelSession) -> PanelMinutes:
    """Write the first revision from what was recorded, and ask who was there to approve it.

    Raises:
        NotAllowed: `by` is not of the team.
    """
    require(by, "innovation.panel_run")
    minutes, _is_new = PanelMinutes.objects.get_or_create(session=session)
    _keep(by, minutes, minutes_content(session=session), why="")
    tell_minutes(minutes=minutes, to=[one.person for one in approvers(session)])
    return minutes


@transaction.atomic
def correct_minutes(  # noqa: PLR0913 -- all that its form has
    *,
    by: User,
    minutes: PanelMinutes,
    number: int,
    said: Mapping[int, str],
    remarks: str,
    corrections: str,
    why: str,
) -> MinutesRevision:
    """Write another revision; approvals of the one before do not count for it.

    What the page recorded (who was there, votes, decisions) stays as it was; what was wrong in it
    is said under `corrections`. Of items that `by` had to leave for nothing is changed.

    Raises:
        NotAllowed: `by` neither runs the session nor kept its record.
        WrongState: the minutes are fixed.
        Conflict: there is a newer revision than `number`.
        InvalidInput: it is not said why.
    """
    held = PanelMinutes.objects.select_for_update().get(pk=minutes.pk)
    session = held.session
    if not _may_correct(by, session):
        raise NotAllowed
    if held.state != MinutesState.DRAFT:
        raise WrongState(_("These minutes are approved and fixed."))
    if held.number != number:
        raise Conflict(_("A colleague corrected the minutes before you."))
    if len(why.strip()) < SHORTEST:
        raise InvalidInput(fields={"why": _("Write in a few words what was corrected.")})
    last = held.revisions.get(number=number).content
    closed = closed_items(viewer=by, items=session.items.select_related("proposal__challenge"))
    items = [
        {**one, "said": said[one["id"]].strip()[:LONGEST]}
        if one["id"] in said and one["id"] not in closed
        else one
        for one in last["items"]
    ]
    content = {**last, "items": items, "remarks": remarks.strip()[:LONGEST],
               "corrections": corrections.strip()[:LONGEST]}  # fmt: skip
    revision = _keep(by, held, content, why=why.strip()[:LONGEST])
    tell_minutes(
        minutes=held, to=[one.person for one in approvers(session) if one.person_id != by.pk]
    )
    return revision


@transaction.atomic
def approve_minutes(*, by: User, minutes: PanelMinutes, number: int) -> PanelMinutes:
    """Approve the revision that `by` has read; with the last approval the minutes are fixed.

    Raises:
        NotAllowed: `by` was not there with a vote, nor kept the record.
        WrongState: the minutes are fixed.
        Conflict: there is a newer revision than `number`.
    """
    held = PanelMinutes.objects.select_for_update().get(pk=minutes.pk)
    needed = approvers(held.session)
    seat = next((one for one in needed if one.person_id == by.pk), None)
    if seat is None or not by.is_active:
        raise NotAllowed
    if held.number != number:
        raise Conflict(_("The minutes were corrected since you read them; read them again."))
    revision = held.revisions.get(number=number)
    if revision.approvals.filter(seat=seat).exists():
        return held
    if held.state != MinutesState.DRAFT:
        raise WrongState(_("These minutes are approved and fixed."))
    try:
        with transaction.atomic():
            MinutesApproval.objects.create(revision=revision, seat=seat)
    except IntegrityError:
        return held
    record(by=by, verb="innovation.minutes_approve", obj=held.session, data={"number": number})
    if revision.approvals.count() == len(needed):
        _fix(held, revision)
    return held


def _fix(held: PanelMinutes, revision: MinutesRevision) -> None:
    held.state, held.fixed_at = MinutesState.FIXED, timezone.now()
    held.save(update_fields=["state", "fixed_at"])
    record(
        by=None, verb="innovation.minutes_fix", obj=held.session,
        data={"number": revision.number, "sha256": revision.sha256},
    )  # fmt: skip
    tell_fixed(minutes=held)


def _keep(by: User, minutes: PanelMinutes, content: Json, *, why: str) -> MinutesRevision:
    minutes.number += 1
    minutes.save(update_fields=["number"])
    revision = MinutesRevision.objects.create(
        minutes=minutes, number=minutes.number, content=content, sha256=digest(content),
        why=why, by=by,
    )  # fmt: skip
    record(by=by, verb="innovation.minutes_write", obj=minutes.session,
           data={"number": revision.number, "sha256": revision.sha256})  # fmt: skip
    return revision


def _may_correct(by: User, session: PanelSession) -> bool:
    if session.seats.filter(person=by, office="secretary").exists():
        return True
    return by.has_perm("innovation.panel_run") and all(
        by.has_perm("innovation.panel_deal", one) for one in session.challenges.all()
    )
