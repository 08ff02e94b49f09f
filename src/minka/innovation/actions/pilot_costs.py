"""What a pilot of a problem would cost, written by its company or by the cluster team."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput
from minka.core.models import User
from minka.innovation.models import Problem

PILOT_MAX_USD = Decimal("9999999999.99")


@transaction.atomic
def set_pilot_cost(*, by: User, problem: Problem, amount_usd: Decimal | None) -> Problem:
    """Write what a pilot would cost, or take it back; the words of the problem stay as they are.

    Raises:
        NotAllowed: `by` neither acts for the company nor is of the cluster team.
        InvalidInput: the amount makes no sense.
    """
    require(by, "innovation.pilot_cost_set", problem)
    if amount_usd is not None and not 0 <= amount_usd <= PILOT_MAX_USD:
        raise InvalidInput(fields={"amount_usd": _("Write an amount in US dollars, from 0 up.")})
    problem = Problem.objects.select_for_update().get(pk=problem.pk)
    if problem.pilot_usd == amount_usd:
        return problem
    problem.pilot_usd, problem.updated_at = amount_usd, timezone.now()
    problem.save(update_fields=["pilot_usd", "updated_at"])
    # the ledger is read by auditors for ever: the amount is between the company and the team
    record(by=by, verb="innovation.pilot_cost", obj=problem, data={"known": amount_usd is not None})
    return problem
