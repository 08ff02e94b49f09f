"""A look at a whole sheet before anything is kept: what would become of it, and what is wrong."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from minka.knowledge.queries.likeness import Candidate
from minka.knowledge.queries.places import Spot, place_index
from minka.knowledge.sources.cleaning import CITY, CleanRow, clean_row
from minka.knowledge.sources.fields import Field
from minka.knowledge.sources.intake import place_keys
from minka.knowledge.sources.kinds import kind_called
from minka.knowledge.sources.problems import Problem
from minka.knowledge.sources.sheet import LineTally, Sheet
from minka.knowledge.sources.world import city_numbered
from minka.knowledge.sources.world_regions import region_of_city, region_with_key
from minka.knowledge.states import ActorKind

PREVIEW_ROWS = 25
READS_AT_MOST_S = 4.0

TITLES = {
    "encoding_repaired": _("garbled letters, repaired"),
    "entities_repaired": _("web codes, turned into letters"),
    "quotes_removed": _("stray quotation marks or bars, removed"),
    "spaces_removed": _("spaces that mean nothing, removed"),
    "filler_left_out": _("“N/A”, “no tiene” and the like instead of a value, read as empty"),
    "number_restored": _("numbers that a spreadsheet turned into decimals, put right"),
    "letters_restored": _("letters lost before the sheet came here, put back"),
    "letters_lost": _("letters lost before the sheet came here"),
    "name_missing": _("no name; kept, but they stay out of the directory"),
    "name_borrowed": _("no legal name; another name is used"),
    "tax_id_placeholder": _("a filler instead of a tax number; kept without it"),
    "tax_id_check_digit": _("tax number with a wrong check digit; kept without it"),
    "tax_id_malformed": _("a tax number that we do not know; kept without it"),
    "tax_id_ambiguous": _("a tax number that fits several countries; kept without it"),
    "email_malformed": _("something that is not an e-mail address"),
    "phone_malformed": _("something that is not a telephone number"),
    "several_values": _("several values in one cell, taken apart"),
    "website_scheme": _("web addresses, completed"),
    "website_malformed": _("something that is not a web address"),
    "coordinates_swapped": _("latitude and longitude swapped, put right"),
    "coordinates_out_of_range": _("a position that is nowhere on Earth; not used"),
    "coordinates_elsewhere": _("a position outside the country given; not used"),
    "coordinates_incomplete": _("half a position; not used"),
    "country_unknown": _("a country that we do not know"),
    "place_unclear": _("a place that we cannot tell apart"),
    "place_shared": _("a place of which there are several; the largest is taken"),
    "place_abroad": _("a place that is not in Peru, taken for the largest of that name"),
    "date_malformed": _("a date that we cannot read"),
}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as it will be stored."""

    line: int
    name: str
    other_names: str
    tax_id: str
    kind: str
    place: str
    contact: str
    problems: list[Problem]


@dataclass(slots=True)
class ProblemTally:
    """How many rows have one kind of problem, and on which lines the first of them are."""

    title: str
    level: str
    lines: LineTally = field(default_factory=LineTally)

    @property
    def count(self) -> int:
        return self.lines.count


@dataclass(slots=True)
class Examination:
    """`complete` is False when the sheet was too long to read to its end just now."""

    rows: list[PreviewRow] = field(default_factory=list)
    tallies: dict[str, ProblemTally] = field(default_factory=dict)
    rows_read: int = 0
    named: int = 0
    identified: int = 0
    placed: int = 0
    complete: bool = True
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def problems(self) -> list[ProblemTally]:
        """Kinds of problems, the gravest and most frequent first."""
        rank = {"error": 0, "warning": 1, "info": 2}
        return sorted(self.tallies.values(), key=lambda tally: (rank[tally.level], -tally.count))


def tally_of(code: str) -> ProblemTally:
    """Return an empty tally with the words for a kind of problem, in the active language."""
    return ProblemTally(str(TITLES.get(code, code)), Problem(code, None).level)


def examine(
    sheet: Sheet, mapping: Mapping[str, str], *, country: str, default_kind: str
) -> Examination:
    """Clean every row as the import will, keep nothing, and tell what was found."""
    found, places = Examination(), place_index()
    deadline = time.monotonic() + READS_AT_MOST_S
    for row in sheet.iter_rows():
        if found.rows_read >= PREVIEW_ROWS and time.monotonic() > deadline:
            found.complete = False
            break
        clean = clean_row(sheet.cells(row), mapping, country=country)
        spot = places.find(clean.text(Field.COUNTRY) or country, *place_keys(clean))
        names = _names_abroad(clean.text(CITY)) or (spot.names if spot else ())
        place = ", ".join(dict.fromkeys(names))
        found.candidates.append(_candidate(row.line, clean, country, spot))
        found.rows_read += 1
        found.named += clean.has_name
        found.identified += bool(clean.text(Field.TAX_ID))
        found.placed += bool(place) or clean.number(Field.LATITUDE) is not None
        for problem in {problem.code: problem for problem in clean.problems}.values():
            if problem.code not in found.tallies:
                found.tallies[problem.code] = tally_of(problem.code)
            found.tallies[problem.code].lines.add(row.line)
        if len(found.rows) < PREVIEW_ROWS:
            found.rows.append(_preview(row.line, clean, default_kind, place))
    return found


def _preview(line: int, clean: CleanRow, default_kind: str, place: str) -> PreviewRow:
    kind = kind_called(clean.text(Field.KIND)) or default_kind or ActorKind.OTHER
    short = [clean.text(Field.TRADE_NAME), clean.text(Field.ACRONYM)]
    others = [*short, *clean.many(Field.OTHER_NAMES)]
    contact = [clean.text(Field.WEBSITE), clean.text(Field.EMAIL), clean.text(Field.PHONE)]
    return PreviewRow(
        line=line,
        name=clean.text(Field.NAME),
        other_names=" · ".join(filter(None, others)),
        tax_id=clean.text(Field.TAX_ID),
        kind=str(ActorKind(kind).label),
        place=place,
        contact=" · ".join(filter(None, contact)),
        problems=clean.problems,
    )


def _candidate(line: int, clean: CleanRow, country: str, spot: Spot | None) -> Candidate:
    return Candidate(
        line=line,
        name=clean.text(Field.NAME),
        scheme=clean.text("tax_scheme"),
        number=clean.text(Field.TAX_ID),
        region=(spot.region_id if spot else None) or 0,
        country=clean.text(Field.COUNTRY) or country,
    )


def _names_abroad(told: str) -> tuple[str, ...]:
    """Return what a city or region abroad is called, the region after the city."""
    city = city_numbered(int(told)) if told.isdecimal() else None
    region = region_of_city(city) if city else region_with_key(told)
    return tuple(one.name for one in (city, region) if one is not None)
