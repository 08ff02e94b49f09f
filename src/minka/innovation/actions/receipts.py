"""Issue the receipt of a submission; called where something is handed in, in its transaction."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from minka.core.audit import record
from minka.core.models import LedgerEntry, StoredFile, User
from minka.core.server_keys import RECEIPTS, server_secret
from minka.innovation.models import DeadlineException, Proposal, Receipt, SealedPart
from minka.innovation.queries.deadlines import Deadline
from minka.innovation.queries.receipts import content_parts, content_sha256, sealed_parts
from minka.methods.sealing.receipts import sign_receipt

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is mistaken for something else


def issue_receipt(  # noqa: PLR0913 -- all that a receipt is about
    *,
    by: User,
    proposal: Proposal,
    deadline: Deadline,
    at: datetime,
    sealed: Sequence[SealedPart] = (),
    sealed_in: str = "",
) -> Receipt:
    """Write the submission to the ledger and return the signed receipt that points there.

    `sealed_in` says in the ledger where the parts were sealed, when it was not here.
    """
    parts = sealed_parts(sealed) if sealed else content_parts(proposal)
    digest, number = content_sha256(parts), _new_number(at)
    entry = record(
        by=by,
        verb="innovation.proposal_submit",
        obj=proposal,
        data={
            "receipt": number,
            "challenge": proposal.challenge.slug,
            "received_at": at.isoformat(),
            "deadline_at": deadline.at.isoformat(),
            "content_sha256": digest,
            **({"sealed_in": sealed_in} if sealed_in else {}),
        },
    )
    receipt = Receipt(
        proposal=proposal,
        number=number,
        issued_to=by,
        received_at=at,
        deadline_at=deadline.at,
        content_sha256=digest,
        parts=parts,
        ledger_position=entry.position,
    )
    receipt.signed = signed_words(receipt, entry=entry, exception=deadline.exception)
    receipt.save(force_insert=True)
    StoredFile.objects.bulk_create([part.file for part in sealed])
    for part in sealed:
        stored = part.file
        part.file, part.receipt = stored, receipt  # the file has its row, and its key, by now
    SealedPart.objects.bulk_create(sealed)
    return receipt


def signed_words(
    receipt: Receipt, *, entry: LedgerEntry, exception: DeadlineException | None = None
) -> str:
    """No person: return what a receipt says, signed with the key of this installation."""
    proposal = receipt.proposal
    challenge = proposal.challenge
    said: dict[str, Any] = {
        "number": receipt.number,
        "cluster": settings.MINKA_CLUSTER_NAME,
        "address": settings.MINKA_BASE_URL,
        "proposal": str(proposal.public_id),
        "lead": {"id": proposal.lead.public_id, "name": proposal.lead.name},
        "submitted_by": receipt.issued_to.get_full_name(),
        "challenge": {"id": challenge.slug, "es": challenge.title_es, "en": challenge.title_en},
        "call": {
            "protection": "sealed" if proposal.is_sealed else "access",
            "key": challenge.key.public_key if proposal.is_sealed else None,
        },
        "received_at": _exactly(receipt.received_at),
        "deadline_at": _exactly(receipt.deadline_at),
        "exception": _exception(exception),
        "parts": receipt.parts,
        "content_sha256": receipt.content_sha256,
        "ledger": {"position": receipt.ledger_position, "sha256": entry.entry_hash},
    }
    return sign_receipt(said, server_secret(RECEIPTS))


def _exception(exception: DeadlineException | None) -> dict[str, str] | None:
    if exception is None:
        return None
    return {
        "until": _exactly(exception.until),
        "reason": exception.reason,
        "authorised_by": exception.authorised_by,
        "granted_at": _exactly(exception.granted_at),
    }


def _exactly(at: datetime) -> str:
    """Write an instant in the zone of the cluster, with its offset from UTC."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).isoformat()


def _new_number(at: datetime) -> str:
    """Return a number that can be read out on the telephone and tells nothing about others."""
    year = at.astimezone(ZoneInfo(settings.TIME_ZONE)).year
    while True:
        number = f"R-{year}-{random_letters(6)}"
        if not Receipt.objects.filter(number=number).exists():
            return number


def random_letters(count: int) -> str:
    """No person: return letters and digits that nobody mistakes for one another."""
    return "".join(secrets.choice(LETTERS) for _position in range(count))
