import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from minka.core.actions.people import grant_role
from minka.core.notices import Message, notify
from minka.core.states import Role
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def told(person, key="k"):
    (notice,) = notify(
        recipients=[person],
        kind="test.told",
        key=key,
        compose=lambda _person: Message(
            subject="Su propuesta fue recibida", body="·", url="/mi-perfil/"
        ),
    )
    return notice


def test_the_inbox_shows_ones_own_notices_and_nobody_elses(client):
    reader, other = UserFactory(), UserFactory()
    notice = told(other)
    client.force_login(reader)
    assert "Su propuesta fue recibida" not in client.get(reverse("core:notices")).content.decode()
    assert client.post(reverse("core:notice_open", args=[notice.pk])).status_code == 404
    client.force_login(other)
    assert "Su propuesta fue recibida" in client.get(reverse("core:notices")).content.decode()


def test_opening_a_notice_marks_it_and_goes_there(client):
    person = UserFactory()
    notice = told(person)
    client.force_login(person)
    answer = client.post(reverse("core:notice_open", args=[notice.pk]))
    notice.refresh_from_db()
    assert (answer.status_code, answer.url, notice.read_at is None) == (302, "/mi-perfil/", False)


@pytest.mark.parametrize("address", ["core:people", "core:ledger", "core:components"])
def test_pages_of_the_team_are_closed_to_others(client, address):
    client.force_login(UserFactory())
    assert client.get(reverse(address)).status_code == 403
    client.force_login(UserFactory(is_staff=True))
    assert client.get(reverse(address)).status_code == 200


def test_an_auditor_reads_the_ledger_and_changes_no_roles(client):
    somebody = UserFactory(full_name="Rosa Mamani")
    grant_role(
        by=UserFactory(is_staff=True, full_name="Equipo"), user=somebody, role=Role.EVALUATOR
    )
    client.force_login(UserFactory(roles=["auditor"]))
    page = client.get(reverse("core:ledger")).content.decode()
    assert "dio un rol" in page
    answer = client.post(
        reverse("core:role_change", args=[somebody.pk]), {"role": "evaluator", "take_back": "on"}
    )
    assert answer.status_code == 403
    assert somebody.role_grants.count() == 1


def test_a_strange_page_is_a_friendly_404_in_both_languages(client):
    spanish = client.get("/no-existe/", headers={"accept-language": "es"})
    english = client.get("/no-existe/", headers={"accept-language": "en"})
    assert spanish.status_code == english.status_code == 404
    assert 'lang="es"' in spanish.content.decode()
    assert 'lang="en"' in english.content.decode()


def test_a_link_with_a_language_wins_and_is_remembered(client):
    client.get("/no-existe/?lang=en", headers={"accept-language": "es"})
    again = client.get("/no-existe/", headers={"accept-language": "es"})
    assert 'lang="en"' in again.content.decode()


def test_every_answer_carries_the_strict_policy(client):
    policy = client.get("/no-existe/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_inbox_costs_the_same_for_one_notice_or_twenty(client):
    costs = []
    for count in (1, 20):
        person = UserFactory()
        for n in range(count):
            told(person, key=f"k{n}")
        client.force_login(person)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("core:notices"))
        costs.append(len(captured))
    assert costs[0] == costs[1] < 12
