"""Evaluators are asked after closing, declare first, read after, score last."""

import pytest

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.assignments import assign_evaluators, remove_assignment
from minka.innovation.actions.evaluations import (
    ScoreInput,
    declare_conflict,
    declare_no_conflict,
    save_scores,
    submit_scores,
)
from minka.innovation.models import Assignment, Score
from minka.innovation.queries.evaluations import others_evaluations
from tests.factories import ChallengeFactory, MembershipFactory, ProposalFactory, UserFactory
from tests.innovation.stories import assigned, closed_challenge, member_of, scored, staff

pytestmark = pytest.mark.django_db


def evaluator(**kwargs):
    return UserFactory(roles=["evaluator"], **kwargs)


def full(assignment, points=4):
    """Points and reasons for every criterion."""
    criteria = assignment.proposal.challenge.criteria.all()
    return {criterion.pk: ScoreInput(points, "Porque se midió.") for criterion in criteria}


def test_assigning_tells_each_evaluator_once_whatever_the_number_of_proposals():
    challenge, proposals = closed_challenge(3)
    person = evaluator()
    pairs = [(proposal.pk, person.pk) for proposal in proposals]
    assert len(assign_evaluators(by=staff(), challenge=challenge, pairs=pairs)) == 3
    assert assign_evaluators(by=staff(), challenge=challenge, pairs=pairs) == []  # again: nothing
    assert Notice.objects.filter(recipient=person).count() == 1


def test_members_of_user_areas_are_in_the_pool():
    challenge, [proposal] = closed_challenge(1)
    person = MembershipFactory(role="user_area").user
    assert assign_evaluators(by=staff(), challenge=challenge, pairs=[(proposal.pk, person.pk)])


def test_nobody_is_asked_while_the_call_is_open():
    proposal = ProposalFactory(submitted=True)
    with pytest.raises(WrongState):
        assign_evaluators(
            by=staff(), challenge=proposal.challenge, pairs=[(proposal.pk, evaluator().pk)]
        )


@pytest.mark.parametrize("whose", ["own", "rival"])
def test_a_member_of_an_organisation_that_answers_is_never_asked(whose):
    challenge, [proposal, rival] = closed_challenge(2)
    person = evaluator()
    MembershipFactory(user=person, actor={"own": proposal, "rival": rival}[whose].lead)
    with pytest.raises(InvalidInput):
        assign_evaluators(by=staff(), challenge=challenge, pairs=[(proposal.pk, person.pk)])
    assert not Assignment.objects.exists()


def test_one_bad_pair_assigns_nothing():
    challenge, [proposal] = closed_challenge(1)
    elsewhere = ProposalFactory(submitted=True)
    person = evaluator()
    with pytest.raises(InvalidInput):
        assign_evaluators(
            by=staff(),
            challenge=challenge,
            pairs=[(proposal.pk, person.pk), (elsewhere.pk, person.pk)],
        )
    with pytest.raises(InvalidInput):
        assign_evaluators(by=staff(), challenge=challenge, pairs=[(proposal.pk, UserFactory().pk)])
    assert not Assignment.objects.exists()


def test_only_impartial_staff_assign():
    challenge, [proposal] = closed_challenge(1)
    partial = member_of(proposal.lead, user__is_staff=True)
    for person in (UserFactory(), evaluator(), partial):
        with pytest.raises(NotAllowed):
            assign_evaluators(by=person, challenge=challenge, pairs=[(proposal.pk, evaluator().pk)])


def test_an_assignment_is_taken_back_with_a_reason_until_it_is_begun():
    _challenge, [proposal] = closed_challenge(1)
    waiting, begun = assigned(proposal), assigned(proposal, state="cleared")
    save_scores(by=begun.evaluator, assignment=begun, revision=0, scores=full(begun))
    with pytest.raises(InvalidInput):
        remove_assignment(by=staff(), assignment=waiting, reason="no")
    remove_assignment(by=staff(), assignment=waiting, reason="Se pidió por error.")
    with pytest.raises(WrongState):
        remove_assignment(by=staff(), assignment=begun, reason="Se pidió por error.")
    assert list(Assignment.objects.all()) == [begun]
    assert Notice.objects.filter(recipient=waiting.evaluator).count() == 1


def test_declaring_none_opens_the_scores_and_is_recorded():
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal)
    with pytest.raises(WrongState):
        save_scores(by=assignment.evaluator, assignment=assignment, revision=0, scores={})
    declare_no_conflict(by=assignment.evaluator, assignment=assignment)
    assert (assignment.state, assignment.declared_at is None) == ("cleared", False)
    assert LedgerEntry.objects.filter(verb="innovation.interest_declare_none").exists()
    with pytest.raises(WrongState):
        declare_no_conflict(by=assignment.evaluator, assignment=assignment)


def test_declaring_a_conflict_needs_its_reason_and_tells_the_impartial_team():
    _challenge, [proposal] = closed_challenge(1)
    team, partial = staff(), member_of(proposal.lead, user__is_staff=True)
    assignment = assigned(proposal)
    with pytest.raises(InvalidInput):
        declare_conflict(by=assignment.evaluator, assignment=assignment, conflict="  ")
    declare_conflict(by=assignment.evaluator, assignment=assignment, conflict="Es mi hermana.")
    told = Notice.objects.filter(kind="innovation.conflict_declared")
    assert team.pk in set(told.values_list("recipient", flat=True))
    assert partial.pk not in set(told.values_list("recipient", flat=True))
    entry = LedgerEntry.objects.get(verb="innovation.interest_declare_conflict")
    assert "hermana" not in entry.data


def test_a_conflict_found_while_reading_closes_the_proposal_again():
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal, state="cleared")
    declare_conflict(by=assignment.evaluator, assignment=assignment, conflict="Es mi cliente.")
    with pytest.raises(WrongState):
        save_scores(by=assignment.evaluator, assignment=assignment, revision=1, scores={})


def test_unfinished_scores_are_kept_and_an_invalid_one_is_named():
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal, state="cleared")
    one, other = proposal.challenge.criteria.all()
    scores = {one.pk: ScoreInput(9, ""), other.pk: ScoreInput(None, "aún lo pienso")}
    saved = save_scores(by=assignment.evaluator, assignment=assignment, revision=0, scores=scores)
    assert set(saved.fields) == {f"points_{one.pk}"}
    assert list(Score.objects.values_list("criterion", "points", "reason")) == [
        (other.pk, None, "aún lo pienso")
    ]


def test_scores_by_criteria_of_another_challenge_are_ignored():
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal, state="cleared")
    foreign = ChallengeFactory().criteria.first()
    save_scores(
        by=assignment.evaluator,
        assignment=assignment,
        revision=0,
        scores={foreign.pk: ScoreInput(5, "sí")},
    )
    assert not Score.objects.exists()


def test_two_windows_do_not_overwrite_each_other():
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal, state="cleared")
    me = assignment.evaluator
    save_scores(by=me, assignment=assignment, revision=0, scores=full(assignment, 5))
    with pytest.raises(Conflict):
        save_scores(by=me, assignment=assignment, revision=0, scores=full(assignment, 2))
    assert set(Score.objects.values_list("points", flat=True)) == {5}


def test_handing_in_needs_points_and_a_reason_for_every_criterion():
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal, state="cleared")
    one, other = proposal.challenge.criteria.all()
    save_scores(
        by=assignment.evaluator,
        assignment=assignment,
        revision=0,
        scores={one.pk: ScoreInput(4, "")},
    )
    with pytest.raises(InvalidInput) as caught:
        submit_scores(by=assignment.evaluator, assignment=assignment, revision=1)
    assert set(caught.value.fields) == {
        f"reason_{one.pk}",
        f"points_{other.pk}",
        f"reason_{other.pk}",
    }


def test_handed_in_scores_are_final():
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal, state="cleared")
    me = assignment.evaluator
    saved = save_scores(
        by=me, assignment=assignment, revision=0, scores=full(assignment), remark="Bien."
    )
    submit_scores(by=me, assignment=assignment, revision=saved.revision)
    for act in (
        lambda: submit_scores(by=me, assignment=assignment, revision=assignment.revision),
        lambda: save_scores(by=me, assignment=assignment, revision=assignment.revision, scores={}),
        lambda: declare_conflict(by=me, assignment=assignment, conflict="tarde"),
    ):
        with pytest.raises(WrongState):
            act()
    entry = LedgerEntry.objects.get(verb="innovation.evaluation_submit")
    assert entry.details == {}  # who and when, never the points


def test_only_the_evaluator_acts_on_an_evaluation():
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal)
    for person in (staff(), evaluator(), proposal.author):
        with pytest.raises(NotAllowed):
            declare_no_conflict(by=person, assignment=assignment)


def test_whoever_joined_the_lead_since_no_longer_evaluates():
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal, state="cleared")
    MembershipFactory(user=assignment.evaluator, actor=proposal.lead)
    with pytest.raises(NotAllowed):
        save_scores(
            by=assignment.evaluator, assignment=assignment, revision=0, scores=full(assignment)
        )


def test_a_withdrawn_proposal_is_not_evaluated_any_more():
    _challenge, [proposal] = closed_challenge(1)
    assignment = assigned(proposal, state="cleared")
    type(proposal).objects.update(state="withdrawn")
    with pytest.raises(WrongState):
        save_scores(
            by=assignment.evaluator, assignment=assignment, revision=0, scores=full(assignment)
        )


def test_others_are_seen_only_after_ones_own_and_only_handed_in_and_without_names():
    _challenge, [proposal] = closed_challenge(1)
    mine = assigned(proposal, state="cleared")
    scored(proposal, [5, 5], reason="lo midieron dos plantas")
    assigned(proposal, state="cleared")
    assert others_evaluations(viewer=mine.evaluator, assignment=mine) == []
    saved = save_scores(by=mine.evaluator, assignment=mine, revision=0, scores=full(mine))
    submit_scores(by=mine.evaluator, assignment=mine, revision=saved.revision)
    [other] = others_evaluations(viewer=mine.evaluator, assignment=mine)
    assert [score.points for score in other.scores] == [5, 5]
    assert not hasattr(other, "evaluator")
    assert others_evaluations(viewer=evaluator(), assignment=mine) == []
