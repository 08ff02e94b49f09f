"""From a stranger to a signed-in person, as allauth and our adapter do it together."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from minka.core.models import User
from tests.factories import UserFactory
from tests.factories.core import PASSWORD

pytestmark = pytest.mark.django_db


def sign_up(client, **changes):
    values = {"full_name": "Ana Ccori", "email": "Ana@Taller.example", "password1": PASSWORD}
    return client.post(
        reverse("account_signup"), values | changes, headers={"accept-language": "es"}
    )


def test_a_stranger_signs_up_confirms_the_address_and_is_in(client):
    answer = sign_up(client)
    assert answer.status_code == 302
    (message,) = mail.outbox
    assert message.to == ["ana@taller.example"]
    code = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})?)\s*$", message.body, re.MULTILINE).group(
        1
    )
    assert client.get(reverse("portal:work")).status_code == 302  # not before the code is given
    client.post(answer.url, {"code": code})
    assert client.get(reverse("core:profile")).status_code == 200
    person = User.objects.get()
    assert (person.full_name, person.email, person.is_staff) == (
        "Ana Ccori",
        "ana@taller.example",
        False,
    )


def test_signing_up_with_a_known_address_does_not_tell_a_stranger_that_it_is_known(client):
    UserFactory(email="ana@taller.example")
    answer = sign_up(client)
    assert answer.status_code == 302
    assert User.objects.count() == 1
    assert mail.outbox[0].to == ["ana@taller.example"]  # only the owner is told


def test_a_weak_password_is_refused_with_words(client):
    page = sign_up(client, password1="12345")
    assert page.status_code == 200
    assert not User.objects.exists()


def test_nobody_becomes_staff_by_asking(client):
    sign_up(client, is_staff="on", role="staff")
    assert not User.objects.get().is_staff


def test_trying_passwords_is_slowed_down(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,3/5m/key"}
    cache.clear()
    person = UserFactory()
    wrong = {"login": person.email, "password": "no es esta"}
    for _attempt in range(3):
        client.post(reverse("account_login"), wrong)
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 200  # even the right one has to wait now
    assert client.get(reverse("core:profile")).status_code == 302


def test_signing_up_in_bulk_is_slowed_down(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "2/m/ip"}
    cache.clear()
    answers = [sign_up(client, email=f"a{n}@taller.example").status_code for n in range(3)]
    assert answers[-1] == 429


@pytest.mark.parametrize(
    "address",
    ["account_login", "account_signup", "account_reset_password"],
)
def test_the_doors_are_open_to_strangers(client, address):
    assert client.get(reverse(address)).status_code == 200


@pytest.mark.parametrize(
    "address", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_email"]
)
def test_the_pages_of_ones_own_security_are_there(client, address):
    person = UserFactory()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert client.get(reverse(address)).status_code in {200, 302}
