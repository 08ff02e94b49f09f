"""A published challenge as everybody reads it, in plain values and one language.

What leaves the house by itself (pictures, PDFs, feeds, calendars) is made from this and from
nothing else, so that a column that is not named here cannot get out.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.http import absolute
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Challenge, ChallengeQuestion, ChallengeVersion, Problem
from minka.innovation.queries.challenges import published_challenges
from minka.innovation.queries.challenges_dates import ChallengeDate, dates_of
from minka.innovation.queries.questions import PublicQuestion
from minka.innovation.states import CallPhase, QuestionState

PUBLIC_TEXTS = (
    "title",
    "summary",
    "background",
    "sought",
    "not_sought",
    "success",
    "incentives",
    "eligibility",
    "consortium",
    "ip",
    "terms",
)


@dataclass(frozen=True)
class PublicCriterion:
    """What proposals are scored by; `low` and `high` say what 1 and 5 points mean."""

    name: str
    meaning: str
    low: str
    high: str
    weight: int


@dataclass(frozen=True)
class PublicEvent:
    """Where the challenge is presented."""

    event: str
    on: date
    place: str


@dataclass(frozen=True)
class PublicChange:
    """A version after the first one: when, and why."""

    number: int
    at: datetime
    reason: str


@dataclass(frozen=True)
class PublicChallenge:
    """All that is public of one challenge, in one language.

    Args:
        sequence: grows with every change.
        changed_at: the last time that anything of it changed, as far as is known.
    """

    pk: int
    slug: str
    url: str
    edition: str
    texts: dict[str, str]
    phase: CallPhase
    dates: list[ChallengeDate]
    trl: str
    pilot_budget_usd: Decimal | None
    site_offered: bool
    purchase: str
    criteria: list[PublicCriterion]
    themes: list[str]
    companies: list[str]
    events: list[PublicEvent]
    questions: list[PublicQuestion]
    changes: list[PublicChange]
    sequence: int
    published_at: datetime
    changed_at: datetime

    @property
    def title(self) -> str:
        """Its title."""
        return self.texts["title"]


def public_challenge(*, slug: str) -> PublicChallenge | None:
    """No person: return one published challenge in the language in use; None if there is none.

    Eight SQL statements at most, here as for many.
    """
    found = _whole(published_challenges().filter(slug=slug)).first()
    return _public(found) if found else None


def public_challenges(*, only_running: bool = False, limit: int = 50) -> list[PublicChallenge]:
    """No person: return published challenges in the language in use, the newest first.

    Args:
        only_running: those whose call is open or opens soon.
        limit: how many at most.
    """
    found = published_challenges()
    if only_running:
        found = found.filter(phase_now__lt=2)
    return [_public(one) for one in _whole(found.order_by("-published_at", "-pk"))[:limit]]


def challenge_address(slug: str) -> str:
    """No person: return the address of a challenge as other people can open it."""
    return absolute(reverse("innovation:challenge", args=[slug]))


def _whole(found: QuerySet[Any]) -> QuerySet[Any]:
    asked = ChallengeQuestion.objects.filter(state=QuestionState.PUBLISHED)
    versions = ChallengeVersion.objects.filter(number__gt=1).order_by("number")
    problems = Problem.objects.only("company").select_related("company")
    return found.select_related("call", "edition").prefetch_related(
        Prefetch("problems", problems.prefetch_related("partners"), to_attr="stated_problems"),
        "themes",
        "criteria",
        "presentations",
        Prefetch(
            "questions",
            asked.defer("text").order_by("number"),
            to_attr="published_questions",
        ),
        Prefetch("versions", versions.defer("content"), to_attr="later_versions"),
    )


def _public(challenge: Challenge) -> PublicChallenge:
    questions = [_question(one) for one in challenge.published_questions]  # type: ignore[attr-defined]  # prefetched by the query
    changes = [
        PublicChange(one.number, one.at, one.reason)
        for one in challenge.later_versions  # type: ignore[attr-defined]  # prefetched by the query
    ]
    published_at = challenge.published_at
    if published_at is None:  # the database refuses it
        raise ValueError(challenge.pk)
    instants = [*(one.published_at for one in questions), *(one.at for one in changes)]
    last = max([published_at, challenge.released_at or published_at, *instants])
    return PublicChallenge(
        pk=challenge.pk,
        slug=challenge.slug,
        url=challenge_address(challenge.slug),
        edition=_text(challenge.edition, "name"),
        texts={name: _text(challenge, name) for name in PUBLIC_TEXTS},
        phase=challenge.call.phase,
        dates=dates_of(challenge.call),
        trl=str(challenge.get_trl_minimum_display() or ""),
        pilot_budget_usd=challenge.pilot_budget_usd,
        site_offered=challenge.site_offered,
        purchase=str(challenge.get_purchase_display() or ""),
        criteria=[_criterion(one) for one in challenge.criteria.all()],
        themes=[_text(one, "label") for one in challenge.themes.all()],
        companies=_companies(challenge),
        events=[PublicEvent(e.event, e.on, e.place) for e in challenge.presentations.all()],
        questions=questions,
        changes=changes,
        sequence=challenge.revision,
        published_at=published_at,
        changed_at=last,
    )


def who_states(challenge: PublicChallenge) -> str:
    """No person: return whose challenge it is, as far as it says."""
    if challenge.companies:
        return ", ".join(challenge.companies)
    return _("A mining company of the cluster")


def _companies(challenge: Any) -> list[str]:
    """Return the names of the companies, none where the challenge is anonymous."""
    if not challenge.names_company:
        return []
    problems = challenge.stated_problems
    return sorted({one.name for each in problems for one in (each.company, *each.partners.all())})


def _question(one: ChallengeQuestion) -> PublicQuestion:
    if one.number is None or one.published_at is None:  # the database refuses it
        raise ValueError(one.pk)
    return PublicQuestion(
        one.number, one.question_es, one.question_en, one.answer_es, one.answer_en, one.published_at
    )


def _criterion(one: Any) -> PublicCriterion:
    name, meaning, low, high = (_text(one, part) for part in ("name", "meaning", "low", "high"))
    return PublicCriterion(name=name, meaning=meaning, low=low, high=high, weight=one.weight)


def _text(obj: Any, name: str) -> str:
    return localized_text(obj, name)[0]
