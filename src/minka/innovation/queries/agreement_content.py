"""The text of an agreement in plain values, its fingerprint, and how two texts differ."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from minka.core.models.ledger import canonical
from minka.core.templatetags.formats import money
from minka.innovation.models import Agreement, AgreementParty, AgreementVersion
from minka.innovation.queries.challenge_versions import Difference
from minka.innovation.states.agreements import AgreementKind, PartyRole
from minka.methods.text_difference import Change, word_difference

LIBRARY = Path(__file__).resolve().parents[1] / "data" / "clauses.json"
BLANK = "____________"


@dataclass(frozen=True)
class AgreementFacts:
    """What a text says in figures and dates, beside its clauses."""

    kind: str
    title: str
    language: str = "es"
    value_usd: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Clause:
    """A clause as it is written: places in braces are filled from the facts."""

    title: str
    text: str


@lru_cache(maxsize=1)
def _library() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(LIBRARY.read_text())
    return found


def clauses_for(kind: str, language: str) -> list[Clause]:
    """Return the clauses that an agreement of a kind begins with."""
    library = _library()
    return [Clause(*library["clauses"][key][language]) for key in library["order"][kind]]


def facts_of(agreement: Agreement) -> AgreementFacts:
    """Return the facts of the text that is worked on."""
    if agreement.text is None:
        names = ("kind", "title", "language", "value_usd", "starts_on", "ends_on")
        return AgreementFacts(**{name: getattr(agreement, name) for name in names})
    said = agreement.text.content
    return AgreementFacts(
        kind=said["kind"],
        title=said["title"],
        language=said["language"],
        value_usd=Decimal(said["value_usd"]) if said["value_usd"] else None,
        starts_on=_day(said["starts_on"]),
        ends_on=_day(said["ends_on"]),
    )


def clauses_of(version: AgreementVersion | None) -> list[Clause]:
    """Return the clauses of a version as they are edited."""
    said = version.content["clauses"] if version else []
    return [Clause(one["title"], one["text"]) for one in said]


def content_of(
    *, facts: AgreementFacts, parties: Sequence[AgreementParty], clauses: Sequence[Clause]
) -> dict[str, Any]:
    """Return a text whole: facts, parties, and each clause as written and as it reads."""
    filled = _places(facts, parties)
    return {
        "kind": facts.kind,
        "title": facts.title,
        "language": facts.language,
        "value_usd": "" if facts.value_usd is None else f"{facts.value_usd:.2f}",
        "starts_on": facts.starts_on.isoformat() if facts.starts_on else "",
        "ends_on": facts.ends_on.isoformat() if facts.ends_on else "",
        "parties": [
            {"role": one.role, "id": one.actor.public_id if one.actor else "", "name": one.name}
            for one in parties
        ],
        "clauses": [
            {"title": one.title, "text": one.text, "words": _fill(one.text, filled)}
            for one in clauses
        ],
    }


def fingerprint(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return what two texts say differently: facts first, then clause by clause."""
    old, new = _lines(before), _lines(after)
    found = []
    for key in dict.fromkeys((*old, *new)):
        pieces = word_difference(old.get(key, ""), new.get(key, ""))
        if any(piece.change is not Change.SAME for piece in pieces):
            found.append(Difference(key, pieces, after["language"]))
    return found


def kind_label(kind: str) -> str:
    """Return what a kind is called in the language in use."""
    return str(AgreementKind(kind).label)


def _lines(content: Mapping[str, Any]) -> dict[str, str]:
    value = Decimal(content["value_usd"]) if content["value_usd"] else None
    lines = {
        _("Kind of agreement"): kind_label(content["kind"]),
        _("Title"): content["title"],
        _("Value"): money(value, "USD") if value is not None else "",
        _("Starts"): content["starts_on"],
        _("Ends"): content["ends_on"],
        _("Parties"): "\n".join(one["name"] for one in content["parties"]),
    }
    for one in content["clauses"]:
        lines[one["title"]] = (lines.get(one["title"], "") + "\n" + one["words"]).strip()
    return {label: text for label, text in lines.items() if text}


def _places(facts: AgreementFacts, parties: Sequence[AgreementParty]) -> dict[str, str]:
    with override(facts.language):
        joint = " " + _("and") + " "
        names = {
            role: joint.join(one.name for one in parties if one.role == role) for role in PartyRole
        }
        return {
            "{parties}": joint.join(one.name for one in parties),
            "{companies}": names[PartyRole.COMPANY] or BLANK,
            "{solvers}": names[PartyRole.SOLVER] or BLANK,
            "{title}": facts.title,
            "{value}": BLANK if facts.value_usd is None else str(money(facts.value_usd, "USD")),
            "{starts}": facts.starts_on.strftime("%d/%m/%Y") if facts.starts_on else BLANK,
            "{ends}": facts.ends_on.strftime("%d/%m/%Y") if facts.ends_on else BLANK,
        }


def _fill(text: str, places: Mapping[str, str]) -> str:
    for place, words in places.items():
        if words.endswith("."):  # S.A.C. at the end of a sentence has its full stop already
            text = text.replace(f"{place}.", words)
        text = text.replace(place, words)
    return text


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
