"""What stands around every page. Equal frames are drawn once per process and kept."""

from functools import lru_cache
from itertools import groupby

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from minka.core.navigation import LINE_LABELS, RailItem

register = template.Library()

KEPT_FRAMES = 512
ON_THE_BAR = 4


@register.simple_tag(takes_context=True)
def rail(context: Context) -> SafeString:
    """Draw the rail: sections, the page one is on, and what waits."""
    return _rail(get_language(), str(context["cluster_name"]), tuple(context["navigation"]))


@register.simple_tag(takes_context=True)
def bottombar(context: Context) -> SafeString:
    """Draw the bar at the bottom of a phone."""
    items = tuple(item for item in context["navigation"] if item.bar)[:ON_THE_BAR]
    return _bottombar(get_language(), items)


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


@lru_cache(8)
def _words(_language: str) -> SafeString:
    return render_to_string("core/_words.html")
