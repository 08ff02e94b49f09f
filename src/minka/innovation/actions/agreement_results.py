"""What came of an agreement: readiness, its end, figures of later years, lessons."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.files import KINDS, store_upload
from minka.core.models import User
from minka.innovation.actions.agreement_plan import open_agreement
from minka.innovation.actions.supplier_marks import mark_capabilities
from minka.innovation.models import Agreement, AgreementLesson, AgreementTrl, YearFigures
from minka.innovation.notices.agreements import people_of, tell
from minka.innovation.states import Trl
from minka.innovation.states.agreements import (
    AGREEMENT_REACHED_FROM,
    AgreementOutcome,
    AgreementState,
    Moment,
    PartyRole,
    Side,
    TextState,
)
from minka.knowledge.models import Actor
from minka.knowledge.rules import active_roles
from minka.knowledge.states import MemberRole

SHORTEST = 20  # characters
FIRST_YEAR = 1990
LETTERS = 2  # of the code of a country


@transaction.atomic
def state_trl(  # noqa: PLR0913 -- a level is nothing without its evidence
    *,
    by: User,
    agreement: Agreement,
    moment: str,
    level: int,
    evidence: str,
    upload: UploadedFile[Any] | None = None,
) -> AgreementTrl:
    """State the readiness before or after the work, with evidence; a later one replaces it.

    Raises:
        NotAllowed: `by` is not of the supplier.
        WrongState: the agreement is not in force.
        InvalidInput: no level, no evidence, or a file of no accepted kind.
    """
    require(by, "innovation.trl_state", agreement)
    held = open_agreement(agreement, in_force=True)
    wrong = {}
    if moment not in Moment.values or level not in Trl.values:
        wrong["level"] = _("Choose a level from 1 to 9.")
    if len(evidence.strip()) < SHORTEST:
        wrong["evidence"] = _("Say what proves it: tests, where, when, with which result.")
    if wrong:
        raise InvalidInput(fields=wrong)
    stored = store_upload(by=by, upload=upload, kinds=list(KINDS)) if upload else None
    held.trl_marks.filter(moment=moment, replaced_at__isnull=True).update(
        replaced_at=timezone.now()
    )
    made = AgreementTrl.objects.create(
        agreement=held, moment=moment, level=level, evidence=evidence.strip(), file=stored, by=by
    )
    data = {"moment": moment, "level": level}
    record(by=by, verb="innovation.trl_state", obj=held, data=data)
    return made


@transaction.atomic
def confirm_trl(*, by: User, mark: AgreementTrl) -> AgreementTrl:
    """Confirm, in the name of the user area, that the evidence shows the level.

    Raises:
        NotAllowed: `by` is not of the user area.
        WrongState: another level was stated since, or it is confirmed.
    """
    require(by, "innovation.trl_confirm", mark.agreement)
    open_agreement(mark.agreement, in_force=True)
    waiting = AgreementTrl.objects.filter(
        pk=mark.pk, confirmed_at__isnull=True, replaced_at__isnull=True
    )
    if not waiting.update(confirmed_by=by, confirmed_at=timezone.now()):
        raise WrongState
    mark.refresh_from_db()
    data = {"moment": mark.moment, "level": mark.level}
    record(by=by, verb="innovation.trl_confirm", obj=mark.agreement, data=data)
    return mark


@transaction.atomic
def close_agreement(*, by: User, agreement: Agreement, outcome: str, reason: str) -> Agreement:
    """Say how an agreement ended and why; what its suppliers can do now is kept.

    Raises:
        NotAllowed: `by` does not represent the company.
        WrongState: it is not in force, or an amendment is being signed.
        InvalidInput: no outcome or no reason.
    """
    require(by, "innovation.agreement_close", agreement)
    held = open_agreement(agreement, in_force=True)
    if held.text_state != TextState.SIGNED:
        raise WrongState(_("An amendment is under way: sign it or give it up first."))
    if outcome not in AgreementOutcome.values or len(reason.strip()) < SHORTEST:
        raise InvalidInput(fields={"reason": _("Choose how it ended and say why.")})
    moved = Agreement.objects.filter(
        pk=held.pk, state__in=AGREEMENT_REACHED_FROM[AgreementState.CLOSED]
    ).update(
        state=AgreementState.CLOSED,
        outcome=outcome,
        outcome_reason=reason.strip(),
        closed_at=timezone.now(),
    )
    if not moved:
        raise WrongState
    held.refresh_from_db()
    mark_capabilities(agreement=held, moment=Moment.AFTER)
    record(by=by, verb="innovation.agreement_close", obj=held, data={"outcome": outcome})
    tell(
        agreement=held,
        what="closed",
        key="closed",
        subject=gettext_lazy("Closed: “%(title)s”"),
        body=gettext_lazy("%(outcome)s. %(reason)s\n\nPlease write what you learnt from it."),
        values={"outcome": held.get_outcome_display(), "reason": held.outcome_reason},
        recipients=people_of(held),
        but=by,
    )
    return held


@dataclass(frozen=True)
class YearStatement:
    """What a supplier sold and exported in a year, and where the figures come from."""

    year: int
    sales_usd: Decimal
    source: str
    exports_usd: Decimal = Decimal(0)
    export_countries: str = ""
    jobs: int = 0

    @property
    def countries(self) -> str:
        """The countries by their two letters, with spaces."""
        return " ".join(self.export_countries.upper().replace(",", " ").split())


@transaction.atomic
def state_year(*, by: User, agreement: Agreement, actor: Actor, said: YearStatement) -> YearFigures:
    """State what the supplier sold and exported in a year thanks to the agreement.

    It can be stated anew until the team has confirmed it.

    Raises:
        NotAllowed: `by` does not belong to that supplier.
        WrongState: the agreement was never signed, or the year is confirmed.
        InvalidInput: a year to come, exports above sales or without a country, no source.
    """
    require(by, "innovation.year_state", agreement)
    is_solver = agreement.parties.filter(actor=actor, role=PartyRole.SOLVER).exists()
    if not is_solver or not active_roles(by, actor.pk):
        raise NotAllowed
    if agreement.state not in {AgreementState.IN_FORCE, AgreementState.CLOSED}:
        raise WrongState
    _check_year(agreement, said)
    known = YearFigures.objects.select_for_update().filter(
        agreement=agreement, actor=actor, year=said.year
    )
    if known.filter(confirmed_at__isnull=False).exists():
        raise WrongState(_("These figures are confirmed; ask the cluster team to correct them."))
    made, _is_new = YearFigures.objects.update_or_create(
        agreement=agreement,
        actor=actor,
        year=said.year,
        defaults={
            "sales_usd": said.sales_usd,
            "exports_usd": said.exports_usd,
            "export_countries": said.countries,
            "jobs": said.jobs,
            "source": said.source.strip()[:250],
            "by": by,
            "at": timezone.now(),
        },
    )
    record(by=by, verb="innovation.year_state", obj=agreement, data={"year": said.year})
    return made


@transaction.atomic
def confirm_year(*, by: User, figures: YearFigures) -> YearFigures:
    """Confirm, as the team, that the source bears the figures out.

    Raises:
        NotAllowed: `by` is not of the impartial team.
        WrongState: they are confirmed.
    """
    require(by, "innovation.year_confirm", figures.agreement)
    waiting = YearFigures.objects.filter(pk=figures.pk, confirmed_at__isnull=True)
    if not waiting.update(confirmed_by=by, confirmed_at=timezone.now()):
        raise WrongState
    figures.refresh_from_db()
    data = {"year": figures.year}
    record(by=by, verb="innovation.year_confirm", obj=figures.agreement, data=data)
    return figures


@transaction.atomic
def write_lesson(*, by: User, agreement: Agreement, actor: Actor, text: str) -> AgreementLesson:
    """Keep what the supplier or the user area learnt.

    Raises:
        NotAllowed: `by` belongs neither to that supplier nor to the user area of that company.
        InvalidInput: less than a sentence.
        WrongState: the agreement was never signed.
    """
    require(by, "innovation.lesson_write", agreement)
    party = agreement.parties.filter(actor=actor).first()
    roles = active_roles(by, actor.pk)
    of_company = party is not None and party.role == PartyRole.COMPANY
    if party is None or not (MemberRole.USER_AREA in roles if of_company else roles):
        raise NotAllowed
    if agreement.state not in {AgreementState.IN_FORCE, AgreementState.CLOSED}:
        raise WrongState
    if len(text.strip()) < SHORTEST:
        raise InvalidInput(fields={"text": _("Say it in a sentence.")})
    side = Side.USER_AREA if of_company else Side.SOLVER
    made = AgreementLesson.objects.create(
        agreement=agreement, side=side, actor=actor, text=text.strip(), by=by
    )
    record(by=by, verb="innovation.lesson_write", obj=agreement, data={"side": side})
    return made


def _check_year(agreement: Agreement, said: YearStatement) -> None:
    wrong = {}
    first = agreement.signed_on.year if agreement.signed_on else FIRST_YEAR
    if not first <= said.year <= timezone.localdate().year:
        wrong["year"] = _("Choose a year from the signature to now.")
    if not 0 <= said.exports_usd <= said.sales_usd:
        wrong["exports_usd"] = _("Exports are part of the sales.")
    if said.exports_usd and not said.countries:
        wrong["export_countries"] = _("Say to which countries, by their two letters.")
    if any(len(one) != LETTERS or not one.isalpha() for one in said.countries.split()):
        wrong["export_countries"] = _("Say to which countries, by their two letters.")
    if not said.source.strip():
        wrong["source"] = _("Say where the figures come from.")
    if wrong:
        raise InvalidInput(fields=wrong)
