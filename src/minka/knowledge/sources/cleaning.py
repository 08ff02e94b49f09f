"""From the cells of one row to the values of one organisation, and what was wrong with them.

The cells are never changed: what was repaired or refused is told, and the row stays as it came.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from minka.knowledge.sources.contacts import find_emails, find_phones, find_website
from minka.knowledge.sources.countries import country_code, lies_in
from minka.knowledge.sources.fields import Field
from minka.knowledge.sources.gazetteer import locate, region_of
from minka.knowledge.sources.problems import Problem
from minka.knowledge.sources.repairs import is_nothing, repair_text
from minka.knowledge.sources.world import find_city
from minka.knowledge.sources.world_regions import region_abroad
from minka.methods.identifiers import Reason, recognise_tax_id
from minka.methods.text import search_key

__all__ = ["CleanRow", "Problem", "clean_row"]

Value = str | float | list[str]

CITY = "geoname"  # the number of a city outside Peru, or `CL:03` for a region there

_SEVERAL = re.compile(r"\s*(?:\|\|?|;|\n)\s*")
_PLAIN = (
    Field.NAME, Field.TRADE_NAME, Field.ACRONYM, Field.KIND, Field.DESCRIPTION, Field.ADDRESS,
    Field.PROVINCE, Field.DISTRICT, Field.EXTERNAL_ID,
)  # fmt: skip
_TAX_PROBLEMS = {
    Reason.PLACEHOLDER: "tax_id_placeholder",
    Reason.CHECK_DIGIT: "tax_id_check_digit",
    Reason.AMBIGUOUS: "tax_id_ambiguous",
}
_MADE_DECIMAL = re.compile(r"\d[.,]0+\s*$|\d[eE]\+?\d")
_YEAR = re.compile(r"\b(?:1\d\d\d|20\d\d)\b")
_DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d/%m/%y")


@dataclass(slots=True)
class CleanRow:
    """What one row says of one organisation.

    `values` is plain enough for JSON: text; lists for other names, e-mails and telephones;
    numbers for coordinates. `tax_scheme` comes with a trusted `tax_id`; `place` never comes: it
    has become region, province and district.
    """

    values: dict[str, Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_name(self) -> bool:
        """Whether the row may become an organisation."""
        return bool(self.values.get(Field.NAME))

    def text(self, key: str) -> str:
        """Return one text: the first where there are several, empty where there is none."""
        value = self.values.get(key, "")
        if isinstance(value, list):
            return value[0] if value else ""
        return str(value)

    def many(self, key: str) -> list[str]:
        value = self.values.get(key, [])
        return value if isinstance(value, list) else [str(value)]

    def number(self, key: str) -> float | None:
        value = self.values.get(key)
        return value if isinstance(value, float) else None

    def report(self, problem: Problem) -> None:
        self.problems.append(problem)


def clean_row(
    cells: Mapping[str, str], mapping: Mapping[str, Field | str | None], *, country: str = "PE"
) -> CleanRow:
    """Clean one row.

    Args:
        cells: header to cell, as `Sheet.cells` gives them.
        mapping: header to field; headers missing, empty or None are left out.
        country: ISO 3166 alpha-2 taken for granted where the row names no country.
    """
    row = CleanRow()
    raw: dict[Field, list[str]] = {}
    for header, target in mapping.items():
        cell = cells.get(header, "")
        if not target or not cell or cell.isspace():
            continue
        if is_nothing(cell):
            if any(map(str.isalnum, cell)):  # a dash alone is how people leave a cell empty
                row.report(Problem("filler_left_out", Field(target), cell.strip()))
            continue
        raw.setdefault(Field(target), []).append(cell)
    text = {
        name: [clean for cell in cells_of if (clean := repair_text(cell, name, row.report))]
        for name, cells_of in raw.items()
    }
    for name in _PLAIN:
        if found := text.get(name):
            row.values[name] = found[0]
    if activities := text.get(Field.ACTIVITY):
        row.values[Field.ACTIVITY] = "; ".join(_split(activities))
    if other := text.get(Field.OTHER_NAMES):
        row.values[Field.OTHER_NAMES] = _split(other)
    stated = _clean_country(row, text)
    _clean_tax_id(row, raw, stated or country)
    _clean_contacts(row, text, stated or country)
    _clean_place(row, text, stated, country)
    _clean_coordinates(row, text, stated, country)
    _clean_founded(row, text)
    _ensure_name(row)
    return row


Texts = Mapping[Field, list[str]]


def _first(texts: Texts, name: Field) -> str:
    return next(iter(texts.get(name, [])), "")


def _split(texts: list[str]) -> list[str]:
    """Take apart cells that list several values; each value once, in the order written."""
    parts = (part for text in texts for part in _SEVERAL.split(text))
    return list({search_key(part): part for part in parts if not is_nothing(part)}.values())


def _ensure_name(row: CleanRow) -> None:
    if row.has_name:
        return
    for source in (Field.TRADE_NAME, Field.OTHER_NAMES):
        if borrowed := row.text(source):
            row.values[Field.NAME] = borrowed
            row.report(Problem("name_borrowed", Field.NAME, repaired=borrowed))
            return
    row.report(Problem("name_missing", Field.NAME))


def _clean_country(row: CleanRow, text: Texts) -> str:
    written = _first(text, Field.COUNTRY)
    if not written:
        return ""
    code = country_code(written)
    if code:
        row.values[Field.COUNTRY] = code
    else:
        row.report(Problem("country_unknown", Field.COUNTRY, written))
    return code


def _clean_tax_id(row: CleanRow, raw: Texts, country: str) -> None:
    written = _first(raw, Field.TAX_ID)
    found = recognise_tax_id(written, country)
    if found.valid:
        row.values[Field.TAX_ID] = found.value
        row.values["tax_scheme"] = found.scheme
        if _MADE_DECIMAL.search(written):
            row.report(Problem("number_restored", Field.TAX_ID, written.strip(), found.value))
    elif found.reason is not Reason.EMPTY:
        code = _TAX_PROBLEMS.get(found.reason, "tax_id_malformed")
        row.report(Problem(code, Field.TAX_ID, written.strip()))


def _clean_contacts(row: CleanRow, text: Texts, country: str) -> None:
    for name in (Field.EMAIL, Field.PHONE):
        if not (written := " ; ".join(text.get(name, []))):
            continue
        good, bad = find_emails(written) if name is Field.EMAIL else find_phones(written, country)
        if good:
            row.values[name] = good
        if len(good) > 1:
            row.report(Problem("several_values", name, written, "; ".join(good)))
        if not good and not bad:
            bad = [written]
        for wrong in bad:
            row.report(Problem(f"{name}_malformed", name, wrong))
    if written := _first(text, Field.WEBSITE):
        if website := find_website(written):
            row.values[Field.WEBSITE] = website
            if "://" not in written:
                row.report(Problem("website_scheme", Field.WEBSITE, written, website))
        else:
            row.report(Problem("website_malformed", Field.WEBSITE, written))


def _clean_place(row: CleanRow, text: Texts, stated: str, default: str) -> None:
    """Give departments their proper name, and take apart a cell that mixes levels."""
    written = _first(text, Field.REGION)
    if (stated or default) != "PE":
        for name, target in ((written, Field.REGION), (_first(text, Field.PLACE), Field.DISTRICT)):
            if name:
                row.values.setdefault(target, name)
        _clean_city(row, stated or default)
        return
    if written:
        where = locate(written)
        row.values[Field.REGION] = region_of(written) or where.region or written
        if not where.region:
            row.report(Problem("place_unclear", Field.REGION, written))
        row.values |= _levels(row, where.province, where.district)
    if place := _first(text, Field.PLACE):
        where = locate(place)
        if where.region:
            row.values.setdefault(Field.REGION, where.region)
            row.values |= _levels(row, where.province, where.district)
        elif not (stated or row.text(Field.TAX_ID) or row.text(Field.REGION)) and _is_abroad(
            row, place
        ):
            return
        else:
            row.values.setdefault(Field.DISTRICT, place)
            row.report(Problem("place_unclear", Field.PLACE, place))


def _clean_city(row: CleanRow, country: str) -> None:
    """Find the city that the narrowest cell names, or else the region, and mark the row with it."""
    named = region_abroad(country, row.text(Field.REGION))
    inner = (Field.DISTRICT, Field.PROVINCE)
    for level in inner if named else (*inner, Field.REGION):
        if (written := row.text(level)) and (
            found := find_city(country, written, named.code if named else "")
        ):
            row.values[CITY] = str(found.city.geoname_id)
            if found.is_doubtful:
                row.report(Problem("place_shared", level, written, found.city.name))
            return
    for level in (Field.REGION, Field.PROVINCE, Field.DISTRICT):
        if region := region_abroad(country, row.text(level)):
            row.values[CITY] = region.key
            return


def _is_abroad(row: CleanRow, place: str) -> bool:
    """Take a place that Peru does not have for the largest city of that name, and say so."""
    if (found := find_city("", place)) is None:
        return False
    row.values[Field.COUNTRY] = found.city.country
    row.values[Field.DISTRICT] = found.city.name
    row.values[CITY] = str(found.city.geoname_id)
    told = f"{found.city.name} ({found.city.country})"
    row.report(Problem("place_abroad", Field.PLACE, place, told))
    return True


def _levels(row: CleanRow, province: str, district: str) -> dict[str, Value]:
    """Levels told by one cell, where the row has no cell of their own."""
    told = {Field.PROVINCE: province, Field.DISTRICT: district}
    return {name: value for name, value in told.items() if value and name not in row.values}


def _clean_coordinates(row: CleanRow, text: Texts, stated: str, country: str) -> None:
    written = (_first(text, Field.LATITUDE), _first(text, Field.LONGITUDE))
    if not any(written):
        return
    shown = ", ".join(written)
    latitude, longitude = map(_degrees, written)
    if not all(written):
        row.report(Problem("coordinates_incomplete", Field.LATITUDE, shown.strip(", ")))
        return
    if latitude is None or longitude is None or (latitude, longitude) == (0, 0):
        row.report(Problem("coordinates_out_of_range", Field.LATITUDE, shown))
        return
    if _is_swapped(latitude, longitude, stated or country):
        latitude, longitude = longitude, latitude
        row.report(
            Problem("coordinates_swapped", Field.LATITUDE, shown, f"{latitude}, {longitude}")
        )
    if not _on_earth(latitude, longitude):
        row.report(Problem("coordinates_out_of_range", Field.LATITUDE, shown))
    elif stated and lies_in(stated, latitude, longitude) is False:
        row.report(Problem("coordinates_elsewhere", Field.LATITUDE, shown))
    else:
        row.values[Field.LATITUDE], row.values[Field.LONGITUDE] = latitude, longitude


def _degrees(text: str) -> float | None:
    try:
        degrees = float(text.replace(",", ".").replace("−", "-").rstrip("° "))
    except ValueError:
        return None
    return degrees if abs(degrees) <= 180 else None


def _on_earth(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= 90 and abs(longitude) <= 180


def _is_swapped(latitude: float, longitude: float, country: str) -> bool:
    """Swapped when only the other order is on Earth, or in the country it should be in."""
    if not _on_earth(latitude, longitude):
        return _on_earth(longitude, latitude)
    here, there = lies_in(country, latitude, longitude), lies_in(country, longitude, latitude)
    return here is False and there is True


def _clean_founded(row: CleanRow, text: Texts) -> None:
    """A full date in ISO, or the year alone."""
    if not (written := _first(text, Field.FOUNDED)):
        return
    for pattern in _DATE_FORMATS:
        try:
            found = dt.datetime.strptime(written[:10].strip(), pattern)  # noqa: DTZ007 -- a day
        except ValueError:
            continue
        row.values[Field.FOUNDED] = found.date().isoformat()
        return
    if year := _YEAR.search(written):
        row.values[Field.FOUNDED] = year[0]
    else:
        row.report(Problem("date_malformed", Field.FOUNDED, written))
