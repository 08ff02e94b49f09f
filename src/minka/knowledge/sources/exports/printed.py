"""The directory on paper: what goes into the template of the PDF."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from minka.core.documents import render_pdf
from minka.knowledge.queries.filter_words import in_a_line
from minka.knowledge.queries.portraits import Portrait
from minka.knowledge.sources.exports.words import Words
from minka.methods.text import search_key

ABOUT_LETTERS = 220
THEMES_AT_MOST = 6
TEMPLATE = "knowledge/directory.typ"
NUMBERS = "0–9"

Index = list[tuple[str, list[tuple[str, list[str]]]]]


def as_pdf(
    found: Iterable[Portrait],
    words: Words,
    *,
    chosen: Sequence[tuple[str, str]],
    made_at: datetime,
    title: str = "",
) -> bytes:
    """Return the printed directory; `chosen` says whom it holds, as pairs of facet and value."""
    with override(words.language):
        ones = sorted(found, key=lambda one: (one.actor.name_key, one.actor.pk))
        data = _data(ones, words, chosen, made_at, title or _("Directory of organisations"))
        return render_pdf(TEMPLATE, data, made_at=made_at, language=words.language)


def _data(
    ones: Sequence[Portrait],
    words: Words,
    chosen: Sequence[tuple[str, str]],
    made_at: datetime,
    title: str,
) -> dict[str, Any]:
    kinds = Counter(one.actor.kind for one in ones)
    regions = {one.region for one in ones if one.region}
    day = date_format(localtime(made_at), "j F Y")
    return {
        "title": title,
        "eyebrow": settings.MINKA_CLUSTER_NAME,
        "lead": in_a_line(list(chosen)),
        "figures": [
            [_number(len(ones)), ngettext("organisation", "organisations", len(ones))],
            [_number(len(kinds)), ngettext("type", "types", len(kinds))],
            [_number(len(regions)), ngettext("region", "regions", len(regions))],
        ],
        "facts": [[_("Date"), day], [_("Address"), settings.MINKA_BASE_URL]],
        "words": {
            "about": _("About this directory"),
            "chosen": _("Who is in it"),
            "contents": _("Contents"),
            "by_kind": _("By type of organisation"),
            "kind": _("Type of organisation"),
            "organisations": _("Organisations"),
            "organisations_title": _("Organisations"),
        },
        "method": _method(ones, day),
        "filter": list(chosen) or [(_("Who"), _("All organisations"))],
        "kinds": [[words.kinds[kind], _number(count)] for kind, count in kinds.most_common()],
        "letters": _letters(ones, words),
        "indexes": [
            [_("Index of names"), _by_name(ones)],
            [_("Index of themes"), _by_theme(ones, words)],
            [_("Index of regions"), _by_region(ones, words)],
        ],
    }


def _method(ones: Sequence[Portrait], day: str) -> list[str]:
    facts = {
        "day": day,
        "claimed": _number(sum(bool(one.actor.claimed_at) for one in ones)),
        "verified": _number(sum(bool(one.actor.verified_at) for one in ones)),
        "confirmed": _number(sum(one.confirmed_on is not None for one in ones)),
        "total": _number(len(ones)),
    }
    return [
        _(
            "This directory shows what the map of the ecosystem held on %(day)s. Each organisation "
            "appears once; what is said of it comes from the lists that were imported, from the "
            "organisation itself and from the cluster team."
        )
        % facts,
        _(
            "Of %(total)s organisations, %(claimed)s keep their own profile, the cluster team has "
            "verified %(verified)s, and %(confirmed)s have confirmed at least once that their "
            "profile is right."
        )
        % facts,
        _(
            "Only contacts that whoever made this document may see are in it. Themes are those of "
            "the cluster's thesaurus; the number behind a name in the indexes is the page."
        ),
    ]


def _letters(ones: Sequence[Portrait], words: Words) -> list[tuple[str, list[dict[str, Any]]]]:
    letters: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in ones:
        letters[_letter(one.actor.name_key)].append(_entry(one, words))
    return list(letters.items())


def _entry(one: Portrait, words: Words) -> dict[str, Any]:
    actor = one.actor
    place = ", ".join(dict.fromkeys(filter(None, [one.district or one.city, one.region])))
    about = actor.activity or actor.description
    reach = [" · ".join(filter(None, [one.email, one.phone]))]
    reach += [f"{contact.label}: {contact.value}" for contact in one.contacts]
    reach.append(actor.website.removeprefix("https://").removeprefix("http://").rstrip("/"))
    facts = [words.kinds[actor.kind], place or words.country(actor.country), one.tax_number[1]]
    return {
        "id": actor.public_id,
        "name": actor.name,
        "line": " · ".join(filter(None, facts)),
        "about": about if len(about) <= ABOUT_LETTERS else f"{about[: ABOUT_LETTERS - 1]}…",
        "themes": " · ".join(map(words.theme, one.themes[:THEMES_AT_MOST])),
        "reach": list(filter(None, reach)),
    }


def _by_name(ones: Sequence[Portrait]) -> Index:
    lines = [(name, [one.actor.public_id]) for one in ones for name in (one.actor.name, *one.names)]
    groups: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for name, ids in sorted(lines, key=lambda line: (search_key(line[0]), line[0])):
        groups[_letter(search_key(name))].append((name, ids))
    return sorted(groups.items(), key=lambda group: (group[0] != NUMBERS, group[0]))


def _by_theme(ones: Sequence[Portrait], words: Words) -> Index:
    groups: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for one in ones:
        for theme in one.themes:
            groups[words.theme(theme)].append((one.actor.name, [one.actor.public_id]))
    return _ordered(groups)


def _by_region(ones: Sequence[Portrait], words: Words) -> Index:
    groups: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for one in ones:
        where = one.region or words.country(one.actor.country) or _("Place not known")
        groups[where].append((one.actor.name, [one.actor.public_id]))
    return _ordered(groups)


def _ordered(groups: dict[str, list[tuple[str, list[str]]]]) -> Index:
    return sorted(groups.items(), key=lambda group: search_key(group[0]))


def _letter(key: str) -> str:
    first = key[:1].upper()
    return first if first.isalpha() else NUMBERS


def _number(value: int) -> str:
    return f"{value:,}"
