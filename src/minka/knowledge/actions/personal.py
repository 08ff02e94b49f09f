"""What the map holds of a person, and how it forgets them."""

from typing import Any

from django.db.models import Q

from minka.core.models import User
from minka.knowledge.actions.exports import expire_export
from minka.knowledge.actions.ownership import release_claim
from minka.knowledge.models import (
    Claim,
    Confirmation,
    Correction,
    DirectoryExport,
    Membership,
    SavedSearch,
    Shortlist,
)
from minka.knowledge.rules import forget_roles
from minka.knowledge.states import CLAIM_OPEN, ClaimState, CorrectionState, MembershipState


def collect(person: User) -> dict[str, Any]:
    """Return what the map holds of a person, as plain values.

    No person: the export asks for whoever takes their own data along.
    """
    memberships = Membership.objects.filter(user=person).select_related("actor").order_by("pk")
    claims = Claim.objects.filter(claimant=person).select_related("actor").order_by("pk")
    corrections = Correction.objects.filter(proposed_by=person).select_related("actor")
    return {
        "memberships": [
            {
                "organisation": one.actor.name,
                "role": one.role,
                "user_area": one.user_area,
                "state": one.state,
                "message": one.message,
                "at": one.created_at.isoformat(),
            }
            for one in memberships
        ],
        "claims": [
            {
                "organisation": one.actor.name,
                "state": one.state,
                "method": one.method,
                "email": one.email,
                "note": one.note,
                "at": one.created_at.isoformat(),
            }
            for one in claims
        ],
        "corrections": [
            {
                "organisation": one.actor.name,
                "field": one.field,
                "before": one.before,
                "after": one.after,
                "why": one.why,
                "state": one.state,
                "at": one.proposed_at.isoformat(),
            }
            for one in corrections.order_by("pk")
        ],
        "saved_searches": list(
            SavedSearch.objects.filter(owner=person).values("name", "note", "address", "alert")
        ),
        "lists": [
            {
                "name": one.name,
                "note": one.note,
                "organisations": list(one.entries.values_list("actor__name", "note")),
            }
            for one in Shortlist.objects.filter(owner=person)
        ],
    }


def forget(by: User, person: User) -> None:
    """End what a person has in the map and take out what they wrote of themselves.

    Claims are withdrawn, proposals that wait too; the documents of claims go with their bytes.

    No person: `by` comes first here, as every part that forgets takes it.
    """
    live = Claim.objects.filter(claimant=person).filter(
        Q(state__in=CLAIM_OPEN) | Q(state=ClaimState.GRANTED)
    )
    for claim in live.select_related("actor"):
        release_claim(by=by, claim=claim)
    for claim in Claim.objects.filter(claimant=person, document__isnull=False):
        _drop_document(claim)
    Claim.objects.filter(claimant=person).update(email="", note="", code_digest="")
    memberships = Membership.objects.filter(user=person)
    for one in memberships.filter(state__in=[MembershipState.ACTIVE, MembershipState.REQUESTED]):
        one.answered_at = one.answered_at or one.created_at
        one.state = MembershipState.ENDED
        one.save(update_fields=["state", "answered_at"])
    memberships.update(message="", user_area="")
    Correction.objects.filter(proposed_by=person, state=CorrectionState.PROPOSED).delete()
    SavedSearch.objects.filter(owner=person).delete()
    Shortlist.objects.filter(owner=person).delete()
    for export in DirectoryExport.objects.filter(by=person, file__isnull=False):
        expire_export(export_id=export.pk)
    DirectoryExport.objects.filter(by=person).delete()
    Confirmation.objects.filter(email__iexact=person.email).update(email="borrado@borrado.invalid")
    forget_roles(person)


def _drop_document(claim: Claim) -> None:
    stored = claim.document
    claim.document = None
    claim.save(update_fields=["document"])
    if stored is not None:
        stored.content.delete(save=False)
        stored.delete()
