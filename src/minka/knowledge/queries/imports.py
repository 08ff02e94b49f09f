"""Imports and sources, for the cluster team."""

from django.db.models import QuerySet

from minka.core.models import User
from minka.knowledge.models import Record, SheetImport, Source
from minka.knowledge.states import ImportState

REMEMBERED = 300


def visible_imports(*, viewer: User) -> QuerySet[SheetImport]:
    """Return the imports, newest first, to the cluster team; nothing to anybody else."""
    found = SheetImport.objects.select_related("source", "file", "started_by")
    return found if viewer.has_perm("knowledge.sheet_import") else found.none()


def source_names(*, viewer: User) -> list[str]:
    """Return the names of the sources that were imported before."""
    if not viewer.has_perm("knowledge.sheet_import"):
        return []
    return list(Source.objects.values_list("name", flat=True))


def corrected_columns(*, viewer: User) -> list[tuple[str, str]]:
    """Return headers and what people said they mean against our guess, the latest word last."""
    told = visible_imports(viewer=viewer).exclude(corrections={}).order_by("-pk")
    latest = list(told.values_list("corrections", flat=True)[:REMEMBERED])
    return [pair for corrections in reversed(latest) for pair in corrections.items()]


def sheets_of_file(*, viewer: User, sheet_import: SheetImport) -> list[SheetImport]:
    """Return the imports that come from the same upload, in the order of the workbook."""
    return list(visible_imports(viewer=viewer).filter(file=sheet_import.file_id).order_by("pk"))


def earlier_twin(*, viewer: User, sheet_import: SheetImport) -> SheetImport | None:
    """Return the finished import of the very same sheet of the same source, if there is one."""
    return (
        visible_imports(viewer=viewer)
        .filter(
            source=sheet_import.source_id,
            file__sha256=sheet_import.file.sha256,
            sheet=sheet_import.sheet,
            state=ImportState.DONE,
        )
        .exclude(pk=sheet_import.pk)
        .first()
    )


def import_summary(*, viewer: User, sheet_import: SheetImport) -> dict[str, int]:
    """Return what became of the rows: `nameless` made no actor, `joined` went to a known one."""
    kept = Record.objects.filter(
        first_import__in=visible_imports(viewer=viewer).filter(pk=sheet_import.pk)
    )
    nameless = kept.filter(actor=None).count()
    return {
        "nameless": nameless,
        "joined": max(0, sheet_import.records_new - sheet_import.actors_new - nameless),
    }


def records_left(*, viewer: User, sheet_import: SheetImport) -> int:
    """Return how many records of an import are there still."""
    mine = visible_imports(viewer=viewer).filter(pk=sheet_import.pk)
    return Record.objects.filter(first_import__in=mine).count()


def problem_counts(*, viewer: User, sheet_import: SheetImport) -> list[tuple[str, int]]:
    """Return how many kept rows have each problem, by its code, most frequent first."""
    kept = Record.objects.filter(
        first_import__in=visible_imports(viewer=viewer).filter(pk=sheet_import.pk)
    ).exclude(problems=[])
    counts: dict[str, int] = {}
    for problems in kept.values_list("problems", flat=True).iterator():
        for code in {problem["code"] for problem in problems}:
            counts[code] = counts.get(code, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
