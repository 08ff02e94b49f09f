"""Agreements for their parties, and what is public of contracts for everybody."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from minka.core.errors import NotFound
from minka.core.http import SignedInRequest, absolute
from minka.core.schemas import Problem
from minka.innovation.models import Agreement
from minka.innovation.queries.agreement_record import plan_of
from minka.innovation.queries.agreements import earlier_of, visible_agreements
from minka.innovation.sources.programme.open_contracting import release_package
from minka.innovation.states.agreements import AgreementKind, AgreementState

router = Router(tags=["agreements"])


class PartyOut(Schema):
    """A party; `id` is empty for the cluster."""

    role: str
    id: str
    name: str


class AgreementOut(Schema):
    """An agreement as in a list; amounts are in US$."""

    id: str
    url: str
    kind: AgreementKind
    title: str
    state: AgreementState
    value_usd: Decimal | None
    signed_on: date | None
    parties: list[PartyOut]

    @staticmethod
    def resolve_id(one: Agreement) -> str:
        return str(one.public_id)

    @staticmethod
    def resolve_url(one: Agreement) -> str:
        return absolute(reverse("innovation:agreement", args=[one.public_id]))

    @staticmethod
    def resolve_parties(one: Agreement) -> list[PartyOut]:
        return [
            PartyOut(role=p.role, id=p.actor.public_id if p.actor else "", name=p.name)
            for p in one.parties.all()
        ]


class MilestoneOut(Schema):
    """A milestone as it stands; `days_late` counts until its first report."""

    title: str
    due_on: date
    state: str
    days_late: int


class AgreementDetail(AgreementOut):
    """One agreement with its text and milestones; `follows` is the id of one you may know of.

    Instants are in UTC.
    """

    text: dict[str, Any]
    sha256: str
    in_force_at: datetime | None
    closed_at: datetime | None
    outcome: str
    milestones: list[MilestoneOut]
    follows: str

    @staticmethod
    def resolve_follows(one: Agreement, context: dict[str, Any]) -> str:
        found = earlier_of(viewer=context["request"].user, agreement=one)
        return str(found.public_id) if found else ""

    @staticmethod
    def resolve_text(one: Agreement) -> dict[str, Any]:
        return one.text.content if one.text else {}

    @staticmethod
    def resolve_sha256(one: Agreement) -> str:
        return one.text.sha256 if one.text else ""

    @staticmethod
    def resolve_milestones(one: Agreement, context: dict[str, Any]) -> list[MilestoneOut]:
        plan = plan_of(viewer=context["request"].user, agreement=one)
        return [
            MilestoneOut(
                title=row.milestone.title,
                due_on=row.milestone.due_on,
                state=row.milestone.state,
                days_late=row.days_late,
            )
            for row in plan.milestones
        ]


@router.get("/agreements", response=list[AgreementOut])
@paginate(LimitOffsetPagination)
def agreements(request: SignedInRequest) -> Any:
    """List the agreements that you may know of: those of your organisations."""
    return visible_agreements(viewer=request.user)


@router.get("/agreements/{public_id}", response={200: AgreementDetail, 404: Problem})
def agreement(request: SignedInRequest, public_id: str) -> Any:
    """Return one agreement that you may know of."""
    try:
        number = UUID(public_id)
    except ValueError:
        raise NotFound from None
    return get_object_or_404(visible_agreements(viewer=request.user), public_id=number)


@router.get("/ocds", auth=None)
def open_contracting(request: HttpRequest, lang: str = "es") -> dict[str, Any]:
    """Return what is public of challenges and contracts, as an OCDS 1.1 release package."""
    del request
    return release_package(language="en" if lang == "en" else "es")
