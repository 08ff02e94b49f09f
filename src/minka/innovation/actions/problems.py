"""Every write that a company makes to its own problem."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.problem_content import (
    ProblemContent,
    check_content,
    content_sha256,
    kept_content,
    says_already,
)
from minka.innovation.models import Edition, Problem, ProblemMove, ProblemVersion
from minka.innovation.notices.problems import tell_staff_of_submission
from minka.innovation.queries.problems import current_edition, missing_to_submit
from minka.innovation.states import PROBLEM_EDITABLE, PROBLEM_REACHED_FROM, ProblemState
from minka.knowledge.models import Actor


@transaction.atomic
def start_problem(*, by: User, company: Actor, title: str, language: str = "es") -> Problem:
    """Open a draft in the name of a company, in the current edition.

    Raises:
        NotAllowed: `by` belongs neither to a user area nor to the representatives of the company.
        InvalidInput: there is no title.
        WrongState: no edition is current.
    """
    require(by, "innovation.problem_state", company)
    check_content(ProblemContent(title=title))
    problem = Problem.objects.create(
        edition=_edition(),
        company=company,
        author=by,
        title=title.strip(),
        user_area=_area_of(by, company),
        language=language,
    )
    record(by=by, verb="innovation.problem_start", obj=problem)
    return problem


@transaction.atomic
def save_problem(*, by: User, problem: Problem, revision: int, content: ProblemContent) -> Problem:
    """Save what was written; it may be incomplete. `revision` is the one that `by` started from.

    Not in the ledger: a draft is saved every few seconds, and only its moves matter.

    Raises:
        NotAllowed: `by` does not act for the company.
        InvalidInput: something cannot be stored.
        WrongState: the problem has been handed in and cannot be edited.
        Conflict: somebody saved another version since.
    """
    require(by, "innovation.problem_change", problem)
    return write_content(problem=problem, revision=revision, content=content)


def write_content(*, problem: Problem, revision: int, content: ProblemContent) -> Problem:
    """No person: store what was written, for an action that has asked who writes.

    Raises:
        InvalidInput: something cannot be stored.
        WrongState: the problem has been handed in and cannot be edited.
        Conflict: somebody saved another version since.
    """
    check_content(content)
    movable = Problem.objects.filter(pk=problem.pk, revision=revision, state__in=PROBLEM_EDITABLE)
    if not movable.update(
        **content.columns(), revision=F("revision") + 1, updated_at=timezone.now()
    ):
        problem.refresh_from_db()
        if problem.state not in PROBLEM_EDITABLE:
            raise WrongState(_("This problem has been submitted and cannot be edited now."))
        if says_already(problem, content):
            return problem  # the form and the script that saves it sent the same words at once
        raise Conflict
    problem.themes.set(content.themes)
    problem.refresh_from_db()
    return problem


@transaction.atomic
def submit_problem(*, by: User, problem: Problem, answer: str = "") -> Problem:
    """Hand the problem to the cluster team; `answer` replies to what they asked, if they did.

    Raises:
        NotAllowed: `by` does not act for the company.
        InvalidInput: something needed is missing; `fields` says what.
        WrongState: it is not with the company any more.
    """
    require(by, "innovation.problem_submit", problem)
    problem.refresh_from_db()
    if missing := missing_to_submit(problem):
        raise InvalidInput(_("This is still missing before you can submit."), fields=missing)
    digest = content_sha256(problem)
    move_problem(
        by=by,
        problem=problem,
        target=ProblemState.SUBMITTED,
        words=answer.strip(),
        data={"revision": problem.revision, "content_sha256": digest},
        submitted_at=timezone.now(),
    )
    ProblemVersion.objects.create(
        problem=problem,
        number=problem.versions.count() + 1,
        by=by,
        content=kept_content(problem),
        tiers=dict(problem.tiers),
        sha256=digest,
    )
    tell_staff_of_submission(problem=problem, but=by)
    return problem


def move_problem(
    *,
    by: User,
    problem: Problem,
    target: ProblemState,
    words: str = "",
    data: dict[str, Any] | None = None,
    **columns: object,
) -> None:
    """Compare-and-swap the state and keep the step: of two people who click, one gets WrongState.

    For the actions of this line, inside their transaction and after their own permission check.
    """
    before = problem.state
    movable = Problem.objects.filter(pk=problem.pk, state__in=PROBLEM_REACHED_FROM[target])
    if not movable.update(state=target, updated_at=timezone.now(), **columns):
        raise WrongState(_("This problem has moved on; reload the page."))
    problem.refresh_from_db()
    ProblemMove.objects.create(problem=problem, by=by, state=target, words=words)
    entry = {"from": str(before), "to": str(target), **(data or {})}
    record(by=by, verb=f"innovation.problem_{target.value}", obj=problem, data=entry)


def _edition() -> Edition:
    edition = current_edition()
    if edition is None:
        raise WrongState(_("No edition is open at present. The cluster team opens the next one."))
    return edition


def _area_of(person: User, company: Actor) -> str:
    held = person.memberships.filter(actor=company, state="active").exclude(user_area="")
    return held.values_list("user_area", flat=True).first() or ""
