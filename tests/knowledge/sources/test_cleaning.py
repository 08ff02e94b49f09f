import json

import pytest

from minka.knowledge.sources.cleaning import Problem, clean_row
from minka.knowledge.sources.columns import suggest_mapping
from minka.knowledge.sources.problems import CATALOGUE
from tests.knowledge.sources.files import open_real
from tests.services.work import counted_calls


def clean(country="PE", **cells):
    """Clean one row whose headers are the fields themselves; a name is there unless given."""
    cells = {"name": "Alfa S.A.C.", **cells}
    return clean_row(cells, {header: header for header in cells}, country=country)


def codes(row):
    return [problem.code for problem in row.problems]


@pytest.mark.parametrize(
    ("written", "name", "code"),
    [
        ("JORGE PEÃ‘A S A", "JORGE PEÑA S A", "encoding_repaired"),
        ("IngenierÃ\xada SAN Pedro", "Ingeniería SAN Pedro", "encoding_repaired"),
        ("HOTEL ANTHONY&#39;S SAC", "HOTEL ANTHONY'S SAC", "entities_repaired"),
        ("A &amp;amp; B S.A.", "A & B S.A.", "entities_repaired"),
        ("JEMKAD&#146;S S.A.C.", "JEMKAD’S S.A.C.", "entities_repaired"),
        ('\\GRUPO ERSA E.I.R.L.\\""', "GRUPO ERSA E.I.R.L.", "quotes_removed"),
        ('IMPORTACIONES \\TRAVEC\\" S.A.C."', "IMPORTACIONES TRAVEC S.A.C.", "quotes_removed"),
        ('"GRUPO MONTEPER S.A.C."', "GRUPO MONTEPER S.A.C.", "quotes_removed"),
        (
            '"SERVICIOZ GENERALES IMPERIAL, S.A.',
            "SERVICIOZ GENERALES IMPERIAL, S.A.",
            "quotes_removed",
        ),
        ("COMPA¿IA MINERA", "COMPAÑIA MINERA", "letters_restored"),
        ("CORPORACI�N SUR", "CORPORACIÓN SUR", "letters_restored"),
        ("SERVICIOS DE CONTRATACI¿N", "SERVICIOS DE CONTRATACIÓN", "letters_restored"),
        ("Ingenier¿a El¿ctrica", "Ingeniería Eléctrica", "letters_restored"),
        ("Uni¿n Per¿ S.A.", "Unión Perú S.A.", "letters_restored"),
        ("TRANSPORTES .SA¿AYCA", "TRANSPORTES .SA¿AYCA", "letters_lost"),
        ("ALFA  S.A.C. ", "ALFA S.A.C.", "spaces_removed"),
    ],
)
def test_damaged_names_are_repaired_and_the_damage_is_told(written, name, code):
    row = clean(name=written)
    assert row.text("name") == name
    assert codes(row) == [code]
    assert row.problems[0].original == written


@pytest.mark.parametrize(
    "sound",
    [
        "SÃO PAULO MINERAÇÃO",
        'CONSORCIO "EL SOL" S.A.C.',
        "AT&T PERU",
        "Âncora S.A.",
        "Instituto “Luis Ordaz”",
        "D'Onofrio",
    ],
)
def test_sound_names_are_left_alone(sound):
    row = clean(name=sound)
    assert row.text("name") == sound and row.problems == []


def test_a_question_is_not_a_lost_letter():
    assert codes(clean(description="¿Quiénes somos? Una empresa. ¿Y qué más? Nada.")) == []


def test_padding_goes():
    assert clean(name="ALFA" + " " * 96).text("name") == "ALFA"


@pytest.mark.parametrize(
    "nothing", ["NA", "N/A", "-", "--", "NULL", "null", "#N/A", "No tiene", "S/N", "nan", "  ", ""]
)
def test_what_stands_for_nothing_is_nothing(nothing):
    row = clean(website=nothing, email=nothing, tax_id=nothing, trade_name=nothing)
    assert row.values == {"name": "Alfa S.A.C."}
    said = {"filler_left_out"} if any(map(str.isalnum, nothing)) else set()
    assert set(codes(row)) == said and all(one.level == "info" for one in row.problems)


def test_a_row_without_name_is_kept_with_an_error():
    row = clean(name="NA", tax_id="20100010721")
    assert not row.has_name and row.text("tax_id") == "20100010721"
    assert [(p.code, p.level) for p in row.problems] == [
        ("filler_left_out", "info"),
        ("name_missing", "error"),
    ]


def test_a_trade_name_or_another_name_stands_in_for_the_legal_name():
    assert clean(name="", trade_name="Alfa").text("name") == "Alfa"
    row = clean(name="NA", other_names="Beta || Gama")
    assert (row.text("name"), codes(row)) == ("Beta", ["filler_left_out", "name_borrowed"])


def test_other_names_are_taken_apart_once_each():
    row = clean(other_names="PRAXAIR PERU SRL || Praxair Perú S.R.L | PRAXAIR; NA")
    assert row.many("other_names") == ["PRAXAIR PERU SRL", "Praxair Perú S.R.L", "PRAXAIR"]


def test_a_trusted_tax_number_comes_with_its_scheme():
    row = clean(tax_id="R.U.C. N° 20100010721.0")
    assert (row.text("tax_id"), row.text("tax_scheme")) == ("20100010721", "pe.ruc")
    assert codes(row) == codes(clean(tax_id="2.0100010721E10")) == ["number_restored"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("20100010722", "tax_id_check_digit"),
        ("2010001072", "tax_id_malformed"),
        ("00000000000", "tax_id_placeholder"),
    ],
)
def test_a_wrong_tax_number_is_told_and_not_trusted(written, code):
    row = clean(tax_id=written)
    assert "tax_id" not in row.values and codes(row) == [code]
    assert written in row.problems[0].message


def test_the_country_of_the_row_decides_whose_number_it_is():
    row = clean(country="PE", tax_id="76086428-5")
    assert row.text("tax_scheme") == "cl.rut"
    chilean = clean_row(
        {"n": "Codelco", "r": "760864285", "p": "Chile"},
        {"n": "name", "r": "tax_id", "p": "country"},
    )
    assert (chilean.text("tax_scheme"), chilean.text("country")) == ("cl.rut", "CL")


def test_several_addresses_in_one_cell_are_several():
    row = clean(
        email="Ventas@Alfa.pe; info@alfa.pe / mal@alfa",
        phone="Cel. 987 654 321 / (054) 307902 / 000000",
    )
    assert row.many("email") == ["ventas@alfa.pe", "info@alfa.pe"]
    assert row.many("phone") == ["+51987654321", "+5154307902"]
    assert codes(row) == ["several_values", "email_malformed", "several_values", "phone_malformed"]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("051961703865", "+51961703865"),
        ("+51 84 472758", "+5184472758"),
        ("054319229", "+5154319229"),
        ("927-899-489", "+51927899489"),
        ("01 6883347", "+5116883347"),
        ("0051 1 6883347", "+5116883347"),
        ("737044", "737044"),
    ],
)
def test_one_telephone_written_in_any_way_is_one_number(written, number):
    assert clean(phone=written).many("phone") == [number]


@pytest.mark.parametrize(
    ("written", "website", "code"),
    [
        ("www.alfa.com.pe/index.html", "https://www.alfa.com.pe/index.html", ["website_scheme"]),
        ("http://alfa.pe", "http://alfa.pe", []),
        ("en línea pronto", "", ["website_malformed"]),
        ("javascript:alert(1)", "", ["website_malformed"]),
    ],
)
def test_web_addresses_get_their_scheme(written, website, code):
    row = clean(website=written)
    assert (row.text("website"), codes(row)) == (website, code)


@pytest.mark.parametrize(
    ("latitude", "longitude", "kept", "code"),
    [
        ("-12.04", "-77.03", (-12.04, -77.03), []),
        ("-12,04", "-77,03", (-12.04, -77.03), []),
        ("-77.03", "-12.04", (-12.04, -77.03), ["coordinates_swapped"]),
        ("151.2", "-33.8", (-33.8, 151.2), ["coordinates_swapped"]),
        ("-120", "-770", (None, None), ["coordinates_out_of_range"]),
        ("0", "0", (None, None), ["coordinates_out_of_range"]),
        ("nueve", "-77.03", (None, None), ["coordinates_out_of_range"]),
        ("-12.04", "", (None, None), ["coordinates_incomplete"]),
    ],
)
def test_positions_are_checked_and_swapped_back(latitude, longitude, kept, code):
    row = clean(latitude=latitude, longitude=longitude)
    assert (row.number("latitude"), row.number("longitude")) == kept
    assert codes(row) == code


def test_a_position_outside_the_country_stated_stays_off_the_map():
    row = clean(country="PE", latitude="48.85", longitude="2.35")
    assert row.number("latitude") == 48.85  # nobody said where it is
    stated = clean_row(
        {"n": "Alfa", "p": "Perú", "a": "48.85", "o": "2.35"},
        {"n": "name", "p": "country", "a": "latitude", "o": "longitude"},
    )
    assert (stated.number("latitude"), codes(stated)) == (None, ["coordinates_elsewhere"])


@pytest.mark.parametrize(
    ("place", "levels"),
    [
        ("Ate - Lima - Lima", ("Lima", "Lima", "Ate")),
        ("Pomacocha, Apurimac", ("Apurímac", "Andahuaylas", "Pomacocha")),
        ("CHIMBOTE", ("Áncash", "Santa", "Chimbote")),
        ("Ayaviri", ("Puno", "Melgar", "")),
        ("Moquegua", ("Moquegua", "", "")),
        ("AQP", ("Arequipa", "", "")),
    ],
)
def test_a_place_in_one_cell_is_taken_apart(place, levels):
    row = clean(place=place)
    assert (row.text("region"), row.text("province"), row.text("district")) == levels
    assert codes(row) == []


def test_levels_with_cells_of_their_own_are_not_overwritten():
    row = clean(region="APURIMAC", province="COTABAMBAS", place="Challhuahuacho")
    assert (row.text("region"), row.text("province")) == ("Apurímac", "COTABAMBAS")


@pytest.mark.parametrize(
    ("written", "founded"),
    [("26/12/1996", "1996-12-26"), ("1996-12-26 00:00:00", "1996-12-26"), ("desde 1551", "1551")],
)
def test_foundation_is_a_day_or_a_year(written, founded):
    assert clean(founded=written).text("founded") == founded


def test_the_original_cells_are_never_changed_and_values_go_to_json_and_back():
    cells = {"a": ' "ALFA" ', "b": "x@y.pe; z@y.pe", "c": "-12.0", "d": "-77.0"}
    before = dict(cells)
    row = clean_row(cells, {"a": "name", "b": "email", "c": "latitude", "d": "longitude"})
    assert cells == before
    assert json.loads(json.dumps(row.values)) == row.values
    for problem in row.problems:
        assert Problem.from_dict(json.loads(json.dumps(problem.as_dict()))) == problem


def test_every_message_can_be_read():
    for code in CATALOGUE:
        assert "%(" not in Problem(code, None, "antes", "después").message


def cleaned(name):
    sheet = open_real(name)
    mapping = {
        header: s.field for header, s in suggest_mapping(sheet.headers, sheet.sample()).items()
    }
    return [clean_row(sheet.cells(row), mapping) for row in sheet.iter_rows()]


def test_the_suppliers_of_the_state_are_clean_but_for_three_numbers_and_one_name():
    with counted_calls() as calls:
        rows = cleaned("actors/conosce_proveedores.csv")
    assert calls.made < 250 * len(rows)
    found = [code for row in rows for code in codes(row)]
    assert len(rows) == 3304
    assert (found.count("tax_id_check_digit"), found.count("name_missing")) == (3, 1)
    assert sum("tax_id" in row.values for row in rows) == 3301


@pytest.mark.parametrize(
    "name", ["camara", "concesiones", "encuesta", "feria", "padron", "proveedores", "universidad"]
)
def test_no_row_of_the_dirty_sheets_is_lost_and_all_have_a_name(name):
    rows = cleaned(f"linkage/sheets/{name}.csv")
    assert rows and all(row.has_name for row in rows)
    assert not any("Ã" in row.text("name") for row in rows)


def test_most_places_of_the_chamber_are_recognised():
    rows = [
        row
        for row in cleaned("linkage/sheets/camara.csv")
        if row.values.get("region") or "place_unclear" in codes(row)
    ]
    assert sum("region" in row.values for row in rows) > 0.98 * len(rows)


@pytest.mark.parametrize(
    ("country", "written", "number"),
    [
        ("CL", "(2) 2345 6789", "+56223456789"),
        ("AU", "(02) 9374 4000", "+61293744000"),
        ("BO", "+591 2 2441234", "+59122441234"),
        ("PE", "+56 9 8765 4321", "+56987654321"),
        ("MX", "55 5128 0000", "+525551280000"),
        ("XX", "22 334 455", "22334455"),
    ],
)
def test_telephones_follow_the_numbering_plan_of_their_country(country, written, number):
    assert clean(country=country, phone=written).many("phone") == [number]


def test_a_bolivian_number_is_taken_on_its_shape_alone():
    row = clean(country="BO", tax_id="1023456028")
    assert (row.text("tax_scheme"), row.text("tax_id")) == ("bo.nit", "1023456028")
