import csv
import io
import json
import xml.etree.ElementTree as ET

import networkx as nx
import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from minka.core.models import LedgerEntry, Notice, StoredFile
from minka.knowledge.actions.exports import expire_export, queue_export
from minka.knowledge.models import DirectoryExport, Relation
from minka.knowledge.queries.directory import DirectoryFilter
from minka.knowledge.queries.portraits import Scope, portraits
from minka.knowledge.queries.profile import visible_contacts, visible_contacts_of
from minka.knowledge.sources.exports import making
from minka.knowledge.sources.exports.tables import tame
from tests.factories import ActorFactory, MembershipFactory, PlaceFactory, ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db
SECRETS = (
    "secreta@empresa.pe",
    "+51 999 111 222",
    "Calle Oculta 123",
    "equipo@x.pe",
    "socios@x.pe",
)
TEXTS = [kind for kind in making.FORMATS if kind not in {"xlsx", "pdf"}]


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


@pytest.fixture
def full():
    """An organisation with everything that could leak, and something in every column."""
    region = PlaceFactory(name="Arequipa")
    place = PlaceFactory(
        name="Cayma",
        level="district",
        parent=PlaceFactory(name="Arequipa", level="province", parent=region),
    )
    actor = ActorFactory(
        name="Ñandú & Hijos <S.A.C.>", description='=HYPERLINK("http://evil","x")', region=region,
        place=place, country="PE", latitude=-16.4, longitude=-71.55, email=SECRETS[0],
        phone=SECRETS[1], address=SECRETS[2], website="https://nandu.pe", size_band="small",
    )  # fmt: skip
    actor.themes.add(ThemeFactory(label_es="agua; y más", label_en="water"))
    actor.products.create(name="@bombas")
    actor.identifiers.create(scheme="pe.ruc", value="20100010721")
    actor.other_names.create(text="+NANDU", text_key="nandu")
    for label, value, who in (
        ("Ventas", "ventas@x.pe", "public"), ("Equipo", SECRETS[3], "staff"),
        ("Socios", SECRETS[4], "members"),
    ):  # fmt: skip
        actor.contacts.create(label=label, kind="email", value=value, visibility=who)
    return actor


def made(viewer, kind, **wanted):
    scope = Scope(DirectoryFilter(**wanted))
    return b"".join(making.stream(viewer=viewer, scope=scope, kind=kind, language="es"))


@pytest.mark.parametrize("kind", TEXTS)
def test_what_is_not_public_never_leaves_with_a_stranger(full, client, kind):
    answer = client.post(reverse("knowledge:export"), {"format": kind})
    body = b"".join(answer.streaming_content).decode()
    assert "attachment" in answer["Content-Disposition"] and "no-store" in answer["Cache-Control"]
    assert not [secret for secret in SECRETS if secret in body]
    assert kind in {"graphml", "gexf", "geojson"} or "ventas@x.pe" in body
    (entry,) = LedgerEntry.objects.filter(verb="knowledge.directory_export")
    facts = json.loads(entry.data)
    assert (entry.by, facts["format"], facts["organisations"]) == (None, kind, 1)


def test_a_workbook_and_the_printed_directory_keep_secrets_too(full):
    book = openpyxl.load_workbook(io.BytesIO(made(AnonymousUser(), "xlsx")))
    cells = [str(cell.value) for row in book.active for cell in row]
    assert "ventas@x.pe" in " ".join(cells) and not [s for s in SECRETS if s in " ".join(cells)]


def test_many_contacts_are_seen_as_those_of_each_one(full, team):
    other = ActorFactory()
    other.contacts.create(label="X", kind="phone", value="1", visibility="members")
    member, owner = UserFactory(), UserFactory()
    MembershipFactory(user=member, actor=full)
    for viewer in (AnonymousUser(), UserFactory(), member, owner, team):
        each = [c.pk for a in (full, other) for c in visible_contacts(viewer=viewer, actor=a)]
        many = visible_contacts_of(viewer=viewer, actors=[full.pk, other.pk])
        assert sorted(c.pk for c in many) == sorted(each)


def test_no_cell_is_read_as_a_formula(full, team):
    rows = list(csv.reader(io.StringIO(made(team, "csv").decode("utf-8-sig"))))
    cells = dict(zip(*rows, strict=True))
    assert not [cell for row in rows for cell in row if cell[:1] in "=+@\t\r" and cell]
    assert "'@bombas" in cells.values()
    assert "-71.55" in rows[1] and SECRETS[0] in rows[1]
    for text in ("=1", "+1", "-1", "@x", "\t=1", " =1", "\r\n=1", "＝1"):
        assert tame(text) == f"'{text}"
    assert tame(-71.55) == -71.55 and tame("a=1") == "a=1"
    book = openpyxl.load_workbook(io.BytesIO(made(team, "xlsx")))
    kinds = {cell.data_type for row in book.active for cell in row}
    assert "f" not in kinds


def test_geojson_and_json_ld_say_what_others_expect(full):
    ActorFactory(name="Sin lugar")
    features = json.loads(made(AnonymousUser(), "geojson"))["features"]
    by_name = {one["properties"]["name"]: one for one in features}
    assert by_name[full.name]["geometry"] == {"type": "Point", "coordinates": [-71.55, -16.4]}
    assert by_name["Sin lugar"]["geometry"] is None
    linked = json.loads(made(AnonymousUser(), "jsonld"))
    assert (linked["@type"], linked["numberOfItems"]) == ("ItemList", 2)
    items = {one["item"]["name"]: one["item"] for one in linked["itemListElement"]}
    one = items[full.name]
    assert (one["@type"], one["taxID"], one["address"]["addressLocality"]) == (
        "Organization", "20100010721", "Cayma",
    )  # fmt: skip
    assert one["location"]["geo"]["latitude"] == -16.4 and "email" not in one
    assert one["numberOfEmployees"] == {
        "@type": "QuantitativeValue", "minValue": 11, "maxValue": 50,
    }  # fmt: skip


def test_cards_are_folded_escaped_and_only_of_those_that_can_be_reached(full):
    ActorFactory(name="Sin contacto")
    full.name = "Ñ" * 80 + ", con; coma\nEND:VCARD"
    full.save()
    text = made(AnonymousUser(), "vcf").decode()
    assert text.count("BEGIN:VCARD") == 1 and text.count("\r\nEND:VCARD") == 1
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\\, con\\; coma\\nEND:VCARD" in text.replace("\r\n ", "") and "ventas@x.pe" in text


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_networks_open_elsewhere_with_public_ties_only(full, team, kind, tmp_path):
    two, three = ActorFactory(name="Dos\x01"), ActorFactory(kind="fund")
    for tail, head, public, tie in (
        (full, two, True, "supplies"), (two, full, False, "funds"), (full, three, True, "supplies"),
    ):  # fmt: skip
        Relation.objects.create(tail=tail, head=head, kind=tie, origin="entered", is_public=public)
    path = tmp_path / f"net.{kind}"
    path.write_bytes(made(AnonymousUser(), kind, kinds=("supplier",)))
    ET.parse(path)  # well formed, whatever the names hold
    if kind == "graphml":
        graph = nx.read_graphml(path)
        assert sorted(graph) == sorted([full.public_id, two.public_id])
        assert [facts["kind"] for _t, _h, facts in graph.edges(data=True)] == ["supplies"]
        path.write_bytes(made(team, kind))
        assert len(nx.read_graphml(path).edges) == 3
    else:
        edges = ET.parse(path).getroot().findall(".//{http://gexf.net/1.3}edge")
        assert [edge.get("type") for edge in edges] == ["directed"]


def test_a_large_file_is_made_by_a_job_told_once_and_given_to_nobody_else(full, client):
    asking = UserFactory()
    client.force_login(asking)
    answer = client.post(reverse("knowledge:export") + "?kind=supplier", {"format": "pdf"})
    export = DirectoryExport.objects.get()
    assert answer.url == reverse("knowledge:export_file", args=[export.public_id])
    assert "every 2s" in client.get(answer.url).content.decode()
    assert DBTaskResult.objects.filter(task_path__endswith="make_export").count() == 1
    assert making.make_export(export_id=export.pk) == "made"
    assert making.make_export(export_id=export.pk) == "made before"  # the worker died after it
    assert Notice.objects.filter(recipient=asking).count() == 1 and StoredFile.objects.count() == 1
    download = reverse("knowledge:export_download", args=[export.public_id])
    body = b"".join(client.get(download).streaming_content)
    assert body.startswith(b"%PDF-") and len(body) > 10_000
    client.force_login(UserFactory(is_staff=True))
    assert client.get(download).status_code == client.get(answer.url).status_code == 404
    expire_export(export_id=export.pk)
    client.force_login(asking)
    assert client.get(download).status_code == 404 and not StoredFile.objects.exists()


def test_a_file_that_cannot_be_made_says_so(full, monkeypatch):
    asking = UserFactory()
    export = queue_export(by=asking, kind="csv", address="", rows=1)
    monkeypatch.setattr(making, "stream", lambda **_: 1 / 0)
    assert making.make_export(export_id=export.pk) == "failed"
    export.refresh_from_db()
    assert export.state == "failed" and Notice.objects.filter(recipient=asking).count() == 1


def test_a_stranger_signs_in_for_what_is_made_in_the_background(full, client):
    answer = client.post(reverse("knowledge:export"), {"format": "pdf"})
    assert answer.status_code == 302 and "login" in answer.url
    assert not DirectoryExport.objects.exists()
    assert client.post(reverse("knowledge:export"), {"format": "exe"}).status_code == 404


def test_a_thousand_organisations_cost_as_many_statements_as_ten(django_assert_num_queries, team):
    ids = [ActorFactory().pk for _ in range(30)]
    for some in (ids[:10], ids):
        with django_assert_num_queries(10):
            assert len(list(portraits(viewer=team, ids=some))) == len(some)


def test_the_printed_directory_is_the_same_for_the_same_day(full):
    from datetime import UTC, datetime

    from minka.knowledge.sources.exports.printed import as_pdf
    from minka.knowledge.sources.exports.words import words_in

    for language in ("es", "en"):
        twice = [
            as_pdf(
                portraits(viewer=AnonymousUser(), ids=[full.pk]),
                words_in(language),
                chosen=[("Tipo", "Proveedor")],
                made_at=datetime(2026, 11, 22, tzinfo=UTC),
            )
            for _time in range(2)
        ]
        assert twice[0] == twice[1]
