"""A challenge as plain values: what is approved, kept as a version, compared and fingerprinted."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from minka.innovation.models import Call, Challenge, ChallengeDocument, Criterion
from minka.innovation.queries.challenge_parts import (
    CRITERION_TEXTS,
    DATES,
    DAYS_AFTER,
    FACTS,
    NDA_FIELDS,
    TEXT_FIELDS,
    fields_of,
)
from minka.innovation.states import ChallengePart, Protection
from minka.knowledge.models import Theme

CRITERION_FIELDS = (*fields_of(CRITERION_TEXTS), "weight")
Content = Mapping[str, Any]


@dataclass(frozen=True)
class Document:
    """A file as a page shows it."""

    uid: str
    name: str
    size_bytes: int
    sha256: str
    title_es: str
    title_en: str


@dataclass(frozen=True)
class Record:
    """A challenge as it is or as it was, for the templates that draw one."""

    challenge: Challenge
    call: Call | None
    criteria: list[Criterion]
    themes: list[Theme]
    documents: list[Document]
    nda_documents: list[Document]


def content_of(challenge: Challenge) -> dict[str, Any]:
    """Return all that is said now, what is public and what is confidential apart.

    At most five SQL statements; what was prefetched is taken as it is.
    """
    prefetch_related_objects([challenge], "criteria", "themes", "documents__file")
    call = getattr(challenge, "call", None)
    return {
        "public": {
            **{name: getattr(challenge, name) for name in TEXT_FIELDS},
            **{name: plain(getattr(challenge, name)) for name in FACTS},
            **{name: plain(getattr(call, name, None)) for name in DATES},
            "protection": getattr(call, "protection", ""),
            **_opening(call),
            "themes": sorted(theme.slug for theme in challenge.themes.all()),
            "criteria": [_criterion(one) for one in challenge.criteria.all()],
            "documents": _documents(challenge, ChallengePart.PUBLIC),
            # one that asks for the usual parts says what it said before there were others
            **({"form": challenge.form_parts} if challenge.form_parts is not None else {}),
        },
        "nda": {
            **{name: getattr(challenge, name) for name in NDA_FIELDS},
            "documents": _documents(challenge, ChallengePart.NDA),
        },
    }


def _opening(call: Call | None) -> dict[str, Any]:
    """Return what is said of the opening beyond the usual; nothing when everything opens at once.

    So that what was approved before there were envelopes is still what was approved.
    """
    if call is None or not (call.has_envelopes or call.shows_count):
        return {}
    return {
        "opening": {
            "envelopes": str(call.envelopes),
            "economic_from": plain(call.economic_from),
            "shows_count": call.shows_count,
        }
    }


def fresh_content(challenge: Challenge) -> dict[str, Any]:
    """Return all that the database says now, whatever `challenge` remembers."""
    return content_of(Challenge.objects.select_related("call").get(pk=challenge.pk))


def fingerprint(content: Any) -> str:
    """Return the SHA-256 of a content, or of a part of it."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def agreement_fingerprint(challenge: Challenge) -> str:
    """Return the SHA-256 of the confidentiality agreement as it is written now."""
    return fingerprint({"es": challenge.confidentiality_es, "en": challenge.confidentiality_en})


def has_nda(content: Content) -> bool:
    """Whether anything is read under confidentiality only."""
    return any(bool(value) for value in content["nda"].values())


def record_of(challenge: Challenge) -> Record:
    """Return a challenge as it is now, for the page."""
    content = content_of(challenge)
    return Record(
        challenge=challenge,
        call=getattr(challenge, "call", None),
        criteria=list(challenge.criteria.all()),
        themes=list(challenge.themes.all()),
        documents=[Document(**one) for one in content["public"]["documents"]],
        nda_documents=[Document(**one) for one in content["nda"]["documents"]],
    )


def record_as_it_was(challenge: Challenge, content: Content) -> Record:
    """Return a challenge as a version has it; nothing of it can be saved. One SQL statement."""
    public, nda = content["public"], content["nda"]
    facts = {name: public.get(name) for name in FACTS if name != "pilot_budget_usd"}
    budget = public.get("pilot_budget_usd")
    was = Challenge(
        edition=challenge.edition,
        slug=challenge.slug,
        state=challenge.state,
        pilot_budget_usd=Decimal(budget) if budget else None,
        **facts,
        **{name: public.get(name, "") for name in TEXT_FIELDS},
        **{name: nda.get(name, "") for name in NDA_FIELDS},
    )
    return Record(
        challenge=was,
        call=_call_as_it_was(public) if public.get("closes_at") else None,
        criteria=[
            Criterion(**{name: one.get(name, "") for name in (*CRITERION_FIELDS, "gate")})
            for one in public["criteria"]
        ],
        themes=list(Theme.every.filter(slug__in=public["themes"])),
        documents=[Document(**one) for one in public["documents"]],
        nda_documents=[Document(**one) for one in nda["documents"]],
    )


def plain(value: Any) -> Any:
    """Return a value as JSON and both databases agree on."""
    if isinstance(value, Decimal):
        return f"{value.quantize(Decimal('0.01'))}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _criterion(one: Criterion) -> dict[str, Any]:
    """Return a criterion; its gate only if it has one, so that older fingerprints stay true."""
    said = {"id": one.pk, **{name: getattr(one, name) for name in CRITERION_FIELDS}}
    return {**said, "gate": one.gate} if one.gate else said


def _documents(challenge: Challenge, part: ChallengePart) -> list[dict[str, Any]]:
    return [_document(one) for one in challenge.documents.all() if _is_there(one, part)]


def _is_there(document: ChallengeDocument, part: ChallengePart) -> bool:
    return document.part == part and document.removed_at is None


def _document(one: ChallengeDocument) -> dict[str, Any]:
    return {
        "uid": str(one.file.uid),
        "name": one.file.name,
        "size_bytes": one.file.size_bytes,
        "sha256": one.file.sha256,
        "title_es": one.title_es,
        "title_en": one.title_en,
    }


def _call_as_it_was(public: Content) -> Call:
    dates: dict[str, Any] = {name: _date(name, public.get(name)) for name in DATES}
    return Call(**dates, protection=public.get("protection") or Protection.ACCESS)


def _date(name: str, value: str | None) -> datetime | date | None:
    if not value:
        return None
    return date.fromisoformat(value) if name in DAYS_AFTER else datetime.fromisoformat(value)
