import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import Notice
from minka.knowledge.actions.actors import change_actor
from minka.knowledge.actions.corrections import (
    answer_correction,
    propose_correction,
    withdraw_correction,
)
from minka.knowledge.models import FieldChange
from tests.factories import ActorFactory, MembershipFactory, PlaceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return ActorFactory(website="https://vieja.example")


def proposed(actor, **values):
    told = {"field": "website", "after": "https://nueva.example", "why": "Cambió este año"}
    return propose_correction(by=UserFactory(), actor=actor, **(told | values))


def test_an_accepted_correction_changes_the_field_and_the_history_knows_why(actor, team):
    correction = proposed(actor)
    assert Notice.objects.filter(recipient=team, kind="knowledge.correction_proposed").exists()
    answer_correction(by=team, correction=correction, accept=True)
    actor.refresh_from_db()
    assert actor.website == "https://nueva.example"
    kept = FieldChange.objects.get(actor=actor)
    assert (kept.before, kept.after, kept.voice, kept.why) == (
        "https://vieja.example",
        "https://nueva.example",
        "correction",
        "Cambió este año",
    )
    told = Notice.objects.get(recipient=correction.proposed_by)
    assert "aceptada" in told.subject
    with pytest.raises(WrongState):
        answer_correction(by=team, correction=correction, accept=False, answer="no")


def test_a_refusal_needs_a_reason_which_the_proposer_reads(actor, team):
    correction = proposed(actor)
    with pytest.raises(InvalidInput):
        answer_correction(by=team, correction=correction, accept=False, answer=" ")
    answer_correction(by=team, correction=correction, accept=False, answer="No abre")
    assert Notice.objects.get(recipient=correction.proposed_by).body == "No abre"
    actor.refresh_from_db()
    assert actor.website == "https://vieja.example"


def test_a_correction_of_what_has_changed_since_is_not_applied(actor, team):
    correction = proposed(actor)
    change_actor(by=team, actor=actor, changes={"website": "https://otra.example"})
    with pytest.raises(WrongState):
        answer_correction(by=team, correction=correction, accept=True)
    correction.refresh_from_db()
    assert correction.state == "proposed"


@pytest.mark.parametrize(
    "values",
    [
        {"field": "search_text"},
        {"field": "owner"},
        {"why": " "},
        {"after": "javascript:alert(1)"},
        {"after": "https://vieja.example"},
        {"field": "founded_year", "after": "3000"},
        {"field": "kind", "after": "pirate"},
        {"field": "region", "after": "Atlantis"},
        {"field": "name", "after": ""},
    ],
)
def test_what_cannot_be_is_not_proposed(actor, values):
    with pytest.raises(InvalidInput):
        proposed(actor, **values)


def test_regions_and_years_come_out_as_what_they_are(actor, team):
    place = PlaceFactory(name="Moquegua")
    answer_correction(
        by=team, correction=proposed(actor, field="region", after="Moquegua"), accept=True
    )
    answer_correction(
        by=team, correction=proposed(actor, field="founded_year", after="1998"), accept=True
    )
    actor.refresh_from_db()
    assert (actor.region, actor.founded_year) == (place, 1998)


def test_nobody_answers_their_own_nor_that_of_another_organisation(actor, team):
    correction = proposed(actor)
    stranger = MembershipFactory().user
    for person in (correction.proposed_by, stranger):
        with pytest.raises(NotAllowed):
            answer_correction(by=person, correction=correction, accept=True)
    with pytest.raises(NotAllowed):
        withdraw_correction(by=stranger, correction=correction)
    own = propose_correction(by=team, actor=actor, field="phone", after="1", why="Lo llamé")
    with pytest.raises(NotAllowed):
        answer_correction(by=team, correction=own, accept=True)


def test_one_person_has_one_open_correction_of_a_field(actor):
    person = UserFactory()
    said = {"actor": actor, "field": "phone", "why": "Lo llamé"}
    propose_correction(by=person, after="1", **said)
    with pytest.raises(WrongState):
        propose_correction(by=person, after="2", **said)


def test_a_stranger_sees_only_their_own_proposals(actor, client):
    secret = proposed(actor, why="Lo dice la prima de Elsa")
    url = reverse("knowledge:corrections", args=[actor.public_id])
    client.force_login(UserFactory())
    assert secret.why not in client.get(url).content.decode()
    answer = reverse("knowledge:correction_answer", args=[actor.public_id, secret.pk])
    assert client.post(answer, {"answer": "accept"}).status_code == 404
    client.force_login(secret.proposed_by)
    assert secret.why in client.get(url).content.decode()


def test_the_way_through_the_pages(actor, client, team):
    client.force_login(UserFactory())
    url = reverse("knowledge:correction_new", args=[actor.public_id])
    assert 'name="field"' in client.get(url).content.decode()
    assert "<select" in client.get(f"{url}?field=kind").content.decode()
    sent = client.post(f"{url}?field=kind", {"after": "university", "why": "Es universidad"})
    assert sent.status_code == 302
    client.force_login(team)
    page = client.get(reverse("knowledge:corrections", args=[actor.public_id])).content.decode()
    assert "Universidad" in page and "Es universidad" in page
    correction = actor.corrections.get()
    client.post(
        reverse("knowledge:correction_answer", args=[actor.public_id, correction.pk]),
        {"answer": "accept"},
    )
    actor.refresh_from_db()
    assert actor.kind == "university"
    history = client.get(reverse("knowledge:profile_history", args=[actor.public_id]))
    assert "Es universidad" in history.content.decode()


def test_what_waits_is_on_the_work_page_of_who_answers_and_of_nobody_else(actor, team):
    from minka.knowledge.queries.work import work_items

    correction = proposed(actor)
    assert [one.detail for one in work_items(viewer=team)] == [correction.why]
    for person in (correction.proposed_by, UserFactory(), MembershipFactory(is_editor=True).user):
        assert work_items(viewer=person) == []
    editor = MembershipFactory(actor=actor, is_editor=True).user
    assert [one.detail for one in work_items(viewer=editor)] == [correction.why]
