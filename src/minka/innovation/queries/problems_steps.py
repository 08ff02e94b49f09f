"""Where a problem is on its way, what comes next, and who must act."""

from django.utils.translation import gettext_lazy as _

from minka.core.components import HistoryItem, Step, StepState, Text
from minka.innovation.models import Problem
from minka.innovation.states import ProblemState

S = ProblemState
WAY: tuple[tuple[Text, Text], ...] = (
    (_("Draft"), _("Your company writes it")),
    (_("Triage"), _("The cluster team answers")),
    (_("Rating"), _("The companies' representatives rate it")),
    (_("Shortlist"), _("The cluster team chooses")),
    (_("Challenge"), _("The cluster team publishes it for answers")),
)
PLACE = {
    S.DRAFT: 0,
    S.SUBMITTED: 1,
    S.NEEDS_INFORMATION: 1,
    S.DECLINED: 1,
    S.MERGED: 1,
    S.ACCEPTED: 2,
    S.SHORTLISTED: 4,
    S.CHALLENGED: 5,
}


def problem_steps(problem: Problem) -> list[Step]:
    """Return the way of a problem whose `moves` are loaded, newest first."""
    state = S(problem.state)
    place = PLACE[state]
    reached = {S(move.state): move.at for move in problem.moves.all()}
    if state in {S.DECLINED, S.MERGED} and S.ACCEPTED in reached:
        place = 2  # it had been accepted before it stopped
    at = (reached.get(S.SUBMITTED), reached.get(S.ACCEPTED), None, reached.get(S.SHORTLISTED))
    steps = []
    for index, (label, who) in enumerate(WAY):
        if index < place:
            done_at = (*at, reached.get(S.CHALLENGED))[index]
            steps.append(Step(label, StepState.DONE, at=done_at))
        elif index > place:
            steps.append(Step(label, StepState.NEXT))
        elif state == S.DECLINED:
            stopped_at = reached.get(S.DECLINED)
            steps.append(Step(label, StepState.STOPPED, note=_("Not taken up"), at=stopped_at))
        elif state == S.MERGED:
            joined_at = reached.get(S.MERGED)
            note = _("It goes on in the joint problem")
            steps.append(Step(label, StepState.STOPPED, note=note, at=joined_at))
        elif state == S.NEEDS_INFORMATION:
            note = _("The cluster team waits for more information")
            steps.append(Step(label, StepState.CURRENT, who=_("Your company answers"), note=note))
        else:
            steps.append(Step(label, StepState.CURRENT, who=who))
    return steps


def problem_history(problem: Problem) -> list[HistoryItem]:
    """Return the steps taken, newest first, in words."""
    text: dict[S, Text] = {
        S.SUBMITTED: _("Submitted to the cluster team"),
        S.NEEDS_INFORMATION: _("More information asked for"),
        S.ACCEPTED: _("Accepted for rating"),
        S.SHORTLISTED: _("Shortlisted"),
        S.CHALLENGED: _("Published as a challenge"),
        S.DECLINED: _("Not taken up"),
        S.MERGED: _("Joined with others"),
    }
    items = [
        HistoryItem(at=m.at, text=text[S(m.state)], who=str(m.by), detail=m.words)
        for m in problem.moves.all()
    ]
    begun_by = str(problem.author or "")
    return [*items, HistoryItem(problem.created_at, _("Draft begun"), who=begun_by)]
