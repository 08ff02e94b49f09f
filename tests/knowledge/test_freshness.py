from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from minka.core.errors import InvalidInput, NotAllowed, NotFound
from minka.knowledge.actions.freshness import answer_confirmation, start_campaign
from minka.knowledge.models import Actor, Confirmation
from minka.knowledge.notices.letters import confirmation_token
from minka.knowledge.queries.freshness import campaigns, rates_by
from minka.knowledge.tasks import send_confirmation
from tests.factories import ActorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmation(team):
    ActorFactory(name="Aceros SAC", email="info@aceros.example", kind="supplier")
    start_campaign(by=team, name="Marzo")
    return Confirmation.objects.get()


def link(confirmation):
    return reverse(
        "knowledge:confirmation", args=[confirmation_token(confirmation_id=confirmation.pk)]
    )


def test_a_round_writes_to_whoever_can_be_reached_the_owner_first(team):
    ActorFactory(email="")
    ActorFactory(email="a@otra.example", kind="university")
    owner = UserFactory(email="duena@empresa.example", language="en")
    ActorFactory(email="a@vieja.example", owner=owner, claimed_at=timezone.now())
    campaign = start_campaign(by=team, name="Marzo", kind="supplier")
    letter = campaign.confirmations.get()
    assert (letter.email, letter.language) == ("duena@empresa.example", "en")
    mail.outbox.clear()
    assert send_confirmation.func(letter.pk) == "sent"
    assert send_confirmation.func(letter.pk) == "sent before"
    (sent,) = mail.outbox
    assert sent.to == ["duena@empresa.example"] and "still right" in sent.subject
    with pytest.raises(InvalidInput):
        start_campaign(by=team, name="Marzo", kind="cluster")
    with pytest.raises(NotAllowed):
        start_campaign(by=owner, name="Marzo")


def test_looking_changes_nothing_and_the_button_confirms_once(confirmation, client):
    url = link(confirmation)
    assert "Aceros SAC" in client.get(url).content.decode()
    assert "info@aceros.example" not in client.get(url).content.decode()
    confirmation.refresh_from_db()
    assert confirmation.state == "waiting"
    assert client.post(url, {"answer": "confirmed"}).status_code == 302
    assert Actor.objects.get().confirmed_at
    assert client.post(url, {"answer": "confirmed"}).status_code == 409
    assert client.get(url).status_code == 200


def test_what_has_changed_is_told_to_the_team_alone(confirmation, client, team):
    client.post(link(confirmation), {"answer": "changed", "changed": "Nos mudamos a Ilo"})
    assert Actor.objects.get().confirmed_at is None
    page = reverse("knowledge:campaign", args=[confirmation.campaign_id])
    client.force_login(UserFactory())
    assert client.get(page).status_code == 403
    client.force_login(team)
    assert "Nos mudamos a Ilo" in client.get(page).content.decode()


@pytest.mark.parametrize("token", ["x", "MQ.abc", "1"])
def test_a_made_up_link_opens_nothing(confirmation, client, token):
    assert client.get(reverse("knowledge:confirmation", args=[token])).status_code == 404


def test_a_link_lasts_sixty_days(confirmation, client):
    assert confirmation.expires_at - timezone.now() > timedelta(days=59)
    confirmation.expires_at = timezone.now() - timedelta(seconds=1)
    confirmation.save()
    with pytest.raises(NotFound):
        answer_confirmation(confirmation=confirmation)
    assert client.post(link(confirmation), {"answer": "confirmed"}).status_code == 404


def test_a_letter_that_the_server_did_not_take_is_tried_again(confirmation, monkeypatch):
    def refuse(**_):
        raise SMTPException

    monkeypatch.setattr("minka.knowledge.tasks.send_confirmation_letter", refuse)
    assert send_confirmation.func(confirmation.pk) == "not sent"
    confirmation.refresh_from_db()
    assert confirmation.sent_at is None


def test_response_rates_are_for_the_team(confirmation, team):
    answer_confirmation(confirmation=confirmation)
    (campaign,) = campaigns(viewer=team)
    (rate,) = rates_by(viewer=team, campaign=campaign, column="kind")
    assert (rate.label, rate.sent, rate.percent) == ("supplier", 1, 100)
    assert not campaigns(viewer=UserFactory()).exists()
    assert rates_by(viewer=UserFactory(), campaign=campaign, column="kind") == []
