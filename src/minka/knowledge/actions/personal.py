"""What the map holds of a person, and how it forgets them."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.knowledge.actions.exports import expire_export
from minka.knowledge.actions.ownership import release_claim
from minka.knowledge.actions.search_index import index_actors
from minka.knowledge.models import (
    Actor,
    ActorField,
    ActorName,
    Claim,
    Confirmation,
    Correction,
    DirectoryExport,
    FieldChange,
    Membership,
    Response,
    SavedSearch,
    Shortlist,
    SurveySilence,
)
from minka.knowledge.queries.memberships import own_name_entries
from minka.knowledge.rules import forget_roles
from minka.knowledge.states import (
    CLAIM_OPEN,
    CORRECTION_OPEN,
    ClaimState,
    CorrectionState,
    MembershipState,
)
from minka.methods.text import search_key


def collect(person: User) -> dict[str, Any]:
    """Return what the map holds of a person, as plain values.

    No person: the export asks for whoever takes their own data along.
    """
    memberships = Membership.objects.filter(user=person).select_related("actor").order_by("pk")
    claims = Claim.objects.filter(claimant=person).select_related("actor").order_by("pk")
    own = Q(proposed_by=person) | Q(by_visitor=True, email__iexact=person.email)
    corrections = Correction.objects.filter(own).select_related("actor")
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
        **_by_address(person),
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


def _by_address(person: User) -> dict[str, Any]:
    """Return what is held under the person's address, though no account was needed for it."""
    email = person.email
    responses = Response.objects.filter(email__iexact=email).select_related("actor", "wave")
    letters = Confirmation.objects.filter(email__iexact=email).select_related("actor", "campaign")
    interviews = Response.objects.filter(interviewer=person).select_related("actor", "wave")
    return {
        "surveys": [
            {
                "organisation": one.actor.name,
                "wave": one.wave.name,
                "state": one.state,
                "who_answers": one.respondent,
                "invited_at": one.invited_at.isoformat() if one.invited_at else None,
                "answers": {
                    answer.question.code: answer.value
                    for answer in one.answers.select_related("question").order_by("pk")
                },
            }
            for one in responses.order_by("pk")
        ],
        "interviews": [
            {"organisation": one.actor.name, "wave": one.wave.name, "state": one.state}
            for one in interviews.order_by("pk")
        ],
        "confirmations": [
            {
                "organisation": one.actor.name,
                "round": one.campaign.name,
                "state": one.state,
                "note": one.note,
                "sent_at": one.sent_at.isoformat() if one.sent_at else None,
            }
            for one in letters.order_by("pk")
        ],
        "not_asked_again_since": [
            one.since.isoformat() for one in SurveySilence.objects.filter(email__iexact=email)
        ],
    }


def forget(by: User, person: User) -> None:
    """End what a person has in the map and take out what they wrote of themselves.

    Claims are withdrawn, proposals that wait too; the documents of claims go with their bytes.
    Answers to surveys are the organisation's and stay, without who gave them. An address that
    asked not to be written to stays on that list alone, or it would be written to again.

    No person: `by` comes first here, as every part that forgets takes it.
    """
    _forget_own_name(person)  # before the memberships, which say that it is theirs
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
    as_visitor = Correction.objects.filter(by_visitor=True, email__iexact=person.email)
    Correction.objects.filter(proposed_by=person, state=CorrectionState.PROPOSED).delete()
    as_visitor.filter(state__in=CORRECTION_OPEN).delete()
    as_visitor.update(email="")
    Response.objects.filter(email__iexact=person.email).update(email="", respondent="")
    if person.full_name.strip():
        named = Response.objects.filter(respondent__icontains=person.full_name.strip())
        named.update(respondent="")
    SavedSearch.objects.filter(owner=person).delete()
    Shortlist.objects.filter(owner=person).delete()
    for export in DirectoryExport.objects.filter(by=person, file__isnull=False):
        expire_export(export_id=export.pk)
    DirectoryExport.objects.filter(by=person).delete()
    Confirmation.objects.filter(email__iexact=person.email).update(email="borrado@borrado.invalid")
    forget_roles(person)


def _forget_own_name(person: User) -> None:
    """Take the name off what stands in the map for the person alone; what it did stays."""
    new_name = str(_("Person %(number)s") % {"number": person.pk})
    key = search_key(new_name)
    for actor in own_name_entries(viewer=person):
        ActorField.objects.filter(actor=actor, field="name").update(value=new_name)
        FieldChange.objects.filter(actor=actor, field="name").delete()
        ActorName.objects.filter(actor=actor, text_key=actor.name_key).delete()
        Actor.objects.filter(pk=actor.pk).update(name=new_name, name_key=key, search_text=key)
        index_actors(actors=[actor.pk])


def _drop_document(claim: Claim) -> None:
    stored = claim.document
    claim.document = None
    claim.save(update_fields=["document"])
    if stored is not None:
        stored.content.delete(save=False)
        stored.delete()
