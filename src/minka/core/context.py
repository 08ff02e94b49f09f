"""What every page draws around its content: the rail and the theme."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from minka.core.navigation import LINE_LABELS, Entry, Line, entries

THEME_COOKIE = "minka_theme"
THEMES = ("auto", "light", "dark")


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give the rail lazily (a fragment that draws no rail asks for no counts) and the theme."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return {
        "navigation": SimpleLazyObject(lambda: _rail(request)),
        "theme": theme if theme in THEMES else "auto",
        "page_url": request.build_absolute_uri(request.path),
    }


def _rail(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    shown = [e for e in entries() if user is not None and e.visible(user)]
    urls = {entry.url_name: reverse(entry.url_name) for entry in shown}
    here = _deepest(request.path, list(urls.values()))
    items = [_item(entry, urls[entry.url_name], here, user) for entry in shown]
    sections = [
        {"line": line, "label": LINE_LABELS[line], "items": list(group)}
        for line, group in groupby(items, key=lambda item: Line(item["line"]))
    ]
    return {"sections": sections, "bar": [item for item in items if item["bar"]][:4]}


def _item(entry: Entry, url: str, here: str, user: Any) -> dict[str, Any]:
    return {
        "line": entry.line,
        "label": entry.label,
        "icon": entry.icon,
        "url": url,
        "bar": entry.bar,
        "current": url == here,
        "count": entry.count(user) if entry.count else 0,
    }


def _deepest(path: str, urls: list[str]) -> str:
    """Return the entry that `path` lies under; home ("/") only for itself."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=len, default="")
