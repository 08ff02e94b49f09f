"""Load the demonstration cluster into an empty database, all of it or nothing."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from minka.cli.demo.steps import (
    actors,
    agreements,
    challenge_papers,
    challenges,
    eligibility,
    evaluations,
    evaluators,
    figures,
    finding,
    intake,
    map_layers,
    panels,
    people,
    problems,
    profiles,
    studio,
    surveys,
    ties,
)
from minka.core.models import Notice
from minka.core.notices import DELIVER
from minka.core.states import Delivery
from minka.knowledge.actions.claims import SEND_CODE
from minka.knowledge.actions.freshness import SEND as SEND_LETTER
from minka.knowledge.actions.imports import RESOLVE, RUN
from minka.knowledge.actions.wave_letters import INVITE
from minka.knowledge.sources.reference import ensure_reference_data

Progress = Callable[[str, int, int], None]
STEPS = 11


def silent(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@transaction.atomic
def load_demo(progress: Progress = silent) -> None:
    """Fill the empty database; `progress` is told what is being done, step by step.

    Nobody receives an e-mail: the notices are marked as sent, and the jobs are taken away, so that
    the map holds the same organisations on every machine.
    """
    with override("es"):
        progress("Places and themes", 0, STEPS)
        ensure_reference_data()
        progress("People", 1, STEPS)
        world = people.open_accounts()
        progress("Importing six sheets of organisations", 2, STEPS)
        actors.import_sheets(world)
        figures.take_first_snapshot(world)
        actors.resolve_attendance(world)
        people.join_organisations(world)
        progress("Profiles", 3, STEPS)
        profiles.keep_profiles(world)
        progress("Problems", 4, STEPS)
        edition = problems.open_edition(world)
        problems.state_problems(world)
        progress("Ratings", 5, STEPS)
        problems.rate_and_choose(world, edition)
        progress("Challenges", 6, STEPS)
        challenges.publish_challenges(world)
        progress("Proposals", 7, STEPS)
        challenges.answer_challenges(world)
        challenges.move_calls_to_their_days(world)
        challenge_papers.change_one(world)
        challenge_papers.open_confidential_part(world)
        progress("Evaluations and decisions", 8, STEPS)
        evaluators.describe_evaluators(world)
        evaluations.evaluate_and_decide(world)
        panels.appeal_once(world)
        challenges.shift_release(world)
        eligibility.check_what_was_received(world)
        agreements.keep_agreements(world)
        intake.surround_problems(world)
        progress("Surveys", 9, STEPS)
        surveys.ask_surveys(world)
        ties.state_ties(world)
        map_layers.add_layers(world)
        finding.keep_finds(world)
        figures.import_figures(world)
        figures.take_last_snapshot()
        figures.ask_for_report(world)
        progress("Putting things away", 10, STEPS)
        _keep_quiet()
        progress("The demonstration cluster is loaded", STEPS, STEPS)


def _keep_quiet() -> None:
    Notice.objects.filter(delivery=Delivery.PENDING).update(
        delivery=Delivery.SENT, sent_at=timezone.now()
    )
    put_away = [
        *studio.JOBS,
        *panels.JOBS,
        intake.JOB,
        DELIVER,
        RUN,
        RESOLVE,
        SEND_CODE,
        SEND_LETTER,
        INVITE,
    ]
    DBTaskResult.objects.filter(task_path__in=put_away, status="READY").delete()
