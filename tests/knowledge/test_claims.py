import re
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import Notice
from minka.knowledge import tasks
from minka.knowledge.actions.actors import change_actor
from minka.knowledge.actions.claims import (
    SEND_CODE,
    claim_by_document,
    claim_by_email,
    prove_claim,
    send_code_again,
)
from minka.knowledge.actions.identity import merge_actors, undo_resolution
from minka.knowledge.actions.memberships import end_membership
from minka.knowledge.actions.ownership import (
    choose_editor,
    decide_claim,
    transfer_profile,
    withdraw_claim,
)
from minka.knowledge.models import Claim, Membership
from minka.knowledge.notices.letters import send_code_letter
from minka.knowledge.tasks import send_claim_code
from tests.factories import ActorFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 poder"


@pytest.fixture
def actor():
    return ActorFactory(name="Aceros Andinos SAC", website="https://www.aceros.example/inicio")


def code_for(claim):
    mail.outbox.clear()
    send_claim_code.func(claim.pk)
    return re.search(r"\b\d{8}\b", mail.outbox[0].body)[0]


def owned(actor, user=None):
    user = user or UserFactory()
    claim = claim_by_email(by=user, actor=actor, email="g@aceros.example")
    prove_claim(by=user, claim=claim, code=code_for(claim))
    actor.refresh_from_db()
    return user


def document_claim(actor, user=None):
    user = user or UserFactory()
    return claim_by_document(by=user, actor=actor, upload=SimpleUploadedFile("poder.pdf", PDF))


def test_a_code_to_the_domain_of_the_website_makes_an_owner(actor):
    person = UserFactory()
    claim = claim_by_email(by=person, actor=actor, email=" Gerencia@minas.ACEROS.example ")
    code = code_for(claim)
    assert mail.outbox[0].to == ["gerencia@minas.aceros.example"]
    assert code not in Claim.objects.get().code_digest
    proved = prove_claim(by=person, claim=claim, code=f"{code[:4]} {code[4:]}")
    actor.refresh_from_db()
    assert (proved.state, actor.owner, actor.claimed_at is None) == ("granted", person, False)
    assert Membership.objects.get(user=person, actor=actor).state == "active"
    assert [event.state for event in proved.events.all()] == ["requested", "proving", "granted"]


@pytest.mark.parametrize(
    "email", ["a@gmail.com", "a@otra.example", "a@xaceros.example", "a@aceros.example.evil.example"]
)
def test_an_address_elsewhere_proves_nothing(actor, email):
    with pytest.raises(InvalidInput):
        claim_by_email(by=UserFactory(), actor=actor, email=email)
    assert not Claim.objects.exists()


@pytest.mark.parametrize("website", ["", "https://facebook.com/aceros", "https://a.wordpress.com"])
def test_a_page_that_anybody_can_have_is_no_domain(website):
    actor = ActorFactory(website=website)
    with pytest.raises(InvalidInput):
        claim_by_email(by=UserFactory(), actor=actor, email="a@facebook.com")


def test_five_wrong_codes_end_the_trying_and_another_code_voids_the_first(actor):
    person = UserFactory()
    claim = claim_by_email(by=person, actor=actor, email="a@aceros.example")
    code = code_for(claim)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    for _try in range(5):
        with pytest.raises(InvalidInput):
            prove_claim(by=person, claim=claim, code=wrong)
    with pytest.raises(InvalidInput):
        prove_claim(by=person, claim=claim, code=code)  # the right one comes too late
    with pytest.raises(WrongState):
        send_code_again(by=person, claim=claim)  # not within a minute
    fresh = code_for(claim)
    assert prove_claim(by=person, claim=claim, code=fresh).state == "granted"


def test_nobody_else_proves_sees_or_reads_the_claim(actor, client):
    claim = document_claim(actor)
    stranger = UserFactory()
    with pytest.raises(NotAllowed):
        prove_claim(by=stranger, claim=claim, code="1")
    client.force_login(stranger)
    for name in ("claim", "claim_document"):
        assert client.get(reverse(f"knowledge:{name}", args=[claim.pk])).status_code == 404
    assert client.get(reverse("knowledge:claims")).status_code == 403


def test_the_team_decides_on_a_document_with_a_reason(actor, team):
    claim = document_claim(actor)
    with pytest.raises(InvalidInput):
        decide_claim(by=team, claim=claim, grant=True, reason=" ")
    with pytest.raises(NotAllowed):
        decide_claim(by=claim.claimant, claim=claim, grant=True, reason="yo")
    decide_claim(by=team, claim=claim, grant=True, reason="Poder inscrito")
    actor.refresh_from_db()
    assert actor.owner == claim.claimant and actor.verified_at
    assert Notice.objects.filter(recipient=claim.claimant, kind="knowledge.claim_decided").exists()


def test_a_second_claim_is_a_dispute_and_settling_it_changes_the_owner_once(actor, team, client):
    first = owned(actor)
    second = document_claim(actor)
    assert second.state == "disputed"
    told = Notice.objects.filter(kind="knowledge.claim_waits").values_list("recipient", flat=True)
    assert set(told) == {team.pk, first.pk, second.claimant_id}
    client.force_login(first)  # the owner reads the case, not the other's document
    assert client.get(reverse("knowledge:claim", args=[second.pk])).status_code == 200
    assert client.get(reverse("knowledge:claim_document", args=[second.pk])).status_code == 404
    decide_claim(by=team, claim=second, grant=True, reason="Cambió el gerente")
    actor.refresh_from_db()
    assert actor.owner == second.claimant
    assert Claim.objects.get(claimant=first).state == "withdrawn"
    assert Claim.objects.filter(state="granted").count() == 1


def test_the_database_knows_one_owner(actor):
    owned(actor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(
            actor=actor,
            claimant=UserFactory(),
            state="granted",
            method="email",
            decided_at=actor.claimed_at,
        )


def test_once_claimed_only_owner_editors_and_team_change_the_profile(actor, team):
    member = MembershipFactory(actor=actor)
    change_actor(by=member.user, actor=actor, changes={"activity": "Acero"})
    owner = owned(actor)
    with pytest.raises(NotAllowed):
        change_actor(by=member.user, actor=actor, changes={"activity": "Hierro"})
    with pytest.raises(NotAllowed):
        choose_editor(by=member.user, membership=member, edits=True)
    member.refresh_from_db()
    choose_editor(by=owner, membership=Membership.objects.get(pk=member.pk), edits=True)
    from minka.core.models import User

    change_actor(
        by=User.objects.get(pk=member.user_id), actor=actor, changes={"activity": "Hierro"}
    )
    with pytest.raises(NotAllowed):  # an editor does not take the owner off
        end_membership(by=member.user, membership=Membership.objects.get(user=owner, actor=actor))


def test_a_profile_is_handed_over_to_a_member_and_given_up_by_leaving(actor):
    owner, member = owned(actor), MembershipFactory(actor=actor).user
    with pytest.raises(InvalidInput):
        transfer_profile(by=owner, actor=actor, person=UserFactory())
    transfer_profile(by=owner, actor=actor, person=member)
    actor.refresh_from_db()
    assert actor.owner == member
    end_membership(by=member, membership=Membership.objects.get(user=member, actor=actor))
    actor.refresh_from_db()
    assert (actor.owner, actor.claimed_at) == (None, None)
    assert not Claim.objects.filter(state="granted").exists()


def test_a_merge_reconciles_owners_and_its_undoing_gives_each_their_own(actor, team):
    first = owned(actor)
    other = ActorFactory(website="https://aceros.example")
    second = owned(other)
    both = UserFactory()
    document_claim(actor, both)
    document_claim(other, both)
    step = merge_actors(by=team, keep=other, gone=actor)
    other.refresh_from_db()
    assert other.owner == first  # the earlier one
    live = Claim.objects.filter(actor=other).exclude(state="withdrawn")
    assert sorted(live.values_list("claimant", "state")) == sorted(
        [(first.pk, "granted"), (second.pk, "disputed"), (both.pk, "disputed")]
    )
    undo_resolution(by=team, step=step)
    for one, person in ((actor, first), (other, second)):
        one.refresh_from_db()
        assert one.owner == person


def test_whoever_owns_both_owns_the_joined_one_once(actor, team):
    person = owned(actor)
    other = ActorFactory(website="https://aceros.example")
    owned(other, person)
    merge_actors(by=team, keep=actor, gone=other)
    actor.refresh_from_db()
    assert actor.owner == person and Claim.objects.filter(state="granted").count() == 1


def test_the_way_through_the_pages(actor, client):
    person = UserFactory()
    client.force_login(person)
    new = reverse("knowledge:claim_new", args=[actor.public_id])
    assert "@aceros.example" in client.get(new).content.decode()
    wrong = client.post(new, {"method": "email", "email": "a@gmail.com"})
    assert wrong.status_code == 422
    client.post(new, {"method": "email", "email": "a@aceros.example"})
    claim = Claim.objects.get()
    page = reverse("knowledge:claim", args=[claim.pk])
    assert client.post(page, {"code": "00000000"}).status_code == 422
    assert client.post(page, {"code": code_for(claim)}).status_code == 302
    client.logout()
    text = client.get(actor.get_absolute_url()).content.decode()
    assert "Perfil reclamado" in text and person.full_name not in text
    assert "Perfil reclamado" in client.get(reverse("knowledge:directory")).content.decode()


def test_a_withdrawn_claim_waits_for_nobody(actor):
    claim = document_claim(actor)
    withdraw_claim(by=claim.claimant, claim=claim)
    with pytest.raises(WrongState):
        withdraw_claim(by=claim.claimant, claim=claim)
    mail.outbox.clear()
    assert send_claim_code.func(claim.pk) == "not waiting" and mail.outbox == []


def test_the_letter_speaks_the_language_of_who_claims(actor):
    claim = claim_by_email(by=UserFactory(language="es"), actor=actor, email="a@aceros.example")
    mail.outbox.clear()
    send_code_letter(claim=claim, code="12345678")
    assert "Código" in mail.outbox[0].subject and "tienes una cuenta" not in mail.outbox[0].body


def test_of_two_documents_the_last_decision_counts_and_a_closed_claim_stays_closed(actor, team):
    first = document_claim(actor)
    second = document_claim(actor)
    decide_claim(by=team, claim=first, grant=True, reason="Poder inscrito")
    decide_claim(by=team, claim=second, grant=True, reason="Poder más nuevo")
    actor.refresh_from_db()
    assert actor.owner == second.claimant
    with pytest.raises(WrongState):
        decide_claim(by=team, claim=first, grant=True, reason="Otra vez")


def test_a_code_that_the_mail_server_does_not_take_is_tried_again_and_its_owner_sees_it(
    actor, client, monkeypatch
):
    claim = claim_by_email(by=UserFactory(), actor=actor, email="g@aceros.example")

    def refuse(**_kwargs):
        raise SMTPException

    monkeypatch.setattr(tasks, "send_code_letter", refuse)
    assert send_claim_code.func(claim.pk) == "not sent"
    again = DBTaskResult.objects.filter(task_path=SEND_CODE)
    assert [job.args_kwargs["args"] for job in again.order_by("enqueued_at")][1:] == [[claim.pk, 2]]
    client.force_login(claim.claimant)
    page = reverse("knowledge:claim", args=[claim.pk])
    assert "Carta no enviada" in client.get(page).content.decode()
    assert send_claim_code.func(claim.pk, 5) == "not sent" and again.count() == 2
    monkeypatch.undo()
    mail.outbox.clear()
    assert send_claim_code.func(claim.pk, 2) == "sent" and len(mail.outbox) == 1
    assert "Carta no enviada" not in client.get(page).content.decode()
    assert send_claim_code.func(claim.pk, 2) == "not waiting"  # it went out meanwhile
