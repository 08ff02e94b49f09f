"""Two gates, checks, private notes, questions to the solver, changed scores, reminders."""

from datetime import timedelta

import pytest
from django.utils import timezone

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, Notice
from minka.innovation.actions.assignments import assign_evaluators
from minka.innovation.actions.conflicts import set_aside
from minka.innovation.actions.discussions import open_discussion
from minka.innovation.actions.evaluation_terms import CheckRow, set_due_date, settle_terms
from minka.innovation.actions.evaluations import (
    CheckInput,
    declare_conflict,
    save_scores,
    submit_scores,
)
from minka.innovation.actions.inquiries import (
    answer_inquiry,
    ask_solver,
    decline_inquiry,
    forward_inquiry,
    show_answer,
)
from minka.innovation.actions.reminders import remind, warn_before_due
from minka.innovation.actions.score_changes import change_score
from minka.innovation.models import (
    Assignment,
    CheckAnswer,
    EvaluationTerms,
    Inquiry,
    PrivateNote,
    Score,
)
from minka.innovation.queries.evaluations import criteria_of, others_evaluations, own_note
from minka.innovation.queries.inquiries import asked_of_solver, told_to_evaluator
from minka.innovation.queries.progress import progress_of
from minka.innovation.queries.ranking import contested, ranking
from minka.innovation.queries.scenarios import _of
from minka.innovation.queries.standings import standings
from tests.factories import ChallengeFactory, MembershipFactory
from tests.innovation.scoring_stories import REASON, checked, evaluator, full, gated_challenge
from tests.innovation.stories import assigned, closed_challenge, discussed, scored, staff

pytestmark = pytest.mark.django_db


def test_the_gate_follows_from_the_side_of_the_evaluator():
    challenge, [proposal] = gated_challenge()
    expert, area = evaluator(), MembershipFactory(role="user_area").user
    pairs = [(proposal.pk, expert.pk), (proposal.pk, area.pk)]
    assign_evaluators(by=staff(), challenge=challenge, pairs=pairs)
    gates = dict(Assignment.objects.values_list("evaluator", "gate"))
    assert gates == {expert.pk: "technical", area.pk: "operational"}


def test_each_gate_scores_by_its_own_criteria_and_operational_ones_answer_the_checks():
    _challenge, [proposal] = gated_challenge()
    technical = assigned(proposal, state="cleared", gate="technical")
    me = technical.evaluator
    every = full(assigned(proposal, state="cleared"))  # of both gates
    saved = save_scores(
        by=me, assignment=technical, revision=0, scores=every, checks=checked(technical),
        confidence=2,
    )  # fmt: skip
    assert Score.objects.get().criterion.gate == "technical"
    assert not CheckAnswer.objects.exists()
    submit_scores(by=me, assignment=technical, revision=saved.revision)
    operational = assigned(proposal, state="cleared", gate="operational")
    saved = save_scores(
        by=operational.evaluator, assignment=operational, revision=0, scores=full(operational)
    )
    with pytest.raises(InvalidInput) as caught:
        submit_scores(by=operational.evaluator, assignment=operational, revision=saved.revision)
    checks = proposal.challenge.checks.all()
    lacking = {f"{name}_{one.pk}" for name in ("check", "why") for one in checks}
    assert set(caught.value.fields) == lacking | {"confidence"}


def test_a_check_wants_yes_or_no_and_why():
    _challenge, [proposal] = gated_challenge()
    mine = assigned(proposal, state="cleared", gate="operational")
    one, other = proposal.challenge.checks.all()
    answers = {one.pk: CheckInput(False, REASON), other.pk: CheckInput(True, " ")}
    save_scores(
        by=mine.evaluator, assignment=mine, revision=0, scores=full(mine), checks=answers,
        confidence=3,
    )  # fmt: skip
    with pytest.raises(InvalidInput) as caught:
        submit_scores(by=mine.evaluator, assignment=mine, revision=1)
    assert set(caught.value.fields) == {f"why_{other.pk}"}


def test_challenges_without_gates_ask_what_they_asked_before():
    _challenge, [proposal] = closed_challenge(1)
    mine = assigned(proposal, state="cleared", gate="technical")
    save_scores(by=mine.evaluator, assignment=mine, revision=0, scores=full(mine))
    submit_scores(by=mine.evaluator, assignment=mine, revision=1)
    assert Score.objects.count() == 2


def _judge(proposals, gate, people, points):
    """Evaluations at one gate: `points` by proposal, one per person."""
    for proposal, given in zip(proposals, points, strict=True):
        criterion = proposal.challenge.criteria.get(gate=gate)
        for person, value in zip(people, given, strict=True):
            one = assigned(proposal, evaluator=person, state="scored", gate=gate)
            Score.objects.create(assignment=one, criterion=criterion, points=value, reason=REASON)


def test_standings_are_told_per_gate_and_joined_by_what_their_criteria_weigh():
    challenge, proposals = gated_challenge(3, checks=False)
    discussed(challenge)
    experts, areas = [evaluator(), evaluator()], [evaluator(), evaluator()]
    _judge(proposals, "technical", experts, [(5, 5), (3, 3), (1, 1)])
    _judge(proposals, "operational", areas, [(1, 1), (3, 3), (5, 5)])
    criteria = criteria_of(challenge_id=challenge.pk)
    means = {
        gate: [row.summary.mean for row in ranking(viewer=staff(), challenge=challenge, gate=gate)]
        for gate in ("", "technical", "operational")
    }
    assert means["technical"] == means["operational"] == [5, 3, 1]
    assert means[""] == pytest.approx([0.6 * 5 + 0.4, 3, 0.6 + 0.4 * 5])
    rows = ranking(viewer=staff(), challenge=challenge)
    found = standings(rows=rows, criteria=criteria, top=1)
    best = min(found.places, key=lambda pk: found.places[pk].order)
    assert best == proposals[0].pk  # the heavier gate decides
    assert {one.person for one in found.judges} == {one.pk for one in (*experts, *areas)}


def test_a_proposal_that_one_gate_has_not_scored_has_no_joined_mean():
    challenge, proposals = gated_challenge(2, checks=False)
    discussed(challenge)
    _judge(proposals, "technical", [evaluator()], [(5,), (4,)])
    _judge(proposals[:1], "operational", [evaluator()], [(2,)])
    rows = ranking(viewer=staff(), challenge=challenge)
    assert [row.summary.mean is None for row in rows] == [False, True]
    assert rows[1].summary.count == 1


def test_terms_are_settled_in_the_draft_and_not_after():
    draft = ChallengeFactory(state="draft")
    rows = [CheckRow("hse", "¿Es seguro?", "Is it safe?")]
    settle_terms(by=staff(), challenge=draft, mode="double", checks=rows)
    assert EvaluationTerms.objects.get(challenge=draft).mode == "double"
    assert draft.checks.count() == 1
    with pytest.raises(InvalidInput):
        settle_terms(
            by=staff(), challenge=draft, mode="double", checks=[CheckRow("hse", "¿Sí?", "")]
        )
    with pytest.raises(NotAllowed):
        settle_terms(by=evaluator(), challenge=draft, mode="open", checks=rows)
    with pytest.raises(WrongState):
        settle_terms(by=staff(), challenge=ChallengeFactory(), mode="open", checks=rows)


def test_a_private_note_is_locked_and_goes_with_a_conflict():
    _challenge, [proposal] = closed_challenge(1)
    mine = assigned(proposal, state="cleared")
    words = "Preguntar a Huamán por el ensayo de Tintaya"
    save_scores(by=mine.evaluator, assignment=mine, revision=0, scores={}, note=words)
    assert own_note(viewer=mine.evaluator, assignment=mine) == words
    assert own_note(viewer=staff(), assignment=mine) == ""
    assert b"Tintaya" not in bytes(PrivateNote.objects.get().locked)
    declare_conflict(by=mine.evaluator, assignment=mine, conflict="Es mi cliente.")
    assert not PrivateNote.objects.exists()


def test_a_note_of_somebody_set_aside_is_deleted():
    _challenge, [proposal] = closed_challenge(1)
    mine = assigned(proposal, state="cleared")
    save_scores(by=mine.evaluator, assignment=mine, revision=0, scores={}, note="Dudo del costo.")
    set_aside(by=staff(), assignment=mine, reason="Asesoró a la empresa hasta marzo.")
    assert not PrivateNote.objects.exists()


def test_a_question_goes_to_the_solver_and_its_answer_to_every_evaluator():
    _challenge, [proposal] = closed_challenge(1)
    mine, other = assigned(proposal, state="cleared"), assigned(proposal, state="cleared")
    team = staff()
    asked = ask_solver(by=mine.evaluator, assignment=mine, text="¿Cuánto pesa el equipo?")
    assert asked_of_solver(viewer=proposal.author, proposal=proposal) == []
    assert told_to_evaluator(viewer=other.evaluator, assignment=other) == []
    forward_inquiry(by=team, inquiry=asked, wording="¿Cuál es el peso del equipo?", days=5)
    [seen] = asked_of_solver(viewer=proposal.author, proposal=proposal)
    assert seen.question == "¿Cuál es el peso del equipo?"
    assert not hasattr(seen, "asker")
    answer_inquiry(by=proposal.author, inquiry=asked, answer="Dos toneladas.")
    for one in (mine, other):
        [told] = told_to_evaluator(viewer=one.evaluator, assignment=one)
        assert told.answer == "Dos toneladas."
    with pytest.raises(WrongState):
        answer_inquiry(by=proposal.author, inquiry=asked, answer="Tres toneladas.")


def test_a_question_is_answered_in_its_window_by_the_leads_people_alone():
    _challenge, [proposal, rival] = closed_challenge(2)
    mine = assigned(proposal, state="cleared")
    asked = ask_solver(by=mine.evaluator, assignment=mine, text="¿Cuánto pesa el equipo?")
    forward_inquiry(by=staff(), inquiry=asked, wording="¿Cuánto pesa el equipo?", days=5)
    for person in (rival.author, mine.evaluator, staff()):
        with pytest.raises(NotAllowed):
            answer_inquiry(by=person, inquiry=asked, answer="Dos toneladas.")
    Inquiry.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(WrongState):
        answer_inquiry(by=proposal.author, inquiry=asked, answer="Dos toneladas.")


def test_the_wording_may_not_name_who_asks_and_a_refusal_says_why():
    _challenge, [proposal] = closed_challenge(1)
    mine = assigned(proposal, state="cleared", evaluator=evaluator(full_name="Rosa Quispe Mamani"))
    asked = ask_solver(by=mine.evaluator, assignment=mine, text="¿Cuánto pesa el equipo?")
    with pytest.raises(InvalidInput):
        forward_inquiry(
            by=staff(), inquiry=asked, wording="Rosa Quispe Mamani pregunta el peso", days=5
        )
    decline_inquiry(by=staff(), inquiry=asked, reason="Está en el anexo 2.")
    [told] = told_to_evaluator(viewer=mine.evaluator, assignment=mine)
    assert told.declined == "Está en el anexo 2."
    with pytest.raises(WrongState):
        forward_inquiry(by=staff(), inquiry=asked, wording="¿Cuánto pesa el equipo?", days=5)


def test_in_double_blind_an_answer_is_redacted_before_evaluators_read_it():
    _challenge, [proposal] = gated_challenge(mode="double")
    mine = assigned(proposal, state="cleared")
    asked = ask_solver(by=mine.evaluator, assignment=mine, text="¿Cuánto pesa el equipo?")
    forward_inquiry(by=staff(), inquiry=asked, wording="¿Cuánto pesa el equipo?", days=5)
    answer = f"En {proposal.lead.name} lo pesamos: dos toneladas."
    answer_inquiry(by=proposal.author, inquiry=asked, answer=answer)
    assert told_to_evaluator(viewer=mine.evaluator, assignment=mine)[0].answer == ""
    with pytest.raises(InvalidInput):
        show_answer(by=staff(), inquiry=asked, words=answer)
    show_answer(by=staff(), inquiry=asked, words="Lo pesamos: dos toneladas.")
    [told] = told_to_evaluator(viewer=mine.evaluator, assignment=mine)
    assert told.answer == "Lo pesamos: dos toneladas."


def test_a_score_changes_after_the_discussion_alone_and_keeps_both_values():
    challenge, [proposal] = closed_challenge(1)
    mine, other = scored(proposal, [5, 5]), scored(proposal, [2, 2])
    score = mine.scores.first()
    given = {
        "assignment": mine,
        "score": score,
        "points": 3,
        "why": "El ensayo fue a nivel del mar.",
    }
    with pytest.raises(WrongState):
        change_score(by=mine.evaluator, revision=0, **given)
    discussed(challenge)
    with pytest.raises(NotAllowed):
        change_score(by=other.evaluator, revision=0, **given)
    with pytest.raises(InvalidInput):
        change_score(by=mine.evaluator, revision=0, **{**given, "why": "no"})
    change_score(by=mine.evaluator, revision=0, **given)
    score.refresh_from_db()
    assert (score.points, score.changes.get().points_before) == (3, 5)
    with pytest.raises(Conflict):
        change_score(by=mine.evaluator, revision=0, **{**given, "points": 4})
    [seen] = others_evaluations(viewer=other.evaluator, assignment=other)
    assert [one.before[0][0] for one in seen.scores if one.before] == [5]
    [row] = ranking(viewer=staff(), challenge=challenge)
    assert row.summary.mean == pytest.approx((4 + 2) / 2)
    assert LedgerEntry.objects.get(verb="innovation.evaluation_change").details == {}


def test_reminders_by_hand_are_once_a_day_and_name_no_proposal():
    challenge, [proposal] = closed_challenge(1)
    owing, done = assigned(proposal), scored(proposal, [4, 4])
    people = [owing.evaluator, done.evaluator]
    assert remind(by=staff(), challenge=challenge, people=people) == 1
    with pytest.raises(WrongState):
        remind(by=staff(), challenge=challenge, people=people)
    told = Notice.objects.get(kind="innovation.evaluation_due")
    assert told.recipient == owing.evaluator
    assert proposal.title not in told.body + told.subject


def test_the_warning_before_the_day_is_sent_once_each():
    challenge, [proposal] = closed_challenge(1)
    assigned(proposal)
    set_due_date(by=staff(), challenge=challenge, due_on=timezone.localdate() + timedelta(days=9))
    assert warn_before_due(challenge_id=challenge.pk) == 0  # too early
    set_due_date(by=staff(), challenge=challenge, due_on=timezone.localdate() + timedelta(days=1))
    assert warn_before_due(challenge_id=challenge.pk) == 1
    assert warn_before_due(challenge_id=challenge.pk) == 0
    assigned(proposal)
    assert warn_before_due(challenge_id=challenge.pk) == 1


def test_the_board_says_who_owes_what_and_what_is_late(django_assert_num_queries):
    challenge, proposals = gated_challenge(3)
    for proposal in proposals:
        assigned(proposal, gate="technical")
    scored(proposals[0], [4, 4])
    EvaluationTerms.objects.update(due_on=timezone.localdate() - timedelta(days=2))
    challenge = type(challenge).objects.select_related("evaluation_terms", "call").get()
    team = staff()
    board = progress_of(viewer=team, challenge=challenge)
    assert (board.asked, board.done, board.overdue) == (4, 1, 3)
    [first, *_rest] = board.proposals
    assert [(done, asked) for _gate, done, asked in first.gates] == [(1, 2), (1, 1)]


def test_opening_the_discussion_tells_those_who_handed_in_and_sorts_by_disagreement(client):
    challenge, [agreed, split] = closed_challenge(2)
    for proposal, points in ((agreed, (4, 4)), (split, (1, 5))):
        for value in points:
            scored(proposal, [value, value])
    pending = assigned(agreed)
    open_discussion(by=staff(), challenge=challenge)
    told = Notice.objects.filter(kind="innovation.discussion_opened")
    assert told.count() == 4
    assert not told.filter(recipient=pending.evaluator).exists()
    rows = ranking(viewer=staff(), challenge=challenge)
    assert [row.proposal for row in contested(rows)] == [split]


def test_scenarios_of_a_challenge_with_gates_count_both():
    challenge, proposals = gated_challenge(3, checks=False)
    discussed(challenge)
    _judge(proposals, "technical", [evaluator(), evaluator()], [(5, 5), (3, 3), (1, 2)])
    _judge(proposals, "operational", [evaluator()], [(4,), (3,), (2,)])
    jury, able, rest = _of(staff(), challenge)
    assert (len(jury["pairs"]), len(able), rest) == (9, 3, [])
    assert sorted(jury["points"][0], key=str) == [5, None]
