"""The helpers that other tests lean on."""

import pytest
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.utils import DatabaseError

from minka.core.audit import record
from minka.core.ledger import unguarded_triggers
from minka.core.models import LedgerEntry, User

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def test_the_mail_server_keeps_what_it_is_given(smtp_server):
    connection = get_connection(SMTP, host=smtp_server.host, port=smtp_server.port)
    EmailMessage(
        "Aviso: reunión", "Hola", "minka@example.org", ["rosa@example.org"], connection=connection
    ).send()
    message = smtp_server.wait_for(to="rosa@example.org", subject="reunión")
    assert message.get_content().strip() == "Hola"


@pytest.mark.parametrize("_time", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_no_ledger_and_finds_it_guarded(_time):
    assert (LedgerEntry.objects.count(), unguarded_triggers()) == (0, [])
    with transaction.atomic():
        rosa = User.objects.create_user("rosa@example.org")
        record(by=rosa, verb="core.test", obj=rosa)
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.update(verb="changed")
