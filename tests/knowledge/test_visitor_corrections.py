import json
import re
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import InvalidInput, NotAllowed, TooOften
from minka.core.models import LedgerEntry, Notice
from minka.knowledge.actions import personal
from minka.knowledge.actions.corrections import answer_correction, withdraw_correction
from minka.knowledge.actions.visitor_corrections import (
    AN_ADDRESS_A_DAY,
    confirm_as_visitor,
    propose_as_visitor,
)
from minka.knowledge.actions.visitor_letters import forget_visitor
from minka.knowledge.models import Correction
from minka.knowledge.notices.letters import confirmation_token, correction_token
from minka.knowledge.queries.work import work_items
from minka.knowledge.tasks import send_correction_answer, send_correction_link
from tests.factories import ActorFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
EMAIL = "vecina@correo.example"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def actor(owner):
    return ActorFactory(
        website="https://vieja.example",
        phone="054 111222",
        email="interno@empresa.example",
        owner=owner,
        claimed_at=timezone.now(),
    )


def proposed(actor, **values):
    told = {"field": "website", "after": "https://nueva.example", "why": "Cambió este año"}
    told |= {"email": EMAIL, "place": "192.0.2.1"}
    return propose_as_visitor(actor=actor, **(told | values))


def link(correction):
    return reverse("knowledge:correction_link", args=[correction_token(correction.pk)])


def test_the_whole_way_from_a_stranger_to_the_profile(actor, owner, client):
    page = client.get(reverse("knowledge:actor", args=[actor.public_id])).content.decode()
    url = reverse("knowledge:correction_new", args=[actor.public_id])
    assert url in page
    assert 'name="email"' in client.get(f"{url}?field=website").content.decode()
    form = {"after": "https://nueva.example", "why": "La vi", "email": EMAIL.upper()}
    sent = client.post(f"{url}?field=website", form, follow=True)
    assert sent.status_code == 200 and EMAIL not in sent.content.decode().lower()
    correction = Correction.objects.get()
    assert (correction.state, correction.email) == ("unchecked", EMAIL)
    assert not Notice.objects.exists()
    mail.outbox.clear()
    assert send_correction_link.func(correction.pk) == "sent"
    assert send_correction_link.func(correction.pk) == "not wanted"
    (letter,) = mail.outbox
    assert letter.to == [EMAIL]
    assert "La vi" not in letter.body and "nueva.example" not in letter.body
    path = re.search(r"/correccion/\S+", letter.body)[0]
    assert "La vi" in client.get(path).content.decode()
    assert Correction.objects.get().state == "unchecked"  # looking changes nothing
    assert client.post(path, {"do": "confirm"}).status_code == 302
    assert Notice.objects.get(recipient=owner, kind="knowledge.correction_proposed")
    correction.refresh_from_db()
    answer_correction(by=owner, correction=correction, accept=True, answer="Gracias")
    actor.refresh_from_db()
    assert actor.website == "https://nueva.example"
    mail.outbox.clear()
    assert send_correction_answer.func(correction.pk) == "sent"
    assert mail.outbox[0].to == [EMAIL] and "Gracias" in mail.outbox[0].body
    assert "Gracias" in client.get(path).content.decode()


def test_the_address_is_shown_to_the_team_and_to_nobody_else(actor, owner, team, client):
    correction = proposed(actor)
    confirm_as_visitor(correction=correction)
    url = reverse("knowledge:corrections", args=[actor.public_id])
    for person, sees in ((owner, False), (UserFactory(), False), (team, True)):
        client.force_login(person)
        assert (EMAIL in client.get(url).content.decode()) is sees
    told = [one.data for one in LedgerEntry.objects.all()]
    assert EMAIL not in json.dumps(told) and EMAIL not in str(list(Notice.objects.values()))
    history = client.get(reverse("knowledge:profile_history", args=[actor.public_id]))
    assert EMAIL not in history.content.decode()


def test_until_it_is_confirmed_only_the_team_sees_it_and_may_answer(actor, owner, team, client):
    correction = proposed(actor, why="Lo dice la prima de Elsa")
    url = reverse("knowledge:corrections", args=[actor.public_id])
    client.force_login(owner)
    assert correction.why not in client.get(url).content.decode()
    with pytest.raises(NotAllowed):
        answer_correction(by=owner, correction=correction, accept=True)
    assert client.get(reverse("knowledge:corrections_waiting")).status_code == 403
    assert work_items(viewer=owner) == work_items(viewer=team) == []
    client.force_login(team)
    assert correction.why in client.get(url).content.decode()
    assert correction.why in client.get(reverse("knowledge:corrections_waiting")).content.decode()
    answer_correction(by=team, correction=correction, accept=True)
    actor.refresh_from_db()
    assert actor.website == "https://nueva.example"


def test_an_address_that_nobody_confirmed_gets_no_answer(actor, team):
    from django_tasks_db.models import DBTaskResult

    answer_correction(by=team, correction=proposed(actor), accept=True)
    paths = set(DBTaskResult.objects.values_list("task_path", flat=True))
    assert not any(path.endswith("send_correction_answer") for path in paths)
    assert any(path.endswith("forget_correction_visitor") for path in paths)


@pytest.mark.parametrize("field", ["phone", "email", "address"])
def test_what_strangers_may_not_see_is_neither_shown_nor_guessed(actor, client, field):
    url = f"{reverse('knowledge:correction_new', args=[actor.public_id])}?field={field}"
    secret = getattr(actor, field) or "Calle Oculta 1"
    assert secret not in client.get(url).content.decode()
    answers = [
        client.post(url, {"after": value, "why": "x", "email": EMAIL})
        for value in (secret, "otra@empresa.example")
    ]
    assert {(one.status_code, one.url) for one in answers} == {
        (302, reverse("knowledge:correction_sent", args=[actor.public_id]))
    }
    shown = client.get(link(Correction.objects.order_by("pk").last())).content.decode()
    assert secret not in shown


@pytest.mark.parametrize(
    "values",
    [
        {"field": "owner"},
        {"why": " "},
        {"email": "nadie"},
        {"after": "https://vieja.example"},
        {"after": "javascript:alert(1)"},
    ],
)
def test_what_cannot_be_is_not_kept(actor, values):
    with pytest.raises(InvalidInput):
        proposed(actor, **values)
    assert not Correction.objects.exists()


def test_neither_a_place_nor_a_mailbox_is_flooded(actor, client):
    for n in range(AN_ADDRESS_A_DAY):
        proposed(actor, place=f"192.0.2.{n}")
    with pytest.raises(TooOften):
        proposed(actor, place="192.0.2.99")
    proposed(actor, email="otra@correo.example", place="192.0.2.99")
    url = f"{reverse('knowledge:correction_new', args=[actor.public_id])}?field=website"
    form = {"after": "https://nueva.example", "why": "x"}
    answers = [client.post(url, form | {"email": f"v{n}@correo.example"}) for n in range(11)]
    assert [one.status_code for one in answers] == [302] * 10 + [422]
    assert "v10@correo.example" in answers[-1].content.decode()  # what was typed is kept


def test_the_later_word_of_one_person_replaces_the_earlier(actor):
    first, second = proposed(actor), proposed(actor, after="https://otra.example")
    other = proposed(actor, field="activity", after="Voladura")
    confirm_as_visitor(correction=first)
    confirm_as_visitor(correction=second)
    states = dict(Correction.objects.values_list("pk", "state"))
    assert states == {first.pk: "withdrawn", second.pk: "proposed", other.pk: "unchecked"}


def test_a_link_opens_its_own_correction_and_a_forged_one_nothing(actor, client):
    correction = proposed(actor)
    for token in ("1", correction_token(correction.pk)[:-2], confirmation_token(confirmation_id=1)):
        url = reverse("knowledge:correction_link", args=[token])
        assert client.get(url).status_code == 404
    assert client.post(link(correction), {"do": "leave"}).status_code == 302
    answer = client.get(link(correction))
    assert answer.status_code == 410 and correction.why not in answer.content.decode()
    correction.refresh_from_db()
    assert (correction.state, correction.email) == ("withdrawn", "")


def test_nobody_takes_a_visitors_word_back_by_being_nobody(actor):
    from django.contrib.auth.models import AnonymousUser

    correction = proposed(actor)
    for person in (AnonymousUser(), UserFactory()):
        with pytest.raises(NotAllowed):
            withdraw_correction(by=person, correction=correction)


def test_what_nobody_confirms_is_deleted_and_addresses_are_forgotten(actor, team):
    idle, done = proposed(actor), proposed(actor, email="otra@correo.example")
    confirm_as_visitor(correction=done)
    answer_correction(by=team, correction=done, accept=False, answer="No abre")
    for one in (idle, done):
        assert forget_visitor(correction_id=one.pk) == "nothing to do"
    Correction.objects.update(proposed_at=timezone.now() - timedelta(days=15))
    assert forget_visitor(correction_id=idle.pk) == "deleted"
    assert forget_visitor(correction_id=done.pk) == "nothing to do"
    Correction.objects.update(answered_at=timezone.now() - timedelta(days=61))
    assert forget_visitor(correction_id=done.pk) == "forgotten"
    done.refresh_from_db()
    assert (done.email, done.answer) == ("", "No abre")


def test_a_letter_that_cannot_go_out_goes_later(actor, monkeypatch):
    correction = proposed(actor)

    def refuse(**_):
        raise SMTPException

    with monkeypatch.context() as broken:
        broken.setattr("minka.knowledge.notices.letters.send_correction_link", refuse)
        assert send_correction_link.func(correction.pk) == "not sent"
    assert send_correction_link.func(correction.pk, 2) == "sent"


def test_who_later_has_an_account_takes_it_along_and_is_forgotten(actor, team):
    person = UserFactory(email=EMAIL.title())
    proposed(actor, why="La vi ayer")
    proposed(actor, email="otra@correo.example", why="No es suya")
    told = json.dumps(personal.collect(person))
    assert "La vi ayer" in told and "No es suya" not in told
    personal.forget(team, person)
    assert list(Correction.objects.values_list("why", flat=True)) == ["No es suya"]


def test_a_member_who_edits_answers_a_visitor_without_knowing_the_address(actor, client):
    correction = proposed(actor)
    confirm_as_visitor(correction=correction)
    editor = MembershipFactory(actor=actor, is_editor=True).user
    client.force_login(editor)
    page = client.get(reverse("knowledge:corrections", args=[actor.public_id])).content.decode()
    assert correction.why in page and EMAIL not in page
