"""JSON face of proposals; `minka.config.api` turns DomainError into problem+json."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from minka.core.http import SignedInRequest
from minka.core.schemas import Problem
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.proposals import Saved, save_draft
from minka.innovation.models import Proposal, Receipt
from minka.innovation.queries.proposals import own_proposals, visible_proposals
from minka.innovation.queries.receipts import receipts_key
from minka.innovation.states import ProposalState
from minka.methods.sealing.keys import fingerprint
from minka.methods.sealing.receipts import key_text

router = Router(tags=["innovation"])


class ProposalLine(Schema):
    """A proposal in a list."""

    public_id: UUID
    title: str
    challenge: str = Field(alias="challenge.slug")
    lead: str = Field(alias="lead.name")
    state: ProposalState
    submitted_at: datetime | None
    revision: int


class ProposalOut(ProposalLine):
    """A proposal whole; amounts travel as strings."""

    summary: str
    approach: str
    evidence: str
    team: str
    requested_usd: Decimal | None
    duration_months: int | None
    trl_now: int | None
    trl_after: int | None
    language: str


class DraftIn(Schema):
    """What to change in a draft: only what is named; `revision` is the one that was read."""

    revision: int
    title: str | None = None
    summary: str | None = None
    approach: str | None = None
    evidence: str | None = None
    team: str | None = None
    requested_usd: Decimal | None = None
    duration_months: int | None = None
    trl_now: int | None = None
    trl_after: int | None = None
    language: str | None = None


class SavedOut(Schema):
    """A draft after saving; `fields` names what could not be kept, and why."""

    revision: int
    saved_at: datetime
    fields: dict[str, str]


class SubmitIn(Schema):
    """The revision that was read before acting; whether a locked copy of the draft stays."""

    revision: int
    keep_copy: bool = False


class ReceiptOut(Schema):
    """Proof that a proposal was handed in."""

    number: str
    received_at: datetime
    deadline_at: datetime
    content_sha256: str
    parts: list[dict[str, Any]]
    ledger_position: int
    signed: str


class ReceiptKeyOut(Schema):
    """The public key that receipts are checked with, in base 64, and its fingerprint."""

    algorithm: str
    key: str
    fingerprint: str


@router.get("/receipt-key", response=ReceiptKeyOut, auth=None)
def receipt_key(request: HttpRequest) -> ReceiptKeyOut:  # noqa: ARG001 -- ninja calls it so
    """Return the public key that anybody checks receipts with."""
    key = receipts_key()
    return ReceiptKeyOut(algorithm="Ed25519", key=key_text(key), fingerprint=fingerprint(key))


@router.get("/proposals", response=list[ProposalLine])
def proposals_mine(request: SignedInRequest) -> Any:
    """List the proposals of your organisations."""
    return own_proposals(viewer=request.user)


@router.get("/proposals/{uuid:public_id}", response=ProposalOut)
def proposal(request: SignedInRequest, public_id: UUID) -> Proposal:
    """Read one proposal that you may read."""
    return get_object_or_404(visible_proposals(viewer=request.user), public_id=public_id)


@router.patch("/proposals/{uuid:public_id}", response={200: SavedOut, 403: Problem, 409: Problem})
def proposal_save(request: SignedInRequest, public_id: UUID, draft: DraftIn) -> Saved:
    """Save part of a draft of yours."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)
    values = draft.dict(exclude_unset=True)
    revision = values.pop("revision")
    return save_draft(by=request.user, proposal=found, revision=revision, values=values)


@router.post(
    "/proposals/{uuid:public_id}/submit",
    response={200: ReceiptOut, 403: Problem, 409: Problem, 422: Problem},
)
def proposal_submit(request: SignedInRequest, public_id: UUID, read: SubmitIn) -> Receipt:
    """Hand in one of your drafts and get its receipt."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)
    return submit_proposal(
        by=request.user, proposal=found, revision=read.revision, keep_copy=read.keep_copy
    )
