"""Issue the receipt of a submission; called by `submit_proposal` alone, in its transaction."""

import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from minka.core.audit import record
from minka.core.models import User
from minka.innovation.models import Call, Proposal, Receipt
from minka.innovation.queries.receipts import content_parts, content_sha256

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is mistaken for something else


def issue_receipt(*, by: User, proposal: Proposal, call: Call, at: datetime) -> Receipt:
    """Write the submission to the ledger and return the receipt that points there."""
    parts = content_parts(proposal)
    digest, number = content_sha256(parts), _new_number(at)
    entry = record(
        by=by,
        verb="innovation.proposal_submit",
        obj=proposal,
        data={
            "receipt": number,
            "received_at": at.isoformat(),
            "deadline_at": call.closes_at.isoformat(),
            "content_sha256": digest,
        },
    )
    return Receipt.objects.create(
        proposal=proposal,
        number=number,
        issued_to=by,
        received_at=at,
        deadline_at=call.closes_at,
        content_sha256=digest,
        parts=parts,
        ledger_position=entry.position,
    )


def _new_number(at: datetime) -> str:
    """Return a number that can be read out on the telephone and tells nothing about others."""
    year = at.astimezone(ZoneInfo(settings.TIME_ZONE)).year
    while True:
        number = f"R-{year}-" + "".join(secrets.choice(LETTERS) for _position in range(6))
        if not Receipt.objects.filter(number=number).exists():
            return number
