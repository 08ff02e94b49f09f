"""Sheets as people upload them."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minka.knowledge.actions.imports import confirm_import
from minka.knowledge.models import Actor, Record, SheetImport
from minka.knowledge.sources.intake import run_import, start_import

ACTORS = Path(__file__).resolve().parents[3] / "shared" / "data" / "actors"

# RUC whose check digits are right
RUCS = ["20100010721", "20100017491", "20100018625", "20100030595", "20100004675"]


def real_file(name: str) -> bytes:
    """Return one of the real sheets beside the project, or skip and say what was not tested."""
    path = ACTORS / name
    if not path.exists():
        pytest.skip(f"NOT TESTED: the real sheet {path} is not here")
    return path.read_bytes()


def upload(content: str | bytes, name: str = "padron.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def offered(*, by, content, source="Padrón", name="padron.csv") -> SheetImport:
    """Upload a table of one sheet."""
    (sheet_import,) = start_import(by=by, upload=upload(content, name), source_name=source)
    return sheet_import


def imported(*, by, content, source="Padrón", name="padron.csv", kind="supplier", **mapping):
    """Upload, confirm as suggested (changed by `mapping`) and run; return the finished import."""
    sheet_import = offered(by=by, content=content, source=source, name=name)
    confirm_import(
        by=by,
        sheet_import=sheet_import,
        mapping=sheet_import.mapping | mapping,
        default_kind=kind,
    )
    run_import(import_id=sheet_import.pk)
    sheet_import.refresh_from_db()
    return sheet_import


def rows(count: int) -> str:
    """Return a sheet: every fifth row has no RUC, every seventh repeats the first one's."""
    lines = ["ruc,razon_social,departamento,provincia,distrito,correo,rubros"]
    for n in range(count):
        ruc = "" if n % 5 == 4 else (RUCS[0] if n % 7 == 0 else valid_ruc(n))
        lines.append(
            f"{ruc},Servicios Andinos {n} S.A.C.,AREQUIPA,AREQUIPA,CAYMA,c{n}@andes.example,Rubro {n % 3}"
        )
    return "\n".join(lines) + "\n"


def statements(client, url: str) -> int:
    """Return how many SQL statements a page takes once what it remembers is warm."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def valid_ruc(number: int) -> str:
    """Return the RUC of a company with this running number."""
    body = f"20{number + 50_000_000:08d}"
    total = sum(
        int(digit) * weight
        for digit, weight in zip(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)
    )
    return body + str((11 - total % 11) % 10)


def picture() -> dict[str, object]:
    """Return all that an import leaves, without what differs between two runs of the same."""
    return {
        "records": list(
            Record.objects.order_by("source__name", "sheet", "line").values_list(
                "source__name", "sheet", "line", "digest", "occurrence", "cells", "values", "problems", "actor__name"
            )
        ),
        "actors": [
            (
                actor.name, actor.kind, actor.record_count, sorted(set(actor.search_text.split())), actor.email,
                actor.region and actor.region.name, actor.latitude,
                sorted((one.scheme, one.value) for one in actor.identifiers.all()),
                sorted((one.kind, one.text) for one in actor.other_names.all()),
            )
            for actor in Actor.objects.order_by("name", "pk").prefetch_related("identifiers", "other_names")
        ],
        "imports": list(
            SheetImport.objects.order_by("pk").values_list(
                "state", "rows_done", "records_new", "records_unchanged", "rows_with_problems", "actors_new"
            )
        ),
    }  # fmt: skip
