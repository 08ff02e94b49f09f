"""Approve the text of an agreement, sign it, keep its PDF, tell in public that there is one."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.jobs import enqueue
from minka.core.models import StoredFile, User
from minka.innovation.actions.supplier_marks import mark_capabilities
from minka.innovation.models import (
    Agreement,
    AgreementApproval,
    AgreementParty,
    AgreementSignature,
    AgreementVersion,
)
from minka.innovation.notices.agreements import people_of, tell, tell_approval_asked
from minka.innovation.queries.agreement_content import facts_of
from minka.innovation.queries.agreement_seats import (
    AgreementSeat,
    holds,
    seats_of,
    signatures_of,
)
from minka.innovation.queries.agreements import is_party, represented_parties
from minka.innovation.states import ApprovalAnswer
from minka.innovation.states.agreements import (
    AGREEMENT_REACHED_FROM,
    TEXT_REACHED_FROM,
    AgreementState,
    Moment,
    TextState,
)

PRINT = "minka.innovation.tasks.print_agreement"
SHORTEST_REASON = 10
LONGEST_NAME, LONGEST_POST = 150, 120


@transaction.atomic
def ask_agreement_approval(*, by: User, agreement: Agreement) -> Agreement:
    """Ask every seat of every party to approve the text as it is now.

    Raises:
        NotAllowed: `by` is neither of the impartial team nor represents a party.
        WrongState: it is asked for already, or the text is signed.
    """
    require(by, "innovation.agreement_ask", agreement)
    held = _held(agreement)
    _move_text(held, TextState.APPROVING)
    data = {"sha256": _text(held).sha256}
    record(by=by, verb="innovation.agreement_ask", obj=held, data=data)
    tell_approval_asked(agreement=held, seats=seats_of(held), by=by)
    return held


@transaction.atomic
def answer_agreement(  # noqa: PLR0913 -- an answer is all of this
    *, by: User, agreement: Agreement, seat: str, sha256: str, approves: bool, reason: str = ""
) -> AgreementApproval:
    """Approve a text in the name of a seat, or ask for changes; the last seat opens the signing.

    Raises:
        NotAllowed: `by` does not sit there, or has answered in the name of another seat.
        WrongState: approval is not asked for.
        InvalidInput: changes are asked for without saying which.
        Conflict: the text has changed since `by` read it.
    """
    held = _held(agreement)
    seats = seats_of(held)
    chosen = next((one for one in seats if one.key == seat), None)
    if chosen is None or not holds(by, chosen):
        raise NotAllowed
    if held.text_state != TextState.APPROVING:
        raise WrongState(_("Approval is not asked for now."))
    if not approves and len(reason.strip()) < SHORTEST_REASON:
        raise InvalidInput(fields={"reason": _("Say what has to change, in a sentence.")})
    if _text(held).sha256 != sha256:
        raise Conflict(_("The text has changed since you opened this page. Read it again."))
    _one_seat_each(by, seats, chosen)
    if chosen.given is not None:
        AgreementApproval.objects.filter(pk=chosen.given.pk).update(voided_at=timezone.now())
    made = AgreementApproval.objects.create(
        version=_text(held),
        party=chosen.party,
        seat=chosen.seat,
        by=by,
        answer=ApprovalAnswer.APPROVED if approves else ApprovalAnswer.CHANGES,
        reason="" if approves else reason.strip(),
        content_sha256=sha256,
    )
    verb = "innovation.agreement_approve" if approves else "innovation.agreement_ask_changes"
    record(by=by, verb=verb, obj=held, data={"seat": chosen.key, "sha256": sha256})
    if all(one.approves for one in seats_of(held)):
        _open_signing(held)
    elif not approves:
        tell(
            agreement=held,
            what="changes",
            key=f"changes:{made.pk}",
            subject=gettext_lazy("Changes asked for in “%(title)s”"),
            body=gettext_lazy("%(party)s: %(reason)s"),
            values={"party": chosen.party.name, "reason": made.reason},
            recipients=people_of(held),
            but=by,
        )
    return made


@transaction.atomic
def sign_agreement(  # noqa: PLR0913 -- a signature is all of this
    *, by: User, agreement: Agreement, party: int, sha256: str, name: str, post: str
) -> AgreementSignature:
    """Sign the text in the name of a party by a click that the ledger keeps with its fingerprint.

    The last signature puts the text in force and asks for its PDF.

    Raises:
        NotAllowed: `by` does not represent the party, or has signed for another one.
        WrongState: the text is not open to signatures, or this party has signed.
        InvalidInput: no name or no post.
        Conflict: the text is not the one that `by` has read.
    """
    held = _held(agreement)
    chosen = next(
        (one for one in represented_parties(viewer=by, agreement=held) if one.pk == party), None
    )
    if chosen is None:
        raise NotAllowed
    if held.text_state != TextState.SIGNING:
        raise WrongState(_("This text is not open to signatures now."))
    if _text(held).sha256 != sha256:
        raise Conflict(_("The text has changed since you opened this page. Read it again."))
    words = _signer(name, post)
    given = signatures_of(held)
    if chosen.pk in given:
        raise WrongState(_("This party has signed already."))
    if any(one.by_id == by.pk for one in given.values()):
        raise NotAllowed(_("You have signed for another party; this needs somebody else."))
    data = {"party": chosen.pk, "sha256": sha256, "version": _text(held).number}
    entry = record(by=by, verb="innovation.agreement_sign", obj=held, data=data)
    try:
        with transaction.atomic():
            made = AgreementSignature.objects.create(
                version=_text(held),
                party=chosen,
                by=by,
                at=entry.at,
                content_sha256=sha256,
                ledger_position=entry.position,
                ledger_sha256=entry.entry_hash,
                **words,
            )
    except IntegrityError:
        raise WrongState(_("This party has signed already.")) from None
    if len(given) + 1 == held.parties.count():
        _put_in_force(held)
    return made


def keep_signed_pdf(*, version: AgreementVersion, pdf: StoredFile, seal: str) -> bool:
    """Keep the PDF of a signed text and the server's word on it; False when there is one already.

    No person: the job that prints asks for it. What was kept is never replaced.
    """
    with transaction.atomic():
        bare = AgreementVersion.objects.filter(pk=version.pk, pdf__isnull=True, seal="")
        if not bare.filter(signed_at__isnull=False).update(pdf=pdf, seal=seal):
            return False
        agreement = version.agreement
        data = {"pdf_sha256": pdf.sha256, "version": version.number}
        record(by=None, verb="innovation.agreement_stamp", obj=agreement, data=data)
    return True


@transaction.atomic
def show_agreement(*, by: User, agreement: Agreement, party: int, shows: bool) -> AgreementParty:
    """Let everybody know that the agreement exists and with whom, or take that back.

    It is told only while every company and every supplier lets it be told.

    Raises:
        NotAllowed: `by` does not represent the party.
        WrongState: it was given up.
    """
    require(by, "innovation.agreement_show", agreement)
    chosen = agreement.parties.select_related("actor").filter(pk=party).first()
    mine = represented_parties(viewer=by, agreement=agreement)
    if chosen is None or chosen.actor_id is None or chosen.pk not in {one.pk for one in mine}:
        raise NotAllowed
    if agreement.state == AgreementState.CANCELLED or not is_party(by, chosen):
        raise WrongState
    chosen.shows_at = timezone.now() if shows else None
    chosen.shows_by = by if shows else None
    chosen.save(update_fields=["shows_at", "shows_by"])
    verb = "innovation.agreement_show" if shows else "innovation.agreement_hide"
    record(by=by, verb=verb, obj=agreement, data={"party": chosen.pk})
    return chosen


def _open_signing(held: Agreement) -> None:
    _move_text(held, TextState.SIGNING)
    tell(
        agreement=held,
        what="to_sign",
        key=f"sign:{held.text_id}",
        subject=gettext_lazy("Ready to be signed: “%(title)s”"),
        body=gettext_lazy("All parties approved the text. Its representatives sign it now."),
        recipients=people_of(held),
    )


def _put_in_force(held: Agreement) -> None:
    """Make the text that all signed the one that counts, with its facts; ask for its PDF."""
    now, is_first = timezone.now(), held.state == AgreementState.DRAFT
    AgreementVersion.objects.filter(pk=_text(held).pk).update(signed_at=now)
    facts = facts_of(held)
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    _move_text(held, TextState.SIGNED)
    Agreement.objects.filter(pk=held.pk).update(signed_text=held.text_id, **values)
    if is_first:
        first = Agreement.objects.filter(
            pk=held.pk, state__in=AGREEMENT_REACHED_FROM[AgreementState.IN_FORCE]
        )
        first.update(state=AgreementState.IN_FORCE, in_force_at=now, signed_on=timezone.localdate())
        mark_capabilities(agreement=held, moment=Moment.BEFORE)
    held.refresh_from_db()
    enqueue(PRINT, held.text_id)
    tell(
        agreement=held,
        what="in_force",
        key=f"in_force:{held.text_id}",
        subject=gettext_lazy("Signed by all: “%(title)s”"),
        body=gettext_lazy("All parties have signed. The PDF is on the page of the agreement."),
        recipients=people_of(held),
    )


def _move_text(held: Agreement, target: TextState) -> None:
    """Compare and swap: when two people click at once, one gets WrongState."""
    movable = Agreement.objects.filter(pk=held.pk, text_state__in=TEXT_REACHED_FROM[target])
    if not movable.update(text_state=target, revision=F("revision") + 1):
        raise WrongState
    held.refresh_from_db()


def _held(agreement: Agreement) -> Agreement:
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    held = Agreement.objects.select_related("text", "decision__proposal").get(pk=agreement.pk)
    if held.state not in {AgreementState.DRAFT, AgreementState.IN_FORCE}:
        raise WrongState(_("This agreement is over."))
    return held


def _text(held: Agreement) -> AgreementVersion:
    if held.text is None:
        raise WrongState
    return held.text


def _one_seat_each(by: User, seats: list[AgreementSeat], chosen: AgreementSeat) -> None:
    for one in seats:
        if one.key != chosen.key and one.given is not None and one.given.by_id == by.pk:
            raise NotAllowed(
                _("You have answered in another name already; this needs somebody else.")
            )


def _signer(name: str, post: str) -> dict[str, str]:
    words = {"name": " ".join(name.split()), "post": " ".join(post.split())}
    wrong = {}
    if not 0 < len(words["name"]) <= LONGEST_NAME:
        wrong["name"] = _("Write your full name.")
    if not 0 < len(words["post"]) <= LONGEST_POST:
        wrong["post"] = _("Write your post in the organisation.")
    if wrong:
        raise InvalidInput(fields=wrong)
    return words
