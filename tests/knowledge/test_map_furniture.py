"""Boundaries and layers: who may bring them, what is refused, what becomes of them."""

import json

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.knowledge.actions.map_boundaries import discard_boundaries, publish_boundaries
from minka.knowledge.actions.map_layers import change_layer, switch_layer
from minka.knowledge.models import Boundary, BoundarySet, MapLayer
from minka.knowledge.queries.boundaries import boundary_sets, match_figures
from minka.knowledge.sources.map_files import match_boundaries, upload_boundaries, upload_layer
from tests.factories import UserFactory
from tests.knowledge.map_ground import geojson, region, square, thing

pytestmark = pytest.mark.django_db
PORT = {"name_es": "Puertos", "name_en": "Ports", "category": "port", "source": "APN"}


@pytest.fixture(autouse=True)
def _in_english_with_nothing_remembered():
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def staff():
    return UserFactory(is_staff=True)


def bring(staff, *features, **more):
    return upload_boundaries(
        by=staff, upload=geojson(*features, **more), country="PE", level="department", source="INEI"
    )


def published(staff, *features):
    return publish_boundaries(by=staff, boundary_set=bring(staff, *features))


def verbs():
    return list(LedgerEntry.objects.order_by("position").values_list("verb", flat=True))


def test_shapes_meet_their_places_by_code_and_by_name(staff):
    cusco, tacna, puno = (
        region("Cusco", "08", "07"),
        region("Tacna", "23", "22"),
        region("Puno", "21", "20"),
    )
    kept = bring(
        staff,
        square(-72, -14, NOMBDEP="CUSCO", FIRST_IDDP="08", COUNT=1),
        square(-70, -18, NOMBDEP="TACNA", FIRST_IDDP="23", COUNT=2),
        square(-70, -16, NOMBDEP="Puno", FIRST_IDDP="", COUNT=3),
        square(-60, -16, NOMBDEP="Atlántida", FIRST_IDDP="99", COUNT=4),
    )
    assert (kept.name_property, kept.code_property, kept.code_scheme) == (
        "NOMBDEP", "FIRST_IDDP", "inei",
    )  # fmt: skip
    found = list(Boundary.objects.order_by("position").values_list("place", flat=True))
    assert found == [cusco.pk, tacna.pk, puno.pk, None]
    figures = match_figures(viewer=staff, boundary_set=kept)
    assert [one.name for one in figures.unmatched] == ["Atlántida"]
    assert verbs() == ["knowledge.boundaries_upload", "knowledge.boundaries_match"]


def test_codes_of_the_other_register_are_recognised_by_the_names_they_agree_with(staff):
    # under INEI's numbers 22 would be San Martín: only the names tell whose codes they are
    tacna, san_martin = region("Tacna", "23", "22"), region("San Martín", "22", "21")
    kept = bring(
        staff,
        square(-70, -18, nombre="Tacna", codigo="22"),
        square(-76, -7, nombre="San Martín", codigo="21"),
    )
    assert kept.code_scheme == "reniec"
    assert list(kept.features.values_list("place", flat=True)) == [tacna.pk, san_martin.pk]


def test_staff_choose_another_property(staff):
    puno = region("Puno", "21")
    kept = bring(staff, square(-70, -16, a="Puno", b="nada"))
    assert kept.features.get().place == puno
    match_boundaries(by=staff, boundary_set=kept, name_property="b", code_property="")
    assert kept.features.get().place is None
    with pytest.raises(WrongState):  # nothing to colour
        publish_boundaries(by=staff, boundary_set=kept)
    for name, code in [("", ""), ("zzz", ""), ("a", "zzz")]:
        with pytest.raises(InvalidInput):
            match_boundaries(by=staff, boundary_set=kept, name_property=name, code_property=code)


def test_a_new_version_replaces_the_old_one_which_is_kept_and_can_come_back(staff):
    region("Puno", "21")
    first, second = (published(staff, square(-70, -16, nombre="Puno")) for _ in range(2))
    states = dict(BoundarySet.objects.values_list("pk", "state"))
    assert states == {first.pk: "replaced", second.pk: "live"}
    publish_boundaries(by=staff, boundary_set=first)
    assert dict(BoundarySet.objects.values_list("pk", "state")) == {
        first.pk: "live",
        second.pk: "replaced",
    }
    with pytest.raises(WrongState):
        publish_boundaries(by=staff, boundary_set=first)
    with pytest.raises(WrongState):
        discard_boundaries(by=staff, boundary_set=second)
    with pytest.raises(WrongState):
        match_boundaries(by=staff, boundary_set=second, name_property="nombre", code_property="")


def test_a_draft_can_be_thrown_away(staff):
    region("Puno", "21")
    kept = bring(staff, square(-70, -16, nombre="Puno"))
    discard_boundaries(by=staff, boundary_set=kept)
    assert not BoundarySet.objects.exists()
    assert verbs()[-1] == "knowledge.boundaries_discard"


def test_nobody_but_the_team_furnishes_the_map(staff):
    region("Puno", "21")
    kept = bring(staff, square(-70, -16, nombre="Puno"))
    layer = upload_layer(by=staff, upload=geojson(thing("Point", [-71, -17])), told=PORT)
    count = LedgerEntry.objects.count()
    for other in (UserFactory(), UserFactory(roles=["committee"]), UserFactory(roles=["auditor"])):
        for act in (
            lambda by: bring(by, square(-70, -16, nombre="Puno")),
            lambda by: match_boundaries(
                by=by, boundary_set=kept, name_property="nombre", code_property=""
            ),
            lambda by: publish_boundaries(by=by, boundary_set=kept),
            lambda by: discard_boundaries(by=by, boundary_set=kept),
            lambda by: upload_layer(by=by, upload=geojson(thing("Point", [0, 0])), told=PORT),
            lambda by: change_layer(by=by, layer=layer, told={"name_es": "X"}),
            lambda by: switch_layer(by=by, layer=layer, on=False),
        ):
            with pytest.raises(NotAllowed):
                act(other)
    assert LedgerEntry.objects.count() == count


RING = [[-70, -16], [-69, -16], [-69, -15], [-70, -16]]
BAD = {
    "no JSON": (b"Region;Poblacion\nPuno;1", "JSON"),
    "NaN": (b'{"type": "FeatureCollection", "features": [NaN]}', "JSON"),
    "deep": (b"[" * 100_000, "JSON"),
    "one feature": (b'{"type": "Feature"}', "FeatureCollection"),
    "empty": (b'{"type": "FeatureCollection", "features": []}', "draw"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_geojson_is_refused_in_words(case, staff):
    content, words = BAD[case]
    with pytest.raises(InvalidInput) as refusal:
        upload_boundaries(
            by=staff,
            upload=SimpleUploadedFile("x.geojson", content),
            country="PE",
            level="department",
            source="INEI",
        )
    assert words in str(refusal.value.fields["upload"])
    assert not BoundarySet.objects.exists()


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        (thing("Point", [-70, -16]), "Point"),
        (thing("Polygon", [RING[:3]]), "not closed"),
        (thing("Polygon", [[[500_000, 8_000_000], *RING[1:], [500_000, 8_000_000]]]), "WGS 84"),
        (thing("Polygon", [[["x", 1], *RING[1:]]]), "broken"),
        (thing("Polygon", []), "broken"),
        (thing("GeometryCollection", []), "GeometryCollection"),
        ("text", "Feature"),
    ],
    ids=str,
)
def test_a_bad_shape_is_named_by_its_number(feature, words, staff):
    region("Puno", "21")
    with pytest.raises(InvalidInput) as refusal:
        bring(staff, square(-70, -16, nombre="Puno"), feature)
    assert words in (said := str(refusal.value.fields["upload"])) and "2" in said


def test_a_place_that_has_no_shape_yet_is_left_out(staff):
    region("Puno", "21"), region("Tacna", "23")
    unlocated = {"type": "Feature", "properties": {"nombre": "Tacna"}, "geometry": None}
    kept = bring(staff, square(-70, -16, nombre="Puno"), unlocated)
    assert kept.features.count() == 1
    assert match_figures(viewer=staff, boundary_set=kept).missing == ["Tacna"]
    with pytest.raises(InvalidInput):
        bring(staff, unlocated)


def test_another_coordinate_system_is_refused_by_name(staff):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32719"}}
    with pytest.raises(InvalidInput) as refusal:
        bring(staff, square(-70, -16), crs=crs)
    assert "32719" in str(refusal.value.fields["upload"])


def test_a_layer_keeps_names_and_nothing_else_of_its_file(staff):
    layer = upload_layer(
        by=staff,
        upload=geojson(
            thing("Point", [-71.98765432, -17.0, 12.0], Nombre="Matarani", telefono="054 1"),
            thing("LineString", [[-71, -17], [-70, -16]], Nombre="Ferrocarril"),
        ),
        told=PORT,
    )
    assert layer.feature_count == 2
    assert [one["properties"] for one in layer.content["features"]] == [
        {"name": "Matarani"},
        {"name": "Ferrocarril"},
    ]
    assert "telefono" not in json.dumps(layer.content)
    assert layer.content["features"][0]["geometry"]["coordinates"] == [-71.98765, -17.0]


def test_a_layer_is_changed_and_switched_and_the_ledger_knows(staff, client):
    layer = upload_layer(by=staff, upload=geojson(thing("Point", [-71, -17])), told=PORT)
    change_layer(by=staff, layer=layer, told={"name_es": "Puertos del sur"})
    change_layer(by=staff, layer=layer, told={"name_es": "Puertos del sur"})  # nothing new
    shapes = reverse("knowledge:map_layer", args=[layer.pk])
    assert client.get(shapes).status_code == 200
    switch_layer(by=staff, layer=layer, on=False)
    assert client.get(shapes).status_code == 404
    assert b"Puertos" not in client.get(reverse("knowledge:map")).content
    client.force_login(staff)
    assert client.get(shapes).status_code == 200
    with pytest.raises(WrongState):
        switch_layer(by=staff, layer=layer, on=False)
    assert verbs() == ["knowledge.layer_add", "knowledge.layer_change", "knowledge.layer_hide"]


def test_boundaries_in_use_are_for_everybody_and_drafts_for_the_team(staff, client):
    region("Puno", "21")
    draft = bring(staff, square(-70, -16, nombre="Puno", secreto="x"))
    assert not boundary_sets(viewer=UserFactory()).exists()
    shapes = reverse("knowledge:map_boundaries", args=[draft.pk])
    assert client.get(shapes).status_code == 404
    publish_boundaries(by=staff, boundary_set=draft)
    answer = client.get(shapes)
    assert answer["Content-Type"] == "application/geo+json"
    (feature,) = answer.json()["features"]
    assert feature["properties"]["name"] == "Puno" and "secreto" not in answer.content.decode()
    again = client.get(shapes, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304 and not again.content


@pytest.mark.parametrize("name", ["boundaries", "layers"])
def test_the_pages_of_the_team_are_closed_to_others(name, client):
    client.force_login(UserFactory())
    assert client.get(reverse(f"knowledge:{name}")).status_code == 403
    upload = {"upload": geojson(square(-70, -16)), "level": "department", **PORT}
    assert client.post(reverse(f"knowledge:{name}"), upload).status_code == 403
    assert not BoundarySet.objects.exists() and not MapLayer.objects.exists()


def test_a_file_goes_all_the_way_through_the_pages(staff, client):
    region("Puno", "21")
    client.force_login(staff)
    told = {"level": "department", "country": "PE", "source": "INEI 2023", "licence": "CC BY 4.0"}
    bad = client.post(
        reverse("knowledge:boundaries"),
        {**told, "upload": SimpleUploadedFile("x.geojson", b"hola")},
    )
    assert bad.status_code == 422 and b"GeoJSON" in bad.content
    client.post(
        reverse("knowledge:boundaries"), {**told, "upload": geojson(square(-70, -16, n="Puno"))}
    )
    kept = BoundarySet.objects.get()
    page = reverse("knowledge:boundary_set", args=[kept.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"name_property": "n", "code_property": ""}).status_code == 302
    client.post(reverse("knowledge:boundary_publish", args=[kept.pk]))
    added = client.post(
        reverse("knowledge:layers"), {**PORT, "upload": geojson(thing("Point", [-71, -17]))}
    )
    assert added.status_code == 302
    layer = MapLayer.objects.get()
    edit = reverse("knowledge:layer_edit", args=[layer.pk])
    assert client.get(edit).status_code == 200
    assert client.post(edit, {**PORT, "name_es": "Muelles"}).status_code == 302
    public = client.get(reverse("knowledge:map")).content.decode()
    assert "Muelles" in public and "CC BY 4.0" in public
    client.post(reverse("knowledge:layer_switch", args=[layer.pk]), {"on": "0"})
    client.get(reverse("knowledge:layers"))  # where it is said that it is off
    assert "Muelles" not in client.get(reverse("knowledge:map")).content.decode()
    assert "Muelles" in client.get(reverse("knowledge:layers")).content.decode()


@pytest.mark.parametrize("count", [1, 40])
def test_the_pages_of_the_team_cost_the_same_for_one_or_many(
    count, staff, client, django_assert_num_queries
):
    region("Puno", "21")
    for _ in range(count):
        bring(staff, *(square(-70, -16, nombre=f"Puno {n}") for n in range(count)))
        upload_layer(by=staff, upload=geojson(thing("Point", [-71, -17])), told=PORT)
    client.force_login(staff)
    client.get(reverse("knowledge:layers"))
    for name, args, statements in (
        ("boundaries", [], 7),
        ("layers", [], 7),
        ("boundary_set", [BoundarySet.objects.first().pk], 10),
    ):
        with django_assert_num_queries(statements):
            assert client.get(reverse(f"knowledge:{name}", args=args)).status_code == 200
