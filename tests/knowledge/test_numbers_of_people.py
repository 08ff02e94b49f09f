"""Numbers of natural persons: found when they are typed whole, told to nobody who may not know."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from minka.knowledge.actions.search_index import index_actors
from minka.knowledge.models import FieldChange, Identifier, Membership
from minka.knowledge.queries.directory import DirectoryFilter
from minka.knowledge.queries.portraits import Scope, portraits
from minka.knowledge.queries.search import search
from minka.knowledge.queries.suggest import suggest
from minka.knowledge.states import MemberRole, MembershipState
from minka.methods.identifiers import of_person
from tests.factories import ActorFactory, UserFactory

PERSON, COMPANY = "10456789019", "20100010721"  # the first holds the number of an identity card
CARD = PERSON[2:10]

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    """An organisation that is a natural person, and a company beside it."""
    cache.clear()
    actor = ActorFactory(
        name="Quispe Mamani Rosa, taller de soldadura", email="rosa@taller.example"
    )
    Identifier.objects.create(actor=actor, scheme="pe.ruc", value=PERSON)
    other = ActorFactory(name="Bombas del Sur S.A.C.")
    Identifier.objects.create(actor=other, scheme="pe.ruc", value=COMPANY)
    FieldChange.objects.create(
        actor=actor, field="identifiers", before="", after=f"pe.ruc {PERSON}", voice="team"
    )
    index_actors(actors=[actor.pk, other.pk])
    return actor


@pytest.fixture
def eyes(person, client):
    """Return who looks: a stranger, somebody of another organisation, the team, the owner."""
    owner = UserFactory()
    Membership.objects.create(
        user=owner,
        actor=person,
        role=MemberRole.REPRESENTATIVE,
        state=MembershipState.ACTIVE,
        answered_at=timezone.now(),
    )
    return {"nobody": AnonymousUser(), "other": UserFactory(), "owner": owner,
            "team": UserFactory(is_staff=True)}  # fmt: skip


@pytest.mark.parametrize(
    ("scheme", "value", "is_person"),
    [
        ("pe.ruc", PERSON, True), ("pe.ruc", COMPANY, False), ("pe.ruc", "15123456780", True),
        ("ec.ruc", "1710034065001", True), ("ec.ruc", "1790011674001", False),
        ("mx.rfc", "GODE561231GR8", True), ("mx.rfc", "GOD561231GR8", False),
        ("ar.cuit", "20055361682", True), ("ar.cuit", "30500010912", False),
        ("cl.rut", "125319092", True), ("cl.rut", "760864285", False),
        ("co.nit", "9001234567", False), ("co.nit", "521234568", True), ("ror", "013meh722", False),
    ],
)  # fmt: skip
def test_numbers_of_people_are_told_from_those_of_companies(scheme, value, is_person):
    assert of_person(scheme, value) is is_person


@pytest.mark.parametrize(
    ("who", "sees"), [("nobody", False), ("other", False), ("owner", True), ("team", True)]
)
def test_pages_tell_the_number_to_the_team_and_the_owner_alone(eyes, person, client, who, sees):
    if eyes[who].is_authenticated:
        client.force_login(eyes[who])
    page = client.get(person.get_absolute_url()).content.decode()
    assert (CARD in page) is sees
    assert ("of a natural person" in page or "persona natural" in page) is not sees
    listed = client.get(reverse("knowledge:directory"), {"q": PERSON}).content.decode()
    assert person.name in listed  # found by the whole number, whoever asks
    rows = listed.partition('<ul class="rows"')[2].partition("</ul>")[0]
    assert (CARD in rows) is sees
    if who in ("other", "owner"):
        read = client.get(f"/api/knowledge/actors/{person.public_id}").json()
        assert (CARD in json.dumps(read)) is sees
        assert read["identifiers"][0]["withheld"] is not sees
    if eyes[who].is_authenticated:
        told = client.get(reverse("knowledge:profile_history", args=[person.public_id]))
        assert (CARD in told.content.decode()) is sees


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "jsonld", "graphml", "gexf"])
def test_no_file_for_anybody_holds_the_number(eyes, client, kind):
    shown = {}
    for who in ("nobody", "team"):
        found = portraits(viewer=eyes[who], ids=Scope(DirectoryFilter()).ids(viewer=eyes[who]))
        shown[who] = {one.actor.name: one.tax_number[1] for one in found}
    assert PERSON in shown["team"].values()
    assert sorted(shown["nobody"].values()) == ["", COMPANY]
    answer = client.get(reverse("knowledge:export"), {"format": kind})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert CARD.encode() not in body


def test_open_data_holds_no_number_of_a_person_even_for_the_team(eyes, client):
    client.force_login(eyes["team"])
    page = client.get(reverse("knowledge:open_data")).content.decode()
    files = {part.split('"')[0] for part in page.split('href="')[1:] if "/datos/" in part[:40]}
    assert len(files) > 5
    for address in files:
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert CARD.encode() not in body, address


def test_the_number_is_found_whole_and_not_digit_by_digit(person):
    assert search(viewer=None, text=PERSON) in ([], [person.pk])
    assert [hit.title for hit in suggest(viewer=None, text=PERSON)] == [person.name]
    for size in range(2, len(PERSON)):
        assert person.name not in [one.title for one in suggest(viewer=None, text=PERSON[:size])]
    assert suggest(viewer=None, text=CARD) == []
    assert [hit.title for hit in suggest(viewer=None, text=COMPANY[:5])] == [
        "Bombas del Sur S.A.C."
    ]
