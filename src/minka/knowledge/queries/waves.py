"""Who can be invited to a wave, how it goes by group, and who is called next; for the team."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When
from django.db.models.functions import Lower

from minka.core.models import User
from minka.knowledge.models import (
    Actor,
    Place,
    Questionnaire,
    Quota,
    Response,
    Survey,
    SurveySilence,
    Wave,
)
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.states import PlaceLevel, ResponseState
from minka.methods.audit import Share, wilson

RUN = "knowledge.survey_run"
UNFINISHED = (ResponseState.INVITED, ResponseState.STARTED, ResponseState.UNREACHED)
CALLED_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """Which organisations are invited; values of one kind widen, the two narrow.

    Args:
        kinds: of actors, all when empty; `regions` are keys of places.
        by_telephone: also those without an address to write to, whom an interviewer calls.
    """

    kinds: tuple[str, ...] = ()
    regions: tuple[int, ...] = ()
    by_telephone: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """How a group answers. Who could not be reached is out of the reckoning.

    `share` is finished ÷ (invited − not reached).
    """

    label: str
    invited: int
    finished: int
    begun: int
    refused: int
    unreached: int

    @property
    def share(self) -> Share | None:
        """The response rate with its interval; None when nobody was reached."""
        return wilson(self.finished, max(self.invited - self.unreached, self.finished))


@dataclass(frozen=True, slots=True)
class QuotaProgress:
    """What a group still lacks; `left` are those who were asked and have not finished."""

    quota: Quota
    finished: int
    left: int

    @property
    def missing(self) -> int:
        return max(0, self.quota.wanted - self.finished)


def visible_waves(*, viewer: User) -> QuerySet[Wave]:
    """Return the waves, newest first, with `invited` and `finished`; to the team only."""
    found = Wave.objects.select_related("survey", "source").annotate(
        invited=Count("responses", filter=Q(responses__set_aside=False)),
        finished=Count(
            "responses",
            filter=Q(responses__set_aside=False, responses__state=ResponseState.FINISHED),
        ),
    )
    return found.order_by("-pk") if viewer.has_perm(RUN) else found.none()


def responses_of(*, viewer: User, wave: Wave) -> QuerySet[Response]:
    """Return the responses of a wave that count; to the team only."""
    found = Response.objects.filter(wave=wave, set_aside=False)
    return found.order_by("pk") if viewer.has_perm(RUN) else found.none()


def invitable_actors(*, viewer: User, wave: Wave, choice: Choice) -> QuerySet[Actor]:
    """Return who would be invited: fits, was not invited, and did not ask for silence."""
    found = visible_actors(viewer=viewer)
    if not viewer.has_perm(RUN):
        return found.none()
    silent = SurveySilence.objects.values("email")
    found = (
        found.exclude(pk__in=Response.objects.filter(wave=wave, set_aside=False).values("actor"))
        .annotate(own_address=Lower("email"), owner_address=Lower("owner__email"))
        .exclude(Q(own_address__in=silent) & ~Q(email=""))
        .exclude(Q(owner__isnull=False) & Q(owner_address__in=silent))
    )
    if choice.kinds:
        found = found.filter(kind__in=choice.kinds)
    if choice.regions:
        found = found.filter(region__in=choice.regions)
    if not choice.by_telephone:
        found = found.filter(~Q(email="") | Q(owner__is_active=True))
    kinds = asked_kinds(survey=wave.survey)
    if kinds is not None:
        found = found.filter(kind__in=kinds)
    return found.order_by("pk")


def asked_kinds(*, survey: Survey) -> list[str] | None:
    """Return the types for which the survey has a questionnaire; None when for all."""
    lists = list(survey.questionnaires.values_list("kinds", flat=True))
    if any(not kinds for kinds in lists):
        return None
    return sorted({kind for kinds in lists for kind in kinds})


def questionnaire_finder(*, survey: Survey) -> Callable[[str], Questionnaire | None]:
    """Return what finds the questionnaire of a type: the one that names it, else that for all."""
    every = list(survey.questionnaires.order_by("position", "pk"))
    general = next((one for one in every if not one.kinds), None)
    own = {kind: one for one in reversed(every) for kind in one.kinds}
    return lambda kind: own.get(kind, general)


def rates_by(*, viewer: User, wave: Wave, column: str) -> list[Rate]:
    """Return the response rates by `group` or `region_name`; one SQL statement."""
    rows = (
        responses_of(viewer=viewer, wave=wave)
        .values_list(column)
        .annotate(
            invited=Count("pk"),
            finished=Count("pk", filter=Q(state=ResponseState.FINISHED)),
            begun=Count("pk", filter=Q(state=ResponseState.STARTED)),
            refused=Count("pk", filter=Q(state=ResponseState.REFUSED)),
            unreached=Count("pk", filter=Q(state=ResponseState.UNREACHED)),
        )
        .order_by("-invited", column)
    )
    return [Rate(*row) for row in rows]


def quotas_of(*, viewer: User, wave: Wave) -> list[QuotaProgress]:
    """Return how far each group is from what is wanted of it; two SQL statements."""
    if not viewer.has_perm(RUN):
        return []
    counts: dict[tuple[str, str], list[int]] = {}
    rows = (
        responses_of(viewer=viewer, wave=wave)
        .order_by()
        .values_list("group", "region_name")
        .annotate(
            finished=Count("pk", filter=Q(state=ResponseState.FINISHED)),
            left=Count("pk", filter=Q(state__in=UNFINISHED)),
        )
    )
    for group, region, finished, left in rows:
        counts[group, region] = [finished, left]
    return [
        QuotaProgress(
            quota,
            sum(c[0] for key, c in counts.items() if _within(quota, *key)),
            sum(c[1] for key, c in counts.items() if _within(quota, *key)),
        )
        for quota in wave.quotas.select_related("region").order_by("kind", "region__name")
    ]


def to_call(*, viewer: User, wave: Wave) -> QuerySet[Response]:
    """Return who is called next: not finished, of a group that lacks answers, with a telephone.

    Without quotas, whoever has not finished. Who has begun comes first, then those without an
    address.
    """
    found = (
        responses_of(viewer=viewer, wave=wave)
        .filter(state__in=UNFINISHED)
        .exclude(actor__phone="")
        .select_related("actor__region")
    )
    quotas = quotas_of(viewer=viewer, wave=wave)
    if quotas:
        wanted = Q(pk=None)
        for one in quotas:
            if one.missing:
                group = Q(group=one.quota.kind) if one.quota.kind else Q()
                here = Q(region_name=one.quota.region.name) if one.quota.region else Q()
                wanted |= (group & here) if (group or here) else Q(pk__isnull=False)
        found = found.filter(wanted)
    begun_first = Case(When(state=ResponseState.STARTED, then=0), default=1)
    return found.order_by(begun_first, "email", "actor__name_key", "pk")


def regions_to_choose(*, viewer: Any) -> QuerySet[Place]:  # noqa: ARG001 -- the same for all
    """Return the regions that can be chosen."""
    return Place.objects.filter(level=PlaceLevel.DEPARTMENT).order_by("name_key")


def _within(quota: Quota, group: str, region: str) -> bool:
    return (not quota.kind or quota.kind == group) and (
        quota.region is None or quota.region.name == region
    )


def response_for_silence(*, viewer: Any, pk: int) -> Response | None:  # noqa: ARG001 -- by its link
    """Return what a link is for; whoever has the link was sent it."""
    return Response.objects.select_related("actor", "wave__survey").filter(pk=pk).first()
