"""Begin an agreement from a decision, or register one that was signed elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.files import store_upload
from minka.core.models import User
from minka.innovation.actions.agreement_versions import (
    AgreementText,
    check_facts,
    keep_version,
)
from minka.innovation.actions.supplier_marks import mark_capabilities
from minka.innovation.models import Agreement, AgreementParty, Decision
from minka.innovation.notices.agreements import people_of, tell
from minka.innovation.queries.agreement_content import AgreementFacts, clauses_for
from minka.innovation.queries.agreements import agreements_to_follow, decisions_to_agree_on
from minka.innovation.queries.consortium import partners_that_count
from minka.innovation.states.agreements import AgreementState, Moment, PartyRole, TextState
from minka.knowledge.models import Actor


@dataclass(frozen=True)
class Parties:
    """Who agrees. Of a decision, the lead of its proposal is a supplier without being named."""

    companies: Sequence[Actor]
    solvers: Sequence[Actor] = ()
    with_cluster: bool = False


@dataclass(frozen=True)
class SignedElsewhere:
    """The document of an agreement and its day; what it comes from, and which one it follows."""

    on: date
    upload: UploadedFile[Any]
    decision: Decision | None = None
    follows: Agreement | None = None


@transaction.atomic
def start_agreement(
    *,
    by: User,
    decision: Decision,
    facts: AgreementFacts,
    parties: Parties,
    follows: Agreement | None = None,
) -> Agreement:
    """Begin an agreement from a released decision, with the clauses of its kind.

    Raises:
        NotAllowed: `by` is not of the team, or competes in the challenge.
        WrongState: the decision is not released, or neither selects nor reserves.
        InvalidInput: no title, no company of the challenge, a supplier that is no partner of the
            proposal, or dates that make no sense.
    """
    require(by, "innovation.agreement_start", decision.proposal.challenge)
    known = _decision(by, decision)
    check_facts(facts)
    stated = _companies_of(known)
    if not parties.companies or not {one.pk for one in parties.companies} <= stated:
        raise InvalidInput(fields={"companies": _("Choose companies whose problem this is.")})
    proposal = known.proposal
    partners = {one.actor_id for one in partners_that_count(proposal)}
    others = [one for one in parties.solvers if one.pk != proposal.lead_id]
    if not {one.pk for one in others} <= partners:
        raise InvalidInput(fields={"partners": _("Choose partners of this proposal.")})
    made = _create(
        by=by,
        facts=facts,
        decision=known,
        edition=proposal.challenge.edition,
        follows=_earlier(by, follows),
    )
    _add_parties(made, Parties(parties.companies, [proposal.lead, *others], parties.with_cluster))
    clauses = clauses_for(facts.kind, facts.language)
    keep_version(by=by, agreement=made, text=AgreementText(facts, clauses))
    data = {"kind": facts.kind, **_told_of(made.follows)}
    record(by=by, verb="innovation.agreement_start", obj=made, data=data)
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
def register_agreement(
    *, by: User, facts: AgreementFacts, parties: Parties, signed: SignedElsewhere
) -> Agreement:
    """Keep an agreement that was signed elsewhere: its document, its date and its parties.

    One that follows another comes of the same decision, unless it says of which.

    Raises:
        NotAllowed: `by` is not of the team.
        InvalidInput: a party is missing, the date is to come, the file is no document, or what it
            follows from is not in force, or nothing that `by` may know of.
        WrongState: the decision is not released, or neither selects nor reserves.
    """
    follows = _earlier(by, signed.follows)
    asked = signed.decision or (follows.decision if follows else None)
    challenge = asked.proposal.challenge if asked else None
    require(by, "innovation.agreement_start", challenge)
    check_facts(facts)
    decision = _decision(by, asked) if asked else None
    if not parties.companies or not parties.solvers:
        raise InvalidInput(fields={"companies": _("Name a company and a supplier.")})
    if signed.on > timezone.localdate():
        raise InvalidInput(fields={"signed_on": _("This day is still to come.")})
    stored = store_upload(by=by, upload=signed.upload, kinds=["document", "image"])
    edition = challenge.edition if challenge else None  # it belongs to no round of the programme
    made = _create(
        by=by, facts=facts, decision=decision, edition=edition, follows=follows, document=stored
    )
    _add_parties(made, parties)
    version = keep_version(by=by, agreement=made, text=AgreementText(facts))
    noon = timezone.make_aware(datetime.combine(signed.on, time(12)))
    Agreement.objects.filter(pk=made.pk).update(
        state=AgreementState.IN_FORCE,
        text_state=TextState.SIGNED,
        signed_text=version,
        signed_on=signed.on,
        in_force_at=noon,
    )
    made.refresh_from_db()
    data = {"kind": facts.kind, "sha256": stored.sha256, "signed_on": signed.on.isoformat()}
    data |= _told_of(follows)
    record(by=by, verb="innovation.agreement_register", obj=made, data=data)
    mark_capabilities(agreement=made, moment=Moment.BEFORE)
    return made


def _decision(by: User, asked: Decision) -> Decision:
    known = decisions_to_agree_on(viewer=by).filter(pk=asked.pk).first()
    if known is None:
        raise WrongState(_("An agreement begins with a released decision to select or reserve."))
    return known


def _earlier(by: User, asked: Agreement | None) -> Agreement | None:
    """Return what an agreement follows from, if `by` may know of it and it was signed."""
    if asked is None:
        return None
    found = agreements_to_follow(viewer=by).filter(pk=asked.pk).first()
    if found is None:
        raise InvalidInput(fields={"follows": _("Choose a signed agreement that you may read.")})
    return found


def _told_of(follows: Agreement | None) -> dict[str, str]:
    return {"follows": str(follows.public_id)} if follows else {}


def _create(*, by: User, facts: AgreementFacts, **more: Any) -> Agreement:
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    return Agreement.objects.create(created_by=by, **values, **more)


def _add_parties(made: Agreement, parties: Parties) -> None:
    taken = {one.pk for one in parties.companies}
    rows = [(PartyRole.COMPANY, one) for one in parties.companies]
    rows += [(PartyRole.SOLVER, one) for one in parties.solvers if one.pk not in taken]
    for role, actor in rows:
        AgreementParty.objects.create(agreement=made, role=role, actor=actor)
    if parties.with_cluster:
        AgreementParty.objects.create(agreement=made, role=PartyRole.CLUSTER)


def _companies_of(decision: Decision) -> set[int]:
    problems = decision.proposal.challenge.problems.prefetch_related("partners")
    return {pk for one in problems for pk in (one.company_id, *(p.pk for p in one.partners.all()))}
