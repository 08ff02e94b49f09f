"""How instants, money, numbers and two-language texts are written."""

from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from minka.core.verbs import verb_words

register = template.Library()

SYMBOLS = {"USD": "US$", "PEN": "S/", "EUR": "€", "CLP": "CLP$", "BOB": "Bs"}
CENTS_HIDDEN_FROM = 10_000
HOUR_S = 3_600
DAY_S = 24 * HOUR_S
NARROW_SPACE = "\u00a0"


@register.simple_tag(takes_context=True)
def instant(context: Context, at: datetime | None, empty: str = "—") -> SafeString:
    """Write an instant in the cluster's zone and, for a viewer elsewhere, in theirs under it."""
    if at is None:
        return format_html("{}", empty)
    cluster_zone = ZoneInfo(settings.TIME_ZONE)
    viewer_zone = _viewer_zone(context)
    text = in_zone(at, cluster_zone)
    own = ""
    if (
        viewer_zone
        and at.astimezone(viewer_zone).utcoffset() != at.astimezone(cluster_zone).utcoffset()
    ):
        own = format_html('<span class="instant-own">{}</span>', in_zone(at, viewer_zone))
    return format_html(
        '<time class="instant" datetime="{}"{}>{}{}</time>',
        at.isoformat(),
        "" if viewer_zone else mark_safe(" data-instant"),
        text,
        own,
    )


@register.simple_tag
def day(at: Any, empty: str = "—") -> SafeString:
    """Write a date, or the day of an instant in the cluster's zone: `22 nov 2026`."""
    if at is None:
        return format_html("{}", empty)
    if isinstance(at, datetime):
        at = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), _short_date(at))


def in_zone(at: datetime, zone: tzinfo) -> str:
    """Return `22 nov 2026, 17:00 (Lima)`."""
    local = at.astimezone(zone)
    city = str(zone).rsplit("/", maxsplit=1)[-1].replace("_", " ")
    return f"{_short_date(local)}, {local:%H:%M} ({city})"


def _short_date(at: date) -> str:
    """Return `22 nov 2026` in Spanish, `22 Nov 2026` in English."""
    text = date_format(at, "j M Y")
    return text.lower() if _language() == "es" else text


def _language() -> str:
    return (get_language() or "es")[:2]


def _viewer_zone(context: Context) -> tzinfo | None:
    """Return the zone that the middleware activated for a signed-in viewer; None for a stranger."""
    user = getattr(context.get("request"), "user", None)
    return timezone.get_current_timezone() if user and user.is_authenticated else None


@register.simple_tag
def countdown(at: datetime | None) -> SafeString:
    """Say in words how far away an instant is; the script keeps it up to date."""
    if at is None:
        return format_html("")
    return format_html('<span data-countdown="{}">{}</span>', at.isoformat(), distance(at))


def distance(at: datetime) -> str:
    """Return "in 3 days", "in 5 hours", "20 minutes ago": one unit, rounded down."""
    seconds = (at - timezone.now()).total_seconds()
    size = abs(seconds)
    if size >= 2 * DAY_S:
        count = int(size // DAY_S)
        text = ngettext("%(count)s day", "%(count)s days", count)
    elif size >= 2 * HOUR_S:
        count = int(size // HOUR_S)
        text = ngettext("%(count)s hour", "%(count)s hours", count)
    else:
        count = int(size // 60)
        text = ngettext("%(count)s minute", "%(count)s minutes", count)
    span = text % {"count": count}
    return (_("in %(span)s") if seconds >= 0 else _("%(span)s ago")) % {"span": span}


@register.simple_tag
def money(amount: Any, currency: str = "USD", cents: bool | None = None) -> str:
    """Write money with its currency; whole amounts from 10,000 drop their cents."""
    if amount is None or amount == "":
        return "—"
    value = Decimal(str(amount))
    whole = value == value.to_integral_value() and abs(value) >= CENTS_HIDDEN_FROM
    places = 0 if cents is False or (cents is None and whole) else 2
    return f"{SYMBOLS.get(currency, currency)}{NARROW_SPACE}{value:,.{places}f}"


@register.filter
def number(value: Any, places: int = 0) -> str:
    """Write a number as Peru does in both languages: `3,200`, `12.5`."""
    return "—" if value is None or value == "" else f"{Decimal(str(value)):,.{places}f}"


@register.simple_tag
def localized(obj: Any, field: str) -> SafeString:
    """Write `title_es` or `title_en` by language; a fallback says which language it is in."""
    text, language = localized_text(obj, field)
    return _marked("span", text, language)


@register.simple_tag
def localized_block(obj: Any, field: str) -> SafeString:
    """Write a long text of two languages as paragraphs."""
    text, language = localized_text(obj, field)
    return _marked("div", SafeString(linebreaks(text, autoescape=True)), language)


@register.simple_tag
def localized_plain(obj: Any, field: str) -> str:
    """Return the text alone, for attributes and titles."""
    return localized_text(obj, field)[0]


def localized_text(obj: Any, field: str) -> tuple[str, str]:
    """Return the text and its language: the reader's if there is one, else the other."""
    wanted = _language()
    other = "en" if wanted == "es" else "es"
    for language in (wanted, other):
        if text := getattr(obj, f"{field}_{language}", ""):
            return text, language
    return "", wanted


def _marked(tag: str, text: str, language: str) -> SafeString:
    if language == _language():
        return format_html("{}", text) if tag == "span" else text  # type: ignore[return-value]  # only titles have no tag
    return format_html('<{0} lang="{1}">{2}</{0}>', tag, language, text)


@register.filter
def act(verb: str) -> str:
    """Say what an act of the ledger is called."""
    return str(verb_words(verb))
