"""From an uploaded file to records: open, suggest, clean, and hand over a chunk at a time."""

import hashlib
import json
import logging
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from minka.core.access import require
from minka.core.errors import DomainError, InvalidInput
from minka.core.files import store_upload
from minka.core.models import StoredFile, User
from minka.knowledge.actions.gazetteer import CityFact, StateFact
from minka.knowledge.actions.import_rows import IncomingRow, adopt_nameless, keep_rows
from minka.knowledge.actions.import_undo import fail_undo, finish_undo, undo_step
from minka.knowledge.actions.import_versions import settle_version
from minka.knowledge.actions.imports import (
    OfferedSheet,
    begin_import,
    fail_import,
    finish_import,
    register_sheets,
)
from minka.knowledge.models import SheetImport
from minka.knowledge.queries.imports import corrected_columns
from minka.knowledge.queries.places import place_index
from minka.knowledge.sources.cleaning import CITY, CleanRow, clean_row
from minka.knowledge.sources.columns import suggest_mapping
from minka.knowledge.sources.fields import SEVERAL_VALUES, Field
from minka.knowledge.sources.gazetteer import normalise_place_name
from minka.knowledge.sources.kinds import kind_called
from minka.knowledge.sources.tables import Row, Sheet, open_table
from minka.knowledge.sources.vocabulary import header_key
from minka.knowledge.sources.world import city_numbered
from minka.knowledge.sources.world_regions import (
    RegionAbroad,
    region_of_city,
    region_with_key,
)
from minka.knowledge.states import ImportState
from minka.methods.text import search_key

CHUNK_ROWS = 2000
KEY_LENGTH = 160
TEXT = "text/plain"

logger = logging.getLogger(__name__)


def start_import(
    *, by: User, upload: UploadedFile[bytes], source_name: str, licence: str = ""
) -> list[SheetImport]:
    """Keep an uploaded table and open one import per sheet that holds rows and is not hidden.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        TooLarge: the file is larger than the installation accepts.
        InvalidInput: it is no table we can read, with a sentence that says why.
    """
    require(by, "knowledge.sheet_import")
    if not source_name.strip():
        raise InvalidInput(fields={"source_name": _("Say where the sheet comes from.")})
    stored = store_upload(by=by, upload=upload, kinds={"sheet"})
    try:
        with transaction.atomic(), local_copy(stored) as path:
            sheets = open_table(path, stored.name)
            shown = [sheet for sheet in sheets if not _is_hidden(sheet)] or sheets
            corrected = {
                header_key(header): field for header, field in corrected_columns(viewer=by)
            }
            return register_sheets(
                by=by,
                source_name=source_name,
                licence=licence,
                file=stored,
                sheets=[
                    _offer(sheet, corrected, named=stored.media_type != TEXT) for sheet in shown
                ],
            )
    except DomainError:  # what cannot be read is not kept
        stored.content.delete(save=False)
        stored.delete()
        raise


@contextmanager
def opened(sheet_import: SheetImport) -> Iterator[Sheet]:
    """Open the sheet of an import for as long as it is needed.

    Raises:
        InvalidInput: the file cannot be read any more, or the sheet is not in it.
    """
    with local_copy(sheet_import.file) as path:
        sheets = open_table(path, sheet_import.file.name)
        if sheet_import.file.media_type == TEXT:
            yield sheets[0]
            return
        for sheet in sheets:
            if sheet.name[:120] == sheet_import.sheet:
                yield sheet
                return
        missing = _("The sheet “%(name)s” is not in the file.") % {"name": sheet_import.sheet}
        raise InvalidInput(missing)


@contextmanager
def local_copy(stored: StoredFile) -> Iterator[Path]:
    """Give the stored file as a file on this machine, wherever the storage is."""
    try:
        here = Path(stored.content.path)
    except NotImplementedError:  # object storage
        with tempfile.NamedTemporaryFile() as copy:
            with stored.content.open("rb") as original:
                shutil.copyfileobj(original, copy)
            copy.flush()
            yield Path(copy.name)
    else:
        yield here


def run_import(*, import_id: int) -> str:
    """Do an import from where it stands to its end; return how it ended.

    Running it again after it was cut off goes on behind the last chunk that was kept.
    """
    sheet_import = begin_import(import_id=import_id)
    if sheet_import is None:
        return "nothing to do"
    with override(sheet_import.started_by.language):
        try:
            if not _keep_all(sheet_import):
                sheet_import.refresh_from_db(fields=["state"])
                cancelled = sheet_import.state == ImportState.CANCELLED
                return "cancelled" if cancelled else "left to another worker"
        except DomainError as error:
            fail_import(sheet_import=sheet_import, error=str(error))
            return "failed"
        except Exception:
            fail_import(
                sheet_import=sheet_import,
                error=_(
                    "Something unexpected happened. The rows read so far are kept; retry, and if "
                    "it stops again tell the person who runs this installation."
                ),
            )
            logger.exception("import %s stopped", import_id)
            return "failed"
    finish_import(sheet_import=sheet_import)
    return "done"


def take_back(*, import_id: int) -> str:
    """Undo an import from where it stands to its end; return how it ended."""
    sheet_import = SheetImport.objects.select_related("started_by").get(pk=import_id)
    try:
        while undo_step(sheet_import=sheet_import):
            pass
        return "undone" if finish_undo(sheet_import=sheet_import) else "nothing to do"
    except Exception:
        with override(sheet_import.started_by.language):
            error = _("Something unexpected happened. What is undone so far stays so; try again.")
        fail_undo(sheet_import=sheet_import, error=error)
        logger.exception("undoing import %s stopped", import_id)
        return "failed"


def mapped_fields(sheet: Sheet, mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the mapping in the order of the columns: of two with one meaning the first counts."""
    return {header: mapping.get(header, "") for header in sheet.headers}


def _keep_all(sheet_import: SheetImport) -> bool:
    """Keep every row that is not kept yet; return False if another worker is at it."""
    places = place_index()
    with opened(sheet_import) as sheet:
        mapping = mapped_fields(sheet, sheet_import.mapping)
        rows = sheet.iter_rows()
        seen = RowCounter()
        start = 0
        while chunk := list(islice(rows, CHUNK_ROWS)):
            prints = [fingerprint(sheet_import, sheet, row, seen) for row in chunk]
            if start + len(chunk) > sheet_import.rows_done:
                done = max(0, sheet_import.rows_done - start)  # kept before we were cut off
                incoming = [
                    _incoming(sheet, row, mapping, sheet_import.country, fingerprint)
                    for row, fingerprint in list(zip(chunk, prints, strict=True))[done:]
                ]
                if not keep_rows(
                    sheet_import=sheet_import, start=start + done, rows=incoming, places=places
                ):
                    return False
            start += len(chunk)
    if sheet_import.is_new_version and not settle_version(sheet_import=sheet_import):
        return False
    adopt_nameless(sheet_import=sheet_import)
    return True


class RowCounter:
    """Counts equal rows of a file in little room: most rows are there once."""

    def __init__(self) -> None:
        self._once: set[int] = set()
        self._again: Counter[int] = Counter()

    def add(self, digest: str) -> int:
        """Return which of the equal rows this one is, counted from 1."""
        short = int(digest[:16], 16)
        if short in self._once:
            self._again[short] += 1
            return self._again[short] + 1
        self._once.add(short)
        return 1


def fingerprint(
    sheet_import: SheetImport, sheet: Sheet, row: Row, seen: RowCounter
) -> tuple[str, int]:
    """Name a row by what it holds and, among equal rows of the file, by which one it is."""
    content = [sheet_import.sheet, sheet.headers, row.cells]
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()
    return digest, seen.add(digest)


def _incoming(
    sheet: Sheet,
    row: Row,
    mapping: Mapping[str, str],
    country: str,
    fingerprint: tuple[str, int],
) -> IncomingRow:
    cells = sheet.cells(row)
    clean = clean_row(cells, mapping, country=country)
    digest, occurrence = fingerprint
    keys = place_keys(clean)
    return IncomingRow(
        line=row.line,
        digest=digest,
        occurrence=occurrence,
        cells=[[header, _storable(cell)] for header, cell in cells.items()],
        values={str(name): value for name, value in clean.values.items()},
        problems=[
            {name: _storable(text) for name, text in problem.as_dict().items()}
            for problem in clean.problems
        ],
        kind=kind_called(clean.text(Field.KIND)),
        place_keys=keys,
        abroad=abroad_of(clean),
        key=row_key(clean, keys),
    )


def abroad_of(clean: CleanRow) -> CityFact | StateFact | None:
    """Return the city or region abroad that a cleaned row names."""
    told = clean.text(CITY)
    city = city_numbered(int(told)) if told.isdecimal() else None
    if city is None:
        return _state(region_with_key(told)) if told else None
    return CityFact(
        geoname_id=city.geoname_id,
        country=city.country,
        name=city.name[:120],
        key=search_key(city.name)[:120],
        latitude=city.latitude,
        longitude=city.longitude,
        state=_state(region_of_city(city)),
    )


def _state(region: RegionAbroad | None) -> StateFact | None:
    if region is None:
        return None
    return StateFact(
        country=region.country,
        code=region.code,
        name=region.name,
        key=search_key(region.name),
        latitude=region.latitude,
        longitude=region.longitude,
    )


def place_keys(clean: CleanRow) -> tuple[str, str, str]:
    """Return the gazetteer's keys of region, province and district."""
    levels = (Field.REGION, Field.PROVINCE, Field.DISTRICT)
    region, province, district = (normalise_place_name(clean.text(level)) for level in levels)
    return region, province, district


def row_key(clean: CleanRow, keys: tuple[str, str, str]) -> str:
    """Return by what a row is found again in another version of its list; empty if by nothing.

    `keys` are those of its place.
    """
    if number := clean.text(Field.TAX_ID):
        return f"{clean.text('tax_scheme')}:{number}"
    if code := clean.text(Field.EXTERNAL_ID):
        return f"id:{code[:150]}"
    name = search_key(clean.text(Field.NAME))
    if not name:
        return ""
    key = f"name:{name}@{'/'.join(filter(None, keys))}"
    return key if len(key) <= KEY_LENGTH else f"name#{hashlib.sha256(key.encode()).hexdigest()}"


def _storable(cell: str) -> str:
    """Databases keep no null character in a text."""
    return cell.replace("\0", "\ufffd")


def _offer(sheet: Sheet, corrected: Mapping[str, str], *, named: bool) -> OfferedSheet:
    suggestions = suggest_mapping(sheet.headers, sheet.sample())
    mapping = {header: str(found.field or "") for header, found in suggestions.items()}
    learnt = {
        header: field
        for header in sheet.headers
        if (field := corrected.get(header_key(header))) and field != mapping[header]
    }
    for header, field in learnt.items():  # what people said goes before what we guess
        if field not in SEVERAL_VALUES:
            mapping = {one: "" if told == field else told for one, told in mapping.items()}
        mapping[header] = field
    taken = frozenset(header for header, field in learnt.items() if mapping[header] == field)
    return OfferedSheet(
        name=sheet.name if named else "",
        row_count=sheet.row_count,
        mapping=mapping,
        learnt=taken,
    )


def _is_hidden(sheet: Sheet) -> bool:
    return any(note.code == "hidden_sheet" for note in sheet.notes)
