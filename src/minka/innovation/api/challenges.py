"""Published challenges as other systems read them; no account is needed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from minka.core.http import absolute
from minka.core.schemas import Problem
from minka.innovation.models import Call, Challenge, Criterion
from minka.innovation.queries.challenge_content import content_of, has_nda, record_of
from minka.innovation.queries.challenge_parts import TEXTS
from minka.innovation.queries.challenges import (
    ChallengeFilters,
    listed_challenges,
    named_companies,
    published_challenges,
)
from minka.innovation.queries.decisions import released_selection
from minka.innovation.queries.received import received_in_public
from minka.innovation.states import CallPhase
from minka.knowledge.models import Actor, Theme

router = Router(tags=["challenges"])


class Bilingual(Schema):
    """A text in both languages; an empty one was not written."""

    es: str
    en: str


class ThemeOut(Schema):
    """A concept of the thesaurus."""

    slug: str
    label: Bilingual

    @staticmethod
    def resolve_label(theme: Theme) -> Bilingual:
        return Bilingual(es=theme.label_es, en=theme.label_en)


class ChallengeOut(Schema):
    """A published challenge, as in a list. Instants are in UTC."""

    slug: str
    url: str
    phase: CallPhase
    opens_at: datetime
    closes_at: datetime
    title: Bilingual
    summary: Bilingual
    themes: list[ThemeOut]

    @staticmethod
    def resolve_url(challenge: Challenge) -> str:
        return absolute(reverse("innovation:challenge", args=[challenge.slug]))

    @staticmethod
    def resolve_phase(challenge: Challenge) -> CallPhase:
        return challenge.call.phase

    @staticmethod
    def resolve_opens_at(challenge: Challenge) -> datetime:
        return challenge.call.opens_at

    @staticmethod
    def resolve_closes_at(challenge: Challenge) -> datetime:
        return challenge.call.closes_at

    @staticmethod
    def resolve_title(challenge: Challenge) -> Bilingual:
        return _bilingual(challenge, "title")

    @staticmethod
    def resolve_summary(challenge: Challenge) -> Bilingual:
        return _bilingual(challenge, "summary")

    @staticmethod
    def resolve_themes(challenge: Challenge) -> list[Theme]:
        return list(challenge.themes.all())


class CriterionOut(Schema):
    """What proposals are scored by; the weights of a challenge sum to 100."""

    name: Bilingual
    meaning: Bilingual
    one_means: Bilingual
    five_means: Bilingual
    weight: int
    gate: str

    @staticmethod
    def resolve_one_means(criterion: Criterion) -> Bilingual:
        return _bilingual(criterion, "low")

    @staticmethod
    def resolve_five_means(criterion: Criterion) -> Bilingual:
        return _bilingual(criterion, "high")

    @staticmethod
    def resolve_name(criterion: Criterion) -> Bilingual:
        return _bilingual(criterion, "name")

    @staticmethod
    def resolve_meaning(criterion: Criterion) -> Bilingual:
        return _bilingual(criterion, "meaning")


class CompanyOut(Schema):
    """A company that agreed to be named."""

    public_id: str
    name: str


class ChosenOut(Schema):
    """Who was selected, with the summary that its proposal has for everybody, as it was written."""

    organisation: CompanyOut
    public_summary: str
    language: str


class DatesOut(Schema):
    """What is promised around the call: instants in UTC, and days."""

    questions_until: datetime | None
    evaluation_until: date | None
    decision_on: date | None
    pilot_from: date | None


class DocumentOut(Schema):
    """A public document, with its fingerprint."""

    title: Bilingual
    name: str
    size_bytes: int
    sha256: str
    url: str


class ChallengeDetail(ChallengeOut):
    """A whole challenge. `companies` is empty when it is anonymous.

    Of what is confidential it says only that there is such a part. `received` is how many
    proposals were handed in, null unless the call tells it. `selection` is empty before the
    decisions are released.
    """

    texts: dict[str, Bilingual]
    criteria: list[CriterionOut]
    companies: list[CompanyOut]
    dates: DatesOut
    trl_minimum: int | None
    consortium_allowed: bool
    partners_max: int | None
    local_partner: bool
    pilot_budget_usd: Decimal | None
    site_offered: bool
    purchase: str
    documents: list[DocumentOut]
    has_confidential_part: bool
    received: int | None = None
    selection: list[ChosenOut]

    @staticmethod
    def resolve_selection(challenge: Challenge) -> list[dict[str, Any]]:
        return [
            {
                "organisation": {"public_id": one.actor.public_id, "name": one.actor.name},
                "public_summary": one.summary,
                "language": one.language,
            }
            for one in released_selection(challenge)
        ]

    @staticmethod
    def resolve_received(challenge: Challenge) -> int | None:
        return received_in_public(challenge=challenge, call=challenge.call)

    @staticmethod
    def resolve_dates(challenge: Challenge) -> Call:
        return challenge.call

    @staticmethod
    def resolve_documents(challenge: Challenge) -> list[dict[str, Any]]:
        return [
            {
                "title": Bilingual(es=one.title_es, en=one.title_en),
                "name": one.name,
                "size_bytes": one.size_bytes,
                "sha256": one.sha256,
                "url": absolute(
                    reverse("innovation:challenge_document", args=[challenge.slug, one.uid])
                ),
            }
            for one in record_of(challenge).documents
        ]

    @staticmethod
    def resolve_has_confidential_part(challenge: Challenge) -> bool:
        return has_nda(content_of(challenge))

    @staticmethod
    def resolve_texts(challenge: Challenge) -> dict[str, Bilingual]:
        rest = [name for name in TEXTS if name not in {"title", "summary"}]
        return {name: _bilingual(challenge, name) for name in rest}

    @staticmethod
    def resolve_criteria(challenge: Challenge) -> list[Criterion]:
        return list(challenge.criteria.all())

    @staticmethod
    def resolve_companies(challenge: Challenge) -> list[Actor]:
        return named_companies(challenge)


class ChallengeQuery(Schema):
    """What the list is narrowed to."""

    q: str = ""
    phase: list[CallPhase] = []
    theme: list[str] = []


@router.get("/challenges", response=list[ChallengeOut], auth=None)
@paginate(LimitOffsetPagination)
def challenges(request: HttpRequest, asked: Query[ChallengeQuery]) -> Any:
    """List published challenges, open ones first."""
    del request  # what is published is the same for everybody
    filters = ChallengeFilters(
        search=asked.q, phases=[phase.value for phase in asked.phase], themes=asked.theme
    )
    return listed_challenges(filters=filters)


@router.get("/challenges/{slug}", response={200: ChallengeDetail, 404: Problem}, auth=None)
def challenge(request: HttpRequest, slug: str) -> Challenge:
    """Return one published challenge."""
    del request  # what is published is the same for everybody
    found = (
        published_challenges()
        .select_related("call")
        .prefetch_related("themes", "criteria", "documents__file")
    )
    one: Challenge = get_object_or_404(found, slug=slug)
    return one


def _bilingual(obj: Any, name: str) -> Bilingual:
    return Bilingual(es=getattr(obj, f"{name}_es"), en=getattr(obj, f"{name}_en"))
