"""What was said about a problem: comments, questions of triage and their answers, in order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from minka.core.components import Text
from minka.innovation.models import Problem
from minka.innovation.queries.problem_reading import audience_of
from minka.innovation.states import ProblemState

WHAT: dict[str, Text] = {
    ProblemState.SUBMITTED: _("Answered and submitted"),
    ProblemState.NEEDS_INFORMATION: _("Asks for information"),
    ProblemState.ACCEPTED: _("Accepted for rating"),
    ProblemState.DECLINED: _("Not taken up"),
}


@dataclass(frozen=True)
class Said:
    """One contribution; `what` names the step of triage that it came with."""

    at: datetime
    who: str
    side: Text
    text: str
    what: Text = ""
    is_team: bool = False


def thread_of(*, viewer: Any, problem: Problem) -> list[Said]:
    """Return the conversation, the oldest first, to whoever takes part in it; two statements."""
    if audience_of(viewer=viewer, problem=problem) is None or problem.submitted_at is None:
        return []
    said = [
        Said(one.at, str(one.by), _side(one.from_team), one.text, is_team=one.from_team)
        for one in problem.comments.select_related("by")
    ]
    for move in problem.moves.select_related("by"):
        if move.words and move.state in WHAT:
            team = move.state != ProblemState.SUBMITTED
            said.append(
                Said(move.at, str(move.by), _side(team), move.words, WHAT[move.state], team)
            )
    return sorted(said, key=lambda one: one.at)


def _side(is_team: bool) -> Text:
    return _("cluster team") if is_team else _("company")
