"""For the web of data: GeoJSON (RFC 7946) and JSON-LD with the words of schema.org."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from minka.knowledge.queries.portraits import Portrait
from minka.knowledge.sources.exports.words import Words
from minka.knowledge.states import ContactKind, SizeBand

PEOPLE = {
    SizeBand.MICRO: (1, 10),
    SizeBand.SMALL: (11, 50),
    SizeBand.MEDIUM: (51, 250),
    SizeBand.LARGE: (251, 1000),
    SizeBand.VERY_LARGE: (1001, None),
}
ROWS_AT_ONCE = 100


def as_geojson(found: Iterable[Portrait], words: Words) -> Iterator[bytes]:
    """Yield a collection of features; who has no position has no geometry."""
    head = '{"type":"FeatureCollection","features":['
    yield from _joined(head, (_feature(one, words) for one in found), "]}")


def as_json_ld(found: Iterable[Portrait], words: Words, *, total: int) -> Iterator[bytes]:
    """Yield an ItemList of Organizations, in the order of the directory."""
    head = (
        '{"@context":"https://schema.org","@type":"ItemList",'
        f'"numberOfItems":{total},"itemListElement":['
    )
    items = (
        {"@type": "ListItem", "position": place, "item": organisation(one, words)}
        for place, one in enumerate(found, start=1)
    )
    yield from _joined(head, items, "]}")


def organisation(one: Portrait, words: Words) -> dict[str, Any]:
    """Return an organisation in the words of schema.org; what is not known is left out."""
    actor = one.actor
    page = words.page(actor.public_id)
    scheme, tax = one.tax_number
    people = PEOPLE.get(SizeBand(actor.size_band)) if actor.size_band else None
    facts: dict[str, Any] = {
        "@type": "Organization",
        "@id": page,
        "name": actor.name,
        "alternateName": one.names,
        "additionalType": words.kinds[actor.kind],
        "description": actor.description or actor.activity,
        "url": actor.website or page,
        "sameAs": [*one.links, *([f"https://ror.org/{one.ror}"] if one.ror else [])],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, value in one.numbers
            if not name.startswith("source.")
        ],
        "taxID": tax if scheme else "",
        "isicV4": one.codes,
        "knowsAbout": [words.theme(theme) for theme in one.themes],
        "knowsLanguage": list(actor.languages),
        "makesOffer": [
            {"@type": "Offer", "itemOffered": {"@type": "Service", "name": name}}
            for name in one.products
        ],
        "hasCredential": [
            {"@type": "EducationalOccupationalCredential", "name": name}
            for name in one.certifications
        ],
        "foundingDate": str(actor.founded_year) if actor.founded_year else "",
        "numberOfEmployees": people and _range(*people),
        "address": _address(one),
        "location": _place(one),
        "email": one.email,
        "telephone": one.phone,
        "contactPoint": [_contact(contact) for contact in one.contacts],
    }
    return {name: value for name, value in facts.items() if value}


def _feature(one: Portrait, words: Words) -> dict[str, Any]:
    actor = one.actor
    known = actor.latitude is not None and actor.longitude is not None
    properties = {
        "id": actor.public_id,
        "name": actor.name,
        "kind": actor.kind,
        "kind_label": words.kinds[actor.kind],
        "country": actor.country,
        "region": one.region,
        "province": one.province,
        "district": one.district,
        "activity": actor.activity,
        "themes": [words.theme(theme) for theme in one.themes],
        "position_is_exact": actor.location_is_exact,
        "website": actor.website,
        "email": one.email,
        "phone": one.phone,
        "address": one.address,
        "page": words.page(actor.public_id),
    }
    return {
        "type": "Feature",
        "id": actor.public_id,
        "geometry": {"type": "Point", "coordinates": [actor.longitude, actor.latitude]}
        if known
        else None,
        "properties": {name: value for name, value in properties.items() if value not in ("", [])},
    }


def _range(least: int, most: int | None) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "QuantitativeValue", "minValue": least}
    return {**found, "maxValue": most} if most else found


def _address(one: Portrait) -> dict[str, str]:
    facts = {
        "streetAddress": one.address,
        "addressLocality": one.district or one.city or one.province,
        "addressRegion": one.region,
        "addressCountry": one.actor.country,
    }
    known = {name: value for name, value in facts.items() if value}
    return {"@type": "PostalAddress", **known} if known else {}


def _place(one: Portrait) -> dict[str, Any]:
    if one.actor.latitude is None:
        return {}
    geo = {"latitude": one.actor.latitude, "longitude": one.actor.longitude}
    return {"@type": "Place", "geo": {"@type": "GeoCoordinates", **geo}}


def _contact(contact: Any) -> dict[str, str]:
    names = {ContactKind.EMAIL: "email", ContactKind.PHONE: "telephone"}
    name = names.get(ContactKind(contact.kind), "url")
    return {"@type": "ContactPoint", "contactType": contact.label, name: contact.value}


def _joined(head: str, items: Iterable[dict[str, Any]], tail: str) -> Iterator[bytes]:
    held = [head]
    for number, item in enumerate(items):
        held.append(("," if number else "") + "\n")
        held.append(json.dumps(item, ensure_ascii=False, separators=(",", ":")))
        if number % ROWS_AT_ONCE == ROWS_AT_ONCE - 1:
            yield "".join(held).encode()
            held = []
    yield "".join([*held, "\n", tail]).encode()
