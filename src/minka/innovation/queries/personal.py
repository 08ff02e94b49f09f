"""What open innovation holds of a person, for whoever takes their own data along."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet

from minka.core.models import User
from minka.innovation.models import (
    AgreementSignature,
    Appeal,
    Assignment,
    ChallengeFollower,
    ChallengeQuestion,
    EvaluatorProfile,
    Interest,
    NdaAcceptance,
    NdaOpening,
    PanelSeat,
    PartnerLetter,
    PrivateNote,
    Problem,
    Proposal,
)


def letters_to(person: User) -> QuerySet[PartnerLetter]:
    """No person: return the letters that wait for an answer from an address of somebody."""
    theirs = EmailAddress.objects.filter(user=person, email__iexact=OuterRef("email"))
    waiting = PartnerLetter.objects.filter(ended_at=None)
    return waiting.filter(Q(Exists(theirs)) | Q(email__iexact=person.email))


def own_papers(person: User) -> dict[str, Any]:
    """Return the numbers of what the person wrote; the texts belong to the organisations."""
    proposals = Proposal.objects.filter(author=person).order_by("pk")
    problems = Problem.objects.filter(author=person).order_by("pk")
    evaluations = Assignment.objects.filter(evaluator=person).order_by("pk")
    questions = ChallengeQuestion.objects.filter(asker=person).order_by("pk")
    following = ChallengeFollower.objects.filter(user=person, stopped_at__isnull=True)
    accepted = NdaAcceptance.objects.filter(by=person).order_by("pk")
    opened = NdaOpening.objects.filter(by=person).order_by("pk")
    signed = AgreementSignature.objects.filter(by=person).order_by("pk")
    return {
        "signatures": [
            {"agreement": str(number), "name": name, "post": post, "at": at.isoformat()}
            for number, name, post, at in signed.values_list(
                "version__agreement__public_id", "name", "post", "at"
            )
        ],
        "confidentiality": [
            {"challenge": slug, "organisation": name, "wording": number, "at": at.isoformat()}
            for slug, name, number, at in accepted.values_list(
                "text__challenge__slug", "actor__name", "text__number", "at"
            )
        ],
        "openings": [
            {"challenge": slug, "at": at.isoformat()}
            for slug, at in opened.values_list("challenge__slug", "at")
        ],
        "questions": [
            {"challenge": slug, "asked_at": at.isoformat(), "text": text}
            for slug, at, text in questions.values_list("challenge__slug", "asked_at", "text")
        ],
        "appeals": [
            {"challenge": slug, "kind": kind, "asked_at": at.isoformat(), "text": text}
            for slug, kind, at, text in Appeal.objects.filter(asked_by=person)
            .order_by("pk")
            .values_list("letter__proposal__challenge__slug", "kind", "asked_at", "text")
        ],
        "panels": [
            {"session": title, "office": office, "attendance": attendance}
            for title, office, attendance in PanelSeat.objects.filter(person=person)
            .order_by("pk")
            .values_list("session__title", "office", "attendance")
        ],
        "asked_to_propose_together": [
            {"challenge": slug, "organisation": name, "asked_at": at.isoformat()}
            for slug, name, at in letters_to(person)
            .order_by("pk")
            .values_list("proposal__challenge__slug", "organisation", "asked_at")
        ],
        "follows": list(following.order_by("pk").values_list("challenge__slug", flat=True)),
        "proposals": [str(one) for one in proposals.values_list("public_id", flat=True)],
        "problems": list(problems.values_list("pk", flat=True)),
        "private_notes": [
            {"evaluation": one.assignment_id, "text": one.words}
            for one in PrivateNote.objects.filter(assignment__evaluator=person).order_by("pk")
        ],
        "evaluations": list(evaluations.values_list("pk", flat=True)),
        "evaluator": list(
            EvaluatorProfile.objects.filter(person=person).values(
                "kind", "scope", "expertise", "reads_spanish", "reads_english", "max_load"
            )
        ),
        "interests": [
            {"organisation": name, "reason": reason, "stated_at": at.isoformat()}
            for name, reason, at in Interest.objects.filter(person=person)
            .order_by("pk")
            .values_list("actor__name", "reason", "stated_at")
        ],
    }
