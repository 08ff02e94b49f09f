"""Joining problems of several companies: proposed, asked of each apart, made when all agree."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.joint_problem import make_joint_problem
from minka.innovation.models import MergeConsent, MergeProposal, Problem
from minka.innovation.notices.merging import ask_company, tell_team_of_answers
from minka.innovation.queries.problem_pairs import MERGEABLE
from minka.innovation.states import MERGE_REACHED_FROM, ConsentState, MergeState

TITLE_MAX = 200


@transaction.atomic
def propose_merge(*, by: User, problems: Iterable[Problem], title: str) -> MergeProposal:
    """Ask the company of each problem, apart, whether it would join forces.

    The words of the title are the team's: the companies read them once all have agreed.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no title, or less than two problems of one edition.
        WrongState: a problem is too far or not far enough, joint already, or being asked about.
    """
    require(by, "innovation.merge_propose")
    wanted = {problem.pk for problem in problems}
    title = title.strip()
    if not title or len(title) > TITLE_MAX:
        raise InvalidInput(fields={"title": _("Write a title of at most 200 characters.")})
    locked = list(
        Problem.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted)
        .select_related("company")
        .order_by("pk")
    )
    if len(locked) < 2 or len({one.edition_id for one in locked}) > 1:
        raise InvalidInput(_("Choose two or more problems of one edition."))
    for one in locked:
        _check_free(one)
    proposal = MergeProposal.objects.create(
        edition_id=locked[0].edition_id, title=title, proposed_by=by
    )
    for one in locked:
        consent = MergeConsent.objects.create(proposal=proposal, problem=one)
        ask_company(consent=consent)
    data = {"problems": [one.pk for one in locked]}
    record(by=by, verb="innovation.merge_propose", obj=proposal, data=data)
    return proposal


@transaction.atomic
def answer_merge(*, by: User, problem: Problem, agrees: bool) -> MergeConsent:
    """Say for the company of one problem whether it joins forces; the last who agrees joins them.

    A company whose question is still open after another refused can answer all the same, and
    learns nothing of it.

    Raises:
        NotAllowed: `by` does not represent the company of the problem.
        WrongState: nothing is asked about this problem, or it was answered.
    """
    require(by, "innovation.merge_answer", problem)
    waiting = MergeConsent.objects.filter(
        problem=problem,
        state=ConsentState.ASKED,
        proposal__state__in=(MergeState.ASKING, MergeState.REFUSED),
    )
    found = waiting.order_by("-pk").first()
    if found is None:
        raise WrongState(_("There is no open question about this problem."))
    proposal = MergeProposal.objects.select_for_update(of=("self",)).get(pk=found.proposal_id)
    answer = ConsentState.YES if agrees else ConsentState.NO
    still = MergeConsent.objects.filter(pk=found.pk, state=ConsentState.ASKED)
    if not still.update(state=answer, answered_by=by, answered_at=timezone.now()):
        raise WrongState(_("There is no open question about this problem."))
    found.refresh_from_db()
    verb = "innovation.merge_agree" if agrees else "innovation.merge_refuse"
    record(by=by, verb=verb, obj=problem)
    if proposal.state == MergeState.ASKING:
        _weigh(by, proposal)
    return found


@transaction.atomic
def withdraw_merge(*, by: User, proposal: MergeProposal) -> MergeProposal:
    """Take the question back; the problems stay as they are and nobody is told.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it was answered by all, or refused.
    """
    require(by, "innovation.merge_propose")
    _move(proposal, MergeState.WITHDRAWN)
    record(by=by, verb="innovation.merge_withdraw", obj=proposal)
    return proposal


def _weigh(by: User, proposal: MergeProposal) -> None:
    states = set(proposal.consents.values_list("state", flat=True))
    if ConsentState.NO in states:
        _move(proposal, MergeState.REFUSED)
        tell_team_of_answers(proposal=proposal)
    elif states == {ConsentState.YES}:
        parents = list(
            Problem.objects.select_for_update(of=("self",))
            .filter(consents__proposal=proposal)
            .order_by("pk")
        )
        if all(one.state in MERGEABLE for one in parents):
            joint = make_joint_problem(by=by, proposal=proposal, parents=parents)
            _move(proposal, MergeState.AGREED, result=joint)
        else:
            _move(proposal, MergeState.WITHDRAWN)
        tell_team_of_answers(proposal=proposal)


def _move(proposal: MergeProposal, target: MergeState, **columns: object) -> None:
    movable = MergeProposal.objects.filter(pk=proposal.pk, state__in=MERGE_REACHED_FROM[target])
    if not movable.update(state=target, **columns):
        raise WrongState(_("This proposal has moved on; reload the page."))
    proposal.refresh_from_db()


def _check_free(problem: Problem) -> None:
    if problem.state not in MERGEABLE:
        raise WrongState(
            _("“%(problem)s” is not in triage or being rated.") % {"problem": problem.title}
        )
    if problem.partners.exists():
        raise WrongState(_("“%(problem)s” is joint already.") % {"problem": problem.title})
    if problem.consents.filter(proposal__state=MergeState.ASKING).exists():
        raise WrongState(
            _("“%(problem)s” is in a proposal that waits for answers.") % {"problem": problem.title}
        )
