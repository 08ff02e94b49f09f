"""The long part of a study: its draws, and recomputing it from what it holds."""

import logging

from minka.innovation.actions.studies import (
    fail_draws,
    finish_draws,
    finish_verification,
    note_draws,
)
from minka.innovation.models import ShortlistStudy
from minka.innovation.states import StudyState
from minka.methods.shortlist.study import drawn, fingerprint, solved

logger = logging.getLogger(__name__)


def draw_study(*, study_id: int) -> str:
    """Make the draws of a version; begun again after its worker died, it makes all of them."""
    study = ShortlistStudy.objects.filter(pk=study_id, state=StudyState.WAITING).first()
    if study is None:
        return "drawn before"
    try:
        told = drawn(
            study.inputs,
            study.result,
            progress=lambda done: note_draws(study_id=study_id, done=done),
        )
    except Exception:
        logger.exception("draws of study %s", study_id)
        return fail_draws(study_id=study_id)
    return finish_draws(study_id=study_id, robustness=told)


def verify_study(*, study_id: int) -> str:
    """Recompute a version from the inputs that it holds and compare to the bit."""
    study = ShortlistStudy.objects.filter(pk=study_id, check_asked_at__isnull=False).first()
    if study is None:
        return "verified before"
    return finish_verification(study_id=study_id, is_same=is_same(study))


def is_same(study: ShortlistStudy) -> bool:
    """True when inputs, result and draws of a version are what they were when it was kept."""
    return (
        fingerprint(study.inputs) == study.inputs_sha256
        and fingerprint(solved(study.inputs)) == fingerprint(study.result)
        and fingerprint(drawn(study.inputs, study.result)) == fingerprint(study.robustness)
    )
