"""Who may set evaluators aside, and what a plan does before and under the lock."""

import numpy as np
import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from minka.core.errors import Conflict, NotAllowed
from minka.innovation.actions import assignments as actions
from minka.innovation.actions.assignments import apply_plan, come_back, drop_out
from minka.innovation.actions.evaluators import state_interest, withdraw_interest
from minka.innovation.models import Absence, Interest
from minka.innovation.queries import assignment_plan as planning
from minka.innovation.queries import standings as module
from minka.innovation.queries.assignment_plan import Wishes, plan_assignment
from minka.innovation.queries.evaluations import criteria_of
from minka.innovation.queries.ranking import ranking
from minka.innovation.queries.standings import standings
from minka.methods.assignment.relaxation import OutOfTime, Relaxation, Unsolved
from minka.methods.assignment.task import Task
from tests.factories import ActorFactory, MembershipFactory, UserFactory
from tests.innovation.scoring_stories import evaluator
from tests.innovation.stories import (
    assigned,
    closed_challenge,
    discussed,
    member_of,
    scored,
    staff,
)

pytestmark = pytest.mark.django_db
REASON = "Viaja hasta fin de mes."


def test_a_team_member_in_conflict_lets_no_evaluator_of_that_proposal_drop_out():
    challenge, [proposal] = closed_challenge(1)
    mine, partial = assigned(proposal), staff()
    Interest.objects.create(person=partial, actor=proposal.lead, reason="Socio", stated_by=partial)
    with pytest.raises(NotAllowed):
        drop_out(by=partial, challenge=challenge, person=mine.evaluator, reason=REASON)
    assert not Absence.objects.exists()
    drop_out(by=staff(), challenge=challenge, person=mine.evaluator, reason=REASON)
    assigned(proposal, evaluator=mine.evaluator)
    with pytest.raises(NotAllowed):
        come_back(by=partial, challenge=challenge, person=mine.evaluator)


def test_staff_tied_to_a_solver_neither_state_nor_withdraw_interests_of_others():
    _challenge, [proposal] = closed_challenge(1)
    tied = member_of(proposal.lead, user__is_staff=True)
    person, rival = evaluator(), ActorFactory()
    for actor in (proposal.lead, rival):
        with pytest.raises(NotAllowed):
            state_interest(by=tied, person=person, actor=actor, reason="Trabajó allí.")
    stated = state_interest(by=staff(), person=person, actor=rival, reason="Trabajó allí.")
    with pytest.raises(NotAllowed):
        withdraw_interest(by=tied, interest=stated)
    assert state_interest(by=tied, person=tied, actor=rival, reason="Es de mi hermano.")


def test_staff_with_a_conflict_do_not_knock_out_evaluators_of_that_organisation():
    _challenge, [proposal] = closed_challenge(1)
    partial = staff()
    Interest.objects.create(person=partial, actor=proposal.lead, reason="Socio", stated_by=partial)
    with pytest.raises(NotAllowed):
        state_interest(by=partial, person=evaluator(), actor=proposal.lead, reason="Trabajó allí.")


def planned():
    challenge, _proposals = closed_challenge(2)
    for _ in range(2):
        evaluator()
    return challenge, staff(), Wishes(per_proposal=1, both_kinds=False)


def test_a_plan_is_solved_before_anything_is_locked(monkeypatch):
    challenge, team, wishes = planned()
    outside = len(connection.savepoint_ids)
    depths = []
    solve = planning._solved
    monkeypatch.setattr(
        planning,
        "_solved",
        lambda task: depths.append(len(connection.savepoint_ids)) or solve(task),
    )
    seen = plan_assignment(viewer=team, challenge=challenge, wishes=wishes)
    apply_plan(by=team, challenge=challenge, wishes=wishes, fingerprint=seen.fingerprint)
    assert depths == [outside, outside]


def test_what_changed_between_solving_and_locking_is_not_applied(monkeypatch):
    challenge, team, wishes = planned()
    seen = plan_assignment(viewer=team, challenge=challenge, wishes=wishes)
    locked = actions.closed_call

    def late(pk):
        evaluator()  # somebody joins the pool
        return locked(pk)

    monkeypatch.setattr(actions, "closed_call", late)
    with pytest.raises(Conflict):
        apply_plan(by=team, challenge=challenge, wishes=wishes, fingerprint=seen.fingerprint)


def test_without_time_the_relaxation_gives_up_too(monkeypatch):
    given = {}

    def solver(*_args, options, **_more):
        given.update(options)
        raise OutOfTime

    monkeypatch.setattr("minka.methods.assignment.relaxation.linprog", solver)
    task = Task(np.ones((2, 2)), (1, 1), (2, 2), (0, 0))
    with pytest.raises(OutOfTime):
        Relaxation(task, lambda: 3.0).best_sum(None)
    assert given["time_limit"] <= 3.0


@pytest.mark.parametrize("where", ["worst_first", "clashes"])
def test_a_solver_that_gives_up_is_told_on_the_page_and_kept(client, monkeypatch, where):
    cache.clear()
    challenge, team, _wishes = planned()
    calls = []

    def gives_up(*_args, **_more):
        calls.append(1)
        raise Unsolved("no way")

    if where == "clashes":
        monkeypatch.setattr(planning, "worst_first", lambda *_a, **_m: None)
    monkeypatch.setattr(planning, where, gives_up)
    client.force_login(team)
    for _ in range(2):
        page = client.get(reverse("innovation:assignment_plan", args=[challenge.slug]) + "?per=1")
        assert page.status_code == 200
    assert len(calls) == 1


def test_a_reason_that_is_refused_stays_where_it_was_typed(client):
    _challenge, [proposal] = closed_challenge(1)
    mine = assigned(proposal)
    client.force_login(staff())
    page = client.post(reverse("innovation:assignment_remove", args=[mine.pk]), {"reason": "corto"})
    assert page.status_code == 422
    assert 'value="corto"' in page.content.decode()


def test_another_top_is_read_from_what_was_reckoned(monkeypatch):
    challenge, proposals = closed_challenge(3)
    judges = [UserFactory(roles=["evaluator"]) for _ in range(2)]
    for points, proposal in zip((5, 3, 1), proposals, strict=True):
        for judge in judges:
            scored(proposal, [points, points], evaluator=judge)
    discussed(challenge)
    rows = ranking(viewer=staff(), challenge=challenge)
    criteria = criteria_of(challenge_id=challenge.pk)
    first = standings(rows=rows, criteria=criteria, top=1)
    monkeypatch.setattr(module, "_reckon", None)
    second = standings(rows=rows, criteria=criteria, top=2)
    total = [sum(one.probability_top for one in found.places.values()) for found in (first, second)]
    assert total == pytest.approx([1, 2])


def test_the_conflict_of_a_member_of_the_pool_does_not_stop_the_rest():
    challenge, [proposal, other] = closed_challenge(2)
    mine, partial = assigned(other), staff()
    MembershipFactory(user=partial, actor=ActorFactory())
    Interest.objects.create(person=partial, actor=proposal.lead, reason="Socio", stated_by=partial)
    drop_out(by=partial, challenge=challenge, person=mine.evaluator, reason=REASON)
    assert Absence.objects.filter(person=mine.evaluator).exists()
