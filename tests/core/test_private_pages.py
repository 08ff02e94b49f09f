"""What somebody saw while signed in is not shown to whoever comes to the machine afterwards."""

import pytest
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_pages_of_whoever_is_signed_in_are_asked_for_each_time(client):
    person = UserFactory()
    client.force_login(person)
    page = client.get(reverse("core:profile"))
    assert page["Cache-Control"] == "private, no-cache"
    assert f'data-person="{person.pk}"' in page.content.decode()  # drafts in this browser are hers


def test_pages_for_everybody_and_those_that_say_it_themselves_stay_as_they_are(client):
    page = client.get(reverse("portal:home"))
    assert "Cache-Control" not in page and "data-person" not in page.content.decode()
    client.force_login(UserFactory())
    assert client.get(reverse("knowledge:open_data"))["Cache-Control"]


def test_signing_out_clears_what_the_browser_kept(client):
    client.force_login(UserFactory())
    assert "Clear-Site-Data" not in client.get(reverse("core:profile"))
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in client.get(reverse("portal:home"))


@pytest.mark.parametrize("name", ["", "   "])
def test_whoever_has_no_name_is_called_by_their_address(client, name):
    person = UserFactory(full_name=name)
    assert person.get_short_name() == person.get_full_name() == str(person) == person.email
    client.force_login(person)
    assert client.get(reverse("core:profile")).status_code == 200


def test_the_language_is_kept_in_a_cookie_that_does_not_travel_in_the_open(client):
    for secure in (True, False):
        answer = client.get(reverse("portal:home"), {"lang": "en"}, secure=secure)
        assert bool(answer.cookies["minka_language"]["secure"]) is secure
