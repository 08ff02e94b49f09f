"""Up to five organisations side by side; the address holds which."""

from collections.abc import Callable  # noqa: TC003 -- read by the annotation
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minka.knowledge.queries.activities import activity_label
from minka.knowledge.queries.comparison import COMPARED_AT_MOST, compared
from minka.knowledge.queries.countries import country_name
from minka.knowledge.queries.directory import DirectoryFilter, directory
from minka.knowledge.queries.portraits import Portrait
from minka.knowledge.queries.profile import LANGUAGES
from minka.knowledge.web.filters import theme_label
from minka.knowledge.web.rows import where

OFFERED = 8


@dataclass(frozen=True, slots=True)
class Item:
    """One value; `shared` when every organisation compared has it."""

    text: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the comparison: a cell of values for each organisation."""

    label: str
    cells: list[list[Item]]

    @property
    def differs(self) -> bool:
        """Whether not all say the same."""
        return any(not item.shared for cell in self.cells for item in cell)


@login_not_required
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """What is alike and what differs; more can be chosen here or in the directory."""
    asked = request.GET.getlist("actor")
    ones = compared(viewer=request.user, public_ids=asked)
    ids = [one.actor.public_id for one in ones]
    words = request.GET.get("q", "").strip()[:120]
    only = request.GET.get("only") == "differences" and len(ones) > 1
    facts = [fact for fact in _facts(ones) if not only or fact.differs]
    context = {
        "ones": [(one, _address([i for i in ids if i != one.actor.public_id])) for one in ones],
        "facts": facts,
        "ids": ids,
        "words": words,
        "only": only,
        "address": _address(ids),
        "too_many": len(set(asked)) > COMPARED_AT_MOST,
        "may_add": len(ids) < COMPARED_AT_MOST,
        "most": COMPARED_AT_MOST,
        "offered": _offered(request.user, words, ids),
    }
    return render(request, "knowledge/finding/compare.html", context)


def _facts(ones: list[Portrait]) -> list[Fact]:
    told: list[tuple[str, Callable[[Portrait], list[str]]]] = [
        (_("Type of organisation"), lambda one: [str(one.actor.get_kind_display())]),
        (_("Where"), lambda one: [where(one.actor)]),
        (_("Country"), lambda one: [country_name(code=one.actor.country)]),
        (_("Activity"), lambda one: [one.actor.activity]),
        (_("Economic activity"), lambda one: [activity_label(code) for code in one.codes]),
        (_("Products and services"), lambda one: one.products),
        (_("Themes"), lambda one: [theme_label(theme) for theme in one.themes]),
        (
            _("Capabilities (TRL)"),
            lambda one: [f"{theme_label(c.theme)}: {c.trl}" for c in one.capabilities],
        ),
        (_("Certifications"), lambda one: one.certifications),
        (_("Size"), lambda one: [str(one.actor.get_size_band_display())]),
        (_("Founded in"), lambda one: [str(one.actor.founded_year or "")]),
        (
            _("Languages"),
            lambda one: [str(LANGUAGES.get(code, code)) for code in one.actor.languages],
        ),
        (_("Claimed profile"), lambda one: [_yes(one.actor.claimed_at)]),
        (_("Verified"), lambda one: [_yes(one.actor.verified_at)]),
        (
            _("Profile confirmed"),
            lambda one: [date_format(one.confirmed_on, "j M Y") if one.confirmed_on else ""],
        ),
        (_("Website"), lambda one: [one.actor.website]),
    ]
    facts = [_fact(label, [list(filter(None, tell(one))) for one in ones]) for label, tell in told]
    return [fact for fact in facts if any(fact.cells)]


def _fact(label: str, values: list[list[str]]) -> Fact:
    common = set(values[0]).intersection(*values[1:]) if values else set()
    return Fact(label, [[Item(text, text in common) for text in cell] for cell in values])


def _yes(moment: Any) -> str:
    return _("Yes") if moment else _("No")


def _offered(viewer: Any, words: str, ids: list[str]) -> list[tuple[Any, str]]:
    if not words or len(ids) >= COMPARED_AT_MOST:
        return []
    found = directory(viewer=viewer, wanted=DirectoryFilter(words=words)).select_related("region")
    others = found.exclude(public_id__in=ids)[:OFFERED]
    return [(actor, _address([*ids, actor.public_id])) for actor in others]


def _address(ids: list[str]) -> str:
    return urlencode({"actor": ids}, doseq=True)
