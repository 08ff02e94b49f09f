"""Challenges in preparation, approved and published, as the tests begin with them."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from minka.innovation.actions.challenge_approvals import answer_approval, ask_approval
from minka.innovation.actions.challenge_documents import NewDocument, add_document
from minka.innovation.actions.challenge_writing import ChallengeContent
from minka.innovation.actions.challenges import draft_challenge, save_challenge
from minka.innovation.actions.challenges_publication import publish_challenge
from minka.innovation.actions.criteria import CriterionRow
from minka.innovation.actions.protection import choose_protection
from minka.innovation.models import Challenge
from minka.innovation.queries.challenge_approvals import seats_of
from minka.innovation.queries.challenge_content import fingerprint, fresh_content
from minka.innovation.queries.challenge_parts import NDA_FIELDS, TEXT_FIELDS
from minka.innovation.states import Protection
from tests.factories import ProblemFactory, UserFactory
from tests.innovation.people import person_of, staff

SCALE = {"low_es": "Nada", "low_en": "Nothing", "high_es": "Todo", "high_en": "All of it"}
ROWS = [
    CriterionRow(name_es="Impacto", name_en="Impact", weight=60, **SCALE),
    CriterionRow(name_es="Viabilidad", name_en="Feasibility", weight=40, **SCALE),
]
TEXTS = {name: f"Texto de {name}" for name in TEXT_FIELDS} | dict.fromkeys(NDA_FIELDS, "")
NDA = {name: f"Reserva {name}" for name in NDA_FIELDS}


def whole(*, closes_in=30, **changes):
    """All that publication needs, with nothing confidential."""
    now = timezone.now()
    closes = now + timedelta(days=closes_in)
    given = {
        "texts": TEXTS,
        "criteria": ROWS,
        "opens_at": now - timedelta(days=1),
        "questions_until": now + timedelta(days=closes_in / 2),
        "closes_at": closes,
        "evaluation_until": closes.date() + timedelta(days=20),
        "decision_on": closes.date() + timedelta(days=30),
        "pilot_from": closes.date() + timedelta(days=60),
    }
    return ChallengeContent(**{**given, **changes})


def with_nda(**changes):
    """The same with a confidential part."""
    return whole(texts={**TEXTS, **NDA}, **changes)


def drafted(**problem):
    by = staff()
    challenge = draft_challenge(by=by, problems=[ProblemFactory(state="shortlisted", **problem)])
    return by, challenge


def saved(content=None, **problem):
    by, challenge = drafted(**problem)
    challenge = save_challenge(by=by, challenge=challenge, revision=0, content=content or whole())
    if hasattr(challenge, "call"):  # how proposals are sealed is another story
        choose_protection(by=by, challenge=challenge, protection=Protection.ACCESS)
    return by, challenge


def answer(challenge, person, seat, *, approves=True, reason=""):
    return answer_approval(
        by=person,
        challenge=challenge,
        seat=seat.key,
        sha256=fingerprint(fresh_content(challenge)),
        approves=approves,
        reason=reason,
    )


def approve_all(by, challenge):
    """Ask, and let a person of every seat approve; return the challenge as it is then."""
    asked = ask_approval(by=by, challenge=challenge)
    for seat in seats_of(asked):
        person = by if seat.company is None else person_of(seat.company, role=seat.seat)
        answer(asked, person, seat)
    return Challenge.objects.get(pk=challenge.pk)


def published(content=None, **problem):
    """A challenge that went all the way; with the person of the team who took it there."""
    by, challenge = saved(content, **problem)
    challenge = approve_all(by, challenge)
    return by, publish_challenge(by=by, challenge=challenge)


def paper(name="ficha.txt", text=b"Caudal 40 l/s", part="public"):
    return NewDocument(
        upload=SimpleUploadedFile(name, text), part=part, title_es="Ficha", title_en="Sheet"
    )


def with_document(by, challenge, **kwargs):
    reason = kwargs.pop("reason", "")
    return add_document(by=by, challenge=challenge, document=paper(**kwargs), reason=reason)


def outsider():
    return UserFactory()
