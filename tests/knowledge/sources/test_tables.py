import contextlib
import csv
import datetime as dt
import io
import random
import tracemalloc
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minka.core.errors import InvalidInput
from minka.knowledge.sources.tables import open_table
from tests.knowledge.sources.files import open_bytes, open_real

TABLE = "RUC{d}Razón social{d}Año\n20100010721{d}Ñandú S.A.C.{d}1998\n20100017491{d}Pérez E.I.R.L.{d}2001\n"


def lines(sheet):
    return [row.line for row in sheet.iter_rows()]


def codes(sheet):
    return [note.code for note in sheet.notes]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "cp850", "mac_roman"],
)
def test_any_delimiter_and_encoding_gives_the_same_table(tmp_path, delimiter, encoding):
    sheet = open_bytes(tmp_path, TABLE.format(d=delimiter), encoding=encoding)
    assert sheet.headers == ["RUC", "Razón social", "Año"]
    assert [row.cells[1] for row in sheet.iter_rows()] == ["Ñandú S.A.C.", "Pérez E.I.R.L."]
    assert sheet.row_count == 2 and lines(sheet) == [2, 3]


def test_a_file_pasted_together_from_two_encodings_is_read_and_says_so(tmp_path):
    mixed = (
        "Empresa,Ciudad\nMinería Ñaña,Perú\nPérez é Hijos,Áncash\n".encode()
        + "Cañón,Ica\n".encode("cp1252")
    )
    sheet = open_bytes(tmp_path, mixed)
    assert [row.cells[0] for row in sheet.iter_rows()][-1] == "Cañón"
    assert codes(sheet) == ["mixed_encoding"]


NOT_TABLES = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "executable": b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + bytes(500),
    "elf": b"\x7fELF\x02\x01" + bytes(200),
    "empty": b"",
    "spaces": b"\xef\xbb\xbf \r\n\r\n",
    "only a header": b"RUC,Nombre\n",
    "broken zip": b"PK\x03\x04 and then nothing that a zip has",
    "broken xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "web page": b"<html><table><tr><td>RUC</td></tr></table></html>",
    "noise": bytes(range(256)) * 20,
    "quote never closed": b'a,b\n1,"x\n2,y\n3,z\n',
}


@pytest.mark.parametrize("kind", NOT_TABLES)
def test_what_is_no_table_is_refused_with_advice_whatever_its_name(tmp_path, kind):
    for name in ("hoja.csv", "hoja.xlsx"):
        with pytest.raises(InvalidInput) as refusal:
            open_bytes(tmp_path, NOT_TABLES[kind], name=name)
        assert str(refusal.value).endswith(".") and len(str(refusal.value)) > 30


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("leeme.txt", "hola")
    with pytest.raises(InvalidInput, match="workbook"):
        open_bytes(tmp_path, packed.getvalue(), name="hoja.xlsx")


def test_headers_with_one_name_are_told_apart_and_reported(tmp_path):
    sheet = open_bytes(tmp_path, "Nombre,Teléfono,Teléfono,teléfono,\nA,1,2,3,x\nB,1,2,3,y\n")
    assert sheet.headers == ["Nombre", "Teléfono", "Teléfono (2)", "teléfono (3)", "(E)"]
    assert set(codes(sheet)) == {"duplicate_header", "unnamed_column"}
    assert all(note.message for note in sheet.notes)


def test_titles_above_the_header_are_left_out_and_blank_rows_keep_their_numbers(tmp_path):
    text = "PADRÓN DE SOCIOS 2024,,\n\nActualizado:,mayo,\nRazón social,RUC,Correo\nA SAC,1,a@b.pe\n,,\n\nB SAC,2,\n"
    sheet = open_bytes(tmp_path, text)
    assert (sheet.header_line, sheet.headers) == (4, ["Razón social", "RUC", "Correo"])
    assert lines(sheet) == [5, 8] and codes(sheet) == ["title_rows"]


def test_data_from_the_first_line_get_columns_named_by_letter(tmp_path):
    sheet = open_bytes(tmp_path, "20100010721,Aero S.A.\n20100017491,Telefónica\n")
    assert (
        sheet.headers == ["(A)", "(B)"] and sheet.row_count == 2 and codes(sheet) == ["no_header"]
    )


def test_a_plain_list_of_names_is_one_column_even_with_commas(tmp_path):
    sheet = open_bytes(tmp_path, "Empresa\nAlfa SAC\nBeta, Gamma y Cía\nDelta\n")
    assert sheet.headers == ["Empresa"]
    assert [row.cells for row in sheet.iter_rows()][1] == ["Beta, Gamma y Cía"]


def test_ragged_rows_are_kept_whole_and_reported(tmp_path):
    sheet = open_bytes(tmp_path, "a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3\n1,2,3,,\n")
    rows = [sheet.cells(row) for row in sheet.iter_rows()]
    assert rows[1] == {"a": "1", "b": "2", "c": ""}
    assert rows[2] == {"a": "1", "b": "2", "c": "3", "(D)": "4"}
    assert {note.code: note.params["lines"] for note in sheet.notes} == {
        "short_rows": "3",
        "long_rows": "4",
    }


def test_a_row_with_a_line_break_inside_starts_where_a_person_sees_it(tmp_path):
    sheet = open_bytes(tmp_path, 'a,b\r\n1,"x\r\ny"\r\n2,z\r\n')
    assert lines(sheet) == [2, 4]
    assert [row.cells[1] for row in sheet.iter_rows()] == ["x\r\ny", "z"]


def test_null_characters_survive_and_are_reported(tmp_path):
    sheet = open_bytes(tmp_path, "nombre,ruc\nAL\0FA,1\nBETA,2\n")
    assert [row.cells[0] for row in sheet.iter_rows()] == ["AL\0FA", "BETA"]
    assert codes(sheet) == ["null_characters"]


def test_the_delimiter_a_spreadsheet_declares_is_obeyed(tmp_path):
    sheet = open_bytes(tmp_path, "sep=;\r\na;b\r\n1,5;2\r\n")
    assert sheet.headers == ["a", "b"] and lines(sheet) == [3]


def test_a_long_csv_is_streamed_not_loaded(tmp_path):
    path = tmp_path / "larga.csv"
    path.write_text("ruc,nombre\n" + "20100010721,AERO TRANSPORTE S A\n" * 60_000)
    tracemalloc.start()
    (sheet,) = open_table(path, path.name)
    count = sum(1 for _row in sheet.iter_rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, sheet.row_count) == (60_000, 60_000)
    assert peak < 1_200_000 < path.stat().st_size


# words that no header would hold, so that the first row stays the only candidate
CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(
    lambda t: f"v{t}v"
)


@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=20),
    delimiter=st.sampled_from(",;\t|"),
)
def test_what_a_program_writes_is_what_we_read(tmp_path_factory, rows, delimiter):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(
        [["razon social", "ruc", "correo"], *rows]
    )
    sheet = open_bytes(tmp_path_factory.mktemp("csv"), text.getvalue())
    assert [row.cells for row in sheet.iter_rows()] == rows


def workbook(tmp_path, *, name="libro.xlsx"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Empresas"
    sheet["A1"] = "Directorio"
    sheet.merge_cells("A1:D1")
    for column, header in enumerate(["RUC", "Razón social", "Inscrita", "Monto", "Total"], start=1):
        sheet.cell(3, column, header)
    sheet["A4"], sheet["B4"], sheet["C4"] = 20100010721, "Aero S.A.", dt.datetime(1996, 12, 26)  # noqa: DTZ001 -- sheets know no zones
    sheet["D4"], sheet["E4"] = 31.5, "=D4*2"
    sheet["A6"], sheet["B6"], sheet["D6"] = 20100017491, "Telefónica", True
    sheet.merge_cells("B6:C6")
    hidden = book.create_sheet("Oculta")
    hidden.sheet_state = "hidden"
    hidden.append(["Nombre", "Correo"])
    hidden.append(["Beta", "b@b.pe"])
    book.create_sheet("Vacía")
    path = tmp_path / name
    book.save(path)
    return path


def test_a_workbook_gives_each_sheet_that_holds_rows(tmp_path):
    first, hidden = open_table(workbook(tmp_path), "libro.xlsx")
    assert (first.name, first.header_line, first.row_count) == ("Empresas", 3, 2)
    assert codes(hidden) == ["hidden_sheet"]


def test_workbook_numbers_and_dates_read_as_a_person_sees_them(tmp_path):
    first, _hidden = open_table(workbook(tmp_path, name="mal llamado.csv"), "mal llamado.csv")
    rows = {row.line: row.cells for row in first.iter_rows()}
    assert rows[4] == ["20100010721", "Aero S.A.", "1996-12-26", "31.5", ""]
    assert rows[6][:4] == ["20100017491", "Telefónica", "", "TRUE"]  # merged: in its first cell


def test_formulas_without_a_saved_value_are_reported(tmp_path):
    first, _hidden = open_table(workbook(tmp_path), "libro.xlsx")
    note = next(note for note in first.notes if note.code == "formula_without_value")
    assert note.params == {"count": 1, "cells": "E4"}


def test_formulas_with_a_saved_value_are_read(tmp_path):
    path = workbook(tmp_path)
    patched = tmp_path / "calculado.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(patched, "w") as new:
        for entry in old.infolist():
            new.writestr(
                entry, old.read(entry).replace(b"<f>D4*2</f><v />", b"<f>D4*2</f><v>63</v>")
            )
    first, _hidden = open_table(patched, "calculado.xlsx")
    assert next(first.iter_rows()).cells[4] == "63"
    assert "formula_without_value" not in codes(first)


def test_a_cell_at_the_end_of_the_world_does_not_exhaust_memory(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "RUC", "x"
    book.save(tmp_path / "lejos.xlsx")
    with pytest.raises(InvalidInput, match="far away"):
        open_table(tmp_path / "lejos.xlsx", "lejos.xlsx")


ODS_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def ods(folder, cells, name="libro.ods"):
    """A minimal LibreOffice sheet; no library that we have writes one."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Hoja">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    with zipfile.ZipFile(folder / name, "w") as archive:
        archive.writestr("mimetype", ODS_KIND)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{ODS_KIND}"/></manifest:manifest>',
        )
    return folder / name


def ods_row(*cells, repeated=1):
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}">'
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in cells
        )
        + "</table:table-row>"
    )


def test_a_libreoffice_sheet_is_read_and_its_empty_formula_reported(tmp_path):
    formula = '<table:table-row><table:table-cell table:formula="of:=1+1"/></table:table-row>'
    path = ods(tmp_path, ods_row("RUC", "Nombre") + ods_row("20100010721", "Aero") + formula)
    (sheet,) = open_table(path, "libro.ods")
    assert [row.cells for row in sheet.iter_rows()] == [["20100010721", "Aero"]]
    assert codes(sheet) == ["formula_without_value"]


def test_a_row_repeated_a_million_times_does_not_exhaust_memory(tmp_path):
    path = ods(tmp_path, ods_row(*["x"] * 50, repeated=1_048_576))
    with pytest.raises(InvalidInput, match="far away"):
        open_table(path, "libro.ods")


def test_a_damaged_workbook_is_refused_and_never_crashes(tmp_path):
    sound = workbook(tmp_path).read_bytes()
    chance = random.Random(7)
    for _try in range(60):
        damaged = bytearray(sound)
        for _byte in range(chance.randint(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path = tmp_path / "roto.xlsx"
        path.write_bytes(damaged)
        with contextlib.suppress(InvalidInput):
            for sheet in open_table(path, "roto.xlsx"):
                list(sheet.iter_rows())


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("actors/conosce_proveedores.csv", 3304),
        ("actors/conosce_entidades.csv", 1435),
        ("actors/entidades_estado_pte.csv", 2308),
        ("actors/ror_orgs_spanish_speaking.csv", 3512),
        ("actors/universities_pe_cl.csv", 132),
        ("actors/mining_facilities_pe_cl_ar_bo.csv", 589),
        ("actors/raw/DATA_CONSOLIDADA_120.csv", 116),
        ("actors/raw/DATA_CONSOLIDADA_520.csv", 460),
        ("actors/raw/DATOS_api_oct.csv", 551),
        ("linkage/sheets/proveedores.csv", 696),
    ],
)
def test_real_files_are_read_to_the_last_row(name, rows):
    sheet = open_real(name)
    assert (sheet.header_line, sheet.row_count, sum(1 for _row in sheet.iter_rows())) == (
        1,
        rows,
        rows,
    )
