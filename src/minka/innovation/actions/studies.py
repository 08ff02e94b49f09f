"""Versions of the shortlist study: kept once, never changed, adopted with a reason."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.jobs import enqueue
from minka.core.models import User
from minka.innovation.actions.shortlist import choose_shortlist
from minka.innovation.models import Edition, ShortlistChoice, ShortlistStudy, StudyOverruling
from minka.innovation.notices.studies import tell_draws_done
from minka.innovation.states import STUDY_REACHED_FROM, StudyState
from minka.methods.shortlist.study import Json, fingerprint, overruled, solved

DRAW = "minka.innovation.tasks.draw_study"
VERIFY = "minka.innovation.tasks.verify_study"
REASON_MAX = 2_000


@transaction.atomic
def keep_study(*, by: User, edition: Edition, inputs: Json) -> ShortlistStudy:
    """Freeze a run as the next version of its edition; its draws are made in the background.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: nothing can be chosen from, or the conditions cannot be met.
    """
    require(by, "innovation.study_write")
    result = solved(inputs) if inputs.get("problems") else None
    if result is None:
        raise InvalidInput(_("The conditions cannot be met, so there is nothing to keep."))
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    last = edition.studies.order_by("-number").values_list("number", flat=True).first()
    study = ShortlistStudy.objects.create(
        edition=edition,
        number=(last or 0) + 1,
        by=by,
        inputs=inputs,
        inputs_sha256=fingerprint(inputs),
        result=result,
    )
    data = {
        "version": study.number,
        "inputs_sha256": study.inputs_sha256,
        "ratings_sha256": inputs["ratings"]["sha256"],
        "result_sha256": fingerprint(result),
        "chosen": result["chosen"],
    }
    record(by=by, verb="innovation.study_keep", obj=study, data=data)
    enqueue(DRAW, study.pk)
    return study


@transaction.atomic
def overrule_study(
    *, by: User, study: ShortlistStudy, chosen: Iterable[int], reason: str
) -> StudyOverruling:
    """Record another set that people want, with its cost and the conditions that it breaks.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no reason, or the set is empty, unknown or the best one itself.
    """
    require(by, "innovation.study_write")
    wanted = sorted(set(chosen))
    wrong = {}
    if not reason.strip() or len(reason) > REASON_MAX:
        wrong["reason"] = _("Write why, in at most 2,000 characters.")
    known = {one["id"] for one in study.inputs["problems"]}
    if not wanted or not set(wanted) <= known:
        wrong["chosen"] = _("Choose among the problems of this version.")
    elif wanted == study.result["chosen"]:
        wrong["chosen"] = _("This is the best set itself; there is nothing to overrule.")
    if wrong:
        raise InvalidInput(fields=wrong)
    cost = overruled(study.inputs, study.result, wanted)
    made = StudyOverruling.objects.create(
        study=study, by=by, chosen=wanted, reason=reason.strip(), cost=cost
    )
    data = {"overruling": made.pk, "chosen": wanted, "loss": cost["loss"]}
    record(by=by, verb="innovation.study_overrule", obj=study, data=data)
    return made


@transaction.atomic
def adopt_study(
    *,
    by: User,
    study: ShortlistStudy,
    reason: str,
    seen: int | None,
    overruling: StudyOverruling | None = None,
) -> ShortlistChoice:
    """Make the shortlist the set of a version, or what people want instead of it.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no reason, or there are more problems than places.
        Conflict: somebody else chose in the meantime.
        WrongState: a problem cannot be chosen any more, or the set is of another version.
    """
    require(by, "innovation.study_write")
    if overruling is not None and overruling.study_id != study.pk:
        raise WrongState(_("That set belongs to another version."))
    return choose_shortlist(
        by=by,
        edition=study.edition,
        chosen=overruling.chosen if overruling else study.result["chosen"],
        reason=reason,
        seen=seen,
        study=study,
        overruling=overruling,
    )


@transaction.atomic
def ask_verification(*, by: User, study: ShortlistStudy) -> ShortlistStudy:
    """Have a version recomputed from what it holds, in the background.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: its draws are still being made, or it is being recomputed already.
    """
    require(by, "innovation.study_write")
    free = ShortlistStudy.objects.filter(
        pk=study.pk, state=StudyState.READY, check_asked_at__isnull=True
    )
    if not free.update(check_asked_at=timezone.now()):
        raise WrongState(_("This version is being worked on; look again in a moment."))
    record(by=by, verb="innovation.study_verify", obj=study)
    enqueue(VERIFY, study.pk)
    study.refresh_from_db()
    return study


@transaction.atomic
def retry_draws(*, by: User, study: ShortlistStudy) -> None:
    """Have the draws that could not be made tried again.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: they did not fail.
    """
    require(by, "innovation.study_write")
    if not _move(study.pk, StudyState.WAITING, finished_at=None, draws_done=0):
        raise WrongState(_("This version is being worked on; look again in a moment."))
    enqueue(DRAW, study.pk)


def note_draws(*, study_id: int, done: int) -> None:
    """Keep how many draws are made, for whoever waits.

    No person: the job that draws calls this.
    """
    waiting = ShortlistStudy.objects.filter(pk=study_id, state=StudyState.WAITING)
    waiting.update(draws_done=done)


@transaction.atomic
def finish_draws(*, study_id: int, robustness: Json) -> str:
    """Keep what the draws told; who comes second changes nothing.

    No person: the job that draws calls this.
    """
    done = robustness["draws"]
    now = timezone.now()
    if not _move(
        study_id, StudyState.READY, robustness=robustness, draws_done=done, finished_at=now
    ):
        return "drawn before"
    study = ShortlistStudy.objects.select_related("by", "edition").get(pk=study_id)
    data = {"robustness_sha256": fingerprint(robustness), "draws": done}
    record(by=None, verb="innovation.study_done", obj=study, data=data)
    tell_draws_done(study=study)
    return "drawn"


def fail_draws(*, study_id: int) -> str:
    """Say that the draws could not be made.

    No person: the job that draws calls this.
    """
    _move(study_id, StudyState.FAILED, finished_at=timezone.now())
    return "failed"


@transaction.atomic
def finish_verification(*, study_id: int, is_same: bool) -> str:
    """Keep whether recomputing gave the same to the bit.

    No person: the job that recomputes calls this.
    """
    asked = ShortlistStudy.objects.filter(pk=study_id, check_asked_at__isnull=False)
    if not asked.update(is_same=is_same, checked_at=timezone.now(), check_asked_at=None):
        return "verified before"
    study = ShortlistStudy.objects.get(pk=study_id)
    record(by=None, verb="innovation.study_verified", obj=study, data={"same": is_same})
    return "same" if is_same else "different"


def _move(study_id: int, target: StudyState, **fields: object) -> bool:
    """Compare-and-swap the state; False when somebody else did before."""
    movable = ShortlistStudy.objects.filter(pk=study_id, state__in=STUDY_REACHED_FROM[target])
    return bool(movable.update(state=target, **fields))
