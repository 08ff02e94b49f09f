"""Write the text of an agreement, take it back, amend what was signed, give it up."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.agreement_versions import (
    AgreementText,
    check_facts,
    keep_version,
)
from minka.innovation.models import (
    Agreement,
    AgreementApproval,
    AgreementSignature,
)
from minka.innovation.notices.agreements import people_of, tell, tell_text_opened
from minka.innovation.queries.agreement_content import (
    Clause,
    clauses_for,
    clauses_of,
    content_of,
    facts_of,
    fingerprint,
)
from minka.innovation.queries.agreements import parties_of
from minka.innovation.states.agreements import (
    AGREEMENT_REACHED_FROM,
    TEXT_REACHED_FROM,
    AgreementState,
    TextState,
)

SHORTEST_REASON = 10
MOST_CLAUSES = 40
LANGUAGES = ("es", "en")


@transaction.atomic
def save_text(*, by: User, agreement: Agreement, revision: int, text: AgreementText) -> Agreement:
    """Keep the text as another version; what was approved of the former one is void.

    Raises:
        NotAllowed: `by` is neither of the impartial team nor represents a party.
        WrongState: it is signed, being signed, or given up.
        Conflict: somebody saved another text since `revision`.
        InvalidInput: no title, no clause, or dates that make no sense.
    """
    require(by, "innovation.agreement_write", agreement)
    held = _held(agreement)
    facts, reason = text.facts, text.reason.strip()
    check_facts(facts)
    kept = [Clause(one.title.strip(), one.text.strip()) for one in text.clauses]
    if not kept or len(kept) > MOST_CLAUSES or not all(one.title and one.text for one in kept):
        raise InvalidInput(fields={"clauses": _("Every clause needs a title and a text.")})
    if held.text_state not in {TextState.WRITING, TextState.APPROVING}:
        raise WrongState(_("This text is signed or being signed; it does not change now."))
    if held.revision != revision:
        raise Conflict(_("Somebody saved another text before you. Compare it with yours."))
    parties = parties_of(held)
    sha256 = fingerprint(content_of(facts=facts, parties=parties, clauses=kept))
    if held.text and held.text.sha256 == sha256:
        return held
    was_asked = held.text_state == TextState.APPROVING
    keep_version(by=by, agreement=held, text=AgreementText(facts, kept, reason))
    changes: dict[str, Any] = {"text_state": TextState.WRITING}
    if held.state == AgreementState.DRAFT:
        changes |= {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    Agreement.objects.filter(pk=held.pk).update(**changes, revision=F("revision") + 1)
    held.refresh_from_db()
    if was_asked:
        _void(held)
        tell_text_opened(agreement=held, reason=reason, by=by, key=f"void:{held.text_id}")
    record(by=by, verb="innovation.agreement_write", obj=held, data={"sha256": sha256})
    return held


@transaction.atomic
def reopen_text(*, by: User, agreement: Agreement, reason: str) -> Agreement:
    """Take a text that is being approved or signed back; what was given under it is void.

    Raises:
        NotAllowed: `by` is neither of the impartial team nor represents a party.
        WrongState: all have signed, or it is being written.
        InvalidInput: no reason.
    """
    require(by, "innovation.agreement_write", agreement)
    held, words = _held(agreement), _reason(reason)
    if held.text_state not in {TextState.APPROVING, TextState.SIGNING}:
        raise WrongState
    _move_text(held, TextState.WRITING)
    _void(held)
    record(by=by, verb="innovation.agreement_reopen", obj=held, data={"text": held.text_id})
    key = f"reopen:{held.text_id}:{held.revision}"
    tell_text_opened(agreement=held, reason=words, by=by, key=key)
    return held


@transaction.atomic
def start_amendment(*, by: User, agreement: Agreement, reason: str) -> Agreement:
    """Begin another text of an agreement in force; the signed one counts until all sign the new.

    Raises:
        NotAllowed: `by` is neither of the impartial team nor represents a party.
        WrongState: it is not in force, or an amendment is under way.
        InvalidInput: no reason.
    """
    require(by, "innovation.agreement_write", agreement)
    held, words = _held(agreement), _reason(reason)
    if held.state != AgreementState.IN_FORCE or held.text_state != TextState.SIGNED:
        raise WrongState(_("Only a signed agreement in force is amended, one change at a time."))
    facts = facts_of(held)
    clauses = clauses_of(held.signed_text) or clauses_for(facts.kind, facts.language)
    _move_text(held, TextState.WRITING)
    text = AgreementText(facts, clauses, words)
    keep_version(by=by, agreement=held, text=text, is_amendment=True)
    record(by=by, verb="innovation.agreement_amend", obj=held, data={"text": held.text_id})
    tell(
        agreement=held,
        what="amendment",
        key=f"amend:{held.text_id}",
        subject=gettext_lazy("A change of “%(title)s” is being prepared"),
        body=gettext_lazy("The signed text counts until all parties sign the new one. %(reason)s"),
        values={"reason": words},
        recipients=people_of(held),
        but=by,
    )
    return held


@transaction.atomic
def drop_text(*, by: User, agreement: Agreement, reason: str) -> Agreement:
    """Give up a draft, or an amendment that is being prepared: then the signed text goes on.

    Raises:
        NotAllowed: `by` is neither of the impartial team nor represents a party.
        WrongState: it is signed.
        InvalidInput: no reason.
    """
    require(by, "innovation.agreement_write", agreement)
    held, words = _held(agreement), _reason(reason)
    if held.text_state == TextState.SIGNED:
        raise WrongState(_("This text is signed; it can be amended, not given up."))
    _void(held)
    if held.state == AgreementState.DRAFT:
        moved = Agreement.objects.filter(
            pk=held.pk, state__in=AGREEMENT_REACHED_FROM[AgreementState.CANCELLED]
        )
        moved.update(state=AgreementState.CANCELLED, outcome_reason=words)
    else:
        Agreement.objects.filter(pk=held.pk).update(
            text=held.signed_text, text_state=TextState.SIGNED, revision=F("revision") + 1
        )
    held.refresh_from_db()
    record(by=by, verb="innovation.agreement_drop", obj=held, data={"state": held.state})
    tell_text_opened(agreement=held, reason=words, by=by, key=f"drop:{held.revision}")
    return held


def _void(agreement: Agreement) -> None:
    """Void what stands under the texts of an agreement that were not signed by all."""
    now = timezone.now()
    AgreementApproval.objects.filter(
        version__agreement=agreement, version__signed_at__isnull=True, voided_at__isnull=True
    ).update(voided_at=now)
    AgreementSignature.objects.filter(
        version__agreement=agreement, version__signed_at__isnull=True, voided_at__isnull=True
    ).update(voided_at=now)


def _move_text(held: Agreement, target: TextState) -> None:
    movable = Agreement.objects.filter(pk=held.pk, text_state__in=TEXT_REACHED_FROM[target])
    if not movable.update(text_state=target, revision=F("revision") + 1):
        raise WrongState
    held.refresh_from_db()


def _held(agreement: Agreement) -> Agreement:
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    held = Agreement.objects.select_related("text", "signed_text", "decision__proposal").get(
        pk=agreement.pk
    )
    if held.state not in {AgreementState.DRAFT, AgreementState.IN_FORCE}:
        raise WrongState(_("This agreement is over."))
    return held


def _reason(text: str) -> str:
    if len(text.strip()) < SHORTEST_REASON:
        raise InvalidInput(fields={"reason": _("Say why, in a sentence.")})
    return text.strip()
