import pytest
from django.urls import reverse

from minka.core.errors import NotAllowed
from minka.knowledge.actions.actors import change_actor
from minka.knowledge.actions.survivorship import order_sources, refresh_actor
from minka.knowledge.models import ActorField, Source
from minka.knowledge.queries.survivorship import told_of
from tests.factories import ActorFactory, MembershipFactory, UserFactory
from tests.knowledge.resolution import recorded
from tests.knowledge.sheets import imported

pytestmark = pytest.mark.django_db


def told(actor, field):
    return told_of([actor.pk])[actor.pk][field]


def test_the_source_above_is_believed_and_the_others_fill_the_gaps(team):
    actor = recorded("Aceros", source="Cámara", email=["uno@a.example"])
    recorded("Aceros SAC", actor=actor, source="Feria", email=["dos@a.example"], phone=["054 1"])
    assert (actor.email, actor.phone, actor.name) == ("uno@a.example", "054 1", "Aceros")
    fair, chamber = Source.objects.get(name="Feria"), Source.objects.get(name="Cámara")
    order_sources(by=team, order=[fair.pk, chamber.pk])
    actor.refresh_from_db()
    assert (actor.email, actor.name) == ("dos@a.example", "Aceros SAC")
    assert (told(actor, "email").who, told(actor, "email").origin) == ("Feria", "source")


def test_a_member_outweighs_the_team_and_both_outweigh_sources(team):
    actor = recorded("Aceros", email=["uno@a.example"], phone=["054 1"])
    change_actor(by=team, actor=actor, changes={"email": "equipo@a.example"})
    assert (told(actor, "email").who, told(actor, "email").origin) == ("Rosa Quispe", "staff")
    member = MembershipFactory(actor=actor, is_editor=True).user
    change_actor(by=member, actor=actor, changes={"email": "propio@a.example", "phone": ""})
    recorded("Aceros", actor=actor, email=["tres@a.example"], phone=["054 3"])
    assert (actor.email, actor.phone) == ("propio@a.example", "")
    assert told(actor, "email").origin == "claim"
    change_actor(by=team, actor=actor, changes={"email": "otra@a.example"})
    refresh_actor(actor=actor)
    assert actor.email == "otra@a.example"
    assert ActorField.objects.filter(actor=actor, field="email").count() == 1


def test_the_newest_sheet_of_a_source_counts(team, places):
    head = "ruc,razon social,correo,departamento\n"
    imported(by=team, content=head + "20100010721,Aceros SAC,viejo@a.example,PUNO\n")
    imported(by=team, content=head + "20100010721,Aceros SAC,nuevo@a.example,CUSCO\n")
    from minka.knowledge.models import Actor

    actor = refresh_actor(actor=Actor.objects.get())
    assert (actor.email, actor.region.name) == ("nuevo@a.example", "Cusco")
    assert actor.latitude == actor.place.latitude


def test_what_nobody_says_stays_as_it_is():
    actor = ActorFactory(name="Sin fuentes", email="a@a.example", description="Bolas de acero")
    refresh_actor(actor=actor)
    assert (actor.name, actor.email, actor.kind) == ("Sin fuentes", "a@a.example", "supplier")
    assert "bolas" in actor.search_text


def test_only_the_team_orders_sources(client, team):
    recorded("Uno", source="Cámara")
    recorded("Dos", source="Feria")
    with pytest.raises(NotAllowed):
        order_sources(by=UserFactory(), order=[])
    client.force_login(team)
    url = reverse("knowledge:sources")
    fair = Source.objects.get(name="Feria")
    assert client.post(url, {"up": fair.pk}).status_code == 302
    page = client.get(url).content.decode()
    assert page.index("Feria") < page.index("Cámara")
    client.post(url, {"down": fair.pk})
    assert [one.name for one in Source.objects.order_by("rank")] == ["Cámara", "Feria"]


def test_the_page_says_who_says_each_thing_and_keeps_contacts_back(client, team):
    actor = recorded("Aceros", source="Cámara de Arequipa", email=["uno@a.example"])
    change_actor(by=team, actor=actor, changes={"description": "Bolas de molino"})
    url = actor.get_absolute_url()
    text = client.get(url).content.decode()
    assert "Cámara de Arequipa" in text and "uno@a.example" not in text
    assert "Rosa Quispe" not in text
    client.force_login(UserFactory())
    text = client.get(url).content.decode()
    assert "uno@a.example" in text
    client.force_login(team)
    assert "Rosa Quispe" in client.get(url).content.decode()
