"""What stands around every page. Equal frames are drawn once per process and kept."""

from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from minka.core.navigation import LINE_LABELS, RailItem

register = template.Library()

KEPT_FRAMES = 512
ON_THE_BAR = 4
HERE, OTHER_LANGUAGE, TOKEN = "\0here\0", "\0language\0", "\0token\0"  # nobody can type these


class Person(NamedTuple):
    """Whoever is signed in, as the bar names them."""

    short: str
    full: str
    email: str


@register.simple_tag(takes_context=True)
def rail(context: Context) -> SafeString:
    """Draw the rail: sections, the page one is on, and what waits."""
    return _rail(get_language(), str(context["cluster_name"]), tuple(context["navigation"]))


@register.simple_tag(takes_context=True)
def bottombar(context: Context) -> SafeString:
    """Draw the bar at the bottom of a phone."""
    items = tuple(item for item in context["navigation"] if item.bar)[:ON_THE_BAR]
    return _bottombar(get_language(), items)


@register.simple_tag(takes_context=True)
def topbar(context: Context) -> SafeString:
    """Draw the bar at the top: search, language, appearance, account."""
    request, user = context.get("request"), context.get("user")
    who = None
    if user is not None and user.is_authenticated:
        who = Person(user.get_short_name(), user.get_full_name(), user.email)
    language = get_language() or ""
    drawn = _topbar(language, str(context["cluster_name"]), context.get("theme", "auto"), who)
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query["lang"] = "es" if language[:2] == "en" else "en"
    own = {
        HERE: escape(request.get_full_path() if request else "/"),
        OTHER_LANGUAGE: escape(f"?{query.urlencode()}"),
        TOKEN: escape(context.get("csrf_token", "")),
    }
    for mark, value in own.items():
        drawn = drawn.replace(mark, value)
    return SafeString(drawn)


@register.simple_tag
def words() -> SafeString:
    """Hand the sentences that the page's script may say to it."""
    return _words(get_language())


@lru_cache(KEPT_FRAMES)
def _rail(_language: str, cluster_name: str, items: tuple[RailItem, ...]) -> SafeString:
    sections = [
        {"line": line, "label": LINE_LABELS[line], "items": list(group)}
        for line, group in groupby(items, key=lambda item: item.line)
    ]
    return render_to_string("core/_rail.html", {"sections": sections, "cluster_name": cluster_name})


@lru_cache(KEPT_FRAMES)
def _bottombar(_language: str, items: tuple[RailItem, ...]) -> SafeString:
    return render_to_string("core/_bottombar.html", {"items": items})


@lru_cache(KEPT_FRAMES)
def _topbar(language: str, cluster_name: str, theme: str, who: Person | None) -> str:
    context = {
        "in_english": language[:2] == "en", "cluster_name": cluster_name, "theme": theme,
        "who": who, "here": HERE, "other_language": OTHER_LANGUAGE, "token": TOKEN,
    }  # fmt: skip
    return render_to_string("core/_topbar.html", context)


@lru_cache(8)
def _words(_language: str) -> SafeString:
    return render_to_string("core/_words.html")
