"""What surrounds the problems: a second version, a thread, a proposal to join, an invitation."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from minka.cli.demo.ecosystem import load_content
from minka.cli.demo.steps.world import World
from minka.core.models import User
from minka.innovation.actions.intake import (
    SEND,
    begin_by_invitation,
    hand_over,
    invite_to_intake,
    save_by_invitation,
)
from minka.innovation.actions.merging import answer_merge, propose_merge
from minka.innovation.actions.problem_content import content_of
from minka.innovation.actions.problem_thread import comment_problem
from minka.innovation.actions.problems import save_problem, submit_problem
from minka.innovation.actions.triage import ask_information
from minka.innovation.models import Problem
from minka.knowledge.states import MemberRole

JOB = SEND  # the letter that nobody receives
FIGURES = {"baseline_value", "success_value"}


def details_of(key: str) -> dict[str, Any]:
    """Return what some problems say beyond the first questions."""
    found: dict[str, Any] = load_content("intake")["details"].get(key, {})
    return {name: Decimal(value) if name in FIGURES else value for name, value in found.items()}


def surround_problems(world: World) -> None:
    """Ask about some problems, talk about them, propose to join two, let a guest write one."""
    content = load_content("intake")
    _ask_again(world, content["asked_again"])
    for row in content["thread"]:
        problem = _problem(world, row["problem"])
        by = world.staff if row["by"] == "staff" else _author(problem)
        comment_problem(by=by, problem=problem, text=row["text"])
    _propose(world, content["merge"])
    _invite(world, content["invitation"])


def _ask_again(world: World, row: dict[str, Any]) -> None:
    problem = _problem(world, row["problem"])
    ask_information(by=world.staff, problem=problem, question=row["question"])
    before = content_of(problem)
    what, tried = before.what_happens + row["add"], before.tried + row["add_tried"]
    content = replace(before, what_happens=what, tried=tried)
    by = _author(problem)
    save_problem(by=by, problem=problem, revision=problem.revision, content=content)
    submit_problem(by=by, problem=problem, answer=row["answer"])


def _propose(world: World, row: dict[str, Any]) -> None:
    problems = [_problem(world, key) for key in row["problems"]]
    propose_merge(by=world.staff, problems=problems, title=row["title"])
    agreeing = _problem(world, row["agrees"])
    speaker = agreeing.company.memberships.filter(role=MemberRole.REPRESENTATIVE).first()
    if speaker is not None:
        answer_merge(by=speaker.user, problem=agreeing, agrees=True)


def _invite(world: World, row: dict[str, Any]) -> None:
    made = invite_to_intake(
        by=world.staff,
        company=world.companies[row["company"]],
        email=row["email"],
        person=row["person"],
        user_area=row["user_area"],
        words=row["words"],
        takes_several=True,
    )
    problem = begin_by_invitation(invitation=made, title=row["title"])
    content = replace(content_of(problem), what_happens=row["what_happens"])
    save_by_invitation(invitation=made, problem=problem, revision=0, content=content)
    hand_over(invitation=made, problem=problem)


def _problem(world: World, key: str) -> Problem:
    found = world.problems[key]
    found.refresh_from_db()
    return found


def _author(problem: Problem) -> User:
    if problem.author is None:
        raise LookupError(problem.title)
    return problem.author
