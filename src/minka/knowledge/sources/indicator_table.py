"""A sheet of figures: which column is what, and the figure of every activity, region and year."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.errors import InvalidInput
from minka.core.models import StoredFile
from minka.knowledge.models import Place
from minka.knowledge.models.indicator import (
    ACTIVITY,
    COUNTED,
    OF_YEAR,
    REGION,
    ROLES,
    VALUE,
    YEAR,
)
from minka.knowledge.queries.activities import activity_label, find_activities, is_activity
from minka.knowledge.sources.gazetteer import normalise_place_name, region_of
from minka.knowledge.sources.sheet import Sheet
from minka.knowledge.sources.tables import open_table
from minka.methods.text import search_key

FAULTS = {
    "activity": gettext_lazy("No activity of ISIC revision 4 is called so."),
    "region": gettext_lazy("No region is called so."),
    "year": gettext_lazy("This is no year."),
    "value": gettext_lazy("This is no figure, nor a mark for a missing one."),
    "twice": gettext_lazy("The sheet has another figure for the same activity, region and year."),
}
CELLS_AT_MOST = 300_000
FAULTS_KEPT = 50
SAMPLE = 200

_HEADERS = {
    ACTIVITY: r"ciiu|isic|activid|sector|rama|division|activity|industry|seccion",
    REGION: r"region|departamento|department|dpto|ambito",
    YEAR: r"^(?:ano|anio|year|periodo|period)$",
    VALUE: r"empleo|trabajador|ocupad|employ|worker|jobs|empresa|compan|establec|firm|venta|sale"
    r"|ingreso|valor|value|cantidad|monto|total",
}
_YEAR = re.compile(r"(?:a[nñ]o|year)?\s*((?:19|20)\d\d)(?:\.0+)?", re.IGNORECASE)
_CODE = re.compile(
    r"(?:ciiu|isic|secci[oó]n|section|divisi[oó]n|grupo|group|clase|class)?\.?\s*"
    r"([A-U]|\d{1,4})(?:\.0+)?(?:\s*[-–—.:·)]\s*.*|\s+\D.*)?",
    re.IGNORECASE | re.DOTALL,
)
_ALL = {"total", "todas", "todos", "todas las actividades", "all", "all activities", "general"}
_COUNTRY = {"total", "nacional", "pais", "peru", "total nacional", "total pais", "national"}
_MISSING = {
    "",
    "-",
    "--",
    "–",
    "—",
    "...",
    "…",
    "n.d.",
    "nd",
    "n/d",
    "n.a.",
    "na",
    "n/a",
    "s/i",
    "*",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. No activity: all of them; no region: the whole country; no value: missing."""

    activity: str
    region: int | None
    year: int
    value: float | None

    @property
    def key(self) -> tuple[str, int | None, int]:
        """What the figure is of."""
        return self.activity, self.region, self.year


@dataclass(slots=True)
class ReadTable:
    """What a sheet holds, and what of it could not be understood: (line, code, cell)."""

    figures: dict[tuple[str, int | None, int], Figure] = field(default_factory=dict)
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    faults_count: int = 0

    @property
    def missing(self) -> int:
        """How many figures the sheet leaves open."""
        return sum(one.value is None for one in self.figures.values())

    def tell(self, line: int, code: str, cell: str) -> None:
        """Keep a fault, the first of them with what was there."""
        self.faults_count += 1
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append((line, code, cell[:80]))


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """A sheet and what its columns seem to be: column → role, empty where it is left out."""

    name: str
    headers: list[str]
    samples: list[list[str]]
    mapping: dict[str, str]


def open_stored(*, stored: StoredFile) -> OpenedTable:
    """Return the first table of a stored file with what its columns seem to be.

    Raises:
        InvalidInput: it is no table.
    """
    with _sheet(stored) as sheet:
        samples = sheet.sample(SAMPLE)
        return OpenedTable(
            sheet.name, sheet.headers, samples[:5], recognise(sheet.headers, samples)
        )


def read_stored(*, stored: StoredFile, mapping: Mapping[str, str], measure: str) -> ReadTable:
    """Return the figures of a stored file.

    Raises:
        InvalidInput: columns are missing or it has too many figures.
    """
    check_mapping(mapping)
    with _sheet(stored) as sheet:
        return _read(sheet, mapping, is_counted=measure in COUNTED)


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Raise InvalidInput unless the columns say activity, region, year and figure, each once."""
    roles = [role for role in mapping.values() if role]
    wide = [role for role in roles if role.startswith(OF_YEAR)]
    wanted = [ACTIVITY, REGION, *([] if wide else [YEAR, VALUE])]
    lacking = [str(ROLES[role]) for role in wanted if role not in roles]
    if lacking:
        raise InvalidInput(
            _("Say which column holds this: %(columns)s.") % {"columns": ", ".join(lacking)}
        )
    twice = sorted({role for role in roles if roles.count(role) > 1})
    if twice or (wide and {YEAR, VALUE} & set(roles)):
        raise InvalidInput(_("Two columns cannot be the same. Leave one of them out."))


def recognise(headers: Sequence[str], samples: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return what each column seems to be, by its name and by what it holds."""
    found = dict.fromkeys(headers, "")
    for header in headers:
        if match := _YEAR.fullmatch(header.strip()):
            found[header] = f"{OF_YEAR}{match[1]}"
    is_wide = any(found.values())
    for role in (ACTIVITY, REGION) if is_wide else (ACTIVITY, REGION, YEAR, VALUE):
        bids = [
            (_bid(role, header, [row[at] for row in samples if at < len(row)]), -at, header)
            for at, header in enumerate(headers)
            if not found[header]
        ]
        best = max(bids, default=(0.0, 0, ""))
        if best[0] >= 0.6:
            found[best[2]] = role
    return found


def _bid(role: str, header: str, cells: Sequence[str]) -> float:
    """Return from 0 to 1.6 how much a column looks like a role."""
    named = 0.6 if re.search(_HEADERS[role], search_key(header)) else 0.0
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return named
    tests = {
        ACTIVITY: lambda cell: activity_of(cell) is not None,
        REGION: lambda cell: bool(region_of(cell)) or search_key(cell) in _COUNTRY,
        YEAR: lambda cell: _YEAR.fullmatch(cell) is not None,
        VALUE: lambda cell: number_of(cell, is_counted=False) is not None,
    }
    share = sum(map(tests[role], filled)) / len(filled)
    if role == VALUE:  # years and codes are numbers, too: its name has to say so
        return named + 0.2 * share
    return (named + share) if share >= 0.5 else 0.0


def activity_of(cell: str) -> str | None:
    """Return the code that a cell means, empty for all activities, None for none."""
    text = " ".join(cell.split())
    if search_key(text) in _ALL:
        return ""
    if match := _CODE.fullmatch(text):
        code = match[1].upper()
        if is_activity(code):
            return code
        # a spreadsheet that takes codes for numbers drops the zero they begin with
        if code.isdecimal() and is_activity(f"0{code}"):
            return f"0{code}"
    found = find_activities(text) if len(text) > 4 else []
    exact = [code for code in found if search_key(activity_label(code)) == search_key(text)]
    return (exact or found)[0] if len(exact or found) == 1 else None


def number_of(cell: str, *, is_counted: bool) -> float | None:
    """Return a number as Peru writes it, 1,234.5, or as its neighbours do, 1.234,5; None for none.

    Of what is counted, three digits behind a single dot are thousands.
    """
    text = re.sub(r"[\s\u00a0\u202f']", "", cell).removeprefix("S/").removeprefix("US$")
    if not re.fullmatch(r"\d[\d.,]*(?:[eE][+-]?\d+)?", text):
        return None
    if "," in text and "." in text:
        decimal = "," if text.rfind(",") > text.rfind(".") else "."
        text = text.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    elif text.count(",") == 1 and not re.fullmatch(r"\d{1,3},\d{3}", text):
        text = text.replace(",", ".")
    elif "," in text:
        text = text.replace(",", "")
    elif text.count(".") > 1 or (is_counted and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text)):
        text = text.replace(".", "")
    try:
        return float(text)
    except ValueError:
        return None


@contextmanager
def _sheet(stored: StoredFile) -> Iterator[Sheet]:
    """Yield the first table of a stored file, while its copy on disk is there."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        with stored.content.open("rb") as file:
            path.write_bytes(file.read())
        yield open_table(path, stored.name)[0]


def _read(sheet: Sheet, mapping: Mapping[str, str], *, is_counted: bool) -> ReadTable:
    at = {mapping.get(header, ""): place for place, header in enumerate(sheet.headers)}
    regions = {
        normalise_place_name(place.name): place.pk
        for place in Place.objects.filter(level="department").order_by("-pk")
    }
    table = ReadTable()

    def cell(cells: Sequence[str], role: str) -> str:
        place = at[role]
        return cells[place].strip() if place < len(cells) else ""

    for row in sheet.iter_rows():
        activity = activity_of(cell(row.cells, ACTIVITY))
        if activity is None:
            table.tell(row.line, "activity", cell(row.cells, ACTIVITY))
            continue
        named = cell(row.cells, REGION)
        region = None
        if search_key(named) not in _COUNTRY:
            region = regions.get(normalise_place_name(region_of(named) or named))
            if region is None:
                table.tell(row.line, "region", named)
                continue
        for year_text, text in _years(row.cells, at, cell):
            match = _YEAR.fullmatch(year_text)
            value = number_of(text, is_counted=is_counted)
            if match is None:
                table.tell(row.line, "year", year_text)
            elif value is None and text.lower() not in _MISSING:
                table.tell(row.line, "value", text)
            else:
                _keep(table, row.line, Figure(activity, region, int(match[1]), value), text)
        if len(table.figures) > CELLS_AT_MOST:
            raise InvalidInput(
                _("The sheet has more than %(most)s figures. Split it.") % {"most": CELLS_AT_MOST}
            )
    return table


def _years(
    cells: Sequence[str], at: Mapping[str, int], take: Callable[[Sequence[str], str], str]
) -> Iterator[tuple[str, str]]:
    wide = [role for role in at if role.startswith(OF_YEAR)]
    if not wide:
        yield take(cells, YEAR), take(cells, VALUE)
    for role in wide:
        yield role.removeprefix(OF_YEAR), take(cells, role)


def _keep(table: ReadTable, line: int, figure: Figure, text: str) -> None:
    before = table.figures.setdefault(figure.key, figure)
    if before is not figure and before.value != figure.value:
        table.tell(line, "twice", text)
