"""Proposed corrections: say that a field is wrong, and answer."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.knowledge.actions.actors import change_actor
from minka.knowledge.actions.visitor_letters import answer_by_letter
from minka.knowledge.models import Actor, Correction
from minka.knowledge.notices.corrections import (
    tell_correction_answered,
    tell_correction_proposed,
)
from minka.knowledge.queries.fields import CORRECTABLE, current_text, shown, value_from
from minka.knowledge.states import CORRECTION_REACHED_FROM, Voice
from minka.knowledge.states import CorrectionState as S


@transaction.atomic
def propose_correction(*, by: User, actor: Actor, field: str, after: str, why: str) -> Correction:
    """Say that a field is wrong, what it should be, and why.

    Raises:
        NotAllowed: `by` is not signed in.
        InvalidInput: the value cannot be, is what is there already, or there is no reason.
        WrongState: they have proposed a correction of this field that waits for an answer.
    """
    require(by, "knowledge.correction_propose", actor)
    before, after = before_and_after(actor=actor, field=field, after=after, why=why)
    if after == before:
        raise InvalidInput(fields={"after": _("This is what the profile says already.")})
    try:
        with transaction.atomic():
            correction = Correction.objects.create(
                actor=actor,
                field=field,
                before=before,
                after=after,
                why=why.strip()[:500],
                proposed_by=by,
            )
    except IntegrityError as error:
        raise WrongState(_("Your correction of this field waits for an answer.")) from error
    record(
        by=by,
        verb="knowledge.correction_propose",
        obj=actor,
        data={"correction": correction.pk, "field": field},
    )
    tell_correction_proposed(correction=correction)
    return correction


def before_and_after(*, actor: Actor, field: str, after: str, why: str) -> tuple[str, str]:
    """Return what a field holds and what it should hold, as the history keeps it.

    No person: a rule of those who propose, with an account and without.

    Raises:
        InvalidInput: the field or the value cannot be, or there is no reason.
    """
    if field not in CORRECTABLE:
        raise InvalidInput(fields={"field": _("Choose what is wrong.")})
    if not why.strip():
        raise InvalidInput(fields={"why": _("Say how you know; it helps those who answer.")})
    return current_text(actor, field), shown(field, value_from(field, after))


@transaction.atomic
def answer_correction(
    *, by: User, correction: Correction, accept: bool, answer: str = ""
) -> Correction:
    """Accept a correction, which changes the profile at once, or refuse it with a reason.

    One whose visitor has not confirmed their address waits for the team alone.

    Raises:
        NotAllowed: `by` does not edit the profile, or proposed it.
        InvalidInput: a refusal gives no reason, or the value can no longer be.
        WrongState: it has been answered, or the field has changed since it was proposed.
    """
    require(by, "knowledge.correction_answer", correction)
    answer = answer.strip()[:500]
    if not accept and not answer:
        raise InvalidInput(fields={"answer": _("Say why; the person will read it.")})
    _move(correction, S.ACCEPTED if accept else S.REFUSED, by, answer)
    actor = correction.actor
    if accept:
        actor.refresh_from_db()
        if current_text(actor, correction.field) != correction.before:
            raise WrongState(
                _("The profile has changed since this was proposed; look at it again.")
            )
        change_actor(
            by=by,
            actor=actor,
            changes={correction.field: value_from(correction.field, correction.after)},
            voice=Voice.CORRECTION,
            why=correction.why,
        )
    record(
        by=by,
        verb="knowledge.correction_accept" if accept else "knowledge.correction_refuse",
        obj=actor,
        data={"correction": correction.pk, "field": correction.field},
    )
    tell_correction_answered(correction=correction)
    if correction.by_visitor:
        answer_by_letter(correction=correction)
    return correction


@transaction.atomic
def withdraw_correction(*, by: User, correction: Correction) -> Correction:
    """Take a proposal back.

    Raises:
        NotAllowed: it is somebody else's.
        WrongState: it has been answered.
    """
    require(by, "knowledge.correction_withdraw", correction)
    _move(correction, S.WITHDRAWN, by, "")
    record(
        by=by,
        verb="knowledge.correction_withdraw",
        obj=correction.actor,
        data={"correction": correction.pk},
    )
    return correction


def _move(correction: Correction, target: S, by: User, answer: str) -> None:
    movable = Correction.objects.filter(pk=correction.pk, state__in=CORRECTION_REACHED_FROM[target])
    if not movable.update(state=target, answered_by=by, answered_at=timezone.now(), answer=answer):
        raise WrongState(_("Somebody has answered this already; reload the page."))
    correction.refresh_from_db(fields=["state", "answered_by", "answered_at", "answer"])
