"""Published challenges, their changes and answers, as Atom (RFC 4287)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minka.innovation.queries.challenges_public import PublicChallenge

ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ET.register_namespace("", ATOM)


@dataclass(frozen=True)
class Entry:
    """One piece of news. `key` never changes, nor does the identity that follows from it."""

    key: str
    title: str
    url: str
    published: datetime
    updated: datetime
    text: str
    themes: Sequence[str] = ()


def challenges_feed(challenges: Sequence[PublicChallenge], *, here: str, page: str) -> bytes:
    """Return the feed of published challenges, the newest first, in the language in use.

    Args:
        challenges: what it lists.
        here: the address of the feed itself.
        page: the address of the page it is about.
    """
    title = _("Challenges of %(cluster)s") % {"cluster": settings.MINKA_CLUSTER_NAME}
    entries = [
        Entry(
            key=f"challenge-{one.pk}",
            title=one.title,
            url=one.url,
            published=one.published_at,
            updated=one.changed_at,
            text=one.texts["summary"],
            themes=one.themes,
        )
        for one in challenges
    ]
    return _feed("challenges", title, entries, here=here, page=page)


def challenge_feed(challenge: PublicChallenge, *, here: str) -> bytes:
    """Return what is new of one challenge: its publication, its changes, its answers."""
    root = f"challenge-{challenge.pk}"
    entries = [
        Entry(
            key=f"{root}-published",
            title=_("Published: %(title)s") % {"title": challenge.title},
            url=challenge.url,
            published=challenge.published_at,
            updated=challenge.published_at,
            text=challenge.texts["summary"],
        )
    ]
    entries += [
        Entry(
            key=f"{root}-version-{one.number}",
            title=_("Changed: version %(number)s") % {"number": one.number},
            url=challenge.url,
            published=one.at,
            updated=one.at,
            text=one.reason,
        )
        for one in challenge.changes
    ]
    entries += [
        Entry(
            key=f"{root}-question-{one.number}",
            title=_("Answer to question %(number)s") % {"number": one.number},
            url=f"{challenge.url}#pregunta-{one.number}",
            published=one.published_at,
            updated=one.published_at,
            text=f"{one.question}\n\n{one.answer}",
        )
        for one in challenge.questions
    ]
    entries.sort(key=lambda entry: (entry.updated, entry.key), reverse=True)
    return _feed(f"{root}-news", challenge.title, entries, here=here, page=challenge.url)


def _feed(key: str, title: str, entries: Iterable[Entry], *, here: str, page: str) -> bytes:
    shown = list(entries)
    feed = ET.Element(f"{{{ATOM}}}feed", {XML_LANG: _language()})
    _add(feed, "id", _identity(key))
    _add(feed, "title", title)
    _add(feed, "updated", _instant(max((one.updated for one in shown), default=_BEGINNING)))
    _link(feed, here, "self", "application/atom+xml")
    _link(feed, page, "alternate", "text/html")
    author = ET.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", settings.MINKA_CLUSTER_NAME)
    for one in shown:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        _add(entry, "id", _identity(one.key))
        _add(entry, "title", one.title)
        _add(entry, "published", _instant(one.published))
        _add(entry, "updated", _instant(one.updated))
        _link(entry, one.url, "alternate", "text/html")
        for theme in one.themes:
            ET.SubElement(entry, f"{{{ATOM}}}category", {"term": theme})
        _add(entry, "content", one.text, type="text")
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


_BEGINNING = datetime.fromisoformat("2026-01-01T00:00:00+00:00")  # of a feed without entries


def _identity(key: str) -> str:
    """Return a tag URI (RFC 4151): the same for ever, one for each language."""
    host = urlsplit(settings.MINKA_BASE_URL).hostname or "minka"
    return f"tag:{host},2026:{key}:{_language()}"


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = _allowed(text)


def _allowed(text: str) -> str:
    """Return the text without the characters that XML 1.0 has no place for."""
    return "".join(one for one in text if one >= " " or one in "\t\n\r")


def _link(parent: ET.Element, address: str, rel: str, media_type: str) -> None:
    attributes = {"href": address, "rel": rel, "type": media_type}
    ET.SubElement(parent, f"{{{ATOM}}}link", attributes)


def _instant(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()


def _language() -> str:
    return (get_language() or "es")[:2]
