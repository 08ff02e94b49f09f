"""The bytes that a receipt vouches for, the same every time they are written."""

import hashlib
import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from minka.core.models import LedgerEntry
from minka.core.models.ledger import canonical
from minka.core.server_keys import RECEIPTS, server_secret
from minka.innovation.models import Attachment, Proposal, Receipt, SealedPart
from minka.innovation.models.locked_words import STRUCTURED
from minka.innovation.queries.consortium import ALL_PARTNERS
from minka.innovation.states import OpeningFailure, PartnerState
from minka.methods.sealing.failures import SealingFailure
from minka.methods.sealing.receipts import check_receipt, read_receipt, signing_public_key

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
# asked for since later: written only where they say something, so that older words stay the same
LATER_FIELDS = ("public_summary", *STRUCTURED)
TEXT_PART = "proposal.json"
IN_BROWSER = "browser"  # where parts were sealed that the server has not seen


def canonical_text(
    proposal: Proposal, *, names: Collection[str] | None = None, settled: bool = True
) -> bytes:
    """Return the words and figures of a proposal, or those of `names`, as canonical JSON in UTF-8.

    Partners go with the title: those that count, or before they are `settled` those who accepted.
    """
    asked = {*TEXT_FIELDS, *LATER_FIELDS} if names is None else set(names)
    values: dict[str, Any] = {n: getattr(proposal, n) for n in TEXT_FIELDS if n in asked}
    if values.get("requested_usd") is not None:
        values["requested_usd"] = f"{proposal.requested_usd:.2f}"
    values |= {n: value for n in LATER_FIELDS if n in asked and (value := getattr(proposal, n))}
    if "title" in asked and (partners := _partners(proposal, settled=settled)):
        values["partners"] = partners
    values["proposal"] = str(proposal.public_id)
    values["challenge"] = proposal.challenge.slug
    values["lead"] = proposal.lead.public_id
    return canonical(values).encode()


def _partners(proposal: Proposal, *, settled: bool) -> list[dict[str, Any]]:
    """Return who proposes together with the lead, in the order in which they were asked."""
    prefetch_related_objects([proposal], ALL_PARTNERS)
    return [
        {"id": one.actor.public_id, "name": one.actor.name, "share": one.share, "does": one.does}
        for one in proposal.partners.all()
        if (one.counts if settled else one.state == PartnerState.ACCEPTED)
    ]


def partners_as_sealed(proposal: Proposal, text: bytes) -> bool:
    """No person: true when who proposes together stands here as it was sealed; names may change."""
    sealed = json.loads(text).get("partners", [])
    here = _partners(proposal, settled=True)
    return _of_partners(sealed) == _of_partners(here)


def _of_partners(partners: Iterable[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(one.get("id"), one.get("share"), one.get("does")) for one in partners]


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


def sealed_parts(parts: Iterable[SealedPart]) -> list[dict[str, Any]]:
    """Return name, size in bytes and SHA-256 of every sealed part, as it is stored."""
    return [
        {"name": p.name, "size_bytes": p.file.size_bytes, "sha256": p.file.sha256} for p in parts
    ]


def content_sha256(parts: list[dict[str, Any]]) -> str:
    """Return the fingerprint of the whole: SHA-256 over the canonical list of its parts."""
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def still_matches(receipt: Receipt) -> bool:
    """True when what is held today is byte for byte what the receipt was given for.

    Of what was sealed, the sealed parts; their bytes are read again at the opening.
    """
    sealed = list(receipt.sealed_parts.select_related("file"))
    parts = sealed_parts(sealed) if sealed else content_parts(receipt.proposal)
    return content_sha256(parts) == receipt.content_sha256


def receipts_key() -> bytes:
    """Return the public key (32 bytes) that receipts of this installation are checked with."""
    return signing_public_key(server_secret(RECEIPTS))


def signed_matches(receipt: Receipt) -> str:
    """Return why the signed words are not those of this row, empty when they are.

    The key is the server's own: a receipt that was forged, or changed together with its row by
    somebody who does not have the key, is found.
    """
    try:
        read = read_receipt(receipt.signed)
        check_receipt(read, receipts_key())
    except SealingFailure:
        return OpeningFailure.NOT_SIGNED
    same = (
        read.said.get("number") == receipt.number,
        read.said.get("proposal") == str(receipt.proposal.public_id),
        read.said.get("content_sha256") == receipt.content_sha256,
        read.said.get("parts") == receipt.parts,
        content_sha256(receipt.parts) == receipt.content_sha256,
        _instant(read.said.get("received_at")) == receipt.received_at,
        _instant(read.said.get("deadline_at")) == receipt.deadline_at,
        read.said.get("ledger", {}).get("position") == receipt.ledger_position,
    )
    return "" if all(same) else OpeningFailure.RECEIPT_DIFFERS


def _instant(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


def ledger_matches(receipt: Receipt) -> str:
    """Return why the ledger does not bear a receipt out, empty when it does."""
    entry = LedgerEntry.objects.filter(position=receipt.ledger_position).first()
    if entry is None:
        return OpeningFailure.NO_ENTRY
    said = read_receipt(receipt.signed).said
    if entry.computed_hash() != entry.entry_hash or entry.entry_hash != said["ledger"]["sha256"]:
        return OpeningFailure.ENTRY_DIFFERS
    if entry.details.get("content_sha256") != receipt.content_sha256:
        return OpeningFailure.ENTRY_DIFFERS
    return ""


def was_sealed_in_browser(receipt: Receipt) -> bool:
    """True when the ledger says so: what such parts hold, nobody has checked when they came."""
    entry = LedgerEntry.objects.filter(position=receipt.ledger_position).first()
    return entry is not None and entry.details.get("sealed_in") == IN_BROWSER
