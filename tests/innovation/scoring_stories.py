"""Situations of an evaluation with gates, modes and questions."""

from minka.innovation.actions.evaluations import CheckInput, ScoreInput
from minka.innovation.actions.redactions import confirm_copy, save_copy
from minka.innovation.models import Criterion, EvaluationCheck, EvaluationTerms
from minka.innovation.queries.redactions import names_that_tell, suggestion, texts_of
from tests.factories import UserFactory
from tests.innovation.stories import closed_challenge, staff

REASON = "Se midió durante seis meses en planta."


def gated_challenge(proposals=1, *, mode="single", checks=True):
    """A closed challenge with one criterion per gate (60 and 40) and two checks."""
    challenge, received = closed_challenge(proposals)
    technical, operational = challenge.criteria.order_by("position")
    Criterion.objects.filter(pk=technical.pk).update(gate="technical", weight=60)
    Criterion.objects.filter(pk=operational.pk).update(gate="operational", weight=40)
    EvaluationTerms.objects.create(challenge=challenge, mode=mode)
    if checks:
        for position, kind in enumerate(("hse", "procurement"), start=1):
            EvaluationCheck.objects.create(
                challenge=challenge, position=position, kind=kind,
                text_es=f"¿Se cumple {kind}?", text_en=f"Is {kind} met?",
            )  # fmt: skip
    challenge.refresh_from_db()
    return challenge, received


def evaluator(**kwargs):
    """Somebody of the pool."""
    return UserFactory(roles=["evaluator"], **kwargs)


def full(assignment, points=4):
    """Points by every criterion of the evaluator's gate."""
    criteria = assignment.proposal.challenge.criteria.all()
    mine = [one for one in criteria if assignment.gate in {"", one.gate} or not one.gate]
    return {one.pk: ScoreInput(points, REASON) for one in mine}


def checked(assignment, *, is_met=True):
    """An answer to every check."""
    checks = assignment.proposal.challenge.checks.all()
    return {one.pk: CheckInput(is_met, REASON) for one in checks}


def redacted(proposal):
    """Confirm a copy from which everything that was found is taken out."""
    names, by = names_that_tell(proposal), staff()
    words = {key: suggestion(text, names) for key, (_l, text) in texts_of(proposal).items()}
    save_copy(by=by, proposal=proposal, revision=0, words=words)
    return confirm_copy(by=by, proposal=proposal, revision=1)
