import pytest
from django.urls import reverse

from minka.core.errors import Conflict, InvalidInput, NotAllowed
from minka.core.models import LedgerEntry
from minka.knowledge.actions.actors import AlreadyMappedError, change_actor, create_organisation
from minka.knowledge.models import Actor, Identifier, Membership, Place
from tests.factories import ActorFactory, MembershipFactory, ThemeFactory, UserFactory
from tests.knowledge.sheets import RUCS, imported, statements

pytestmark = pytest.mark.django_db

SHEET = f"ruc,razon social,correo,telefono,gerente\n{RUCS[0]},Aceros SAC,ventas@aceros.example,054-555123,Julia Mamani\n"


@pytest.fixture
def actor(team, places):
    imported(by=team, content=SHEET, source="Feria 2026")
    return Actor.objects.get()


def page(client, actor):
    return client.get(reverse("knowledge:actor", args=[actor.public_id])).content.decode()


def test_the_public_sees_the_source_but_neither_contacts_nor_cells_nor_lines(client, actor):
    text = page(client, actor)
    assert "Feria 2026" in text and RUCS[0] in text
    for secret in ("ventas@aceros.example", "555123", "Julia Mamani", "padron.csv"):
        assert secret not in text


def test_a_signed_in_stranger_sees_contacts_but_no_cells_and_no_members(client, actor):
    MembershipFactory(actor=actor, user=UserFactory(full_name="Elsa Condori"))
    client.force_login(UserFactory())
    text = page(client, actor)
    assert "ventas@aceros.example" in text
    for secret in ("Julia Mamani", "padron.csv", "Elsa Condori"):
        assert secret not in text


@pytest.mark.parametrize("who", ["team", "member"])
def test_members_and_the_team_see_who_says_so_to_the_cell(client, actor, team, who):
    member = MembershipFactory(actor=actor, user=UserFactory(full_name="Elsa Condori")).user
    client.force_login(team if who == "team" else member)
    text = page(client, actor)
    for known in ("Julia Mamani", "padron.csv", "Elsa Condori"):
        assert known in text


def test_contacts_do_not_leak_through_search_the_map_or_the_list(client, actor):
    for url in (
        "/directorio/?q=ventas",
        "/directorio/?q=555123",
        "/directorio/",
        f"/mapa/actor/{actor.pk}/",
        "/mapa/",
    ):
        assert "ventas@" not in client.get(url).content.decode()
    assert actor.name not in client.get("/directorio/?q=ventas").content.decode()


def test_a_page_costs_the_same_however_many_records_and_names(
    client, actor, team, django_assert_num_queries
):
    url = reverse("knowledge:actor", args=[actor.public_id])
    client.force_login(team)
    imported(by=team, content=f"{SHEET}{RUCS[0]},Aceros bis,,,\n", source="Otra")
    one = statements(client, url)
    imported(
        by=team,
        content="".join([SHEET, *[f"{RUCS[0]},Aceros {n},,,\n" for n in range(40)]]),
        source="Una más",
    )
    assert statements(client, url) == one <= 15
    client.logout()
    with django_assert_num_queries(6):  # actor, names, numbers, records, told (2)
        text = page(client, actor)
    assert text.count("history-what") == 30


def test_nobody_finds_an_actor_that_is_not_there(client):
    assert client.get(reverse("knowledge:actor", args=["nadie"])).status_code == 404
    assert client.get(reverse("knowledge:map_actor", args=[0])).status_code == 404


def test_a_member_changes_the_profile_and_the_former_name_is_still_found(client, actor):
    member = MembershipFactory(actor=actor).user
    theme = ThemeFactory()
    change_actor(
        by=member, actor=actor, changes={"name": "Aceros Andinos SAC", "description": "Bolas de molino"},
        themes=[theme], version=actor.updated_at.isoformat(),
    )  # fmt: skip
    actor.refresh_from_db()
    assert (actor.name, list(actor.themes.all())) == ("Aceros Andinos SAC", [theme])
    for words in ("bolas molino", "aceros sac", "andinos", RUCS[0]):
        assert "Aceros Andinos SAC" in client.get("/directorio/", {"q": words}).content.decode(), (
            words
        )
    entry = LedgerEntry.objects.last()
    assert (entry.verb, entry.details) == (
        "knowledge.actor_change",
        {"fields": ["description", "name"]},
    )


def test_strangers_and_members_of_others_do_not_change_it(client, actor):
    other = MembershipFactory().user
    with pytest.raises(NotAllowed):
        change_actor(by=other, actor=actor, changes={"name": "Mía"})
    client.force_login(other)
    url = reverse("knowledge:actor_edit", args=[actor.public_id])
    assert client.get(url).status_code == client.post(url, {"name": "Mía"}).status_code == 403


def test_the_second_to_save_is_told_and_keeps_what_was_written(client, actor, team):
    form = {"name": "Uno", "kind": "supplier", "version": actor.updated_at.isoformat()}
    change_actor(by=team, actor=actor, changes={"name": "Primero"})
    with pytest.raises(Conflict):
        change_actor(by=team, actor=actor, changes={"name": "Segundo"}, version=form["version"])
    client.force_login(team)
    answer = client.post(reverse("knowledge:actor_edit", args=[actor.public_id]), form)
    assert answer.status_code == 422
    assert 'value="Uno"' in answer.content.decode()
    actor.refresh_from_db()
    assert actor.name == "Primero"


def test_the_profile_form_saves(client, actor, team):
    client.force_login(team)
    region = Place.objects.get(level="department", name="Puno")
    url = reverse("knowledge:actor_edit", args=[actor.public_id])
    version = client.get(url).context["form"]["version"].value()
    answer = client.post(
        url,
        {
            "name": "Aceros",
            "kind": "university",
            "region": region.pk,
            "website": "aceros.pe",
            "version": version,
        },
    )
    assert answer.status_code == 302
    actor.refresh_from_db()
    assert (actor.region, actor.website, actor.latitude) == (
        region,
        "https://aceros.pe",
        region.latitude,
    )
    assert client.post(url, {"name": "", "kind": "supplier"}).status_code == 422


def test_whoever_registers_an_organisation_is_its_first_member(client, places):
    person = UserFactory()
    client.force_login(person)
    region = Place.objects.get(level="department", name="Cusco")
    answer = client.post(
        reverse("knowledge:organisation_new"),
        {
            "name": "  Taller   Ukuku  SAC ",
            "tax_id": "RUC 20100017491",
            "kind": "supplier",
            "region": region.pk,
        },
    )
    actor = Actor.objects.get()
    assert answer.url == reverse("knowledge:actor", args=[actor.public_id])
    assert (actor.name, actor.region, actor.latitude) == (
        "Taller Ukuku SAC",
        region,
        region.latitude,
    )
    assert Identifier.objects.get().value == RUCS[1]
    assert Membership.objects.get().state == "active"
    assert LedgerEntry.objects.last().verb == "knowledge.actor_create"
    assert client.get(reverse("knowledge:actor_edit", args=[actor.public_id])).status_code == 200


def test_a_known_tax_number_offers_to_join_instead(client, actor):
    client.force_login(UserFactory())
    answer = client.post(
        reverse("knowledge:organisation_new"),
        {"name": "Aceros bis", "tax_id": RUCS[0], "kind": "supplier"},
    )
    assert answer.status_code == 422
    assert (
        reverse("knowledge:membership_request", args=[actor.public_id]) in answer.content.decode()
    )
    assert Actor.objects.count() == 1
    with pytest.raises(AlreadyMappedError) as there:
        create_organisation(
            by=UserFactory(), name="Z", kind="supplier", region=None, tax_id=RUCS[0]
        )
    assert there.value.actor == actor


def test_a_similar_name_is_asked_about_first(client):
    ActorFactory(name="Metalmecánica Andahuasi S.A.C.")
    client.force_login(UserFactory())
    form = {"name": "Metalmecanica Andahuasi EIRL", "kind": "supplier"}
    asked = client.post(reverse("knowledge:organisation_new"), form)
    assert "Metalmecánica Andahuasi S.A.C." in asked.content.decode()
    assert Actor.objects.count() == 1
    assert (
        client.post(reverse("knowledge:organisation_new"), form | {"sure": "yes"}).status_code
        == 302
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "  "), ("kind", "x"), ("tax_id", "20100017492"), ("tax_id", "123")],
)
def test_an_organisation_with_wrong_facts_is_not_registered(field, value):
    facts = {"name": "Uno", "kind": "supplier", "tax_id": "", "region": None} | {field: value}
    with pytest.raises(InvalidInput) as refused:
        create_organisation(by=UserFactory(), **facts)
    assert field in refused.value.fields
    assert Actor.objects.count() == 0
