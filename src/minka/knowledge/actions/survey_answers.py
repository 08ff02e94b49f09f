"""Answer a questionnaire: save as one goes, finish, refuse, take up again.

`by` is None for whoever holds the personal link, else the interviewer who fills in for somebody.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.bulk import write_all
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.models import User
from minka.knowledge.actions.survey_profiles import apply_response, withdraw_record
from minka.knowledge.models import AnonymousAnswer, Answer, Response, Wave
from minka.knowledge.queries.survey_words import fault_words
from minka.knowledge.queries.surveys import Layout, known_words, layout_of, saved_answers
from minka.knowledge.states import (
    RESPONSE_REACHED_FROM,
    AnswerWay,
    ResponseState,
    WaveState,
)
from minka.methods.questionnaire import UnfitError, counted, fit, is_answered, missing


@dataclass(frozen=True, slots=True)
class Saved:
    """A response after saving; `fields` says by short name what could not be kept, and why."""

    revision: int
    saved_at: datetime
    fields: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def save_answers(
    *, by: User | None, response: Response, revision: int, raw: Mapping[str, Any]
) -> Saved:
    """Keep the answers that fit, by short name; the others are named in `Saved.fields`.

    An empty answer takes one back. What is saved already succeeds whatever the revision: a second
    click is no conflict. Anonymous questions are passed over. Not an act for the ledger.

    Raises:
        NotAllowed: `by` is no interviewer.
        WrongState: the wave takes no answers, or the questionnaire is finished.
        Conflict: one of these answers was changed elsewhere since `revision`.
    """
    now = timezone.now()
    held = _hold(by, response)
    if held.state == ResponseState.FINISHED:
        raise WrongState(_("This questionnaire is finished. Take it up again to change answers."))
    good, bad = _sift(layout_of(held.questionnaire), raw)
    old = {one.question.code: one for one in held.answers.select_related("question")}
    changed = {
        code: value
        for code, value in good.items()
        if (old[code].value != value if code in old else is_answered(value))
    }
    if any(code in old and old[code].revision > revision for code in changed):
        response.refresh_from_db()
        raise Conflict(_("These answers were changed on another device. Yours are still here."))
    if changed:
        held.revision += 1
        _write(held, changed, old, now)
        _begin(by, held, now)
    response.refresh_from_db()
    return Saved(response.revision, now, bad)


@transaction.atomic
def finish_response(
    *, by: User | None, response: Response, anonymous: Mapping[str, Any] | None = None
) -> Response:
    """Hand a questionnaire in, and with it, in one go, the anonymous answers.

    Those are kept without response, time or order: each is swapped with a random one of the same
    question, so that not even the order of rows in the database tells. They cannot be changed
    later, because nobody knows whose they are. A second click changes nothing.

    Raises:
        NotAllowed: `by` is no interviewer.
        WrongState: the wave takes no answers.
        InvalidInput: a compulsory question that is asked has no answer, or an anonymous answer
            does not fit; `fields` says which.
    """
    held = _hold(by, response)
    if held.state == ResponseState.FINISHED:
        response.refresh_from_db()
        return response
    layout = layout_of(held.questionnaire)
    lacking = missing(layout.named_items, saved_answers(held))
    if lacking:
        words = {one.code: _("This question needs an answer.") for one in lacking}
        raise InvalidInput(_("Some questions still need an answer."), fields=words)
    given = _anonymous(layout, anonymous or {}) if not held.anonymous_sent else {}
    _keep_apart(held.wave, layout, given)
    _begin(by, held, timezone.now())
    _move(held, ResponseState.FINISHED, finished_at=timezone.now())
    Response.objects.filter(pk=held.pk).update(anonymous_sent=held.anonymous_sent or bool(given))
    record(by=by, verb="knowledge.response_finish", obj=held.wave, data={"response": held.pk})
    apply_response(response_id=held.pk, layout=layout)
    response.refresh_from_db()
    return response


@transaction.atomic
def take_up_again(*, by: User | None, response: Response) -> Response:
    """Go on with a questionnaire that was finished or refused; until it is finished it is not in.

    Raises:
        NotAllowed: `by` is no interviewer.
        WrongState: the wave takes no answers, or there is nothing to take up.
    """
    held = _hold(by, response)
    _move(held, ResponseState.STARTED, finished_at=None)
    Response.objects.filter(pk=held.pk, started_at=None).update(started_at=timezone.now())
    record(by=by, verb="knowledge.response_reopen", obj=held.wave, data={"response": held.pk})
    response.refresh_from_db()
    return response


@transaction.atomic
def refuse_response(*, by: User | None, response: Response, from_profile: bool = True) -> Response:
    """Note that an organisation does not want to answer; what it had answered is erased.

    Also after it was finished, and after the wave was closed: consent can be taken back at any
    time. What the answers had brought into the profile goes with them, unless it is to stay, and
    can be taken out later by the same act. Anonymous answers stay: nobody knows whose they are.

    Raises:
        NotAllowed: `by` is no interviewer.
        WrongState: nothing was answered and the wave takes no answers, or there is nothing left
            to take back.
    """
    if by is not None:
        require(by, "knowledge.survey_interview")
    held = (
        Response.objects.select_for_update(of=("self",))
        .select_related("wave", "actor")
        .get(pk=response.pk)
    )
    gave = held.answers.exists() or held.record_id is not None
    if held.set_aside or not (gave or takes_answers(held.wave)):
        raise WrongState(_("This survey takes no answers at the moment."))
    if held.state != ResponseState.REFUSED:
        _move(held, ResponseState.REFUSED, finished_at=None, respondent="")
    elif held.record_id is None or not from_profile:
        raise WrongState(_("This has changed in the meantime; reload the page."))
    held.answers.all().delete()
    in_profile = held.record_id is not None
    if from_profile:
        withdraw_record(response=held)
    told = {"response": held.pk, "profile": in_profile and from_profile}
    record(by=by, verb="knowledge.response_refuse", obj=held.wave, data=told)
    response.refresh_from_db()
    return response


@transaction.atomic
def begin_interview(*, by: User, response: Response, respondent: str) -> Response:
    """Open the answers of an organisation to fill them in for it; the ledger keeps who looked.

    Args:
        by: the interviewer.
        response: whose questionnaire.
        respondent: who answers, as they are called and what they do there.

    Raises:
        NotAllowed: `by` is no interviewer.
        InvalidInput: it is not said who answers.
        WrongState: the wave takes no answers.
    """
    held = _hold(by, response)
    respondent = " ".join(respondent.split())[:120]
    if not respondent:
        raise InvalidInput(fields={"respondent": _("Write who answers.")})
    held.interviewer, held.respondent = by, respondent
    held.save(update_fields=["interviewer", "respondent"])
    record(by=by, verb="knowledge.response_open", obj=held.wave, data={"response": held.pk})
    response.refresh_from_db()
    return response


def takes_answers(wave: Wave, *, at: datetime | None = None) -> bool:
    """Whether a wave is being asked at this moment (or `at` another).

    No person: it is the same for all.
    """
    now = at or timezone.now()
    return wave.state == WaveState.OPEN and wave.opens_at <= now < wave.closes_at


def _hold(by: User | None, response: Response) -> Response:
    if by is not None:
        require(by, "knowledge.survey_interview")
    held = (
        Response.objects.select_for_update(of=("self",))
        .select_related("wave", "questionnaire")
        .get(pk=response.pk)
    )
    if held.set_aside or not takes_answers(held.wave):
        raise WrongState(_("This survey takes no answers at the moment."))
    return held


def _sift(layout: Layout, raw: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what fits its question, and for the rest what is wrong."""
    good: dict[str, Any] = {}
    bad: dict[str, str] = {}
    meant = [one for one in layout.questions if one.code in raw and not one.is_anonymous]
    known, items = known_words(meant), layout.item_of
    for question in meant:
        try:
            good[question.code] = fit(
                items[question.code], raw[question.code], known=known.get(question.kind)
            )
        except UnfitError as error:
            bad[question.code] = fault_words(error)
    return good, bad


def _write(
    held: Response, changed: Mapping[str, Any], old: Mapping[str, Answer], now: datetime
) -> None:
    new = [code for code in changed if code not in old]
    questions = {one.code: one for one in held.questionnaire.questions.filter(code__in=new)}
    fresh = [Answer(response=held, question=questions[code], value=changed[code]) for code in new]
    again = [old[code] for code in changed if code in old]
    for answer in again:
        answer.value, answer.answered_at = changed[answer.question.code], now
    for answer in (*fresh, *again):
        answer.revision = held.revision
    Answer.objects.bulk_create(fresh)
    write_all(again, ["value", "revision", "answered_at"])


def _begin(by: User | None, held: Response, now: datetime) -> None:
    """Note that somebody answers, and by whose hand."""
    held.way = AnswerWay.LINK if by is None else AnswerWay.INTERVIEWER
    if by is not None:
        held.interviewer = by
    held.started_at = held.started_at or now
    if held.state in RESPONSE_REACHED_FROM[ResponseState.STARTED]:
        held.state = ResponseState.STARTED
    held.save(update_fields=["revision", "way", "interviewer", "started_at", "state"])


def _anonymous(layout: Layout, raw: Mapping[str, Any]) -> dict[str, Any]:
    asked = layout.anonymous
    known, good = known_words(asked), {}
    bad: dict[str, str] = {}
    for question in asked:
        try:
            good[question.code] = fit(
                layout.item_of[question.code],
                raw.get(question.code),
                known=known.get(question.kind),
            )
        except UnfitError as error:
            bad[question.code] = fault_words(error)
    if bad:
        raise InvalidInput(fields=bad)
    return counted(layout.anonymous_items, good)


def _keep_apart(wave: Wave, layout: Layout, given: Mapping[str, Any]) -> None:
    """Keep the answers in random places: the rows of a question are a uniform shuffle."""
    if not given:
        return
    Wave.objects.select_for_update().get(pk=wave.pk)  # one at a time, or two swap with one
    for code, value in given.items():
        question = layout.by_code[code]
        new = AnonymousAnswer.objects.create(wave=wave, question=question, value=value)
        keys = AnonymousAnswer.objects.filter(wave=wave, question=question)
        other = secrets.choice(list(keys.values_list("pk", flat=True)))
        if other != new.pk:
            twin = AnonymousAnswer.objects.get(pk=other)
            new.value, twin.value = twin.value, new.value
            AnonymousAnswer.objects.bulk_update([new, twin], ["value"])


def _move(held: Response, target: ResponseState, **fields: Any) -> None:
    movable = Response.objects.filter(pk=held.pk, state__in=RESPONSE_REACHED_FROM[target])
    if not movable.update(state=target, **fields):
        raise WrongState(_("This has changed in the meantime; reload the page."))
    held.refresh_from_db(fields=["state", *fields])
