import csv
import io

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.knowledge.actions.indicators import TableFacts, check_table, take_table, undo_table
from minka.knowledge.models import IndicatorCell, IndicatorTable
from minka.knowledge.queries.indicators import cube_of, tables_in_force
from minka.knowledge.sources.indicator_table import (
    activity_of,
    number_of,
    open_stored,
    read_stored,
    recognise,
)
from minka.knowledge.sources.survey_sheet import as_workbook
from tests.factories import PlaceFactory, StoredFileFactory, UserFactory

pytestmark = pytest.mark.django_db
FACTS = TableFacts(
    source_name="Planilla (prueba)", measure="employment", unit="personas", licence="CC BY 4.0"
)
LONG = [
    ["Sección CIIU", "Departamento", "Año", "Trabajadores"],
    ["B", "Moquegua", "2021", "4,000"],
    ["B", "Moquegua", "2023", "4,840"],
    ["B", "Arequipa", "2023", "6,000"],
    ["C", "Moquegua", "2023", "n.d."],
    ["C", "Arequipa", "2023", "12 000"],
    ["Q", "Moquegua", "2023", "0"],
    ["Total", "Moquegua", "2023", "10,000"],
    ["B", "Atlantis", "2023", "1"],
    ["Brujería", "Arequipa", "2023", "1"],
    ["B", "Arequipa", "2023", "7,000"],
]


@pytest.fixture
def south():
    return [PlaceFactory(name=name) for name in ("Moquegua", "Arequipa")]


def text_of(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def stored_of(rows):
    return StoredFileFactory(name="empleo.csv", bytes_=text_of(rows))


def checked(by, rows=LONG, facts=FACTS):
    stored = stored_of(rows)
    opened = open_stored(stored=stored)
    return check_table(by=by, stored=stored, sheet=opened.name, mapping=opened.mapping, facts=facts)


def taken(by, rows=LONG, facts=FACTS):
    table = checked(by, rows, facts)
    read = read_stored(stored=table.file, mapping=table.mapping, measure=table.measure)
    return take_table(
        by=by, table=table, figures=read.figures.values(), faults=read.faults,
        faults_count=read.faults_count,
    )  # fmt: skip


def test_columns_are_recognised_in_long_and_in_wide_tables():
    assert list(recognise(LONG[0], LONG[1:]).values()) == ["activity", "region", "year", "value"]
    wide = ["Departamento", "Actividad económica", "2021", "Año 2022", "Nota"]
    rows = [["Tacna", "B - Minería", "1", "2", ""], ["Puno", "C", "3", "", "x"]]
    assert list(recognise(wide, rows).values()) == [
        "region", "activity", "year:2021", "year:2022", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "code"),
    [("B", "B"), ("b. Explotación de minas", "B"), ("0710", "0710"), ("710", "0710"),
     ("CIIU 0729 - Otros", "0729"), ("7", "07"), ("Total", ""), ("Todas las actividades", ""),
     ("Brujería", None), ("", None), ("9999", None)],
)  # fmt: skip
def test_activities_are_read_however_they_are_written(cell, code):
    assert activity_of(cell) == code


@pytest.mark.parametrize(
    ("cell", "counted", "plain"),
    [("1,234", 1234, 1234), ("1,234.5", 1234.5, 1234.5), ("1.234,5", 1234.5, 1234.5),
     ("1.234", 1234, 1.234), ("12 000", 12000, 12000), ("1.234.567", 1234567, 1234567),
     ("12.5", 12.5, 12.5), ("3,5", 3.5, 3.5), ("0", 0, 0), ("0.123", 0.123, 0.123),
     ("n.d.", None, None), ("-5", None, None), ("1e3", 1000, 1000)],
)  # fmt: skip
def test_numbers_are_read_as_they_are_written_here_and_next_door(cell, counted, plain):
    assert number_of(cell, is_counted=True) == counted
    assert number_of(cell, is_counted=False) == plain


def test_a_table_is_taken_with_what_is_missing_and_what_could_not_be_read(team, south):
    table = taken(team)
    assert (table.version, table.cells, table.missing, table.faults_count) == (1, 7, 1, 3)
    assert [fault[:2] for fault in table.faults] == [
        (9, "region"), (10, "activity"), (11, "twice"),
    ]  # fmt: skip
    cube = cube_of(viewer=team, table=table)
    assert (cube.years, cube.activities) == ([2021, 2023], ["B", "C", "Q"])
    assert [name for _pk, name in cube.regions] == ["Arequipa", "Moquegua"]
    now = cube.of_year(2023)
    assert np.isnan(now[1, 1])  # said to be missing
    assert np.isnan(now[2, 0])  # not said at all
    assert now[2, 1] == 0  # said to be none
    assert cube.year_totals(2023).columns.tolist() == [18_000, 10_000]  # the told sum stands


def test_a_workbook_says_the_same_as_the_text(team, south):
    rows = [[int(c) if c.isdecimal() and i else c for i, c in enumerate(row)] for row in LONG]
    book = as_workbook([("Hoja", rows)])
    stored = StoredFileFactory(name="empleo.xlsx", bytes_=book)
    opened = open_stored(stored=stored)
    read = read_stored(stored=stored, mapping=opened.mapping, measure="employment")
    text = stored_of(LONG)
    plain = read_stored(stored=text, mapping=open_stored(stored=text).mapping,
                        measure="employment")  # fmt: skip
    assert read.figures == plain.figures


def test_the_same_file_twice_is_nothing_and_so_is_the_same_content_in_another(team, south):
    first = taken(team)
    with pytest.raises(Conflict):
        checked(team)
    again = checked(team, [LONG[0], *reversed(LONG[1:9]), *LONG[9:]][:9] + LONG[9:10])
    read = read_stored(stored=again.file, mapping=again.mapping, measure=again.measure)
    with pytest.raises(Conflict):
        take_table(by=team, table=again, figures=read.figures.values())
    assert tables_in_force(viewer=team) == [first]


def test_versions_are_kept_and_taking_back_brings_the_one_before_into_force(team, south):
    first = taken(team)
    second = taken(team, [*LONG[:2], ["B", "Arequipa", "2024", "9,999"]])
    assert [one.version for one in tables_in_force(viewer=team)] == [2]
    with pytest.raises(WrongState):
        undo_table(by=team, table=first)
    undo_table(by=team, table=second)
    assert tables_in_force(viewer=team) == [first]
    assert IndicatorCell.objects.filter(table=second).count() == 2
    with pytest.raises(WrongState):
        undo_table(by=team, table=second)
    again = taken(team, [*LONG[:2], ["B", "Arequipa", "2024", "9,999"]])
    assert again.version == 3


def test_only_the_team_imports_and_strangers_see_nothing(client, team, south):
    table = checked(team)
    person = UserFactory()
    with pytest.raises(NotAllowed):
        checked(person, LONG[:4])
    with pytest.raises(NotAllowed):
        take_table(by=person, table=table, figures=())
    client.force_login(person)
    assert client.get(reverse("knowledge:indicator_table", args=[table.pk])).status_code == 404
    assert client.post(reverse("knowledge:indicator_table_take", args=[table.pk])).status_code in {
        403, 404,
    }  # fmt: skip
    assert client.get(reverse("knowledge:indicators")).status_code == 200
    client.logout()
    assert client.get(reverse("knowledge:indicators")).status_code == 302


def test_a_table_without_a_licence_or_without_figures_is_refused(team, south):
    with pytest.raises(InvalidInput) as error:
        checked(team, facts=TableFacts("Fuente", "employment", "personas", " "))
    assert set(error.value.fields) == {"licence"}
    with pytest.raises(InvalidInput):
        taken(team, [LONG[0], ["B", "Moquegua", "2023", "s/i"]])


def test_from_the_file_to_the_page_and_the_sheet(client, team, south):
    client.force_login(team)
    upload = SimpleUploadedFile("empleo.csv", text_of(LONG))
    answer = client.post(
        reverse("knowledge:indicator_table_new"),
        {"upload": upload, "measure": "employment", "unit": "personas", "source_name": "Planilla",
         "licence": "CC BY"},
    )  # fmt: skip
    table = IndicatorTable.objects.get()
    assert answer["Location"] == reverse("knowledge:indicator_table", args=[table.pk])
    preview = client.get(answer["Location"]).content.decode()
    assert "Atlantis" in preview
    client.post(answer["Location"], {"column0": "activity", "column1": "", "column2": "year"})
    client.post(reverse("knowledge:indicator_table_take", args=[table.pk]))
    table.refresh_from_db()
    assert table.state == "checked"  # without a region nothing can be taken
    client.post(answer["Location"], {f"column{n}": role for n, role in
                                     enumerate(["activity", "region", "year", "value"])})  # fmt: skip
    client.post(reverse("knowledge:indicator_table_take", args=[table.pk]))
    client.cookies["minka_language"] = "es"
    page = client.get(reverse("knowledge:indicators"), {"region": south[0].pk}).content.decode()
    assert "4,840" in page
    for extra in ({"ver": "actividad", "actividad": "B"}, {"anio": "2021"}, {"anio": "xx"},
                  {"tabla": "9" * 30}, {"desde": "2023"}):  # fmt: skip
        assert client.get(reverse("knowledge:indicators"), extra).status_code == 200
    sheet = client.get(reverse("knowledge:indicators_download")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sheet)))
    missing = next(row for row in rows if row[0] == "C" and row[2] == "Moquegua")
    assert missing[4] == ""
    none = next(row for row in rows if row[0] == "Q" and row[2] == "Moquegua")
    assert float(none[4]) == 0
    book = client.get(reverse("knowledge:indicators_download"), {"formato": "xlsx"})
    assert book.content.startswith(b"PK")
