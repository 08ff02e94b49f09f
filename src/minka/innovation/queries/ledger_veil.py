"""Who answers a sealed call is not told by the ledger's page either, until it is opened."""

from collections.abc import Sequence
from uuid import UUID

from minka.core.models import LedgerEntry
from minka.innovation.models import Proposal

SUBJECT = "innovation.proposal"


def acts_of_sealed(entries: Sequence[LedgerEntry]) -> set[int]:
    """No person: return the positions of acts on proposals that are sealed, drafts included."""
    found = {one.position: one.subject_id for one in entries if one.subject_type == SUBJECT}
    ids = {UUID(one) for one in found.values()}
    sealed = {
        str(one)
        for one in Proposal.objects.filter(public_id__in=ids, is_sealed=True).values_list(
            "public_id", flat=True
        )
    }
    return {position for position, one in found.items() if one in sealed}
