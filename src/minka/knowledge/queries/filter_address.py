"""From the address of a page to what is asked of the directory, and back again."""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Protocol
from urllib.parse import parse_qs, urlencode

from minka.knowledge.models import Theme
from minka.knowledge.queries.activities import is_activity
from minka.knowledge.queries.fitting import AGES, YES_NO, Box, DirectoryFilter
from minka.knowledge.states import ActorKind, SizeBand

WORDS_AT_MOST = 120
CHOSEN_AT_MOST = 12
CERTIFICATION_LETTERS = 120
SORTS = ("best", "name", "recent")


class Query(Protocol):
    """The parameters of an address, as a request carries them."""

    def lists(self) -> Iterable[tuple[str, list[str]]]:
        """Return every parameter with all its values."""
        ...


def filter_from(query: Query) -> DirectoryFilter:
    """Read a filter from the parameters of a request; what makes no sense is left out."""
    return _read(dict(query.lists()))


def filter_at(address: str) -> DirectoryFilter:
    """Read a filter from the part of an address behind its question mark."""
    return _read(parse_qs(address, max_num_fields=500))


def _read(values: Mapping[str, list[str]]) -> DirectoryFilter:
    def given(name: str) -> list[str]:
        return values.get(name, [])

    def last(name: str) -> str:
        return (given(name) or [""])[-1].strip()

    def among(name: str, allowed: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(set(given(name)) & set(allowed)))

    activities = {code for code in given("activity") if is_activity(code)}
    certified = {name.strip()[:CERTIFICATION_LETTERS] for name in given("certification")}
    levels = [int(text) for text in given("trl") if text in set("123456789")]
    return DirectoryFilter(
        words=last("q")[:WORDS_AT_MOST],
        kinds=among("kind", ActorKind.values),
        regions=_numbers(given("region")),
        places=_numbers(given("place")),
        countries=tuple(sorted({code for code in given("country") if len(code) == 2})),
        sources=_numbers(given("source")),
        themes=_themes(set(given("theme")[:CHOSEN_AT_MOST]) - {""}),
        sections=tuple(sorted(activities))[:CHOSEN_AT_MOST],
        sizes=among("size", SizeBand.values),
        trl=min(levels, default=0),
        certifications=tuple(sorted(certified - {""}))[:CHOSEN_AT_MOST],
        located=among("located", YES_NO),
        verified=among("verified", YES_NO),
        claimed=among("claimed", YES_NO),
        fresh=among("fresh", AGES),
        box=_box(last("box")),
        sort=last("sort") if last("sort") in SORTS else "best",
    )


def _themes(slugs: set[str]) -> tuple[str, ...]:
    """Return the concepts that stand today for those an address names.

    What was kept keeps the concept that was chosen, so that undoing a merge changes it back.
    """
    if not slugs:
        return ()
    merged = Theme.every.filter(slug__in=slugs, replaced_by__isnull=False)
    heirs = dict(merged.values_list("slug", "replaced_by__slug"))
    return tuple(sorted({heirs.get(slug, slug) for slug in slugs}))


def address_of(wanted: DirectoryFilter) -> str:
    """Return the part of an address behind the question mark; `filter_at` reads it back.

    Equal filters have equal addresses; the filter that asks for nothing has an empty one.
    """
    box = ",".join(f"{degrees:.5f}".rstrip("0").rstrip(".") for degrees in wanted.box or ())
    pairs = {
        "q": wanted.words,
        "kind": wanted.kinds,
        "country": wanted.countries,
        "region": wanted.regions,
        "place": wanted.places,
        "theme": wanted.themes,
        "trl": str(wanted.trl) if wanted.trl else "",
        "activity": wanted.sections,
        "size": wanted.sizes,
        "certification": wanted.certifications,
        "verified": wanted.verified,
        "claimed": wanted.claimed,
        "fresh": wanted.fresh,
        "located": wanted.located,
        "source": wanted.sources,
        "box": box,
        "sort": wanted.sort if wanted.sort != "best" else "",
    }
    return urlencode({name: value for name, value in pairs.items() if value}, doseq=True)


def _numbers(texts: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({int(text) for text in texts if text.isdecimal() and len(text) < 10}))


def _box(text: str) -> Box | None:
    """Read `west,south,east,north` in degrees, kept to a metre; anything else is no box."""
    try:
        box = Box(*(round(float(part), 5) for part in text.split(",")))
    except (TypeError, ValueError):
        return None
    on_earth = all(isfinite(degrees) for degrees in box) and max(map(abs, box[::2])) <= 180
    return box if on_earth and -90 <= box.south < box.north <= 90 else None
