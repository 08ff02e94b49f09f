"""The bytes that a receipt vouches for, the same every time they are written."""

import hashlib
from typing import Any

from minka.core.models.ledger import canonical
from minka.innovation.models import Attachment, Proposal, Receipt

TEXT_FIELDS = (
    "title",
    "summary",
    "approach",
    "evidence",
    "team",
    "requested_usd",
    "duration_months",
    "trl_now",
    "trl_after",
    "language",
)
TEXT_PART = "proposal.json"


def canonical_text(proposal: Proposal) -> bytes:
    """Return the words and figures of a proposal as canonical JSON in UTF-8."""
    values: dict[str, Any] = {name: getattr(proposal, name) for name in TEXT_FIELDS}
    if proposal.requested_usd is not None:
        values["requested_usd"] = f"{proposal.requested_usd:.2f}"
    values["proposal"] = str(proposal.public_id)
    values["challenge"] = proposal.challenge.slug
    values["lead"] = proposal.lead.public_id
    return canonical(values).encode()


def content_parts(proposal: Proposal) -> list[dict[str, Any]]:
    """Return name, size in bytes and SHA-256 of the text and of every attachment."""
    text = canonical_text(proposal)
    files = Attachment.objects.filter(proposal=proposal).select_related("file").order_by("pk")
    return [
        {
            "name": TEXT_PART,
            "size_bytes": len(text),
            "sha256": hashlib.sha256(text).hexdigest(),
        },
        *(
            {"name": a.file.name, "size_bytes": a.file.size_bytes, "sha256": a.file.sha256}
            for a in files
        ),
    ]


def content_sha256(parts: list[dict[str, Any]]) -> str:
    """Return the fingerprint of the whole: SHA-256 over the canonical list of its parts."""
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def still_matches(receipt: Receipt) -> bool:
    """True when what is held today is byte for byte what the receipt was given for."""
    return content_sha256(content_parts(receipt.proposal)) == receipt.content_sha256
