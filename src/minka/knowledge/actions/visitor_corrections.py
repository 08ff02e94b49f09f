"""Corrections by people without an account: proposed, confirmed by a letter, taken back.

Nobody is told of one before its address is confirmed, but the team sees it. The address is for
the team alone, and for nothing but the answer.
"""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minka.core.audit import record
from minka.core.errors import InvalidInput, TooOften, WrongState
from minka.core.throttle import within_limit
from minka.knowledge.actions.corrections import before_and_after
from minka.knowledge.actions.visitor_letters import ask_for_click
from minka.knowledge.models import Actor, Correction
from minka.knowledge.notices.corrections import tell_correction_proposed
from minka.knowledge.queries.fields import HIDDEN_FROM_VISITORS
from minka.knowledge.states import CORRECTION_REACHED_FROM
from minka.knowledge.states import CorrectionState as S

A_PLACE_AN_HOUR, AN_ADDRESS_A_DAY = 10, 6


@transaction.atomic
def propose_as_visitor(  # noqa: PLR0913 -- what a visitor says
    *, actor: Actor, field: str, after: str, why: str, email: str, place: str
) -> Correction:
    """Keep what a visitor proposes until they confirm their address by the letter they are sent.

    Whether the same was proposed before is not told, nor whether a hidden field holds it already:
    answers would tell what strangers may not know.

    No person: anybody may propose.

    Args:
        actor: whose profile is wrong.
        field: one of `CORRECTABLE`.
        after: what it should hold.
        why: how they know.
        email: where the link and the answer go.
        place: the network address that it comes from, which is counted and not kept.

    Raises:
        InvalidInput: the value or the address cannot be, or there is no reason.
        TooOften: too much came from this place or for this address.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise InvalidInput(fields={"email": error.messages[0]}) from error
    before, after = before_and_after(actor=actor, field=field, after=after, why=why)
    if after == before and field not in HIDDEN_FROM_VISITORS:
        raise InvalidInput(fields={"after": _("This is what the profile says already.")})
    _count(email, place)
    correction = Correction.objects.create(
        actor=actor,
        field=field,
        before=before,
        after=after,
        why=why.strip()[:500],
        by_visitor=True,
        email=email,
        language=(get_language() or "es")[:2],
        state=S.UNCHECKED,
    )
    record(
        by=None,
        verb="knowledge.correction_propose",
        obj=actor,
        data={"correction": correction.pk, "field": field},
    )
    ask_for_click(correction=correction)
    return correction


@transaction.atomic
def confirm_as_visitor(*, correction: Correction) -> Correction:
    """Let a proposal wait for its answer, now that its address is known to be theirs.

    What they proposed earlier for the same field is replaced by this.

    No person: whoever holds the link that was sent to the address confirms it.

    Raises:
        WrongState: it was confirmed, answered or taken back before.
    """
    now = timezone.now()
    waiting = Correction.objects.filter(pk=correction.pk, state=S.UNCHECKED)
    if not waiting.update(state=S.PROPOSED, confirmed_at=now):
        raise WrongState(_("This correction does not wait to be confirmed any more."))
    same = Correction.objects.filter(
        actor=correction.actor_id, field=correction.field, email=correction.email
    )
    replaced = Q(state=S.PROPOSED) | Q(state=S.UNCHECKED, pk__lt=correction.pk)
    same.filter(replaced).exclude(pk=correction.pk).update(
        state=S.WITHDRAWN, answered_at=now, email=""
    )
    correction.refresh_from_db(fields=["state", "confirmed_at"])
    record(
        by=None,
        verb="knowledge.correction_confirm",
        obj=correction.actor,
        data={"correction": correction.pk},
    )
    tell_correction_proposed(correction=correction)
    return correction


@transaction.atomic
def leave_as_visitor(*, correction: Correction) -> None:
    """Take a proposal back if it waits, and forget the address at once in any case.

    No person: whoever holds the link that was sent to the address asks for it.
    """
    movable = Correction.objects.filter(
        pk=correction.pk, state__in=CORRECTION_REACHED_FROM[S.WITHDRAWN]
    )
    if movable.update(state=S.WITHDRAWN, answered_at=timezone.now()):
        record(
            by=None,
            verb="knowledge.correction_withdraw",
            obj=correction.actor,
            data={"correction": correction.pk},
        )
    Correction.objects.filter(pk=correction.pk).update(email="")


def _count(email: str, place: str) -> None:
    """Stop who sends more than a person would, and who would fill somebody else's mailbox."""
    address = sha256(email.encode()).hexdigest()[:32]
    limits = (
        (f"correction:{place}", A_PLACE_AN_HOUR, 3600),
        (f"correction:{address}", AN_ADDRESS_A_DAY, 86_400),
    )
    for key, most, seconds in limits:
        if not within_limit(key=key, most=most, seconds=seconds):
            raise TooOften(
                _(
                    "Many corrections came from here or for this e-mail already. Try again "
                    "tomorrow, or create an account: with one there is no limit."
                )
            )
