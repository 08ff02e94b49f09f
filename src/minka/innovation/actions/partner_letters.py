"""Asking for a partner by e-mail, where the people of the organisation have no account yet.

The entries of the ledger say that somebody was asked and by which letter: never the address, nor
the name of the organisation. The address is kept until the letter has its answer, and then gone.
"""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.jobs import enqueue
from minka.core.models import User
from minka.innovation.actions.consortium import (
    LONGEST_ROLE,
    Share,
    held_proposal,
    refuse_same_consortium,
    wrong_places,
)
from minka.innovation.models import Partner, PartnerLetter, Proposal
from minka.innovation.notices.consortium import tell_answered, tell_withdrawn
from minka.innovation.notices.partner_letters import tell_letter_refused
from minka.innovation.queries.deadlines import deadline_for
from minka.innovation.states import PartnerState
from minka.innovation.states.partners import LetterEnd
from minka.knowledge.models import Actor

SEND = "minka.innovation.tasks.send_partner_letter"
END = "minka.innovation.tasks.end_partner_letter"
LASTS = timedelta(days=21)
MOST_A_DAY = 10  # letters of one organisation, about whatever challenge
MAX_ATTEMPTS = 8


@dataclass(frozen=True)
class Addressee:
    """Who is written to: an organisation as the lead calls it, and somebody's address there."""

    organisation: str
    email: str
    language: str = "es"


@transaction.atomic
def ask_by_letter(*, by: User, proposal: Proposal, whom: Addressee, share: Share) -> PartnerLetter:
    """Ask an organisation into the consortium by e-mail; the letter is queued with it.

    The letter names the challenge and the lead, and nothing else of the proposal. Nobody learns
    whether the address has an account.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: the draft cannot be written now, or the challenge takes no consortium.
        InvalidInput: a field cannot be used, the address was written to already, the shares do
            not fit, or there were many letters today.
    """
    require(by, "innovation.consortium_lead", proposal)
    current = held_proposal(proposal)
    email = whom.email.strip().lower()
    wrong = _wrong_addressee(current, whom, email) | wrong_places(current, share.percent)
    if wrong:
        raise InvalidInput(fields=wrong)
    now = timezone.now()
    closes_at = deadline_for(call=current.challenge.call, lead_id=current.lead_id).at
    letter = PartnerLetter.objects.create(
        proposal=current,
        organisation=" ".join(whom.organisation.split())[:250],
        email=email,
        language=whom.language if whom.language in {"es", "en"} else "es",
        share=share.percent,
        does=share.does.strip()[:LONGEST_ROLE],
        asked_by=by,
        asked_at=now,
        expires_at=min(now + LASTS, closes_at),
    )
    record(by=by, verb="innovation.partner_invite", obj=current, data={"letter": letter.pk})
    enqueue(SEND, letter.pk, 1)
    enqueue(END, letter.pk, wait=letter.expires_at - now)
    return letter


@transaction.atomic
def answer_letter(*, by: User, letter: PartnerLetter, actor: Actor) -> Partner:
    """Bring one's organisation into the consortium that a letter asks for.

    Only the address that was written to answers, confirmed in the account of whoever signed in:
    a link that was passed on opens nothing.

    Raises:
        NotAllowed: `by` has not confirmed that address, or does not belong to `actor`.
        WrongState: the letter was answered, taken back or is too old; the draft cannot be written.
        InvalidInput: the organisation leads the proposal, or is in it.
        Conflict: the same organisations have another proposal to this challenge.
    """
    require(by, "innovation.proposal_start", actor)
    current = held_proposal(letter.proposal)
    held = _held(letter)
    if not has_address(by, held.email):
        raise NotAllowed
    refuse_same_consortium(current, actor)
    partner = _partner_of(current, held, actor)
    fields = {"state": PartnerState.ACCEPTED, "answered_by": by, "answered_at": timezone.now()}
    Partner.objects.filter(pk=partner.pk).update(**fields)
    partner.refresh_from_db()
    _end(held, LetterEnd.ACCEPTED, partner=partner)
    letter.refresh_from_db()
    record(by=by, verb="innovation.partner_accept", obj=current, data={"letter": held.pk})
    tell_answered(partner)
    return partner


@transaction.atomic
def refuse_letter(*, letter: PartnerLetter) -> None:
    """Say no; the lead is told, and the address is forgotten.

    No person: the personal link says for whom it is, and needs no account to say no.

    Raises:
        WrongState: it was answered, taken back or is too old.
    """
    held = _held(letter)
    _end(held, LetterEnd.REFUSED)
    letter.refresh_from_db()
    record(by=None, verb="innovation.partner_refuse", obj=held.proposal, data={"letter": held.pk})
    tell_letter_refused(letter)


@transaction.atomic
def take_letter_back(*, by: User, letter: PartnerLetter) -> None:
    """Close the link of a letter before its time.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: it was answered or taken back.
    """
    require(by, "innovation.consortium_lead", letter.proposal)
    held = _held(letter)
    _end(held, LetterEnd.TAKEN_BACK)
    letter.refresh_from_db()
    data = {"letter": held.pk}
    record(by=by, verb="innovation.partner_letter_back", obj=held.proposal, data=data)


@transaction.atomic
def letter_expires(*, letter_id: int) -> bool:
    """Forget the address of a letter whose time is over; return whether there was one.

    No person: a job does it when the time has come.
    """
    waiting = PartnerLetter.objects.filter(pk=letter_id, expires_at__lte=timezone.now())
    return bool(_close(waiting, LetterEnd.EXPIRED))


@transaction.atomic
def letter_to_send(*, letter_id: int) -> PartnerLetter | None:
    """Take a letter in hand, once; None when somebody has, or its link is closed.

    No person: the job that sends it calls this.
    """
    waiting = PartnerLetter.objects.filter(pk=letter_id, sent_at=None, failed_at=None)
    found = waiting.select_related("proposal__lead", "proposal__challenge", "asked_by").first()
    if found is None or not found.is_open() or not waiting.update(sent_at=timezone.now()):
        return None
    return found


@transaction.atomic
def letter_not_sent(*, letter_id: int, attempt: int) -> None:
    """Put a letter back that the mail server did not take, and try again later, eight times.

    No person: the job that could not send it calls this.
    """
    mine = PartnerLetter.objects.filter(pk=letter_id)
    if attempt >= MAX_ATTEMPTS:
        mine.update(sent_at=None, failed_at=timezone.now())
        return
    mine.update(sent_at=None)
    enqueue(SEND, letter_id, attempt + 1, wait=timedelta(minutes=2**attempt))


def part_all(*, by: User, proposal: Proposal) -> None:
    """End what waits for answers about a proposal that `by` has just withdrawn; tell the others."""
    _close(PartnerLetter.objects.filter(proposal=proposal), LetterEnd.TAKEN_BACK)
    tell_withdrawn(proposal, by=by)


def has_address(person: User, email: str) -> bool:
    """No person: True when somebody has confirmed that an address is theirs."""
    mine = EmailAddress.objects.filter(user=person, verified=True)
    return bool(email) and mine.filter(email__iexact=email).exists()


def _wrong_addressee(current: Proposal, whom: Addressee, email: str) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not whom.organisation.strip():
        wrong["organisation"] = _("Write the name of the organisation.")
    try:
        validate_email(email)
    except ValidationError:
        wrong["email"] = _("Write an e-mail address, such as name@company.com.")
    letters = PartnerLetter.objects.filter(proposal__lead=current.lead_id)
    if letters.filter(proposal=current, email__iexact=email, ended_at=None).exists():
        wrong["email"] = _("This address has been written to already.")
    today = letters.filter(asked_at__gt=timezone.now() - timedelta(days=1))
    if today.count() >= MOST_A_DAY:
        wrong["email"] = _("Enough letters were sent for today; go on tomorrow.")
    return wrong


def _partner_of(current: Proposal, letter: PartnerLetter, actor: Actor) -> Partner:
    """Return the place of an organisation: the one it was asked for already, else a new one."""
    asked = current.partners.filter(actor=actor, state=PartnerState.ASKED).first()
    if asked is not None:
        return asked
    if wrong := wrong_places(current, letter.share, actor=actor, instead_of=letter):
        raise InvalidInput(fields=wrong)
    return Partner.objects.create(
        proposal=current,
        actor=actor,
        share=letter.share,
        does=letter.does,
        asked_by=letter.asked_by,
    )


def _held(letter: PartnerLetter) -> PartnerLetter:
    """Lock a letter that waits for its answer."""
    held = (
        PartnerLetter.objects.select_for_update(of=("self",))
        .select_related("proposal__lead", "asked_by")
        .get(pk=letter.pk)
    )
    if not held.is_open():
        raise WrongState(_("This letter was answered, taken back or is too old."))
    return held


def _end(letter: PartnerLetter, ending: LetterEnd, **fields: object) -> None:
    if not _close(PartnerLetter.objects.filter(pk=letter.pk), ending, **fields):
        raise WrongState(_("This letter was answered, taken back or is too old."))


def _close(letters: QuerySet[PartnerLetter], ending: LetterEnd, **fields: object) -> int:
    """End those that wait, and forget their addresses; return how many."""
    waiting = letters.filter(ended_at=None)
    return waiting.update(ended_at=timezone.now(), ending=ending, email="", **fields)
