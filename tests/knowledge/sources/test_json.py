import json

import pytest

from minka.core.errors import InvalidInput
from minka.knowledge.sources.columns import suggest_mapping
from minka.knowledge.sources.json_text import _CHUNK_CHARACTERS
from tests.knowledge.sources.files import open_bytes

ONE = {
    "ruc": "20100010721",
    "nombre": "Ñandú S.A.C.",
    "contacto": {"correo": ["a@x.pe", "b@x.pe"], "web": None},
}
TWO = {"nombre": "Dos SAC", "activo": True, "empleados": 12.0, "sedes": [{"distrito": "Cayma"}]}


def rows(sheet):
    return [(row.line, sheet.cells(row)) for row in sheet.iter_rows()]


def test_json_lines_are_a_table_whose_nested_names_are_joined_by_dots(tmp_path):
    text = f"{json.dumps(ONE, ensure_ascii=False)}\n\n{json.dumps(TWO)}\n"
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        sheet = open_bytes(tmp_path, text, "padron.jsonl", encoding)
        assert sheet.headers == [
            "ruc", "nombre", "contacto.correo", "contacto.web", "activo", "empleados", "sedes",
        ]  # fmt: skip
        assert [line for line, _cells in rows(sheet)] == [1, 3]
        first, second = (cells for _line, cells in rows(sheet))
        assert (first["nombre"], first["contacto.correo"]) == ("Ñandú S.A.C.", "a@x.pe | b@x.pe")
        assert (second["activo"], second["empleados"]) == ("TRUE", "12")
        assert second["sedes"] == '[{"distrito": "Cayma"}]'


def test_a_list_of_objects_is_read_however_it_is_laid_out_and_longer_than_one_read(tmp_path):
    many = [ONE | {"n": n, "texto": "ñ" * 300} for n in range(_CHUNK_CHARACTERS // 200)]
    for text in (json.dumps(many), json.dumps(many, indent=1)):
        sheet = open_bytes(tmp_path, text, "padron.json")
        assert sheet.row_count == len(many)
        assert [cells["n"] for _line, cells in rows(sheet)] == [str(one["n"]) for one in many]
    assert rows(sheet)[1][0] > rows(sheet)[0][0] + 5


FEATURES = {
    "type": "FeatureCollection",
    "name": "minas",
    "features": [
        {"type": "Feature", "id": 7, "properties": {"name": "Alfa"}, "geometry": {"type": "Point", "coordinates": [-71.5, -16.4, 2300]}},
        {"type": "Feature", "properties": {"name": "Beta", "owner": {"name": "Gama"}},
         "geometry": {"type": "Polygon", "coordinates": [[[-72, -16], [-70, -16], [-70, -14], [-72, -14], [-72, -16]]]}},
        {"type": "Feature", "properties": {"name": "Sin lugar"}, "geometry": None},
        {"type": "Feature", "properties": {"name": "Rota"}, "geometry": {"type": "Point", "coordinates": []}},
        {"type": "Feature", "properties": {"name": "Línea", "latitude": "aprox."}, "geometry": {"type": "MultiLineString", "coordinates": [[[0, 0], [2, 2]]]}},
        {"type": "Feature", "properties": {"name": "Dos"},
         "geometry": {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]], [[[10, 10], [14, 10], [14, 14], [10, 14], [10, 10]]]]}},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(FEATURES),
        json.dumps(FEATURES, indent=2),
        "\n".join(json.dumps(one) for one in FEATURES["features"]),
        "".join(f"\x1e{json.dumps(one)}\n" for one in FEATURES["features"]),
    ],
)
def test_features_are_rows_with_the_position_of_their_geometry(tmp_path, text):
    sheet = open_bytes(tmp_path, text, "minas.geojson")
    found = {cells["name"]: cells for _line, cells in rows(sheet)}
    at = {name: (cells["latitude"], cells["longitude"]) for name, cells in found.items()}
    assert at["Alfa"] == ("-16.400000", "-71.500000") and found["Alfa"]["id"] == "7"
    assert at["Beta"] == ("-15.000000", "-71.000000") and found["Beta"]["owner.name"] == "Gama"
    assert at["Sin lugar"] == at["Rota"] == ("", "")
    assert (found["Línea"]["latitude"], found["Línea"]["geometry.latitude"]) == (
        "aprox.",
        "1.000000",
    )
    assert at["Dos"] == ("12.000000", "12.000000")


def test_the_columns_of_features_are_understood(tmp_path):
    sheet = open_bytes(
        tmp_path, json.dumps(FEATURES | {"features": FEATURES["features"][:2] * 5}), "minas.geojson"
    )
    found = {
        h: str(s.field or "") for h, s in suggest_mapping(sheet.headers, sheet.sample()).items()
    }
    assert (found["name"], found["latitude"], found["longitude"]) == (
        "name",
        "latitude",
        "longitude",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": 1}\n{"a": 2', "line 2"),
        ('[{"a": 1}, {"a": 2}', "line 1"),
        ('{"a": 1}\n7\n', "no object"),
        ('{"a": 1}\nnot json\n', "line 2"),
        ('{"type": "FeatureCollection", "features": [{"type":', "line 1"),
        ("{}\n{}\n", "no rows"),
        ('{"a": null}\n', "no rows"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence_that_says_where(tmp_path, text, words):
    with pytest.raises(InvalidInput, match=words):
        open_bytes(tmp_path, text, "padron.json")


def test_a_table_that_begins_with_a_bracket_stays_a_table(tmp_path):
    sheet = open_bytes(tmp_path, "[Ref],Nombre\n1,Uno SAC\n2,Dos SAC\n")
    assert sheet.headers == ["[Ref]", "Nombre"]
    sheet = open_bytes(tmp_path, "{x},Nombre\n1,Uno SAC\n2,Dos SAC\n")
    assert sheet.headers == ["{x}", "Nombre"]
