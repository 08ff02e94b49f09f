import csv
from collections import Counter

import pytest

from minka.knowledge.sources.countries import country_code, lies_in
from minka.knowledge.sources.gazetteer import (
    Located,
    iter_places,
    locate,
    normalise_place_name,
    region_of,
)
from tests.knowledge.sources.files import real_file

PLACES = list(iter_places())
BY_CODE = {place.inei: place for place in PLACES}


def reference(name):
    with real_file(f"places/{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["inei"] != "NA"]


def test_there_are_as_many_places_as_the_country_has():
    assert Counter(place.level for place in PLACES) == {
        "department": 25,
        "province": 196,
        "district": 1891,
    }
    assert len(BY_CODE) == len(PLACES)


def test_every_place_stands_under_a_place_already_seen():
    seen = {""}
    for place in PLACES:
        assert place.parent_inei in seen and place.inei.startswith(place.parent_inei)
        seen.add(place.inei)


def test_every_department_and_province_has_a_position_inside_the_country():
    for place in PLACES:
        if place.level != "district" or place.latitude is not None:
            assert lies_in("PE", place.latitude, place.longitude), place
    assert sum(place.latitude is not None for place in PLACES) > 1900


def test_reniec_codes_are_their_own_not_copies_of_inei():
    callao = next(
        place for place in PLACES if place.level == "department" and place.name == "Callao"
    )
    assert (callao.inei, callao.reniec) == ("07", "24")
    known = [place for place in PLACES if place.reniec]
    assert len({(place.level, place.reniec) for place in known}) == len(known)


def test_districts_agree_with_an_independent_register():
    compared = Counter()
    for row in reference("ubigeo_distrito"):
        place = BY_CODE.get(row["inei"])
        if place is None:
            compared["missing"] += 1
            continue
        if place.reniec and row["reniec"] != "NA":
            compared["reniec", place.reniec == row["reniec"]] += 1
        if place.latitude is not None and row["latitude"] != "NA":
            near = (
                abs(place.latitude - float(row["latitude"]))
                < 0.01
                > abs(place.longitude - float(row["longitude"]))
            )
            compared["position", near] += 1
    assert compared["missing"] <= 4
    assert compared["reniec", False] == 0 and compared["reniec", True] > 1830
    assert compared["position", True] > 1690 and compared["position", False] <= 10


def test_provinces_lie_near_their_capitals():
    far = [
        row["provincia"]
        for row in reference("ubigeo_provincia")
        if abs(BY_CODE[row["inei"][:4]].latitude - float(row["latitude"])) > 1.5
    ]
    assert len(far) <= 4, far


@pytest.mark.parametrize(
    ("one", "other"),
    [("KIMBIRI", "Quimbiri"), ("Nazca", "NASCA"), ("CUZCO", "Cusco"), ("Prov. Const. del Callao", "CALLAO"),
     ("Departamento de Áncash", "ancash"), ("Región San Martín", "SAN MARTIN")],
)  # fmt: skip
def test_two_spellings_of_one_place_meet(one, other):
    assert normalise_place_name(one) == normalise_place_name(other) != ""


def test_regions_get_their_proper_name():
    assert [region_of(name) for name in ("APURIMAC", "aqp", "Lima Metropolitana", "Atlántida")] == [
        "Apurímac", "Arequipa", "Lima", "",
    ]  # fmt: skip


def test_an_uncertain_place_is_left_open():
    assert locate("Santa Rosa") == Located()
    assert locate("Santa Rosa, Atlantis") == Located()
    assert locate("") == Located()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Perú", "PE"),
        ("CHL", "CL"),
        ("bo", "BO"),
        ("Estados Unidos", "US"),
        ("EE.UU.", "US"),
        ("Brazil", "BR"),
        ("Mordor", ""),
    ],
)
def test_countries_are_known_by_name_and_code(written, code):
    assert country_code(written) == code


def test_nearly_every_entity_of_the_state_finds_its_district_by_name():
    known = {
        tuple(normalise_place_name(BY_CODE[place.inei[:end]].name) for end in (2, 4, 6))
        for place in PLACES
        if place.level == "district"
    }
    with real_file("actors/conosce_entidades.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [
            tuple(normalise_place_name(row[at]) for at in ("departamento", "provincia", "distrito"))
            in known
            for row in csv.DictReader(file)
        ]
    assert len(found) == 1435 and sum(found) >= 1433
