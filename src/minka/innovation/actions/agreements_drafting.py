"""Begin an agreement, register one that was signed elsewhere, write its text, amend it, drop it."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.files import store_upload
from minka.core.models import User
from minka.innovation.actions.supplier_marks import mark_capabilities
from minka.innovation.models import (
    Agreement,
    AgreementApproval,
    AgreementParty,
    AgreementSignature,
    AgreementVersion,
    Decision,
)
from minka.innovation.notices.agreements import people_of, tell, tell_text_opened
from minka.innovation.queries.agreement_content import (
    AgreementFacts,
    Clause,
    clauses_for,
    clauses_of,
    content_of,
    facts_of,
    fingerprint,
)
from minka.innovation.queries.agreements import decisions_to_agree_on, parties_of
from minka.innovation.states.agreements import (
    AGREEMENT_REACHED_FROM,
    TEXT_REACHED_FROM,
    AgreementKind,
    AgreementState,
    Moment,
    PartyRole,
    TextState,
)
from minka.knowledge.models import Actor

SHORTEST_REASON = 10
MOST_CLAUSES = 40
LANGUAGES = ("es", "en")


@transaction.atomic
def start_agreement(  # noqa: PLR0913 -- an agreement begins with all of this
    *,
    by: User,
    decision: Decision,
    facts: AgreementFacts,
    companies: Sequence[Actor],
    partners: Sequence[Actor] = (),
    with_cluster: bool = False,
    follows: Agreement | None = None,
) -> Agreement:
    """Begin an agreement from a released decision, with the clauses of its kind.

    Raises:
        NotAllowed: `by` is not of the team, or competes in the challenge.
        WrongState: the decision is not released, or neither selects nor reserves.
        InvalidInput: no title, no company of the challenge, or dates that make no sense.
    """
    require(by, "innovation.agreement_start", decision.proposal.challenge)
    known = decisions_to_agree_on(viewer=by).filter(pk=decision.pk).first()
    if known is None:
        raise WrongState(_("An agreement begins with a released decision to select or reserve."))
    _check(facts)
    stated = _companies_of(known)
    if not companies or not {one.pk for one in companies} <= stated:
        raise InvalidInput(fields={"companies": _("Choose companies whose problem this is.")})
    solvers = [known.proposal.lead, *(p for p in partners if p.pk != known.proposal.lead_id)]
    made = _create(
        by=by,
        facts=facts,
        decision=known,
        edition=known.proposal.challenge.edition,
        follows=follows,
    )
    _add_parties(made, companies, solvers, with_cluster=with_cluster)
    _keep_version(by, made, facts, clauses_for(facts.kind, facts.language))
    record(by=by, verb="innovation.agreement_start", obj=made, data={"kind": facts.kind})
    tell(
        agreement=made,
        what="started",
        key="started",
        subject=gettext_lazy("An agreement is being prepared: “%(title)s”"),
        body=gettext_lazy("Its text can be read and changed until the parties approve it."),
        recipients=people_of(made),
        but=by,
    )
    return made


@transaction.atomic
def register_agreement(  # noqa: PLR0913 -- what was signed elsewhere is all of this
    *,
    by: User,
    facts: AgreementFacts,
    companies: Sequence[Actor],
    solvers: Sequence[Actor],
    signed_on: date,
    upload: UploadedFile[Any],
    decision: Decision | None = None,
    with_cluster: bool = False,
    follows: Agreement | None = None,
) -> Agreement:
    """Keep an agreement that was signed elsewhere: its document, its date and its parties.

    Raises:
        NotAllowed: `by` is not of the team.
        InvalidInput: a party is missing, the date is to come, or the file is no document.
        WrongState: the decision is not released, or neither selects nor reserves.
    """
    challenge = decision.proposal.challenge if decision else None
    require(by, "innovation.agreement_start", challenge)
    _check(facts)
    if decision and not decisions_to_agree_on(viewer=by).filter(pk=decision.pk).exists():
        raise WrongState(_("An agreement begins with a released decision to select or reserve."))
    if not companies or not solvers:
        raise InvalidInput(fields={"companies": _("Name a company and a supplier.")})
    if signed_on > timezone.localdate():
        raise InvalidInput(fields={"signed_on": _("This day is still to come.")})
    stored = store_upload(by=by, upload=upload, kinds=["document", "image"])
    edition = challenge.edition if challenge else None  # it belongs to no round of the programme
    made = _create(
        by=by, facts=facts, decision=decision, edition=edition, follows=follows, document=stored
    )
    _add_parties(made, companies, solvers, with_cluster=with_cluster)
    version = _keep_version(by, made, facts, [])
    noon = timezone.make_aware(datetime.combine(signed_on, time(12)))
    Agreement.objects.filter(pk=made.pk).update(
        state=AgreementState.IN_FORCE,
        text_state=TextState.SIGNED,
        signed_text=version,
        signed_on=signed_on,
        in_force_at=noon,
    )
    made.refresh_from_db()
    data = {"kind": facts.kind, "sha256": stored.sha256, "signed_on": signed_on.isoformat()}
    record(by=by, verb="innovation.agreement_register", obj=made, data=data)
    mark_capabilities(agreement=made, moment=Moment.BEFORE)
    return made


@transaction.atomic
def save_text(  # noqa: PLR0913 -- a text is its parts
    *,
    by: User,
    agreement: Agreement,
    revision: int,
    facts: AgreementFacts,
    clauses: Sequence[Clause],
    reason: str = "",
) -> Agreement:
    """Keep the text as another version; what was approved of the former one is void.

    Raises:
        NotAllowed: `by` is neither of the impartial team nor represents a party.
        WrongState: it is signed, being signed, or given up.
        Conflict: somebody saved another text since `revision`.
        InvalidInput: no title, no clause, or dates that make no sense.
    """
    require(by, "innovation.agreement_write", agreement)
    held = _held(agreement)
    _check(facts)
    kept = [Clause(one.title.strip(), one.text.strip()) for one in clauses]
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
    _keep_version(by, held, facts, kept, reason=reason.strip())
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
    _keep_version(by, held, facts, clauses, reason=words, is_amendment=True)
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


def _create(*, by: User, facts: AgreementFacts, **more: Any) -> Agreement:
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    return Agreement.objects.create(created_by=by, **values, **more)


def _add_parties(
    made: Agreement, companies: Sequence[Actor], solvers: Sequence[Actor], *, with_cluster: bool
) -> None:
    rows = [(PartyRole.COMPANY, one) for one in companies]
    taken = {one.pk for one in companies}
    rows += [(PartyRole.SOLVER, one) for one in solvers if one.pk not in taken]
    for role, actor in rows:
        AgreementParty.objects.create(agreement=made, role=role, actor=actor)
    if with_cluster:
        AgreementParty.objects.create(agreement=made, role=PartyRole.CLUSTER)


def _keep_version(  # noqa: PLR0913 -- a version is its parts
    by: User,
    agreement: Agreement,
    facts: AgreementFacts,
    clauses: Sequence[Clause],
    *,
    reason: str = "",
    is_amendment: bool = False,
) -> AgreementVersion:
    last = agreement.versions.order_by("-number").first()
    parties = list(agreement.parties.select_related("actor"))
    content = content_of(facts=facts, parties=parties, clauses=clauses)
    made = AgreementVersion.objects.create(
        agreement=agreement,
        number=last.number + 1 if last else 1,
        by=by,
        reason=reason,
        is_amendment=is_amendment and bool(reason),
        content=content,
        sha256=fingerprint(content),
    )
    agreement.text = made
    agreement.save(update_fields=["text"])
    return made


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


def _companies_of(decision: Decision) -> set[int]:
    problems = decision.proposal.challenge.problems.prefetch_related("partners")
    return {pk for one in problems for pk in (one.company_id, *(p.pk for p in one.partners.all()))}


def _reason(text: str) -> str:
    if len(text.strip()) < SHORTEST_REASON:
        raise InvalidInput(fields={"reason": _("Say why, in a sentence.")})
    return text.strip()


def _check(facts: AgreementFacts) -> None:
    wrong: dict[str, str] = {}
    if not facts.title.strip():
        wrong["title"] = _("Give it a title.")
    if facts.kind not in AgreementKind.values:
        wrong["kind"] = _("Choose a kind.")
    if facts.language not in LANGUAGES:
        wrong["language"] = _("Choose a language.")
    if facts.value_usd is not None and facts.value_usd < 0:
        wrong["value_usd"] = _("An amount is not negative.")
    if facts.starts_on and facts.ends_on and facts.ends_on < facts.starts_on:
        wrong["ends_on"] = _("It cannot end before it starts.")
    if wrong:
        raise InvalidInput(fields=wrong)
