from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, NotFound, TooLarge
from minka.knowledge.actions.profile import (
    describe_actor,
    remove_entry,
    save_entry,
    set_logo,
)
from minka.knowledge.models import Actor, FieldChange, Identifier, Site
from tests.factories import ActorFactory, MembershipFactory, ThemeFactory, UserFactory
from tests.knowledge.sheets import RUCS, statements

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcff"
    "9fa11e000782027f3dc848ef0000000049454e44ae426082"
)
CONTACTS = {
    "public": "ventas@abierto.example",
    "members": "gerente@socios.example",
    "staff": "persona@equipo.example",
}


@pytest.fixture
def actor():
    return ActorFactory(name="Molinos Quri")  # unlike any word of a contact, even misspelt


@pytest.fixture
def member(actor):
    return MembershipFactory(actor=actor).user


def add(by, actor, section, **values):
    return save_entry(by=by, actor=actor, section=section, values=values)


def add_contacts(by, actor):
    for visibility, value in CONTACTS.items():
        add(by, actor, "contacts", label="Área", kind="email", value=value, visibility=visibility)


def seen_in(text):
    return {visibility for visibility, value in CONTACTS.items() if value in text}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("nobody", {"public"}),
        ("stranger", {"public"}),
        ("plain member", {"public", "members"}),
        ("owner", {"public", "members", "staff"}),
        ("team", {"public", "members", "staff"}),
    ],
)
def test_a_contact_reaches_those_it_is_meant_for_and_nobody_else(  # noqa: PLR0913, PLR0917 -- fixtures
    actor, member, team, client, who, sees
):
    add_contacts(team, actor)
    owner = MembershipFactory(actor=actor).user
    from django.utils import timezone

    Actor.objects.filter(pk=actor.pk).update(owner=owner, claimed_at=timezone.now())
    people = {"stranger": UserFactory(), "plain member": member, "owner": owner, "team": team}
    if who in people:
        client.force_login(people[who])
    text = client.get(actor.get_absolute_url()).content.decode()
    assert seen_in(text) == sees
    if who != "nobody":
        answer = client.get(f"/api/knowledge/actors/{actor.public_id}").content.decode()
        assert seen_in(answer) == sees
    history = reverse("knowledge:profile_history", args=[actor.public_id])
    for value in ("abierto", "socios", "equipo.example"):
        for url in (
            f"/directorio/?q={value}",
            f"/buscar/?q={value}",
            f"/buscar/sugerencias/?q={value}",
        ):
            assert actor.name not in client.get(url).content.decode()
    assert seen_in(client.get(history).content.decode()) == set()


def test_a_stranger_neither_opens_nor_changes_a_section(actor, client, team):
    add_contacts(team, actor)
    client.force_login(UserFactory())
    for url in (
        reverse("knowledge:profile_sections", args=[actor.public_id]),
        reverse("knowledge:profile_section", args=[actor.public_id, "contactos"]),
        reverse("knowledge:profile_describe", args=[actor.public_id]),
        reverse("knowledge:profile_logo", args=[actor.public_id]),
    ):
        answer = client.get(url)
        assert answer.status_code == 403 and seen_in(answer.content.decode()) == set()
    with pytest.raises(NotAllowed):
        add(UserFactory(), actor, "products", name="Bolas")


def test_every_section_can_be_filled_changed_and_emptied_on_its_page(actor, member, client):
    theme = ThemeFactory()
    client.force_login(member)
    filled = {
        "nombres": {"text": "Aceros del Sur", "kind": "trade"},
        "numeros": {"scheme": "pe.ruc", "value": RUCS[0]},
        "actividades": {"code": "25"},
        "productos": {"name": "Bolas de molino", "unspsc": "23101500"},
        "capacidades": {"theme": theme.pk, "trl": 7, "evidence": "Prueba en mina"},
        "certificaciones": {"name": "ISO 9001", "issuer": "SGS", "expires_on": "2020-01-31"},
        "lugares": {
            "kind": "branch",
            "name": "Taller",
            "address": "Av. 1",
            "region": "",
            "country": "PE",
        },
        "contactos": {"label": "Ventas", "kind": "phone", "value": "054 1", "visibility": "public"},
        "enlaces": {"label": "Catálogo", "url": "https://a.example/c"},
    }
    for at, values in filled.items():
        url = reverse("knowledge:profile_section", args=[actor.public_id, at])
        assert client.post(url, values).status_code == 302, at
        assert client.post(url, values).status_code == (422 if at != "lugares" else 302), at
    text = client.get(actor.get_absolute_url()).content.decode()
    for shown in (
        "Bolas de molino",
        "23101500",
        "ISO 9001",
        "Vencida",
        "Taller",
        "Catálogo",
        "Prueba en mina",
        RUCS[0],
    ):
        assert shown in text, shown
    product = actor.products.get()
    change = reverse("knowledge:profile_entry", args=[actor.public_id, "productos", product.pk])
    assert client.get(change).status_code == 200
    client.post(change, {"name": "Barras", "unspsc": ""})
    remove = reverse("knowledge:profile_remove", args=[actor.public_id, "productos", product.pk])
    assert actor.products.get().name == "Barras"
    client.post(remove)
    assert not actor.products.exists()
    number = actor.identifiers.get()
    refused = client.post(
        reverse("knowledge:profile_remove", args=[actor.public_id, "numeros", number.pk])
    )
    assert refused.status_code == 403 and actor.identifiers.exists()
    kept = FieldChange.objects.filter(actor=actor, field="products").order_by("pk")
    assert [(one.before, one.after) for one in kept] == [
        ("", "Bolas de molino · 23101500"),
        ("Bolas de molino · 23101500", "Barras"),
        ("Barras", ""),
    ]
    assert {one.voice for one in kept} == {"person"}


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("activities", {"code": "ZZ"}),
        ("products", {"name": "Bolas", "unspsc": "12"}),
        ("products", {"name": ""}),
        ("identifiers", {"scheme": "pe.ruc", "value": "20100162075"}),
        ("contacts", {"label": "x", "kind": "email", "value": "nadie", "visibility": "public"}),
        ("contacts", {"label": "x", "kind": "email", "value": "a@b.example", "visibility": "all"}),
        ("links", {"label": "x", "url": "javascript:alert(1)"}),
        ("other_names", {"text": "···", "kind": "alias"}),
    ],
)
def test_what_cannot_be_is_refused(actor, member, section, values):
    with pytest.raises(InvalidInput):
        add(member, actor, section, **values)


def test_a_number_of_another_organisation_is_not_taken(actor, member):
    Identifier.objects.create(actor=ActorFactory(), scheme="pe.ruc", value=RUCS[0])
    with pytest.raises(InvalidInput):
        add(member, actor, "identifiers", scheme="pe.ruc", value=RUCS[0])


def test_an_entry_of_another_organisation_is_out_of_reach(actor, member, team):
    foreign = add(team, ActorFactory(), "products", name="Bolas")
    for act in (
        lambda: save_entry(
            by=member, actor=actor, section="products", values={"name": "x"}, pk=foreign.pk
        ),
        lambda: remove_entry(by=member, actor=actor, section="products", pk=foreign.pk),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_capability_needs_a_level_from_one_to_nine_and_there_is_one_head_office(actor, member):
    with pytest.raises(InvalidInput):
        add(member, actor, "capabilities", theme=ThemeFactory(), trl=10, evidence="")
    add(
        member, actor, "sites", kind="head_office", name="Sede", address="", region=None, country=""
    )
    with pytest.raises(InvalidInput):
        add(
            member,
            actor,
            "sites",
            kind="head_office",
            name="Otra",
            address="",
            region=None,
            country="",
        )
    assert Site.objects.count() == 1


def test_a_certificate_is_expired_the_day_after(actor, member):
    from django.utils import timezone

    from minka.knowledge.queries.profile import is_expired

    today = timezone.localdate()
    last_day = add(member, actor, "certifications", name="A", issuer="", expires_on=today)
    over = add(
        member,
        actor,
        "certifications",
        name="B",
        issuer="",
        expires_on=today - timedelta(1),
    )
    assert (is_expired(last_day), is_expired(over)) == (False, True)


def test_size_and_languages_are_kept_in_order_with_their_history(actor, member):
    describe_actor(by=member, actor=actor, size_band="small", languages=["en", "es"])
    actor.refresh_from_db()
    assert (actor.size_band, actor.languages) == ("small", ["es", "en"])
    assert FieldChange.objects.filter(actor=actor).count() == 2
    with pytest.raises(InvalidInput):
        describe_actor(by=member, actor=actor, size_band="small", languages=["xx"])


def test_the_logo_is_served_as_the_picture_it_is(actor, member, client):
    set_logo(by=member, actor=actor, upload=SimpleUploadedFile("logo.html", PNG))
    answer = client.get(reverse("knowledge:logo", args=[actor.public_id]))
    assert answer["Content-Type"] == "image/png" and b"".join(answer.streaming_content) == PNG
    assert (
        answer["X-Content-Type-Options"] == "nosniff"
        and "sandbox" in answer["Content-Security-Policy"]
    )
    with pytest.raises(InvalidInput):
        set_logo(by=member, actor=actor, upload=SimpleUploadedFile("l.png", b"<svg onload=x>"))
    heavy = SimpleUploadedFile("l.png", PNG)
    heavy.file, heavy.size = BytesIO(PNG), 1_000_001
    with pytest.raises(TooLarge):
        set_logo(by=member, actor=actor, upload=heavy)
    set_logo(by=member, actor=actor, upload=None)
    assert client.get(reverse("knowledge:logo", args=[actor.public_id])).status_code == 404


def test_a_full_profile_costs_what_an_empty_one_costs_and_is_found_by_its_products(
    actor, team, client
):
    url = actor.get_absolute_url()
    client.force_login(team)
    add(team, actor, "products", name="Bolas de molino", unspsc="")
    add(team, actor, "capabilities", theme=ThemeFactory(), trl=5, evidence="")
    add_contacts(team, actor)
    one = statements(client, url)
    for n in range(12):
        add(team, actor, "products", name=f"Producto {n}", unspsc="")
        add(team, actor, "capabilities", theme=ThemeFactory(), trl=5, evidence="")
    assert statements(client, url) == one
    assert actor.name in client.get("/directorio/?q=bolas+molino").content.decode()
