"""The life of a wave: planned, opened with its invitations, closed, opened again.

What goes out by post is in `actions.wave_letters`. An open wave is looked at by a job that puts
the next one in the queue in the same transaction: cut off, it is done again; done twice, the
second finds that its number is past.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.jobs import enqueue
from minka.core.models import User
from minka.knowledge.actions.wave_letters import INVITE, queue_reminders
from minka.knowledge.models import Actor, Place, Quota, Response, Source, Survey, Wave
from minka.knowledge.queries.waves import Choice, invitable_actors, questionnaire_finder
from minka.knowledge.states import (
    RESPONSE_REACHED_FROM,
    WAVE_REACHED_FROM,
    ActorKind,
    ResponseState,
    SurveyState,
    WaveState,
)

LOOK = "minka.knowledge.tasks.look_at_wave"
LOOKS_EVERY = timedelta(hours=1)
REMINDERS_AT_MOST = 5
WANTED_AT_MOST = 100_000
BATCH = 500


@dataclass(frozen=True, slots=True)
class WantedGroup:
    """How many finished questionnaires are wanted of a type, a region, or both."""

    wanted: int
    kind: str = ""
    region: Place | None = None


@transaction.atomic
def plan_wave(  # noqa: PLR0913 -- the facts of the form
    *,
    by: User,
    survey: Survey,
    name: str,
    opens_at: datetime,
    closes_at: datetime,
    reminder_days: Sequence[int] = (),
    quotas: Sequence[WantedGroup] = (),
) -> Wave:
    """Settle when a survey is asked, when it is reminded of and what is wanted of each group.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no name or it is taken, or the days or numbers make no sense.
    """
    require(by, "knowledge.survey_run")
    name = " ".join(name.split())[:120]
    if not name:
        raise InvalidInput(fields={"name": _("Give the wave a name, for example “March 2027”.")})
    if survey.waves.filter(name=name).exists():
        raise InvalidInput(fields={"name": _("This survey has a wave of that name.")})
    _check_days(opens_at, closes_at, reminder_days)
    wave = Wave.objects.create(
        survey=survey,
        name=name,
        opens_at=opens_at,
        closes_at=closes_at,
        reminder_days=sorted(set(reminder_days)),
        started_by=by,
    )
    _want(wave, quotas)
    record(by=by, verb="knowledge.wave_plan", obj=wave, data={"survey": survey.public_id})
    return wave


@transaction.atomic
def want_groups(*, by: User, wave: Wave, quotas: Sequence[WantedGroup]) -> None:
    """Settle anew how many answers are wanted of which group.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: a group is named twice, or wants nobody.
    """
    require(by, "knowledge.survey_run")
    wave.quotas.all().delete()
    _want(wave, quotas)
    record(by=by, verb="knowledge.wave_want", obj=wave, data={"quotas": len(quotas)})


@transaction.atomic
def open_wave(*, by: User, wave: Wave, choice: Choice) -> int:
    """Begin to ask: invite whoever fits, each letter a job; return how many are invited.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: the wave is open or was, or its questionnaires are not ready.
        InvalidInput: its last day is past, or nobody fits.
    """
    require(by, "knowledge.survey_run")
    if wave.survey.state != SurveyState.READY:
        raise WrongState(_("The questionnaires are not marked as ready yet."))
    if wave.state != WaveState.PLANNED:
        raise WrongState(_("This wave was opened before."))
    now = timezone.now()
    if wave.closes_at <= now:
        raise InvalidInput(fields={"closes_at": _("The last day of the wave is past.")})
    _move(wave, WaveState.OPEN, opens_at=min(wave.opens_at, now), source=_source_of(wave))
    invited = _invite(by, wave, choice)
    if not invited:
        raise InvalidInput(_("No organisation that fits can be invited."))
    _look_later(wave)
    record(by=by, verb="knowledge.wave_open", obj=wave, data={"invited": invited})
    return invited


@transaction.atomic
def invite_more(*, by: User, wave: Wave, choice: Choice) -> int:
    """Invite whoever else fits; who was invited before is not asked again. Return how many.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: the wave is not open.
        InvalidInput: nobody else fits.
    """
    require(by, "knowledge.survey_run")
    held = Wave.objects.select_for_update(of=("self",)).select_related("survey")
    wave = held.get(pk=wave.pk)
    if wave.state != WaveState.OPEN:
        raise WrongState(_("This wave is not open."))
    invited = _invite(by, wave, choice)
    if not invited:
        raise InvalidInput(_("No organisation that fits can be invited."))
    record(by=by, verb="knowledge.wave_invite", obj=wave, data={"invited": invited})
    return invited


@transaction.atomic
def close_wave(*, by: User, wave: Wave) -> Wave:
    """Take no more answers; what was answered so far stays.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it is not open.
    """
    require(by, "knowledge.survey_run")
    _move(wave, WaveState.CLOSED)
    record(by=by, verb="knowledge.wave_close", obj=wave)
    return wave


@transaction.atomic
def reopen_wave(*, by: User, wave: Wave, closes_at: datetime) -> Wave:
    """Take answers again until another day.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: the day is past.
        WrongState: the wave is not closed.
    """
    require(by, "knowledge.survey_run")
    if closes_at <= timezone.now():
        raise InvalidInput(fields={"closes_at": _("Choose a day that is still to come.")})
    if wave.state != WaveState.CLOSED:
        raise WrongState(_("This wave is not closed."))
    _move(wave, WaveState.OPEN, closes_at=closes_at)
    _look_later(wave)
    record(by=by, verb="knowledge.wave_reopen", obj=wave)
    return wave


@transaction.atomic
def mark_unreached(*, by: User, response: Response) -> Response:
    """Note that an organisation could not be reached: it does not count as asked.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it has begun to answer, or said that it does not want to.
    """
    require(by, "knowledge.survey_run")
    movable = Response.objects.filter(
        pk=response.pk, state__in=RESPONSE_REACHED_FROM[ResponseState.UNREACHED]
    )
    if not movable.update(state=ResponseState.UNREACHED):
        raise WrongState(_("This organisation has answered; reload the page."))
    response.refresh_from_db(fields=["state"])
    record(
        by=by,
        verb="knowledge.response_unreached",
        obj=response.wave,
        data={"response": response.pk},
    )
    return response


@transaction.atomic
def look_at_wave(*, wave_id: int, number: int) -> str:
    """Close a wave whose last day is past, else remind who has not finished; look again later.

    No person: the hourly job of an open wave. `number` is the look's own; one that was done, or
    belongs to a wave that was closed and opened again, does nothing.
    """
    mine = Wave.objects.filter(pk=wave_id, state=WaveState.OPEN, looks=number)
    if not mine.update(looks=F("looks") + 1):
        return "past"
    wave = Wave.objects.get(pk=wave_id)
    if wave.closes_at <= timezone.now():
        _move(wave, WaveState.CLOSED)
        record(by=None, verb="knowledge.wave_close", obj=wave)
        return "closed"
    reminded = queue_reminders(wave=wave)
    _look_later(wave)
    return f"reminded {reminded}"


def _look_later(wave: Wave) -> None:
    left = wave.closes_at - timezone.now()
    wave.refresh_from_db(fields=["looks"])
    enqueue(LOOK, wave.pk, wave.looks, wait=max(min(LOOKS_EVERY, left), timedelta(seconds=1)))


def _move(wave: Wave, target: WaveState, **fields: Any) -> None:
    """Compare-and-swap the state: when two people click at once, one gets WrongState."""
    movable = Wave.objects.filter(pk=wave.pk, state__in=WAVE_REACHED_FROM[target])
    if not movable.update(state=target, looks=F("looks") + 1, **fields):
        raise WrongState(_("This wave has moved on; reload the page."))
    wave.refresh_from_db(fields=["state", "looks", *fields])


def _source_of(wave: Wave) -> Source:
    """Return the source under which the answers stand, the first in the order of belief.

    What an organisation answers of itself is believed before the lists that others keep of it.
    """
    if wave.source_id and wave.source:
        return wave.source
    Source.objects.update(rank=F("rank") + 1)
    name = f"{wave.survey.title_es} · {wave.name}"[:110]
    if Source.objects.filter(name__iexact=name).exists():
        name = f"{name} ({wave.pk})"
    return Source.objects.create(name=name, licence=_("Answers to a survey"), rank=0)


def _invite(by: User, wave: Wave, choice: Choice) -> int:
    finder = questionnaire_finder(survey=wave.survey)
    found: QuerySet[Actor] = invitable_actors(viewer=by, wave=wave, choice=choice)
    now, made = timezone.now(), []
    for actor in found.select_related("owner", "region"):
        questionnaire = finder(actor.kind)
        if questionnaire is None:
            continue
        owner = actor.owner if actor.owner and actor.owner.is_active else None
        email = owner.email if owner else actor.email
        made.append(
            Response(
                wave=wave,
                actor=actor,
                questionnaire=questionnaire,
                email=email,
                language=owner.language if owner else "es",
                group=actor.kind,
                region_name=actor.region.name if actor.region else "",
                invited_at=None if email else now,  # without a letter: an interviewer asks
            )
        )
    for response in Response.objects.bulk_create(made, batch_size=BATCH):
        if response.email:
            enqueue(INVITE, response.pk)
    return len(made)


def _want(wave: Wave, quotas: Sequence[WantedGroup]) -> None:
    seen = set()
    for one in quotas:
        if one.kind and one.kind not in ActorKind.values:
            raise InvalidInput(fields={"quotas": _("Choose a type of organisation.")})
        if not 1 <= one.wanted <= WANTED_AT_MOST:
            raise InvalidInput(fields={"quotas": _("Say how many answers are wanted.")})
        group = (one.kind, one.region.pk if one.region else None)
        if group in seen:
            raise InvalidInput(fields={"quotas": _("A group is named twice.")})
        seen.add(group)
    Quota.objects.bulk_create(
        [Quota(wave=wave, kind=one.kind, region=one.region, wanted=one.wanted) for one in quotas]
    )


def _check_days(opens_at: datetime, closes_at: datetime, reminder_days: Sequence[int]) -> None:
    faults: Mapping[str, str] = {
        **({} if closes_at > opens_at else {"closes_at": _("It must close after it opens.")}),
        **(
            {}
            if len(set(reminder_days)) <= REMINDERS_AT_MOST
            and all(1 <= day <= 365 for day in reminder_days)
            else {"reminder_days": _("Write up to five numbers of days, for example 7, 14.")}
        ),
    }
    if faults:
        raise InvalidInput(fields=faults)
