"""The check of what was received: one proposal with its conditions, one formal defect mended."""

from datetime import timedelta

from django.utils import timezone

from minka.cli.demo.steps.world import World
from minka.innovation.actions.corrections import (
    answer_correction,
    ask_correction,
    decide_correction,
)
from minka.innovation.actions.eligibility import ConditionAnswer, check_eligibility
from minka.innovation.models import Proposal
from minka.innovation.models.eligibility import CorrectionOutcome
from minka.innovation.queries.eligibility import conditions_of, to_check

DAYS_TO_MEND = 3


def check_what_was_received(world: World) -> None:
    """Check the proposals to the first call that has closed and is not decided."""
    for challenge in world.challenges.values():
        challenge.refresh_from_db()
        received = list(to_check(viewer=world.staff, challenge=challenge))
        if challenge.state == "published" and received:
            _check(world, received[0])
            if len(received) > 1:
                _mend(world, received[1])
            return


def _check(world: World, proposal: Proposal) -> None:
    met = ConditionAnswer(True, "Acreditado con los documentos de la propuesta.")
    check_eligibility(
        by=world.staff,
        proposal=proposal,
        revision=0,
        answers=[met] * len(conditions_of(proposal.challenge)),
        reason="Cumple todas las condiciones de la convocatoria.",
    )


def _mend(world: World, proposal: Proposal) -> None:
    asked = ask_correction(
        by=world.staff,
        proposal=proposal,
        what="Falta la vigencia de poder de quien representa a la organización.",
        until=timezone.now() + timedelta(days=DAYS_TO_MEND),
    )
    answer_correction(
        by=proposal.author,
        request=asked,
        answer="La vigencia de poder está inscrita en la partida registral que indicamos.",
    )
    decide_correction(
        by=world.staff,
        request=asked,
        outcome=CorrectionOutcome.MENDED,
        reason="La partida registral acredita la representación.",
    )
