"""The versions of a published challenge, and how two of them differ, field by field.

What is confidential is compared only for whoever may read it now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from minka.core.components import Text
from minka.core.templatetags.formats import in_zone, localized_text
from minka.innovation.models import Challenge, ChallengeVersion
from minka.innovation.queries.challenge_parts import (
    CRITERION_TEXTS,
    DATES,
    DAYS_AFTER,
    FACTS,
    NDA_FIELDS,
    TEXT_FIELDS,
    label_of,
    language_of,
)
from minka.innovation.states import Envelopes, Gate, Protection, Purchase, Trl
from minka.knowledge.models import Theme
from minka.methods.text_difference import Change, Piece, word_difference

PROTECTION = _lazy("Protection of the proposals")
OPENING = _lazy("What opens when")


@dataclass(frozen=True)
class Difference:
    """One thing that two versions say differently."""

    label: Text
    pieces: list[Piece]
    language: str = ""


@dataclass(frozen=True)
class _Line:
    label: Text
    text: str
    language: str = ""


def versions_of(challenge: Challenge) -> list[ChallengeVersion]:
    """Return the versions, the newest first, for whoever has found the challenge."""
    return list(challenge.versions.order_by("-number"))


def difference_of(
    before: Mapping[str, Any], after: Mapping[str, Any], *, reads_nda: bool
) -> list[Difference]:
    """Return what differs between two contents; one SQL statement, for the names of themes."""
    themes = _theme_names(before, after)
    old, new = (_lines(one, themes, reads_nda=reads_nda) for one in (before, after))
    found = []
    for key in dict.fromkeys((*old, *new)):
        one = new.get(key) or old[key]
        texts = [side[key].text if key in side else "" for side in (old, new)]
        pieces = word_difference(*texts)
        if any(piece.change is not Change.SAME for piece in pieces):
            found.append(Difference(one.label, pieces, one.language))
    return found


def labels_of(keys: Iterable[str]) -> list[str]:
    """Return what changed, as a letter lists it: each thing once, the order of the page."""
    wanted = set(keys)
    known: dict[str, Text] = {**{f: label_of(f) for f in TEXT_FIELDS}, **FACTS, **DATES}
    known |= {
        "criteria": _("Criteria and weights"),
        "themes": _("Themes"),
        "documents": _("Documents"),
        "protection": PROTECTION,
        "opening": OPENING,
    }
    found = [str(label) for key, label in known.items() if key in wanted]
    if wanted & {*NDA_FIELDS, "nda:documents"}:
        found.append(_("The confidential part"))
    return found


def _lines(
    content: Mapping[str, Any], themes: Mapping[str, str], *, reads_nda: bool
) -> dict[str, _Line]:
    public = content["public"]
    lines = {
        name: _Line(label_of(name), public.get(name, ""), language_of(name)) for name in TEXT_FIELDS
    }
    for name, label in FACTS.items():
        lines[name] = _Line(label, _fact(name, public.get(name)))
    for name, label in DATES.items():
        lines[name] = _Line(label, _date(name, public.get(name)))
    lines["protection"] = _Line(PROTECTION, _protection(public.get("protection")))
    lines["opening"] = _Line(OPENING, _opening(public.get("opening") or {}))
    lines |= _criterion_lines(public["criteria"])
    names = [themes.get(slug, slug) for slug in public["themes"]]
    lines["themes"] = _Line(_("Themes"), ", ".join(names))
    lines["documents"] = _Line(_("Documents"), _document_names(public["documents"]))
    if reads_nda:
        nda = content["nda"]
        for name in NDA_FIELDS:
            lines[name] = _Line(label_of(name), nda.get(name, ""), language_of(name))
        lines["nda:documents"] = _Line(
            _("Confidential documents"), _document_names(nda["documents"])
        )
    return lines


def _criterion_lines(criteria: Iterable[Mapping[str, Any]]) -> dict[str, _Line]:
    lines = {}
    for one in criteria:
        for language in ("es", "en"):
            said = [f"{one[f'name_{language}']} ({one['weight']} %)", one[f"meaning_{language}"]]
            said += [
                f"{CRITERION_TEXTS[part]}: {one[f'{part}_{language}']}"
                for part in ("low", "high")
                if one.get(f"{part}_{language}")
            ]
            if one.get("gate"):
                said.append(str(Gate(one["gate"]).label))
            label = _("Criterion, in Spanish") if language == "es" else _("Criterion, in English")
            text = "\n".join(part for part in said if part)
            lines[f"criterion:{one['id']}:{language}"] = _Line(label, text, language)
    return lines


def _document_names(documents: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(f"{one['title_es']} ({one['name']})" for one in documents)


def _fact(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name == "trl_minimum":
        return str(Trl(int(value)).label)
    if name == "purchase":
        return str(Purchase(value).label)
    return str(value)


def _protection(value: str | None) -> str:
    """Return it in words; versions from before it was part of them do not say it."""
    return str(Protection(value).label) if value else ""


def _opening(said: Mapping[str, Any]) -> str:
    """Return what is beyond the usual: envelopes, and that the number of proposals is told."""
    told = _("How many proposals were received is told to everybody")
    words = [str(Envelopes(said["envelopes"]).label)] if said else []
    words += [told] if said.get("shows_count") else []
    words += [str(said["economic_from"])] if said.get("economic_from") else []
    return "; ".join(words)


def _date(name: str, value: str | None) -> str:
    if not value:
        return ""
    if name in DAYS_AFTER:
        return f"{date.fromisoformat(value):%Y-%m-%d}"
    return in_zone(datetime.fromisoformat(value), ZoneInfo(settings.TIME_ZONE))


def _theme_names(*contents: Mapping[str, Any]) -> dict[str, str]:
    slugs = {slug for one in contents for slug in one["public"]["themes"]}
    found = Theme.every.filter(slug__in=slugs)
    return {theme.slug: localized_text(theme, "label")[0] for theme in found}
