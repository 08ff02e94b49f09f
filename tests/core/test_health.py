import pytest
from django.core.management import call_command

from minka.core.health import checks
from minka.core.models import Notice
from minka.core.notices import Message, notify
from tests.factories import UserFactory
from tests.services.ledger import lift_guard
from tests.services.ports import free_port

pytestmark = pytest.mark.django_db


def findings():
    return {finding.name: finding for finding in checks()}


def test_a_sound_installation_is_found_sound():
    bad = [finding for finding in findings().values() if not finding.good]
    assert not [finding for finding in bad if finding.name != "disk"], bad
    assert {"database", "migrations", "ledger", "files", "mail", "jobs"} <= findings().keys()


def test_an_unguarded_ledger_is_found():
    lift_guard()
    found = findings()["ledger guard"]
    assert (found.good, "minka manage migrate" in found.advice) == (False, True)


def test_a_mail_server_that_is_not_there_is_found(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    assert not findings()["mail"].good


def test_a_notice_that_may_be_lost_is_found():
    notify(
        recipients=[UserFactory()],
        kind="test.told",
        key="k",
        compose=lambda _person: Message(subject="Hola", body="·"),
    )
    Notice.objects.update(delivery="uncertain")
    assert not findings()["notices"].good


def test_migrating_again_changes_nothing():
    call_command("migrate", verbosity=0)
    assert findings()["migrations"].good
