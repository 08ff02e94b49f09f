"""Take the answers of a filled sheet, exactly as the preview showed them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import WrongState
from minka.core.models import User
from minka.knowledge.actions.survey_answers import takes_answers
from minka.knowledge.actions.survey_profiles import apply_response
from minka.knowledge.models import Answer, Response, Wave
from minka.knowledge.queries.survey_sheets import FilledRow, RowCheck, check_sheet
from minka.knowledge.states import AnswerWay, ResponseState


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a sheet: rows that changed something, and how many of these are finished."""

    rows: int
    answers: int
    finished: int


@transaction.atomic
def take_sheet(*, by: User, wave: Wave, rows: Iterable[FilledRow], replace: bool = False) -> Taken:
    """Keep the answers of a filled sheet; the same sheet again changes nothing.

    Cells that do not fit are left out, and an empty cell takes nothing back. What an organisation
    answered by its own link stays, unless `replace`.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: the wave takes no answers.
    """
    require(by, "knowledge.survey_run")
    held = Wave.objects.select_for_update().get(pk=wave.pk)
    if not takes_answers(held):
        raise WrongState(_("This survey takes no answers at the moment."))
    changed = answers = finished = 0
    for check in check_sheet(viewer=by, wave=wave, rows=rows):
        wanted = check.to_write(replace=replace)
        if check.response is None or not wanted:
            continue
        changed, answers = changed + 1, answers + len(wanted)
        finished += _take(check, check.response, wanted)
    if changed:
        record(
            by=by,
            verb="knowledge.wave_sheet",
            obj=wave,
            data={"rows": changed, "answers": answers, "replace": replace},
        )
    return Taken(changed, answers, finished)


def _take(check: RowCheck, response: Response, wanted: Mapping[str, Any]) -> bool:
    held = Response.objects.select_for_update().get(pk=response.pk)
    now = timezone.now()
    held.revision += 1
    asked = response.questionnaire.questions.filter(code__in=wanted)
    questions = {one.code: one for one in asked}
    for code, value in wanted.items():
        Answer.objects.update_or_create(
            response=held,
            question=questions[code],
            defaults={"value": value, "revision": held.revision},
        )
    held.way = AnswerWay.SHEET
    held.started_at = held.started_at or now
    held.state = ResponseState.FINISHED if check.finishes else ResponseState.STARTED
    held.finished_at = now if check.finishes else None
    held.save(update_fields=["revision", "way", "started_at", "state", "finished_at"])
    apply_response(response_id=held.pk)
    return check.finishes
