"""Evaluators and colleagues who save in the same moment lose nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from minka.core.errors import Conflict, DomainError, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.decisions import release_decisions, save_decision
from minka.innovation.actions.evaluations import ScoreInput, save_scores, submit_scores
from minka.innovation.models import Assignment, Challenge, Decision, Proposal, Score
from tests.innovation.stories import assigned, closed_challenge, decided, scored, staff
from tests.innovation.test_proposals_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def scores_of(assignment, points):
    criteria = assignment.proposal.challenge.criteria.all()
    return {criterion.pk: ScoreInput(points, f"razón {points}") for criterion in criteria}


def fresh(assignment):
    return Assignment.objects.select_related("proposal__challenge").get(pk=assignment.pk)


def test_two_evaluators_saving_at_once_both_keep_everything():
    _challenge, [proposal] = closed_challenge(1)
    evaluations = [assigned(proposal, state="cleared") for _ in range(4)]
    given = [
        (evaluation, scores_of(evaluation, points))
        for points, evaluation in enumerate(evaluations, 1)
    ]
    at_once(
        *[
            lambda e=e, s=s: save_scores(by=e.evaluator, assignment=fresh(e), revision=0, scores=s)
            for e, s in given
        ]
    )
    for points, evaluation in enumerate(evaluations, 1):
        assert set(evaluation.scores.values_list("points", "reason")) == {
            (points, f"razón {points}")
        }


def test_two_windows_of_one_evaluator_one_wins_whole_and_the_other_is_told():
    _challenge, [proposal] = closed_challenge(1)
    evaluation = assigned(proposal, state="cleared")
    low, high = scores_of(evaluation, 1), scores_of(evaluation, 5)

    def save(scores):
        return save_scores(
            by=evaluation.evaluator, assignment=fresh(evaluation), revision=0, scores=scores
        )

    outcomes = at_once(lambda: save(low), lambda: save(high))
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1
    assert len(set(Score.objects.values_list("points", flat=True))) == 1


def test_two_evaluators_on_their_pages_at_once():
    _challenge, [proposal] = closed_challenge(1)
    evaluations = [assigned(proposal, state="cleared") for _ in range(3)]
    criteria = list(proposal.challenge.criteria.all())
    browsers = []
    for evaluation in evaluations:
        browser = Client()
        browser.force_login(evaluation.evaluator)
        browsers.append(browser)

    def post(browser, evaluation, points):
        sent = {f"points_{c.pk}": points for c in criteria} | {"revision": 0, "do": "save"}
        return browser.post(
            reverse("innovation:evaluation", args=[evaluation.pk]), sent
        ).status_code

    statuses = at_once(
        *[
            lambda b=b, e=e, n=n: post(b, e, n)
            for n, (b, e) in enumerate(zip(browsers, evaluations, strict=True), 1)
        ]
    )
    assert statuses == [302, 302, 302]
    for points, evaluation in enumerate(evaluations, 1):
        assert list(evaluation.scores.values_list("points", flat=True)) == [points] * len(criteria)


def test_a_double_click_hands_an_evaluation_in_once():
    _challenge, [proposal] = closed_challenge(1)
    evaluation = scored(proposal, [4, 4])
    Assignment.objects.update(state="cleared", scored_at=None)
    outcomes = at_once(
        *[lambda: submit_scores(by=evaluation.evaluator, assignment=fresh(evaluation), revision=0)]
        * 3
    )
    assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 2
    assert LedgerEntry.objects.filter(verb="innovation.evaluation_submit").count() == 1


def test_two_colleagues_who_decide_at_once_one_wins_and_the_other_is_told():
    _challenge, [proposal] = closed_challenge(1)

    def decide(outcome):
        return save_decision(
            by=staff(),
            proposal=Proposal.objects.select_related("challenge").get(pk=proposal.pk),
            revision=0,
            outcome=outcome,
            reason="Una razón bastante larga.",
            feedback="Un comentario bastante largo.",
        )

    outcomes = at_once(lambda: decide("selected"), lambda: decide("reserve"))
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1
    assert Decision.objects.get().revision == 1


def test_a_release_clicked_twice_tells_everybody_once():
    challenge, proposals = closed_challenge(3)
    for proposal in proposals:
        decided(proposal)
    team = staff()
    outcomes = at_once(
        *[lambda: release_decisions(by=team, challenge=Challenge.objects.get(pk=challenge.pk))] * 3
    )
    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 2
    assert Notice.objects.count() == 3
    assert LedgerEntry.objects.filter(verb="innovation.decision_release").count() == 1
