"""How a challenge is evaluated: who knows whom, by when, and the checks. Settled in its draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.calls import locked_call
from minka.innovation.actions.reminders import plan_warning
from minka.innovation.models import Challenge, Criterion, EvaluationCheck, EvaluationTerms
from minka.innovation.queries.rubric import USUAL_CHECKS, USUAL_CRITERIA
from minka.innovation.states import BlindMode, ChallengeState, CheckKind

MOST_CHECKS = 20
LONGEST = 300


@dataclass(frozen=True)
class CheckRow:
    """One check as it was typed."""

    kind: str
    text_es: str
    text_en: str


@transaction.atomic
def settle_terms(
    *, by: User, challenge: Challenge, mode: str, checks: Sequence[CheckRow]
) -> EvaluationTerms:
    """Choose who knows whom and what is checked; solvers and evaluators rely on it from then on.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no such mode, or a check is not written in both languages.
        WrongState: the challenge is published.
    """
    require(by, "innovation.challenge_write")
    locked = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if locked.state != ChallengeState.DRAFT:
        raise WrongState(_("This was settled when the challenge was published."))
    if mode not in BlindMode.values:
        raise InvalidInput(fields={"mode": _("Choose one of the list.")})
    _check_rows(checks)
    terms, _made = EvaluationTerms.objects.update_or_create(
        challenge=challenge, defaults={"mode": mode}
    )
    challenge.checks.all().delete()
    _write_checks(challenge, checks)
    record(
        by=by, verb="innovation.evaluation_settle", obj=challenge,
        data={"mode": mode, "checks": len(checks)},
    )  # fmt: skip
    return terms


@transaction.atomic
def set_due_date(*, by: User, challenge: Challenge, due_on: date | None) -> EvaluationTerms:
    """Say by which day evaluations are due; without one it is the day promised to solvers.

    Raises:
        NotAllowed: `by` is not of the impartial team.
        InvalidInput: the day is past.
        WrongState: the decisions are released.
    """
    require(by, "innovation.evaluator_assign", challenge)
    call = locked_call(challenge.pk)
    if call.challenge.state == ChallengeState.DECIDED:
        raise WrongState(_("The decisions of this challenge were released; nothing changes now."))
    if due_on is not None and due_on < timezone.localdate():
        raise InvalidInput(fields={"due_on": _("This day is past.")})
    terms, _made = EvaluationTerms.objects.update_or_create(
        challenge=challenge, defaults={"due_on": due_on}
    )
    record(
        by=by, verb="innovation.evaluation_due", obj=challenge,
        data={"due_on": due_on.isoformat() if due_on else ""},
    )  # fmt: skip
    plan_warning(challenge)
    return terms


def begin_with_usual_rubric(challenge: Challenge) -> None:
    """No person: give a new draft the usual criteria of both gates and the usual checks."""
    Criterion.objects.bulk_create(
        Criterion(challenge=challenge, position=position, **row)
        for position, row in enumerate(USUAL_CRITERIA, start=1)
    )
    rows = [CheckRow(kind, text_es, text_en) for kind, text_es, text_en in USUAL_CHECKS]
    _write_checks(challenge, rows)


def _write_checks(challenge: Challenge, rows: Sequence[CheckRow]) -> None:
    EvaluationCheck.objects.bulk_create(
        EvaluationCheck(
            challenge=challenge, position=position, kind=row.kind,
            text_es=row.text_es.strip(), text_en=row.text_en.strip(),
        )
        for position, row in enumerate(rows, start=1)
    )  # fmt: skip


def _check_rows(rows: Sequence[CheckRow]) -> None:
    if len(rows) > MOST_CHECKS:
        raise InvalidInput(_("There may be %(most)s checks at most.") % {"most": MOST_CHECKS})
    for row in rows:
        texts = row.text_es.strip(), row.text_en.strip()
        if row.kind not in CheckKind.values or not all(texts):
            raise InvalidInput(_("Write every check in both languages."))
        if max(map(len, texts)) > LONGEST:
            raise InvalidInput(_("Write at most %(most)s characters.") % {"most": LONGEST})
