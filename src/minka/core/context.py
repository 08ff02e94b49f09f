"""What every page draws around its content: the rail and the theme."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from minka.core.http import absolute
from minka.core.navigation import Entry, Line, RailItem, entries, label_of

THEME_COOKIE = "minka_theme"
THEMES = ("auto", "light", "dark")


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give the rail lazily (a fragment that draws no rail asks for no counts) and the theme."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return {
        "navigation": SimpleLazyObject(lambda: _rail(request)),
        "theme": theme if theme in THEMES else "auto",
        "page_url": absolute(request.path),  # not from the Host header: it is somebody's word
    }


def _rail(request: HttpRequest) -> tuple[RailItem, ...]:
    user = getattr(request, "user", None)
    shown = [e for e in entries() if user is not None and e.visible(user)]
    urls = {entry.url_name: _address(entry.url_name) for entry in shown}
    here = _deepest(request.path, list(urls.values()))
    return tuple(_item(entry, urls[entry.url_name], here, user) for entry in shown)


@cache
def _address(url_name: str) -> str:
    return reverse(url_name)


def _item(entry: Entry, url: str, here: str, user: Any) -> RailItem:
    return RailItem(
        line=Line(entry.line),
        label=label_of(entry.url_name, get_language()),
        icon=entry.icon,
        url=url,
        bar=entry.bar,
        current=url == here,
        count=entry.count(user) if entry.count else 0,
    )


def _deepest(path: str, urls: list[str]) -> str:
    """Return the entry that `path` lies under; home ("/") only for itself."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=len, default="")
