"""The problem that comes of several: what each company would tell solvers, without its name."""

from collections.abc import Sequence

from minka.core.audit import record
from minka.core.models import User
from minka.innovation.actions.problems import move_problem
from minka.innovation.models import MergeProposal, Problem
from minka.innovation.notices.problems import tell_company
from minka.innovation.queries.problem_reading import Audience, Reading, reading_for
from minka.innovation.states import ProblemState
from minka.knowledge.models import Theme

PUT_TOGETHER = (
    "what_happens",
    "systems",
    "tried",
    "constraint_hse",
    "constraint_altitude",
    "constraint_connectivity",
    "constraint_shifts",
    "constraints_text",
    "sought",
    "not_sought",
    "success_measure",
    "data_offered",
    "samples_offered",
    "pilot_site",
)


def make_joint_problem(*, by: User, proposal: MergeProposal, parents: Sequence[Problem]) -> Problem:
    """Make the draft of a joint problem, keep its parents, and move these on.

    Of each parent only what its company shows to solvers is taken over, so that no company reads
    of another what it keeps to itself; site, cost and sponsor are for them to agree on.
    """
    first = parents[0]
    readings = [reading_for(Audience.SOLVERS, one) for one in parents]
    stages = {one.stage_id for one in parents if one.stage_id}
    joint = Problem.objects.create(
        edition_id=proposal.edition_id,
        company_id=first.company_id,
        author=proposal.proposed_by,
        title=proposal.title,
        language=first.language,
        stage_id=min(stages) if len(stages) == 1 else None,
        **{name: _together(readings, name) for name in PUT_TOGETHER},
    )
    joint.themes.set(Theme.objects.filter(problems__in=parents).distinct())
    joint.parents.set(parents)
    others = {one.company_id for one in parents} - {first.company_id}
    joint.partners.set(others)
    data = {"parents": [one.pk for one in parents], "proposal": proposal.pk}
    record(by=by, verb="innovation.problem_join", obj=joint, data=data)
    for one in parents:
        move_problem(
            by=proposal.proposed_by,
            problem=one,
            target=ProblemState.MERGED,
            data={"into": joint.pk},
        )
        tell_company(problem=one, but=proposal.proposed_by)
    return joint


def _together(readings: Sequence[Reading], name: str) -> str:
    """Return what was said, each once; what is alike is not repeated."""
    texts = dict.fromkeys(text for one in readings if (text := one.text(name).strip()))
    return "\n\n".join(texts)
