"""Reads of challenges. What is public says nothing of the company unless the challenge names it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Max,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
    prefetch_related_objects,
)
from django.utils import timezone

from minka.core.components import Text
from minka.innovation.models import Call, Challenge
from minka.innovation.queries.challenge_approvals import STANDING, companies_of
from minka.innovation.queries.challenge_content import content_of, has_nda
from minka.innovation.queries.challenge_parts import (
    ALL_TEXT_FIELDS,
    CRITERION_TEXTS,
    LANGUAGES,
    NDA_TEXTS,
    NEEDED_TEXTS,
    TEXTS,
    UNTITLED,
    fields_of,
    label_of,
)
from minka.innovation.queries.problem_names import OWNERS
from minka.innovation.queries.problems import has_words
from minka.innovation.states import CallPhase, ChallengeState
from minka.knowledge.models import Actor

PHASES = (CallPhase.OPEN, CallPhase.UPCOMING, CallPhase.CLOSED, CallPhase.DECIDED)
PUBLIC = (ChallengeState.PUBLISHED, ChallengeState.DECIDED)


@dataclass(frozen=True)
class ChallengeFilters:
    """What the public list is narrowed to; empty means everything."""

    search: str = ""
    phases: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)


def published_challenges() -> QuerySet[Any]:
    """No person: return what everybody may read, with `phase_now`, its place in `PHASES`."""
    now = timezone.now()
    phase = Case(
        When(state=ChallengeState.DECIDED, then=Value(3)),
        When(call__opens_at__gt=now, then=Value(1)),
        When(call__closes_at__gt=now, then=Value(0)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return Challenge.objects.filter(state__in=PUBLIC, call__isnull=False).annotate(phase_now=phase)


def visible_challenges(*, viewer: Any) -> QuerySet[Challenge]:
    """Return the published challenges, and to those who prepare them also the drafts."""
    if viewer.has_perm("innovation.challenge_write"):
        return Challenge.objects.all()
    return Challenge.objects.filter(state__in=PUBLIC, call__isnull=False)


def listed_challenges(*, filters: ChallengeFilters) -> QuerySet[Challenge]:
    """No person: return the public list, open ones first, then by what closes soonest.

    Three SQL statements.
    """
    found = published_challenges().select_related("call", "edition").prefetch_related("themes")
    if filters.phases:
        chosen = [place for place, phase in enumerate(PHASES) if phase in filters.phases]
        found = found.filter(phase_now__in=chosen)
    if filters.themes:
        found = found.filter(
            pk__in=Challenge.themes.through.objects.filter(theme__slug__in=filters.themes).values(
                "challenge_id"
            )
        )
    if filters.search:
        texts = found.values_list("pk", "title_es", "title_en", "summary_es", "summary_en")
        found = found.filter(
            pk__in=[row[0] for row in texts if has_words(filters.search, *row[1:])]
        )
    soonest = Case(When(phase_now__lt=2, then=F("call__closes_at")))
    return found.order_by(
        "phase_now", soonest.asc(nulls_last=True), F("call__closes_at").desc(), "pk"
    )


def challenges_version() -> str:
    """No person: return a text that changes whenever the public list would. One SQL statement.

    It counts the calls that have opened and closed, so that the clock changes it too.
    """
    now = timezone.now()
    found = Challenge.objects.filter(state__in=PUBLIC, call__isnull=False).aggregate(
        last=Max("pk"),
        edits=Sum("revision"),
        opened=Count("pk", filter=Q(call__opens_at__lte=now)),
        closed=Count("pk", filter=Q(call__closes_at__lte=now)),
        decided=Count("pk", filter=Q(state=ChallengeState.DECIDED)),
    )
    return "-".join(str(value) for value in found.values())


def challenge_page(*, viewer: Any) -> QuerySet[Challenge]:
    """Return visible challenges with what their page shows."""
    return (
        visible_challenges(viewer=viewer)
        .select_related("call", "edition")
        .prefetch_related("themes", "criteria", "documents__file")
    )


def named_companies(challenge: Challenge) -> list[Actor]:
    """Return the companies that the challenge names in public; none when it is anonymous."""
    return companies_of(challenge) if challenge.names_company else []


def challenges_in_preparation(*, viewer: Any) -> QuerySet[Challenge]:
    """Return drafts, to those who write them."""
    drafts = Challenge.objects.filter(state=ChallengeState.DRAFT)
    if not viewer.has_perm("innovation.challenge_write"):
        return drafts.none()
    return drafts.select_related("call", "edition").prefetch_related(
        *OWNERS, "criteria", "themes", "documents__file", STANDING
    )


def search_challenges(*, viewer: Any, words: str, limit: int = 10) -> list[Challenge]:
    """Return the published challenges that have all the words, for the search of everything."""
    del viewer  # what is published is the same for everybody
    return list(listed_challenges(filters=ChallengeFilters(search=words))[:limit])


def missing_texts(challenge: Challenge) -> dict[str, Text]:
    """Return the texts that are still to be written: field → its name with the language.

    A text is written in both languages or in none; what is needed, in both. Where something is
    confidential, the agreement is needed too.
    """
    needed = {*NEEDED_TEXTS, *(("confidentiality",) if has_nda(content_of(challenge)) else ())}
    missing: dict[str, Text] = {}
    for name in (*TEXTS, *NDA_TEXTS):
        fields = [f"{name}_{language}" for language in LANGUAGES]
        empty = [one for one in fields if getattr(challenge, one).strip() in {"", UNTITLED}]
        if name in needed or len(empty) < len(fields):
            missing |= {one: label_of(one) for one in empty}
    return missing


def shown_texts(challenge: Challenge) -> dict[str, str]:
    """Return every text of a challenge that solvers read, what is confidential included.

    An anonymous challenge is only so if all of these are.
    """
    prefetch_related_objects([challenge], "criteria", "documents__file")
    texts = {name: getattr(challenge, name) for name in ALL_TEXT_FIELDS}
    for criterion in challenge.criteria.all():
        for part in fields_of(CRITERION_TEXTS):
            texts[f"criteria-{criterion.position}-{part}"] = getattr(criterion, part)
    if challenge.form_parts is not None:
        for place, asked in enumerate(challenge.parts):
            said = (asked.title_es, asked.title_en, asked.help_es, asked.help_en)
            texts[f"form-{place}"] = " · ".join(said)
    for one in challenge.documents.all():
        if one.removed_at is None:
            words = one.file.name.replace("_", " ").replace("-", " ")
            texts[f"document-{one.pk}"] = f"{one.title_es} · {one.title_en} · {words}"
    return texts


def call_of(challenge: Challenge) -> Call | None:
    """Return the call, None while a draft has no dates yet."""
    return getattr(challenge, "call", None)
