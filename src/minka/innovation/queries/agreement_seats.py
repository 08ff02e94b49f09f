"""Who has to approve and to sign the text of an agreement, and what they answered."""

from dataclasses import dataclass
from typing import Any

from minka.innovation.models import (
    Agreement,
    AgreementApproval,
    AgreementParty,
    AgreementSignature,
)
from minka.innovation.queries.agreements import parties_of
from minka.innovation.states import ApprovalAnswer
from minka.innovation.states.agreements import PartyRole, SeatKind
from minka.knowledge.rules import active_roles
from minka.knowledge.states import MemberRole

SEATS = {
    PartyRole.COMPANY: (SeatKind.USER_AREA, SeatKind.REPRESENTATIVE),
    PartyRole.SOLVER: (SeatKind.REPRESENTATIVE,),
    PartyRole.CLUSTER: (SeatKind.TEAM,),
}
ROLE_OF = {
    SeatKind.USER_AREA: MemberRole.USER_AREA,
    SeatKind.REPRESENTATIVE: MemberRole.REPRESENTATIVE,
}


@dataclass(frozen=True)
class AgreementSeat:
    """One approval that a text needs, and the answer that stands."""

    party: AgreementParty
    seat: SeatKind
    given: AgreementApproval | None = None

    @property
    def key(self) -> str:
        """Name the seat in a form."""
        return f"{self.party.pk}:{self.seat}"

    @property
    def label(self) -> str:
        """What the seat is called."""
        return str(SeatKind(self.seat).label)

    @property
    def approves(self) -> bool:
        """Whether it said yes to the text as it is."""
        return self.given is not None and self.given.answer == ApprovalAnswer.APPROVED


def seats_of(agreement: Agreement) -> list[AgreementSeat]:
    """Return every seat of the text that is worked on; one SQL statement."""
    standing = AgreementApproval.objects.filter(
        party__agreement=agreement, version=agreement.text_id, voided_at__isnull=True
    ).select_related("by")
    given = {(one.party_id, one.seat): one for one in standing}
    return [
        AgreementSeat(party, seat, given.get((party.pk, seat)))
        for party in parties_of(agreement)
        for seat in SEATS[PartyRole(party.role)]
    ]


def holds(viewer: Any, seat: AgreementSeat) -> bool:
    """Whether a person answers in the name of a seat."""
    if seat.party.actor_id is None:
        return bool(viewer.is_staff)
    return ROLE_OF[seat.seat] in active_roles(viewer, seat.party.actor_id)


def signatures_of(agreement: Agreement) -> dict[int, AgreementSignature]:
    """Return the signatures that stand under the text that is worked on, by party."""
    standing = AgreementSignature.objects.filter(
        version=agreement.text_id, voided_at__isnull=True
    ).select_related("by")
    return {one.party_id: one for one in standing}
