"""Notices reach a real mail server: after commit, again after a failure, never twice."""

from datetime import timedelta

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction
from django.utils import timezone

from minka.core.delivery import MAX_ATTEMPTS, deliver, recover_stuck
from minka.core.models import Notice
from minka.core.notices import Message, notify
from minka.core.states import Delivery
from tests.factories import UserFactory
from tests.services.jobs import run_jobs
from tests.services.ports import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def smtp(smtp_server, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = smtp_server.host, smtp_server.port
    return smtp_server


def tell(*people, key="occasion:1"):
    def compose(person):
        return Message(subject=f"Para {person.full_name}", body="Hay novedades.", url="/avisos/")

    return notify(recipients=people, kind="test.told", key=key, compose=compose)


@pytest.mark.django_db(transaction=True)
def test_a_notice_arrives_once_and_says_who_and_where(smtp):
    tell(UserFactory(full_name="Ana Ccori", email="ana@taller.example"))
    run_jobs()
    (message,) = smtp.messages
    assert message["To"] == "ana@taller.example"
    assert message["Subject"] == "Para Ana Ccori"
    body = message.get_body(("plain",)).get_content()
    assert "Hay novedades." in body
    assert "http://127.0.0.1:8000/avisos/" in body
    assert Notice.objects.get().delivery == Delivery.SENT


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_for_an_act_that_was_undone(smtp):
    user = UserFactory()
    with pytest.raises(RuntimeError, match="undo"), transaction.atomic():
        tell(user)
        raise RuntimeError("undo")
    run_jobs()
    assert (smtp.messages, Notice.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_the_same_occasion_is_told_once(smtp):
    user = UserFactory()
    assert len(tell(user)) == 1
    assert tell(user) == []
    run_jobs()
    assert len(smtp.messages) == 1


@pytest.mark.django_db(transaction=True)
def test_delivering_again_sends_nothing_again(smtp):
    (notice,) = tell(UserFactory())
    run_jobs()
    assert deliver(notice_id=notice.pk) == Delivery.SENT
    assert len(smtp.messages) == 1


def test_a_server_that_is_down_is_tried_again_later_and_at_last_given_up(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    (notice,) = tell(UserFactory())
    states = [deliver(notice_id=notice.pk) for _attempt in range(MAX_ATTEMPTS)]
    assert states == [Delivery.PENDING] * (MAX_ATTEMPTS - 1) + [Delivery.FAILED]


def test_a_sender_that_died_before_handing_over_is_repeated_and_after_it_is_not():
    (before,), (after,) = tell(UserFactory(), key="a"), tell(UserFactory(), key="b")
    long_ago = timezone.now() - timedelta(hours=1)
    for notice, handed_over_at in ((before, None), (after, long_ago)):
        Notice.objects.filter(pk=notice.pk).update(
            delivery=Delivery.SENDING, claimed_at=long_ago, handed_over_at=handed_over_at
        )
    assert recover_stuck() == (1, 1)
    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.delivery, after.delivery) == (Delivery.PENDING, Delivery.UNCERTAIN)


def test_each_person_is_told_in_their_own_language():
    from django.utils.translation import gettext

    people = UserFactory(language="es"), UserFactory(language="en")
    notices = notify(
        recipients=people,
        kind="test.told",
        key="words",
        compose=lambda _person: Message(subject=gettext("Notices"), body="·"),
    )
    assert [notice.subject for notice in notices] == ["Avisos", "Notices"]


def test_a_server_that_takes_the_message_and_falls_silent_is_not_given_it_again(smtp):
    smtp.hangs_up = True
    (notice,) = tell(UserFactory())
    assert deliver(notice_id=notice.pk) == Delivery.UNCERTAIN
    assert deliver(notice_id=notice.pk) == Delivery.UNCERTAIN
    assert recover_stuck(now_stuck_after=timedelta()) == (0, 0)
    assert len(smtp.messages) == 1


def test_what_the_server_refuses_is_tried_again(smtp):
    smtp.refuse = "451 later, please"
    (notice,) = tell(UserFactory())
    assert deliver(notice_id=notice.pk) == Delivery.PENDING
    smtp.refuse = ""
    assert deliver(notice_id=notice.pk) == Delivery.SENT
    assert len(smtp.messages) == 1


def test_a_farewell_that_fails_takes_nothing_back(smtp, monkeypatch):
    def silent(backend):
        backend.connection.close()
        raise TimeoutError

    monkeypatch.setattr(EmailBackend, "close", silent)
    (notice,) = tell(UserFactory())
    assert deliver(notice_id=notice.pk) == Delivery.SENT
    assert len(smtp.messages) == 1


def test_a_name_with_line_breaks_makes_no_second_line_of_a_subject(smtp):
    (notice,) = tell(UserFactory(full_name="Ana\r\nBcc: todos@taller.example\n Ccori"))
    assert deliver(notice_id=notice.pk) == Delivery.SENT
    assert smtp.messages[0]["Subject"] == "Para Ana Bcc: todos@taller.example Ccori"
