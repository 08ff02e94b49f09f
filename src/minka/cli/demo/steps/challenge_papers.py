"""What surrounds the challenges: scales, confidential parts, documents, approvals, a change."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from minka.cli.demo.ecosystem import load_content
from minka.cli.demo.steps.world import World, days
from minka.core.models import User
from minka.innovation.actions.challenge_approvals import answer_approval, ask_approval
from minka.innovation.actions.challenge_changes import change_challenge
from minka.innovation.actions.challenge_documents import NewDocument, add_document
from minka.innovation.actions.challenge_writing import ChallengeContent
from minka.innovation.actions.criteria import CriterionRow
from minka.innovation.actions.nda import accept_nda, open_nda
from minka.innovation.models import Challenge, ChallengeVersion
from minka.innovation.queries.challenge_approvals import ROLE_OF, Seat, seats_of
from minka.innovation.queries.challenge_content import (
    CRITERION_FIELDS,
    fingerprint,
    fresh_content,
)
from minka.innovation.queries.challenge_parts import ALL_TEXT_FIELDS, DATES, FACTS, NDA_FIELDS

FACT_NAMES = ("site_offered", "purchase", "trl_minimum", "partners_max", "local_partner")


@cache
def _content() -> dict[str, Any]:
    found: dict[str, Any] = load_content("challenge_details")
    return found


def _details(key: str) -> dict[str, Any]:
    found: dict[str, Any] = _content()["details"][key]
    return found


def scale_of(kind: str) -> dict[str, Any]:
    """Return what 1 and 5 mean by a kind of criterion."""
    found: dict[str, Any] = _content()["scales"][kind]
    return found


def facts_of(key: str) -> dict[str, Any]:
    """Return what a challenge offers and demands."""
    row = _details(key)
    return {
        "pilot_budget_usd": Decimal(row["pilot_budget_usd"]),
        **{name: row[name] for name in FACT_NAMES},
    }


def confidential_texts(key: str) -> dict[str, str]:
    """Return the texts under confidentiality, by column."""
    row = _details(key)
    return {name: row[name] for name in NDA_FIELDS}


def add_documents(world: World, challenge: Challenge, key: str) -> None:
    """Add one public and one confidential document."""
    for part in ("public", "nda"):
        name, title_es, title_en, text = _details(key)[f"{part}_document"]
        upload = SimpleUploadedFile(name, text.encode())
        document = NewDocument(upload=upload, part=part, title_es=title_es, title_en=title_en)
        add_document(by=world.staff, challenge=challenge, document=document)


def approve(world: World, challenge: Challenge) -> None:
    """Let a person of every seat approve the draft."""
    asked = ask_approval(by=world.staff, challenge=challenge)
    sha256 = fingerprint(fresh_content(asked))
    for seat in seats_of(asked):
        by = _sits_on(world, seat)
        answer_approval(by=by, challenge=asked, seat=seat.key, sha256=sha256, approves=True)


def days_around(row: dict[str, Any], closes_at: datetime) -> dict[str, Any]:
    """Return the other days of a call, as its story has them."""
    decided = closes_at + days(
        row["decided_day"] - row["closes_day"] if "decided_day" in row else 35
    )
    return {
        "questions_until": closes_at - days(5),
        "evaluation_until": (decided - days(4)).date(),
        "decision_on": decided.date(),
        "pilot_from": (decided + days(45)).date(),
    }


def date_first_version(challenge: Challenge, at: datetime) -> None:
    """Let the first version have the days that the story gives the call."""
    content = fresh_content(challenge)
    ChallengeVersion.objects.filter(challenge=challenge, number=1).update(
        content=content, sha256=fingerprint(content), at=at
    )


def change_one(world: World) -> None:
    """Publish a second version of one challenge, as suppliers' questions ask for it."""
    row = _content()["change"]
    challenge = world.challenges[row["challenge"]]
    content = _as_it_is(challenge)
    texts = {**content.texts}
    for language in ("es", "en"):
        texts[f"success_{language}"] += row[f"success_{language}_add"]
    change_challenge(
        by=world.staff,
        challenge=challenge,
        revision=challenge.revision,
        content=replace(content, texts=texts, trl_minimum=row["trl_minimum"]),
        reason=row["reason"],
    )
    challenge.refresh_from_db()


def open_confidential_part(world: World) -> None:
    """Two suppliers accept the agreement and read what is confidential."""
    challenge = world.challenges[_content()["read_challenge"]]
    document = challenge.documents.get(part="nda")
    people = {row.get("solver"): world.people[row["key"]] for row in load_content("people")}
    for solver in _content()["nda_readers"]:
        by, actor = people[solver], world.solvers[solver]
        sha256 = challenge.nda_texts.get().sha256
        accept_nda(by=by, challenge=challenge, actor=actor, sha256=sha256)
        open_nda(by=by, challenge=challenge)
        open_nda(by=by, challenge=challenge, document=document)


def _as_it_is(challenge: Challenge) -> ChallengeContent:
    facts = {name: getattr(challenge, name) for name in FACTS if name != "names_company"}
    return ChallengeContent(
        texts={name: getattr(challenge, name) for name in ALL_TEXT_FIELDS},
        themes=list(challenge.themes.all()),
        criteria=[
            CriterionRow(pk=one.pk, **{name: getattr(one, name) for name in CRITERION_FIELDS})
            for one in challenge.criteria.all()
        ],
        **facts,
        **{name: getattr(challenge.call, name) for name in DATES},
    )


def _sits_on(world: World, seat: Seat) -> User:
    if seat.company is None:
        return world.staff
    sitting = seat.company.memberships.filter(role=ROLE_OF[seat.seat], state="active")
    return sitting.select_related("user").order_by("pk")[0].user
