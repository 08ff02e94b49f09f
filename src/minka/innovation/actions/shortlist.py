"""Choosing the few problems that become challenges."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.problems import move_problem
from minka.innovation.models import (
    Edition,
    Problem,
    ShortlistChoice,
    ShortlistStudy,
    StudyOverruling,
)
from minka.innovation.notices.problems import tell_company
from minka.innovation.queries.shortlist import Candidate, candidates, last_choice, places_taken
from minka.innovation.states import ProblemState


@transaction.atomic
def choose_shortlist(  # noqa: PLR0913 -- what a choice rests on
    *,
    by: User,
    edition: Edition,
    chosen: Iterable[int],
    reason: str,
    seen: int | None,
    study: ShortlistStudy | None = None,
    overruling: StudyOverruling | None = None,
) -> ShortlistChoice:
    """Make the shortlist exactly the problems with the ids in `chosen`.

    `seen` is the id of the last choice that `by` had in front of them, None if there was none.
    The choice keeps the weights and the table that it rests on, and the version of the study that
    it adopts, with what people wanted instead of its best set.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no reason, or there are more problems than places.
        Conflict: somebody else chose in the meantime.
        WrongState: a problem is not in the table, or has a challenge in preparation.
    """
    require(by, "innovation.shortlist_choose")
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    last = last_choice(viewer=by, edition=edition)
    if seen != (last.pk if last else None):
        raise Conflict(_("Somebody else changed the shortlist. Look at it and choose again."))
    table = candidates(viewer=by, edition=edition)
    wanted = set(chosen)
    _check(edition, table, wanted, reason)
    choice = ShortlistChoice.objects.create(
        edition=edition,
        by=by,
        reason=reason.strip(),
        weights={str(c.pk): c.weight for c in edition.criteria.all()},
        standing=[_line(row, wanted) for row in table],
        study=study,
        overruling=overruling,
    )
    added, dropped = _move(by, table, wanted)
    data = {"choice": choice.pk, "chosen": sorted(wanted), "added": added, "dropped": dropped}
    if study is not None:
        data |= {"study": study.pk, "inputs_sha256": study.inputs_sha256}
    if overruling is not None:
        data |= {"overruling": overruling.pk}
    record(
        by=by,
        verb="innovation.shortlist_choose",
        obj=edition,
        data={**data, "weights": choice.weights},
    )
    return choice


def _check(edition: Edition, table: list[Candidate], wanted: set[int], reason: str) -> None:
    wrong = {}
    if not reason.strip():
        wrong["reason"] = _("Write why these problems were chosen.")
    places = max(edition.shortlist_size - places_taken(edition), 0)
    if len(wanted) > places:
        wrong["chosen"] = ngettext(
            "There is %(places)s place and you chose %(count)s. "
            "The number of places is set on the page of editions.",
            "There are %(places)s places and you chose %(count)s. "
            "The number of places is set on the page of editions.",
            places,
        ) % {"places": places, "count": len(wanted)}
    if wrong:
        raise InvalidInput(fields=wrong)
    if not wanted <= {row.problem.pk for row in table}:
        raise WrongState(_("One of the problems cannot be chosen any more; reload the page."))


def _move(by: User, table: list[Candidate], wanted: set[int]) -> tuple[list[int], list[int]]:
    """Move what changes and return the ids that came in and that went out."""
    added, dropped = [], []
    for row in table:
        problem = row.problem
        if problem.pk in wanted and not row.is_chosen:
            move_problem(by=by, problem=problem, target=ProblemState.SHORTLISTED)
            tell_company(problem=problem, but=by)
            added.append(problem.pk)
        elif problem.pk not in wanted and row.is_chosen:
            _refuse_if_in_preparation(problem)
            move_problem(by=by, problem=problem, target=ProblemState.ACCEPTED)
            dropped.append(problem.pk)
    return sorted(added), sorted(dropped)


def _refuse_if_in_preparation(problem: Problem) -> None:
    challenge = problem.challenges.first()
    if challenge is not None:
        raise WrongState(
            _("“%(problem)s” is in a challenge that is being prepared. Discard that draft first.")
            % {"problem": problem.title}
        )


def _line(row: Candidate, wanted: set[int]) -> dict[str, object]:
    return {
        "problem": row.problem.pk,
        "mean": None if row.standing.mean is None else round(row.standing.mean, 4),
        "spread": None if row.standing.spread is None else round(row.standing.spread, 4),
        "raters": row.standing.raters,
        "calibrated": None if row.calibrated is None else round(row.calibrated, 4),
        "chosen": row.problem.pk in wanted,
    }
