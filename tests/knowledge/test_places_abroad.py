import pytest

from minka.knowledge.models import Actor, Place, Record
from minka.knowledge.sources.cleaning import clean_row
from minka.knowledge.sources.world import find_city
from minka.knowledge.sources.world_regions import region_abroad, region_of_city
from tests.knowledge.sheets import RUCS, imported

MAPPING = {"n": "name", "p": "place", "r": "region", "c": "country", "ruc": "tax_id"}


@pytest.mark.parametrize(
    ("country", "text", "name", "latitude"),
    [
        ("CL", "ANTOFAGASTA", "Antofagasta", -23.6),
        ("AU", "Perth", "Perth", -31.9),
        ("CA", "Toronto, Ontario", "Toronto", 43.7),
        ("AR", "Mendoza", "Mendoza", -32.9),
        ("BO", "Oruro", "Oruro", -17.9),
        ("GB", "Perth", "Perth", 56.4),
    ],
)
def test_a_city_is_found_in_the_country_that_is_named(country, text, name, latitude):
    found = find_city(country, text)
    assert found.city.name == name and abs(found.city.latitude - latitude) < 0.3
    assert not found.is_doubtful


def test_of_several_the_state_decides_and_else_the_people_with_the_doubt_said():
    assert find_city("US", "Springfield", "Illinois").city.region == "IL"
    largest = find_city("US", "Springfield")
    assert largest.is_doubtful and largest.city.region == "MO"
    assert find_city("", "Perth").city.country == "AU" and find_city("", "Perth").is_doubtful
    assert find_city("CL", "Perth") is None and find_city("PE", "Arequipa") is None
    assert find_city("", "Kalgoorlie") is None  # not large enough to be meant without a country


def test_a_row_without_country_says_that_its_place_was_guessed():
    row = clean_row({"n": "X", "p": "Toronto"}, MAPPING)
    assert (row.text("country"), row.text("geoname") != "") == ("CA", True)
    assert [one.code for one in row.problems] == ["place_abroad"]
    for cells in ({"ruc": RUCS[0]}, {"c": "Perú"}, {"r": "Puno"}):  # Peruvian all the same
        row = clean_row({"n": "X", "p": "Toronto", **cells}, MAPPING)
        assert row.text("country") in ("", "PE") and row.text("geoname") == ""


@pytest.mark.django_db
def test_an_organisation_abroad_is_on_the_map_and_its_city_is_kept_once(team, places):
    before = Place.objects.count()
    content = "nombre,pais,ciudad\nUno,Chile,Antofagasta\nDos,Chile,ANTOFAGASTA\nTres,Perú,Cayma\nCuatro,Chile,Nada\n"
    mapping = {"nombre": "name", "pais": "country", "ciudad": "place"}
    done = imported(by=team, content=content, **mapping)
    again = imported(
        by=team, content="nombre,pais,ciudad\nCinco,Chile,Antofagasta\n", source="Otra", **mapping
    )
    assert (done.state, again.state) == ("done", "done")
    (city,) = Place.objects.filter(level="city")
    assert Place.objects.count() == before + 2  # the city and the region it lies in
    assert (city.name, city.country, city.parent.level) == ("Antofagasta", "CL", "state")
    abroad = Actor.objects.filter(place=city).order_by("name")
    assert [one.name for one in abroad] == ["Cinco", "Dos", "Uno"]
    assert {(one.latitude, one.region) for one in abroad} == {(city.latitude, None)}
    assert Actor.objects.get(name="Tres").place.name == "Cayma"
    nowhere = Actor.objects.get(name="Cuatro")
    assert (nowhere.place, nowhere.latitude) == (None, None)
    assert Record.objects.filter(place=city).count() == 3


@pytest.mark.parametrize(
    ("country", "text", "name"),
    [
        ("CL", "Región de Atacama", "Atacama"),
        ("CL", "II", "Antofagasta"),
        ("CL", "Bío-Bío", "Biobío"),
        ("AU", "WA", "Western Australia"),
        ("US", "NV", "Nevada"),
        ("US", "State of Nevada", "Nevada"),
        ("CA", "British Columbia", "British Columbia"),
        ("BO", "Departamento de Potosí", "Potosí"),
        ("AR", "Provincia de San Juan", "San Juan"),
    ],
)
def test_a_region_abroad_is_known_by_its_names(country, text, name):
    assert region_abroad(country, text).name == name


def test_a_region_is_of_its_own_country_and_each_has_a_place():
    assert region_abroad("AR", "Atacama") is None and region_abroad("PE", "Puno") is None
    assert region_abroad("FR", "Île-de-France") is None and region_abroad("CL", "") is None
    assert region_of_city(find_city("CL", "Calama").city).name == "Antofagasta"
    assert region_of_city(find_city("AU", "Kalgoorlie").city).name == "Western Australia"
    assert region_of_city(find_city("FR", "Lyon").city) is None


def test_the_region_says_which_of_two_cities_is_meant():
    found = {
        region: clean_row({"n": "X", "p": "Santa Rosa", "r": region, "c": "Argentina"}, MAPPING)
        for region in ("La Pampa", "Salta", "")
    }
    assert found["La Pampa"].text("geoname") != found["Salta"].text("geoname") != ""
    assert [one.code for one in found[""].problems] == ["place_shared"]
    assert not found["Salta"].problems


@pytest.mark.django_db
def test_rows_from_abroad_are_found_by_region_city_and_country(team, places, client):
    content = (
        "nombre,pais,region,ciudad\nUno,Chile,Región de Atacama,\nDos,Chile,Atacama,Copiapó\n"
        "Tres,Australia,WA,Perth\nCuatro,Francia,Bretagne,Nulle part\nCinco,Perú,Moquegua,\n"
    )
    done = imported(
        by=team, content=content, nombre="name", pais="country", region="region", ciudad="place"
    )
    assert done.state == "done"
    where = {one.name: one.place for one in Actor.objects.select_related("place__parent")}
    assert (where["Uno"].name, where["Uno"].level) == ("Atacama", "state")
    assert (where["Dos"].name, where["Dos"].parent) == ("Copiapó", where["Uno"])
    assert where["Tres"].parent.name == "Western Australia" and where["Cuatro"] is None
    assert not Actor.objects.filter(region__country="CL").exists()  # regions to choose are Peru's
    assert Actor.objects.get(name="Uno").latitude is not None
    page = client.get("/directorio/").content.decode()
    assert "Copiapó, Chile" in page and "Atacama, Chile" in page and "Perth, Australia" in page
    assert "Francia" in page
    found = client.get("/directorio/", {"country": "CL"}).content.decode()
    assert "Copiapó" in found and "Perth" not in found
    assert "Dos" in client.get("/directorio/", {"q": "atacama"}).content.decode()
    shown = client.get(Actor.objects.get(name="Dos").get_absolute_url()).content.decode()
    assert "Copiapó, Atacama, Chile" in shown
