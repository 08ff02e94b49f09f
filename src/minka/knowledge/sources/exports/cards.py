"""Address books: vCard 4.0 of those that can be reached.

Source: RFC 6350, sections 3.2 (folding), 3.4 (escaping) and 6 (properties).
"""

from collections.abc import Iterable, Iterator

from minka.knowledge.queries.portraits import Portrait
from minka.knowledge.sources.exports.words import Words
from minka.knowledge.states import ContactKind

LINE_OCTETS = 75


def as_vcards(found: Iterable[Portrait], words: Words) -> Iterator[bytes]:
    """Yield a card for each organisation of which the viewer sees a way to reach it."""
    for one in found:
        if one.email or one.phone or one.contacts:
            yield _card(one, words)


def _card(one: Portrait, words: Words) -> bytes:
    actor = one.actor
    place = ";".join(
        _text(part)
        for part in (
            "", "", one.address, one.district or one.city, one.region, "",
            words.country(actor.country),
        )
    )  # fmt: skip
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:org",
        f"UID:{words.page(actor.public_id)}",
        f"FN:{_text(actor.name)}",
        f"ORG:{_text(actor.name)}",
        *(f"NICKNAME:{_text(name)}" for name in one.names[:1]),
        *([f"EMAIL;PREF=1:{_text(one.email)}"] if one.email else []),
        *([f"TEL;PREF=1:{_text(one.phone)}"] if one.phone else []),
        *(_reach(contact.kind, contact.label, contact.value) for contact in one.contacts),
        *([f"ADR:{place}"] if place.strip(";") else []),
        *([f"GEO:geo:{actor.latitude},{actor.longitude}"] if actor.latitude is not None else []),
        *([f"URL:{_line(actor.website)}"] if actor.website else []),
        f"CATEGORIES:{_text(words.kinds[actor.kind])}",
        *([f"NOTE:{_text(actor.activity)}"] if actor.activity else []),
        f"SOURCE:{words.page(actor.public_id)}",
        f"REV:{actor.updated_at:%Y%m%dT%H%M%SZ}",
        "END:VCARD",
    ]
    return b"".join(_folded(line) for line in lines)


def _reach(kind: str, label: str, value: str) -> str:
    names = {ContactKind.EMAIL.value: "EMAIL", ContactKind.PHONE.value: "TEL"}
    if kind not in names:
        return f"NOTE:{_text(f'{label}: {value}')}"
    named = "".join(letter for letter in _line(label) if letter not in '"^')
    return f'{names[kind]};TYPE=work;X-LABEL="{named}":{_text(value)}'


def _text(value: str) -> str:
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    return _line(value.replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n"))


def _line(value: str) -> str:
    """Return a value without what would begin another line."""
    return "".join(letter for letter in value if letter >= " " and letter != "\x7f")


def _folded(line: str) -> bytes:
    """Break a long line between characters, as the format wants."""
    folded, room = [b""], LINE_OCTETS
    for letter in line:
        octets = letter.encode()
        if len(folded[-1]) + len(octets) > room:
            folded.append(b"")
            room = LINE_OCTETS - 1  # the next line begins with a space
        folded[-1] += octets
    return b"\r\n ".join(folded) + b"\r\n"
