"""From a format and whom it is of to its bytes: at once, or in a file by a job."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from minka.knowledge.actions.exports import fail_export, finish_export
from minka.knowledge.models import DirectoryExport
from minka.knowledge.queries.filter_address import filter_at
from minka.knowledge.queries.filter_words import filter_words
from minka.knowledge.queries.portraits import Scope, portraits
from minka.knowledge.queries.shortlists import visible_shortlists
from minka.knowledge.sources.exports import cards, graphs, linked, printed, tables
from minka.knowledge.sources.exports.words import Words, words_in
from minka.methods.spreadsheet import Cell

logger = logging.getLogger(__name__)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_LIMIT = 10**9
READ_OCTETS = 1 << 20


@dataclass(frozen=True)
class Format:
    """A kind of file.

    Args:
        at_once: up to how many organisations it is sent at once; above, a job makes it.
        at_most: how many it can hold at all.
    """

    label: str | Promise
    about: str | Promise
    ending: str
    media_type: str
    at_once: int = NO_LIMIT
    at_most: int = NO_LIMIT


FORMATS: dict[str, Format] = {
    "xlsx": Format(
        _("Excel"), _("One row per organisation."), "xlsx", WORKBOOK, 5_000, 1_000_000
    ),
    "csv": Format(
        "CSV", _("The same table as text, for any program."), "csv", "text/csv; charset=utf-8"
    ),
    "pdf": Format(
        _("PDF to print"),
        _("Cover, organisations in two columns, indexes by name, theme and region."),
        "pdf",
        "application/pdf",
        0,
        20_000,
    ),
    "vcf": Format(
        _("Contacts (vCard)"),
        _("For the address book: only those of which you may see a contact."),
        "vcf",
        "text/vcard; charset=utf-8",
    ),
    "geojson": Format(
        "GeoJSON", _("For maps and geographic information systems."), "geojson",
        "application/geo+json",
    ),
    "jsonld": Format(
        "JSON-LD", _("For other systems, with the words of schema.org."), "jsonld",
        "application/ld+json",
    ),
    "graphml": Format(
        "GraphML", _("Organisations and ties, for network programs."), "graphml",
        "application/graphml+xml", 5_000,
    ),
    "gexf": Format(
        "GEXF", _("The same network, with dates, for Gephi."), "gexf", "application/gexf+xml", 5_000
    ),
}  # fmt: skip


def stream(*, viewer: Any, scope: Scope, kind: str, language: str) -> Iterator[bytes]:
    """Return the parts of a file as they are made.

    Everything that is looked up once is looked up before the first part is asked for.
    """
    words, ids = words_in(language), scope.ids(viewer=viewer)
    return _parts(viewer, scope, kind, words, ids)


def make_export(*, export_id: int) -> str:
    """Make a file that somebody waits for, keep it, and tell them; returns what became of it.

    No person: the job of a file; what it holds is what whoever asked for it may see.
    """
    export = DirectoryExport.objects.select_related("by", "shortlist").filter(pk=export_id).first()
    if export is None:
        return "gone"
    try:
        with TemporaryDirectory(prefix="minka-export-") as folder, override(export.language):
            return _make(export, Path(folder) / "file")
    except Exception:
        logger.exception("export %s", export_id)
        return fail_export(export_id=export_id)


def _make(export: DirectoryExport, path: Path) -> str:
    shortlist = export.shortlist
    if shortlist is not None:  # who was shared a list may have lost it since
        shortlist = visible_shortlists(viewer=export.by).filter(pk=shortlist.pk).first()
    scope = Scope(filter_at(export.address), shortlist)
    if export.shortlist_id and shortlist is None:
        return fail_export(export_id=export.pk)
    digest, rows = sha256(), len(scope.ids(viewer=export.by))
    with path.open("wb") as file:
        for part in stream(
            viewer=export.by, scope=scope, kind=export.format, language=export.language
        ):
            digest.update(part)
            file.write(part)
    with path.open("rb") as file:
        return finish_export(
            export_id=export.pk,
            content=File(file, name=file_name(export.format)),
            name=file_name(export.format),
            media_type=FORMATS[export.format].media_type,
            sha256=digest.hexdigest(),
            rows=rows,
        )


def file_name(kind: str) -> str:
    """Return what a file is called, with the day."""
    return f"{gettext('directory')}-{timezone.localdate():%Y-%m-%d}.{FORMATS[kind].ending}"


def _parts(viewer: Any, scope: Scope, kind: str, words: Words, ids: list[int]) -> Iterator[bytes]:
    found = portraits(viewer=viewer, ids=ids)
    rows = tables.rows_of(found, words, reach=viewer.is_authenticated)
    makers: dict[str, Callable[[], Iterator[bytes]]] = {
        "csv": lambda: tables.as_csv(rows),
        "xlsx": lambda: _workbook(rows, words),
        "geojson": lambda: linked.as_geojson(found, words),
        "jsonld": lambda: linked.as_json_ld(found, words, total=len(ids)),
        "vcf": lambda: cards.as_vcards(found, words),
        "graphml": lambda: graphs.as_graphml(found, words, _ties(viewer, ids)),
        "gexf": lambda: graphs.as_gexf(found, words, _ties(viewer, ids)),
        "pdf": lambda: iter([_printed(scope, words, found)]),
    }
    return makers[kind]()


def _ties(viewer: Any, ids: list[int]) -> list[graphs.Tied]:
    return graphs.ties_among(viewer=viewer, ids=ids)


def _workbook(rows: Iterator[list[Cell]], words: Words) -> Iterator[bytes]:
    with TemporaryDirectory(prefix="minka-workbook-") as folder:
        path = Path(folder) / "book.xlsx"
        tables.write_xlsx(path, words.heads["name"], rows)
        with path.open("rb") as file:
            while part := file.read(READ_OCTETS):
                yield part


def _printed(scope: Scope, words: Words, found: Any) -> bytes:
    with override(words.language):
        chosen = filter_words([scope.wanted])[0]
        title = scope.shortlist.name if scope.shortlist else ""
        if scope.shortlist:
            chosen = [(gettext("List"), scope.shortlist.name), *chosen]
            chosen += [(gettext("Note"), scope.shortlist.note)] if scope.shortlist.note else []
    return printed.as_pdf(found, words, chosen=chosen, made_at=timezone.now(), title=title)
