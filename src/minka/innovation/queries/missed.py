"""What the ledger knows to be received, beside what the rows say: nothing goes missing unseen."""

from dataclasses import dataclass

from minka.core.models import LedgerEntry
from minka.innovation.models import Challenge, Proposal, Receipt
from minka.innovation.states import OpeningFailure, ProposalState

HANDED_IN, TAKEN_BACK = "innovation.proposal_submit", "innovation.proposal_withdraw"
OPENED = "innovation.proposal_open"


@dataclass
class _Told:
    """What the ledger says last of one proposal."""

    receipt: str = ""
    stands: bool = False
    opened: bool = False


def missed_proposals(*, challenge: Challenge) -> dict[str, OpeningFailure]:
    """Return, by id, the proposals that are gone, hidden, or put back to an older submission.

    A row can be removed, be given another state or an older receipt, or a whole table be put back
    from a copy; the ledger, which grows only at its end, says what was handed in last.
    """
    told = _told(challenge)
    rows = {
        str(one.public_id): one
        for one in Proposal.objects.filter(public_id__in=list(told)).defer("locked")
    }
    newest = dict(
        Receipt.objects.filter(proposal__in=[one.pk for one in rows.values()])
        .order_by("pk")
        .values_list("proposal_id", "number")
    )
    found = {}
    for public_id, said in sorted(told.items()):
        row = rows.get(public_id)
        if row is None or row.challenge_id != challenge.pk:
            found[public_id] = OpeningFailure.LOST
        elif said.stands and newest.get(row.pk) != said.receipt:
            found[public_id] = OpeningFailure.OLDER
        elif said.stands and (row.state != ProposalState.SUBMITTED or row.is_sealed is said.opened):
            found[public_id] = OpeningFailure.HIDDEN
    return found


def _told(challenge: Challenge) -> dict[str, _Told]:
    """Return what the ledger says of every proposal that was ever handed in to a challenge."""
    here = {
        str(one)
        for one in Proposal.objects.filter(challenge=challenge).values_list("public_id", flat=True)
    }
    told: dict[str, _Told] = {}
    entries = LedgerEntry.objects.filter(verb__in=[HANDED_IN, TAKEN_BACK, OPENED])
    for entry in entries.order_by("position"):
        if entry.verb == HANDED_IN and (
            entry.subject_id in here or entry.details.get("challenge") == challenge.slug
        ):
            told[entry.subject_id] = _Told(str(entry.details.get("receipt", "")), stands=True)
        elif entry.subject_id in told:
            told[entry.subject_id].stands &= entry.verb != TAKEN_BACK
            told[entry.subject_id].opened |= entry.verb == OPENED
    return told
