import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from minka.core.actions.personal import answer_erasure, request_erasure
from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.ledger import verify_ledger
from minka.core.models import LedgerEntry, Notice, User
from minka.knowledge.actions.claims import claim_by_document
from minka.knowledge.models import Actor, Claim, Membership
from tests.factories import ActorFactory, MembershipFactory, ProposalFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db):
    return UserFactory(is_staff=True)


@pytest.fixture
def person():
    return UserFactory(full_name="Elsa Condori", email="elsa@empresa.example")


def test_the_export_holds_what_concerns_the_person_and_nobody_else(client, person):
    actor = MembershipFactory(user=person, user_area="Mantenimiento").actor
    MembershipFactory(actor=actor, user=UserFactory(full_name="Otro Nombre"))
    claim_by_document(by=person, actor=actor, upload=SimpleUploadedFile("p.pdf", b"%PDF-1"))
    proposal = ProposalFactory(author=person)
    client.force_login(person)
    answer = client.post(reverse("core:my_data_download"))
    text = ZipFile(BytesIO(answer.content)).read("datos.json").decode()
    data = json.loads(text)
    assert data["account"]["email"] == "elsa@empresa.example"
    assert data["knowledge"]["memberships"][0]["organisation"] == actor.name
    assert data["knowledge"]["claims"][0]["state"] == "requested"
    assert data["innovation"]["proposals"] == [str(proposal.public_id)]
    assert "Otro Nombre" not in text
    assert LedgerEntry.objects.filter(verb="core.person_export").exists()


def test_to_be_forgotten_takes_the_name_out_everywhere_and_leaves_the_ledger_whole(
    team, person, client
):
    actor = ActorFactory()
    claim_by_document(by=person, actor=actor, upload=SimpleUploadedFile("p.pdf", b"%PDF-1"))
    MembershipFactory(user=person, state="requested", message="Soy Elsa")
    owned = ActorFactory()
    MembershipFactory(user=person, actor=owned)
    from django.utils import timezone

    Claim.objects.create(
        actor=owned,
        claimant=person,
        state="granted",
        method="email",
        email=person.email,
        decided_at=timezone.now(),
    )
    Actor.objects.filter(pk=owned.pk).update(owner=person, claimed_at=timezone.now())
    client.force_login(person)
    asked = request_erasure(by=person, message="Me voy")
    assert request_erasure(by=person) == asked
    answer_erasure(by=team, request=asked, carry_out=True)
    person = User.objects.get(pk=person.pk)
    assert not person.is_active and not person.has_usable_password()
    owned.refresh_from_db()
    assert owned.owner is None
    assert not Membership.objects.filter(user=person, state__in=["active", "requested"]).exists()
    assert client.get(reverse("core:my_data")).status_code == 302
    kept = [
        *User.objects.values_list("email", "full_name"),
        *Notice.objects.values_list("subject", "body"),
        *Claim.objects.values_list("email", "note"),
        *Membership.objects.values_list("message", "user_area"),
        *LedgerEntry.objects.values_list("data", "verb"),
    ]
    assert not [row for row in kept if "Elsa" in str(row) or "elsa@" in str(row)]
    assert not Claim.objects.filter(document__isnull=False).exists()
    assert verify_ledger().whole


def test_who_may_forget_whom(team, person):
    asked = request_erasure(by=person)
    with pytest.raises(NotAllowed):
        answer_erasure(by=UserFactory(), request=asked, carry_out=True)
    with pytest.raises(NotAllowed):
        answer_erasure(by=team, request=request_erasure(by=team), carry_out=True)
    with pytest.raises(InvalidInput):
        answer_erasure(by=team, request=asked, carry_out=False)
    answer_erasure(by=team, request=asked, carry_out=False, reason="Hay un convenio vigente")
    with pytest.raises(WrongState):
        answer_erasure(by=team, request=asked, carry_out=True)


def test_the_pages(team, person, client):
    assert "29733" in client.get(reverse("core:privacy")).content.decode()
    client.force_login(person)
    assert client.post(reverse("core:my_data"), {"message": "Me voy"}).status_code == 302
    assert client.get(reverse("core:erasures")).status_code == 403
    client.force_login(team)
    page = client.get(reverse("core:erasures")).content.decode()
    assert "Me voy" in page and person.email in page
    asked = person.erasures.get()
    client.post(reverse("core:erasure_answer", args=[asked.pk]), {"answer": "erase"})
    person.refresh_from_db()
    assert not person.is_active
