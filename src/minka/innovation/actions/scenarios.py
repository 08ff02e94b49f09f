"""Scenarios of what to fund: kept once, never changed."""

from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.models import Challenge, FundingScenario
from minka.innovation.queries.scenarios import reckoned
from minka.innovation.states import ChallengeState
from minka.methods.shortlist.funding import Json
from minka.methods.shortlist.study import fingerprint


@transaction.atomic
def keep_scenario(
    *, by: User, challenge: Challenge, inputs: Json, note: str = ""
) -> FundingScenario:
    """Keep a set with all that it follows from; the same one twice is kept once.

    Raises:
        NotAllowed: `by` is not of the impartial team, or owes scores.
        WrongState: the decisions are released.
        InvalidInput: there is nothing to choose from, or the conditions cannot be met.
    """
    require(by, "innovation.scenario_write", challenge)
    held = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if held.state == ChallengeState.DECIDED:
        raise WrongState(_("The decisions of this challenge were released; nothing changes now."))
    result = reckoned(inputs) if inputs["proposals"] else {"chosen": None}
    if not result["chosen"]:
        raise InvalidInput(_("The conditions cannot be met, so there is nothing to keep."))
    digest = fingerprint(inputs)
    if (same := held.scenarios.filter(inputs_sha256=digest).first()) is not None:
        return same
    last = held.scenarios.values_list("number", flat=True).first()
    scenario = FundingScenario.objects.create(
        challenge=held, number=(last or 0) + 1, by=by, note=note.strip()[:200], inputs=inputs,
        inputs_sha256=digest, result=result,
    )  # fmt: skip
    record(
        by=by, verb="innovation.scenario_keep", obj=scenario,
        data={"number": scenario.number, "inputs_sha256": digest,
              "result_sha256": fingerprint(result)},
    )  # fmt: skip
    return scenario
