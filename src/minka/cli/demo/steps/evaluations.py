"""Evaluations of what has closed: declarations, scores, decisions, release."""

from typing import Any

from minka.cli.demo.ecosystem import load_content
from minka.cli.demo.steps import panels
from minka.cli.demo.steps.challenges import GATED
from minka.cli.demo.steps.world import World
from minka.core.models import User
from minka.innovation.actions.assignments import assign_evaluators
from minka.innovation.actions.decisions import release_decisions, save_decision
from minka.innovation.actions.discussions import open_discussion
from minka.innovation.actions.evaluations import (
    CheckInput,
    ScoreInput,
    declare_conflict,
    declare_no_conflict,
    save_scores,
    submit_scores,
)
from minka.innovation.actions.inquiries import answer_inquiry, ask_solver, forward_inquiry
from minka.innovation.actions.score_changes import change_score
from minka.innovation.models import Assignment, Challenge, Proposal, Score
from minka.innovation.queries.evaluations import own_checks, own_criteria
from minka.innovation.states import AssignmentState

PASSED = 0.85  # share of the checks
NOT_BEGUN, ONLY_SAVED, CONFLICTED = 0.12, 0.3, 0.96  # shares of the evaluations under way
READER_TO_BE = "evaluator-1"
UNDER_DISCUSSION = "desgaste-a-la-vista"  # whose averages are shown; the others' are not yet
AREAS = ("user-cerro-illari-maintenance", "user-apu-wayra-mine")  # evaluate where there are gates
ASKED = "catorce-mil-polines"  # where a question to a solver was asked and answered
LOWEST_SHOWN, HIGHEST = 2, 5  # the reasons for a 1 say that nothing useful was handed in


def evaluate_and_decide(world: World) -> None:
    """Evaluate every closed challenge; decide and release where the story has come so far."""
    content = load_content("evaluations")
    decisions = {row["proposal"]: row for row in content["decisions"]}
    proposals = load_content("proposals")
    severity = {
        row["key"]: world.rng.choice((-0.5, 0.0, 0.0, 0.5))
        for row in load_content("people")
        if row["role"] == "evaluator" or row["key"] in AREAS
    }
    for row in load_content("challenges"):
        if row["stage"] == "open":
            continue
        challenge = world.challenges[row["key"]]
        answers = {
            item["key"]: (item, _proposal(world, item))
            for item in proposals
            if item["challenge"] == row["key"] and item["state"] == "submitted"
        }
        readers = _readers(world, row["key"])
        pairs = {(p.pk, user.pk) for _item, p in answers.values() for _key, user in readers}
        assign_evaluators(by=world.staff, challenge=challenge, pairs=pairs)
        is_decided = row["stage"] == "decided"
        for item, proposal in answers.values():
            for key, user in readers:
                if key == READER_TO_BE and not is_decided:
                    continue  # whoever tries the demonstration has something to evaluate
                assignment = Assignment.objects.get(proposal=proposal, evaluator=user)
                taste = item["quality"] + severity[key]
                _evaluate(world, row, assignment, taste, is_decided=is_decided)
        if is_decided:
            _decide(world, challenge, answers, decisions)
        elif row["key"] == UNDER_DISCUSSION:
            open_discussion(by=world.staff, challenge=challenge)
            _change_one(challenge)
        if row["key"] == ASKED:
            _ask_one(world, challenge)


def _evaluate(
    world: World,
    challenge: dict[str, Any],
    assignment: Assignment,
    taste: float,
    *,
    is_decided: bool,
) -> None:
    """Declare and score; in challenges that are still evaluated some have not got so far."""
    content, user = load_content("evaluations"), assignment.evaluator
    progress = 1.0 if is_decided else world.rng.random()
    if progress < NOT_BEGUN:
        return
    if not is_decided and progress > CONFLICTED:
        conflict = world.rng.choice(content["conflicts"])
        declare_conflict(by=user, assignment=assignment, conflict=conflict)
        return
    declare_no_conflict(by=user, assignment=assignment)
    scores = {}
    kinds = [criterion["kind"] for criterion in challenge["criteria"]]
    for criterion in own_criteria(assignment=assignment):
        kind = kinds[criterion.position - 1]
        points = round(taste + world.rng.gauss(0, 0.7))
        points = min(HIGHEST, max(LOWEST_SHOWN, points))
        reason = world.rng.choice(content["reasons"][kind][str(points)])
        scores[criterion.pk] = ScoreInput(points=points, reason=reason)
    reasons = content["checks"]
    checks = {
        one.pk: CheckInput(world.rng.random() < PASSED, world.rng.choice(reasons[one.kind]))
        for one in own_checks(assignment=assignment)
    }
    saved = save_scores(
        by=user, assignment=assignment, revision=assignment.revision, scores=scores,
        checks=checks, confidence=world.rng.choice((1, 2, 2, 3)),
    )  # fmt: skip
    if is_decided or progress > ONLY_SAVED:
        submit_scores(by=user, assignment=assignment, revision=saved.revision)


def _change_one(challenge: Challenge) -> None:
    """Let one evaluator change a score after the discussion."""
    score = (
        Score.objects.filter(
            assignment__proposal__challenge=challenge, assignment__state=AssignmentState.SCORED
        )
        .select_related("assignment__proposal__challenge", "assignment__evaluator")
        .order_by("-points", "pk")
        .first()
    )
    if score is None or score.points is None:
        return
    given = score.assignment
    change_score(
        by=given.evaluator, assignment=given, score=score, revision=given.revision,
        points=score.points - 1, why=load_content("evaluations")["change"],
    )  # fmt: skip


def _ask_one(world: World, challenge: Challenge) -> None:
    """Let one evaluator ask a solver, through the team, and the solver answer."""
    said = load_content("evaluations")["inquiry"]
    mine = (
        Assignment.objects.filter(proposal__challenge=challenge, state=AssignmentState.CLEARED)
        .select_related("proposal__challenge", "proposal__lead", "proposal__author", "evaluator")
        .order_by("pk")
        .first()
    )
    if mine is None:
        return
    asked = ask_solver(by=mine.evaluator, assignment=mine, text=said["question"])
    forward_inquiry(by=world.staff, inquiry=asked, wording=said["wording"], days=5)
    answer_inquiry(by=mine.proposal.author, inquiry=asked, answer=said["answer"])
    ask_solver(by=mine.evaluator, assignment=mine, text=said["next"])


def _decide(
    world: World,
    challenge: Challenge,
    answers: dict[str, tuple[dict[str, Any], Proposal]],
    decisions: dict[str, dict[str, Any]],
) -> None:
    names = ("outcome", "reason", "feedback")
    words = {
        proposal.pk: {name: decisions[key][name] for name in names}
        for key, (_item, proposal) in answers.items()
    }
    if challenge.pk == world.challenges[panels.BY_PANEL].pk:
        open_discussion(by=world.staff, challenge=challenge)
        panels.decide_by_panel(world, challenge, words)
    else:
        for _item, proposal in answers.values():
            save_decision(by=world.staff, proposal=proposal, revision=0, **words[proposal.pk])
    release_decisions(by=world.staff, challenge=challenge)


def _readers(world: World, challenge: str) -> list[tuple[str, User]]:
    keys = [row["key"] for row in load_content("people") if challenge in row.get("challenges", ())]
    if challenge in GATED:
        keys += AREAS
    return [(key, world.people[key]) for key in keys]


def _proposal(world: World, item: dict[str, Any]) -> Proposal:
    return Proposal.objects.select_related("challenge").get(
        challenge=world.challenges[item["challenge"]], lead=world.solvers[item["solver"]]
    )
