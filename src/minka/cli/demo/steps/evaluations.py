"""Evaluations of what has closed: declarations, scores, decisions, release."""

from typing import Any

from minka.cli.demo.ecosystem import load_content
from minka.cli.demo.steps import panels
from minka.cli.demo.steps.world import World
from minka.core.models import User
from minka.innovation.actions.assignments import assign_evaluators
from minka.innovation.actions.decisions import release_decisions, save_decision
from minka.innovation.actions.discussions import open_discussion
from minka.innovation.actions.evaluations import (
    ScoreInput,
    declare_conflict,
    declare_no_conflict,
    save_scores,
    submit_scores,
)
from minka.innovation.models import Assignment, Challenge, Proposal

NOT_BEGUN, ONLY_SAVED, CONFLICTED = 0.12, 0.3, 0.96  # shares of the evaluations under way
READER_TO_BE = "evaluator-1"
UNDER_DISCUSSION = "desgaste-a-la-vista"  # whose averages are shown; the others' are not yet
LOWEST_SHOWN, HIGHEST = 2, 5  # the reasons for a 1 say that nothing useful was handed in


def evaluate_and_decide(world: World) -> None:
    """Evaluate every closed challenge; decide and release where the story has come so far."""
    content = load_content("evaluations")
    decisions = {row["proposal"]: row for row in content["decisions"]}
    proposals = load_content("proposals")
    severity = {
        row["key"]: world.rng.choice((-0.5, 0.0, 0.0, 0.5))
        for row in load_content("people")
        if row["role"] == "evaluator"
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
    for criterion, kind in zip(
        assignment.proposal.challenge.criteria.order_by("position"), kinds, strict=True
    ):
        points = round(taste + world.rng.gauss(0, 0.7))
        points = min(HIGHEST, max(LOWEST_SHOWN, points))
        reason = world.rng.choice(content["reasons"][kind][str(points)])
        scores[criterion.pk] = ScoreInput(points=points, reason=reason)
    saved = save_scores(by=user, assignment=assignment, revision=assignment.revision, scores=scores)
    if is_decided or progress > ONLY_SAVED:
        submit_scores(by=user, assignment=assignment, revision=saved.revision)


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
    return [
        (row["key"], world.people[row["key"]])
        for row in load_content("people")
        if challenge in row.get("challenges", ())
    ]


def _proposal(world: World, item: dict[str, Any]) -> Proposal:
    return Proposal.objects.select_related("challenge").get(
        challenge=world.challenges[item["challenge"]], lead=world.solvers[item["solver"]]
    )
