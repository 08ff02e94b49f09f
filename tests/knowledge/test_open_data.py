import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

import openpyxl
import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, URIRef

from minka.knowledge.models import Relation
from minka.knowledge.sources.exports import dictionary
from minka.knowledge.sources.exports.catalogue import DATASETS
from tests.factories import ActorFactory, MembershipFactory, PlaceFactory, ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db
SECRETS = (
    "oculto@x.pe", "+51 999 111 222", "Calle Oculta 123", "equipo@x.pe", "socios@x.pe",
    "duena@x.pe", "nota callada",
)  # fmt: skip
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


@pytest.fixture
def owner():
    return UserFactory(email="duena@x.pe")


@pytest.fixture
def full(owner):
    """An organisation with something in every field, and with all that must stay."""
    now = timezone.now()
    region = PlaceFactory(name="Arequipa")
    province = PlaceFactory(name="Arequipa", level="province", parent=region)
    place = PlaceFactory(name="Cayma", level="district", parent=province)
    actor = ActorFactory(
        name="Ñandú", description="Bombas", activity="bombas", region=region, place=place,
        country="PE", latitude=-16.4, longitude=-71.55, location_is_exact=True, email=SECRETS[0],
        phone=SECRETS[1], address=SECRETS[2], website="https://nandu.pe", size_band="small",
        founded_year=1990, languages=["es"], owner=owner, claimed_at=now, verified_at=now,
        confirmed_at=now,
    )  # fmt: skip
    theme = ThemeFactory(
        label_es="agua", label_en="water", synonyms_es=["líquido"], synonyms_en=["fluid"],
        broader=ThemeFactory(label_es="recursos", label_en="resources"),
    )  # fmt: skip
    ThemeFactory(label_es="aguas", label_en="waters", replaced_by=theme)
    actor.themes.add(theme)
    actor.products.create(name="bombas")
    actor.capabilities.create(theme=theme, trl=7)
    actor.certifications.create(name="ISO 9001")
    actor.activities.create(code="2813")
    actor.links.create(url="https://en.wikipedia.org/wiki/N")
    actor.identifiers.create(scheme="pe.ruc", value="20100010721")
    actor.identifiers.create(scheme="ror", value="05a28rw58")
    actor.identifiers.create(scheme="source.7", value="nota callada")
    actor.other_names.create(text="NANDU SA", text_key="nandu sa")
    for value, who in (("ventas@x.pe", "public"), (SECRETS[3], "staff"), (SECRETS[4], "members")):
        actor.contacts.create(label="L", kind="email", value=value, visibility=who)
    day = timezone.localdate()
    told = {"origin": "entered", "starts_on": day, "ends_on": day}
    other = ActorFactory(name="Otra", kind="fund")
    Relation.objects.create(tail=actor, head=other, kind="supplies", note="nota callada", **told)
    Relation.objects.create(tail=other, head=actor, kind="funds", is_public=False, **told)
    return actor


def addresses():
    """Every file with its dataset and kind."""
    return [
        (one.code, file.kind, file.url(one.code, language))
        for one in DATASETS.values()
        for file in one.files
        for language in ("es", "en")
    ]


def taken(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer) if not answer.streaming else b"".join(answer.streaming_content)


def plain(kind, body):
    """Return what a file says; a workbook keeps the moment at which it was packed."""
    if kind != "xlsx":
        return body.decode()
    return str(
        [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(body)).active]
    )


@pytest.mark.parametrize(("language", "words"), [("es", "Datos abiertos"), ("en", "Open data")])
def test_a_stranger_sees_what_there_is_under_which_licence(client, full, language, words, settings):
    settings.MINKA_CLUSTER_NAME = "Clúster del Sur"
    client.cookies["minka_language"] = language
    page = client.get(reverse("knowledge:open_data"), headers={"accept-language": language})
    text = page.content.decode()
    assert words in text and "Clúster del Sur" in text
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in text and "CC BY 4.0" in text
    assert text.count('rel="alternate"') == 2 and f'href="{reverse("knowledge:open_data")}"' in text
    for _code, _kind, address in addresses():
        spoken = "en" if "/en/" in address else "es"
        assert (address in text) == (spoken == language or "/temas." in address)
    assert [one["extent"].rows for one in page.context["datasets"]] == [2, 1, 2]


def test_everybody_gets_the_same_and_nothing_that_is_hidden(full, owner, team, client):
    member = UserFactory()
    MembershipFactory(user=member, actor=full)
    said = {}
    for viewer in (None, member, owner, team):
        if viewer:
            client.force_login(viewer)
        cache.clear()
        for code, kind, address in addresses():
            text = plain(kind, taken(client, address))
            assert not [secret for secret in SECRETS if secret in text], address
            assert said.setdefault(address, text) == text, (address, viewer)
            assert code != "actores" or full.name in text
    client.cookies["minka_language"] = "en"
    for code, kind, address in addresses():
        cache.clear()
        assert said[address] == plain(kind, taken(client, address)), (code, address)
    assert "ventas@x.pe" in said["/datos/actores.csv"]
    assert "funds" not in said["/datos/vinculos.graphml"]


def fields(dataset, label, language="es"):
    return {row[2] for row in dictionary.dictionary_rows(language) if row[:2] == (dataset, label)}


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_column_is_in_the_dictionary_and_no_other(full, client, language):
    part = "" if language == "es" else "en/"
    text = taken(client, f"/datos/{part}actores.csv").decode("utf-8-sig")
    heads, *_rows = csv.reader(io.StringIO(text))
    book = openpyxl.load_workbook(io.BytesIO(taken(client, f"/datos/{part}actores.xlsx")))
    assert heads == [cell.value for cell in book.active[1]]
    assert set(heads) == fields("actores", "CSV, Excel", language)
    assert len(heads) == len(set(heads))


def test_every_key_of_the_linked_files_is_in_the_dictionary_and_no_other(full, client):
    found = {"geojson": set(), "jsonld": set()}
    for one in json.loads(taken(client, "/datos/actores.geojson"))["features"]:
        found["geojson"] |= {*one["properties"], "geometry"}
    for one in json.loads(taken(client, "/datos/actores.jsonld"))["itemListElement"]:
        found["jsonld"] |= set(one["item"])
    # a district is named only within Peru, a city only outside: no organisation has both
    assert found["geojson"] == fields("actores", "GeoJSON")
    assert found["jsonld"] == fields("actores", "JSON-LD")


def test_every_key_of_the_network_and_the_thesaurus_is_in_the_dictionary(full, client):
    root = ET.fromstring(taken(client, "/datos/vinculos.graphml"))
    keys = {one.get("id") for one in root.iter(f"{GRAPHML}key")}
    for name in ("node", "edge"):
        for one in root.iter(GRAPHML + name):
            keys |= {f"{name}/@{key}" for key in one.attrib}
    assert keys - {"edge/@id"} == fields("vinculos", "GraphML")
    heads = next(csv.reader(io.StringIO(taken(client, "/temas.csv").decode("utf-8-sig"))))
    assert set(heads) == fields("tesauro", "CSV")
    graph = Graph().parse(data=taken(client, "/temas.ttl"), format="turtle")
    used = {graph.namespace_manager.qname(one) for one in graph.predicates()}
    assert {one.replace("dct:", "dcterms:") for one in used} == fields("tesauro", "Turtle")


def test_the_dictionary_is_a_file_too_in_both_languages(client):
    for name in ("knowledge:open_data_dictionary", "knowledge:open_data_dictionary_en"):
        heads, *rows = csv.reader(io.StringIO(taken(client, reverse(name)).decode("utf-8-sig")))
        assert tuple(heads) == dictionary.COLUMNS and all(
            row[2] and row[3] and row[5] for row in rows
        )
    assert "Nombre legal." in taken(client, "/datos/diccionario.csv").decode()
    assert "Legal name." in taken(client, "/datos/en/diccionario.csv").decode()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # rdflib's own reader
@pytest.mark.parametrize(("kind", "syntax"), [("ttl", "turtle"), ("jsonld", "json-ld")])
def test_the_catalogue_is_dcat_and_leads_to_every_file(full, client, settings, kind, syntax):
    graph = Graph().parse(data=taken(client, f"/datos/catalogo.{kind}"), format=syntax)
    (whole,) = graph.subjects(RDF.type, DCAT.Catalog)
    assert len(list(graph.objects(whole, DCAT.dataset))) == len(DATASETS)
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    for one in graph.subjects(RDF.type, DCAT.Dataset):
        for predicate in (DCTERMS.title, DCTERMS.description, DCAT.keyword):
            said = {(word.language, str(word)) for word in graph.objects(one, predicate)}
            assert {language for language, _word in said} == {"es", "en"}
            assert {w for spoken, w in said if spoken == "es"}.isdisjoint(
                {w for spoken, w in said if spoken == "en"}
            )
        assert graph.value(one, DCTERMS.license) == licence
        assert graph.value(graph.value(one, DCTERMS.publisher), FOAF.name) == Literal(
            settings.MINKA_CLUSTER_NAME
        )
        if "tesauro" not in one:
            assert graph.value(one, DCTERMS.issued) and graph.value(one, DCTERMS.modified)
            box = graph.value(graph.value(one, DCTERMS.spatial), DCAT.bbox)
            assert str(box).startswith("POLYGON((-71.55 -16.4")
    files = list(graph.subjects(RDF.type, DCAT.Distribution))
    for one in files:
        address = str(graph.value(one, DCAT.downloadURL))
        assert address.startswith(settings.MINKA_BASE_URL)
        assert taken(client, urlsplit(address).path)
        for predicate in (DCAT.mediaType, DCTERMS["format"], DCTERMS.license):
            assert graph.value(one, predicate), (one, predicate)
    linked = {urlsplit(str(graph.value(one, DCAT.downloadURL))).path for one in files}
    assert linked == {address for _code, _kind, address in addresses()}


def test_a_file_that_has_not_changed_is_not_sent_again(full, client):
    address = "/datos/actores.csv"
    first = client.get(address)
    assert first["Last-Modified"] and first["Access-Control-Allow-Origin"] == "*"
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and again["ETag"] == first["ETag"]
    assert client.head(address)["ETag"] == first["ETag"]
    assert client.get("/datos/en/actores.csv")["ETag"] != first["ETag"]
    full.name = "Otro nombre"
    full.save()
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200
    seen = client.get(address)["ETag"]
    ActorFactory()
    assert client.get(address)["ETag"] != seen


def test_one_place_takes_only_so_many(client, monkeypatch):
    monkeypatch.setattr("minka.knowledge.web.open_data.FILES", 2)
    codes = [client.get("/datos/actores.csv").status_code for _time in range(3)]
    assert codes == [200, 200, 429]
    assert client.get("/datos/").status_code == 200
    assert client.get("/datos/nada.csv").status_code == 404
    assert client.get("/datos/actores.pdf").status_code == 404
    assert client.get("/datos/vinculos.csv").status_code == 404
    assert client.get("/datos/catalogo.xml").status_code == 404


def test_a_workbook_too_large_to_wait_for_is_not_offered(full, client, monkeypatch):
    from dataclasses import replace

    from minka.knowledge.sources.exports.making import FORMATS

    monkeypatch.setitem(FORMATS, "xlsx", replace(FORMATS["xlsx"], at_once=1))
    assert client.get("/datos/actores.xlsx").status_code == 404
    assert "actores.xlsx" not in client.get("/datos/").content.decode()
    assert "actores.xlsx" not in client.get("/datos/catalogo.ttl").content.decode()


def test_it_costs_the_same_for_few_and_many(full, client, django_assert_max_num_queries):
    def count(address):
        with django_assert_max_num_queries(20) as found:
            taken(client, address)
        return len(found.captured_queries)

    places = ["/datos/", "/datos/catalogo.ttl", "/datos/actores.csv", "/datos/vinculos.graphml"]
    before = [count(one) for one in places]
    ActorFactory.create_batch(12)
    assert [count(one) for one in places] == before
    assert before[0] <= 6 and before[1] <= 6


def test_the_licence_is_a_setting_with_or_without_an_address(client, settings):
    settings.MINKA_OPEN_DATA_LICENCE = "ODbL 1.0 https://opendatacommons.org/licenses/odbl/1-0/"
    text = client.get("/datos/").content.decode()
    assert "ODbL 1.0</a>" in text
    settings.MINKA_OPEN_DATA_LICENCE = "Licencia del clúster"
    assert re.search(r"<dd>\s*Licencia del clúster", client.get("/datos/").content.decode())
    Graph().parse(data=taken(client, "/datos/catalogo.ttl"), format="turtle")


def test_the_export_page_leads_there(client):
    assert 'href="/datos/"' in client.get(reverse("knowledge:export")).content.decode()
