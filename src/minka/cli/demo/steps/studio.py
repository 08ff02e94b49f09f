"""The shortlist studio: costs of pilots, a version that is kept, and how it was adopted."""

from decimal import Decimal

from minka.cli.demo.steps.world import World
from minka.innovation.actions.pilot_costs import set_pilot_cost
from minka.innovation.actions.studies import DRAW, adopt_study, keep_study, overrule_study
from minka.innovation.models import Edition, Problem
from minka.innovation.queries.shortlist import ranking
from minka.innovation.queries.studio import FEWER_DRAWS, study_inputs
from minka.innovation.sources.study_jobs import draw_study

JOBS = (DRAW,)  # done here at once, so they are taken away
CONDITIONS = {"each": {"company": [1, 4], "stage": [None, 4]}, "budget_usd": 480_000.0}
DISSENT = (
    "El comité prefiere los problemas que ya tienen sitio y datos para un piloto; para eso acepta "
    "pasar el presupuesto y un tope."
)
LEAST_USD, MOST_USD, STEP_USD = 20_000, 90_000, 5_000
SHARE_OF_COST = Decimal("0.02")  # of what a problem costs per year, a pilot costs


def study_and_adopt(world: World, edition: Edition, *, chosen: list[int], reason: str) -> None:
    """Keep a version with its draws, record what the committee wants instead, and adopt that."""
    for problem in Problem.objects.filter(edition=edition, state="accepted").order_by("pk"):
        set_pilot_cost(by=world.staff, problem=problem, amount_usd=_pilot_cost(problem))
    found = ranking(viewer=world.staff, edition=edition)
    if found is None:
        raise RuntimeError("the team of the demonstration may not choose")
    inputs = study_inputs(
        viewer=world.staff, ranking=found, conditions=CONDITIONS, size=len(chosen)
    )
    quick = {**inputs, "draws": FEWER_DRAWS}  # each page of the studio says how many there were
    study = keep_study(by=world.staff, edition=edition, inputs=quick)
    draw_study(study_id=study.pk)
    wanted = overrule_study(by=world.staff, study=study, chosen=chosen, reason=DISSENT)
    adopt_study(by=world.staff, study=study, overruling=wanted, reason=reason, seen=None)


def _pilot_cost(problem: Problem) -> Decimal:
    """Return a plausible cost of a pilot, the same on every machine."""
    share = (problem.yearly_cost_usd or Decimal(0)) * SHARE_OF_COST
    steps = round(share / STEP_USD)
    return Decimal(min(max(steps * STEP_USD, LEAST_USD), MOST_USD))
