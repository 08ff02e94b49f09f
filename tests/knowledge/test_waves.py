from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import RoleGrant
from minka.core.standing_jobs import make_up
from minka.knowledge.actions.identity import merge_actors, undo_resolution
from minka.knowledge.actions.waves import (
    LOOK,
    WantedGroup,
    close_wave,
    invite_more,
    look_at_wave,
    mark_unreached,
    open_wave,
    plan_wave,
    reopen_wave,
)
from minka.knowledge.models import Actor, Response, Source, SurveySilence, Wave
from minka.knowledge.notices.surveys import response_token
from minka.knowledge.queries.waves import (
    Choice,
    invitable_actors,
    quotas_of,
    rates_by,
    responses_of,
    to_call,
    visible_waves,
)
from minka.knowledge.tasks import send_survey_invitation, send_survey_reminder
from tests.factories import ActorFactory, MembershipFactory, PlaceFactory, UserFactory
from tests.knowledge.wave_ground import EVERYBODY, answered, make_survey, make_wave, opened_wave

pytestmark = pytest.mark.django_db


def days_later(wave, days):
    """Let the invitations be as old as if so many days had passed."""
    then = timezone.now() - timedelta(days=days)
    Response.objects.filter(wave=wave).update(invited_at=then)


def look(wave):
    wave.refresh_from_db()
    return look_at_wave(wave_id=wave.pk, number=wave.looks)


@pytest.fixture
def wave(team):
    return opened_wave(team)


def test_opening_invites_whoever_fits_each_letter_once_in_the_persons_language(team):
    owner = UserFactory(email="duena@mina.example", language="en")
    ActorFactory(
        kind="mining_company", email="a@mina.example", owner=owner, claimed_at=timezone.now()
    )
    ActorFactory(kind="supplier", email="b@prov.example")
    ActorFactory(kind="mining_company", email="")
    wave = make_wave(team)
    assert open_wave(by=team, wave=wave, choice=Choice(kinds=("mining_company",))) == 1
    response = Response.objects.get()
    assert (response.email, response.language, response.invited_at) == (owner.email, "en", None)
    assert send_survey_invitation.func(response.pk) == "sent"
    assert send_survey_invitation.func(response.pk) == "not wanted"
    (letter,) = mail.outbox
    assert letter.to == [owner.email] and "Cluster mapping" in letter.subject
    token = response_token(response_id=response.pk)
    assert f"/encuesta/{token}/" in letter.body
    assert letter.extra_headers["List-Unsubscribe"].endswith(f"{token}/no-escribir/>")


def test_without_an_address_an_interviewer_asks_and_no_letter_goes(team):
    ActorFactory(email="", phone="054 1")
    wave = make_wave(team)
    with pytest.raises(InvalidInput):
        open_wave(by=team, wave=wave, choice=Choice())
    wave.refresh_from_db()
    assert (wave.state, wave.source) == ("planned", None)
    assert open_wave(by=team, wave=wave, choice=EVERYBODY) == 1
    assert Response.objects.get().invited_at
    assert [one.actor.phone for one in to_call(viewer=team, wave=wave)] == ["054 1"]


def test_inviting_again_asks_only_those_who_came_since(wave, team):
    with pytest.raises(InvalidInput):
        invite_more(by=team, wave=wave, choice=EVERYBODY)
    ActorFactory(email="nueva@empresa.example")
    assert invite_more(by=team, wave=wave, choice=EVERYBODY) == 1
    assert Response.objects.count() == 4


def test_only_a_ready_survey_is_asked_and_only_from_planned(team):
    ActorFactory(email="a@b.example")
    wave = make_wave(team, make_survey(state="draft"))
    with pytest.raises(WrongState):
        open_wave(by=team, wave=wave, choice=EVERYBODY)
    other = opened_wave(team, 1)
    with pytest.raises(WrongState):
        open_wave(by=team, wave=other, choice=EVERYBODY)


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"reminder_days": (0,)}, {"reminder_days": (400,)}]
)
def test_a_wave_that_makes_no_sense_is_not_planned(team, wrong):
    with pytest.raises(InvalidInput):
        make_wave(team, **wrong)


def test_a_name_is_taken_once_and_it_closes_after_it_opens(team):
    wave = make_wave(team)
    with pytest.raises(InvalidInput):
        make_wave(team, wave.survey)
    now = timezone.now()
    with pytest.raises(InvalidInput):
        plan_wave(by=team, survey=wave.survey, name="Otra", opens_at=now, closes_at=now)


def test_reminders_go_to_the_unfinished_once_per_day_that_is_named(wave, team):
    done, *others = Response.objects.order_by("pk")
    days_later(wave, 8)
    answered(done)
    mark_unreached(by=team, response=others[0])
    assert look(wave) == "reminded 1"
    assert look(wave) == "reminded 0"
    pk = others[1].pk
    assert send_survey_reminder.func(pk, 1) == "sent"
    assert send_survey_reminder.func(pk, 1) == "not wanted"
    assert (
        len(mail.outbox) == 1 and "Reminder" in mail.outbox[0].subject
    ) or "Recordatorio" in mail.outbox[0].subject
    days_later(wave, 15)
    assert look(wave) == "reminded 1"
    assert send_survey_reminder.func(pk, 1) == "not wanted"
    assert send_survey_reminder.func(pk, 2) == "sent"
    days_later(wave, 29)
    assert look(wave) == "reminded 0"


def test_days_that_were_missed_are_one_reminder(wave):
    days_later(wave, 20)
    assert look(wave) == "reminded 3"
    assert set(Response.objects.values_list("reminded_times", flat=True)) == {2}


def test_who_finishes_before_the_reminder_is_sent_gets_none(wave):
    days_later(wave, 8)
    look(wave)
    first = Response.objects.first()
    answered(first)
    assert send_survey_reminder.func(first.pk, 1) == "not wanted"
    assert mail.outbox == []


def test_a_letter_that_the_server_refuses_is_tried_again_and_at_last_given_up(wave, monkeypatch):
    def refuse(**_):
        raise SMTPException

    monkeypatch.setattr("minka.knowledge.tasks.send_invitation", refuse)
    first = Response.objects.first()
    assert send_survey_invitation.func(first.pk) == "not sent"
    first.refresh_from_db()
    assert first.invited_at is None
    assert send_survey_invitation.func(first.pk, 8) == "not sent"
    first.refresh_from_db()
    assert first.state == "unreached"


def test_a_look_that_is_done_twice_acts_once_and_one_chain_of_looks_goes_on(wave):
    wave.refresh_from_db()
    number = wave.looks
    days_later(wave, 8)
    assert look_at_wave(wave_id=wave.pk, number=number) == "reminded 3"
    assert look_at_wave(wave_id=wave.pk, number=number) == "past"
    assert DBTaskResult.objects.filter(task_path=LOOK).count() == 2


def test_a_wave_closes_by_itself_and_can_be_opened_again(wave, team):
    old = wave.looks
    Wave.objects.filter(pk=wave.pk).update(
        opens_at=timezone.now() - timedelta(days=9), closes_at=timezone.now() - timedelta(hours=1)
    )
    assert look(wave) == "closed"
    wave.refresh_from_db()
    assert (wave.state, look(wave)) == ("closed", "past")
    with pytest.raises(InvalidInput):
        reopen_wave(by=team, wave=wave, closes_at=timezone.now())
    reopen_wave(by=team, wave=wave, closes_at=timezone.now() + timedelta(days=3))
    assert look_at_wave(wave_id=wave.pk, number=old) == "past"
    assert look(wave) == "reminded 0"
    close_wave(by=team, wave=wave)
    with pytest.raises(WrongState):
        close_wave(by=team, wave=wave)


def test_who_asks_for_silence_is_written_to_no_more(wave, client, team):
    first = Response.objects.order_by("pk").first()
    url = reverse("knowledge:survey_silence", args=[response_token(response_id=first.pk)])
    assert client.get(url).status_code == 200
    assert not SurveySilence.objects.exists()
    assert client.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.post(url).status_code == 200
    first.refresh_from_db()
    assert first.state == "refused"
    assert send_survey_invitation.func(first.pk) == "not wanted"
    other = make_wave(team, wave.survey, name="Abril")
    silent = invitable_actors(viewer=team, wave=other, choice=EVERYBODY)
    assert first.actor not in silent and silent.count() == 2
    assert client.get(url.replace(".", "x.")).status_code == 404


def test_the_post_of_a_mail_program_needs_no_token_of_ours(wave):
    first = Response.objects.first()
    url = reverse("knowledge:survey_silence", args=[response_token(response_id=first.pk)])
    assert Client(enforce_csrf_checks=True).post(url).status_code == 200


def test_quotas_say_what_is_missing_and_whom_to_call(team):
    south = PlaceFactory(name="Moquegua")
    for number in range(4):
        kind = "supplier" if number < 3 else "university"
        ActorFactory(kind=kind, region=south, email=f"a{number}@x.example", phone=f"05{number}")
    quotas = [WantedGroup(2, "supplier", south), WantedGroup(1, "university")]
    wave = make_wave(team, quotas=quotas)
    open_wave(by=team, wave=wave, choice=EVERYBODY)
    answered(Response.objects.get(group="university"))
    answered(Response.objects.filter(group="supplier").first())
    found = {one.quota.kind: one for one in quotas_of(viewer=team, wave=wave)}
    assert (found["supplier"].missing, found["supplier"].left) == (1, 2)
    assert found["university"].missing == 0
    assert [one.group for one in to_call(viewer=team, wave=wave)] == ["supplier", "supplier"]
    with pytest.raises(InvalidInput):
        make_wave(team, wave.survey, name="Doble", quotas=[*quotas, quotas[0]])


def test_the_response_rate_leaves_out_who_was_not_reached(team):
    wave = opened_wave(team, 5)
    one, two, three, *_rest = Response.objects.order_by("pk")
    answered(one)
    mark_unreached(by=team, response=two)
    answered(three, state="started")
    (rate,) = rates_by(viewer=team, wave=wave, column="group")
    assert (rate.invited, rate.unreached, rate.begun, rate.finished) == (5, 1, 1, 1)
    assert rate.share.value == 1 / 4 and rate.share.low < 0.25 < rate.share.high
    with pytest.raises(WrongState):
        mark_unreached(by=team, response=one)


@pytest.mark.parametrize("further", ["keep", "gone"])
def test_two_responses_in_one_wave_do_not_refuse_a_merge_and_undoing_restores_both(
    wave, team, further
):
    kept, left = Response.objects.order_by("pk")[:2]
    keep, gone = kept.actor, left.actor
    best = answered(kept if further == "keep" else left)
    other = left if further == "keep" else kept
    step = merge_actors(by=team, keep=keep, gone=gone)
    (counts,) = responses_of(viewer=team, wave=wave).filter(actor=keep)
    assert counts == best
    other.refresh_from_db()
    assert (other.actor, other.set_aside) == (gone, True)
    assert responses_of(viewer=team, wave=wave).count() == 2
    undo_resolution(by=team, step=step)
    where = Response.objects.order_by("pk").values_list("actor", "set_aside")[:2]
    assert list(where) == [(keep.pk, False), (gone.pk, False)]


def test_a_response_alone_follows_its_organisation_and_comes_back(wave, team):
    (response, *_rest) = Response.objects.order_by("pk")
    gone, keep = response.actor, ActorFactory()
    step = merge_actors(by=team, keep=keep, gone=gone)
    response.refresh_from_db()
    assert (response.actor, response.set_aside) == (keep, False)
    undo_resolution(by=team, step=step)
    response.refresh_from_db()
    assert response.actor == gone


def strangers(wave):
    """People of whom one could think that they may see a survey."""
    auditor = UserFactory()
    RoleGrant.objects.create(user=auditor, role="auditor", granted_by=UserFactory(is_staff=True))
    speaks = MembershipFactory(actor=Actor.objects.first(), role="representative").user
    return [UserFactory(), auditor, speaks]


PAGES = ("wave", "wave_invite", "wave_quotas", "wave_calls", "wave_responses", "wave_results",
         "wave_sheet")  # fmt: skip


def test_nobody_but_the_team_sees_or_moves_a_wave(wave, client):
    args = [wave.survey.public_id, wave.pk]
    for person in strangers(wave):
        assert not visible_waves(viewer=person).exists()
        assert not responses_of(viewer=person, wave=wave).exists()
        assert not invitable_actors(viewer=person, wave=wave, choice=EVERYBODY).exists()
        assert quotas_of(viewer=person, wave=wave) == []
        for act in (
            lambda p=person: open_wave(by=p, wave=wave, choice=EVERYBODY),
            lambda p=person: invite_more(by=p, wave=wave, choice=EVERYBODY),
            lambda p=person: close_wave(by=p, wave=wave),
            lambda p=person: reopen_wave(by=p, wave=wave, closes_at=timezone.now()),
            lambda p=person: mark_unreached(by=p, response=Response.objects.first()),
        ):
            with pytest.raises(NotAllowed):
                act()
        client.force_login(person)
        for name in PAGES:
            assert client.get(reverse(f"knowledge:{name}", args=args)).status_code == 403, name
        download = reverse("knowledge:wave_sheet_download", args=[*args, "es", "csv"])
        assert client.get(download).status_code == 403
        export = reverse("knowledge:wave_export", args=[*args, "csv"])
        assert client.post(export).status_code == 403


def test_the_pages_of_a_wave_show_it_to_the_team(wave, client, team):
    client.force_login(team)
    args = [wave.survey.public_id, wave.pk]
    for name in PAGES:
        page = client.get(reverse(f"knowledge:{name}", args=args))
        assert page.status_code == 200, name
        assert "Marzo" in page.content.decode(), name
    assert client.get(reverse("knowledge:survey_waves", args=args[:1])).status_code == 200


def test_the_page_of_a_wave_costs_the_same_for_few_and_many(team, client):
    client.force_login(team)
    counts = []
    for number in (3, 30):
        wave = opened_wave(team, number)
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("knowledge:wave", args=[wave.survey.public_id, wave.pk]))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_source_of_a_wave_is_believed_before_lists_and_no_sheet_is_imported_under_it(team):
    old = Source.objects.create(name="Cámara", rank=1)
    wave = opened_wave(team, 1)
    wave.refresh_from_db()
    assert list(Source.objects.order_by("rank")) == [wave.source, old]


def test_planning_and_inviting_through_the_pages(client, team):
    ActorFactory(name="Aceros SAC", email="info@aceros.example")
    survey = make_survey()
    client.force_login(team)
    today = timezone.localdate()
    form = {"name": "Abril", "opens_at": today, "closes_at": today + timedelta(days=9),
            "reminder_days": "3, x"}  # fmt: skip
    url = reverse("knowledge:wave_new", args=[survey.public_id])
    assert client.post(url, form).status_code == 422
    assert client.post(url, {**form, "reminder_days": "3"}).status_code == 302
    wave = Wave.objects.get()
    invite = reverse("knowledge:wave_invite", args=[survey.public_id, wave.pk])
    page = client.get(invite, {"kinds": "supplier"}).content.decode()
    assert "Aceros SAC" in page and not Response.objects.exists()
    assert client.post(invite, {"kinds": "supplier"}).status_code == 302
    assert Response.objects.get().actor.name == "Aceros SAC"
    quotas = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-kind": "supplier",
              "form-0-wanted": 5}  # fmt: skip
    address = reverse("knowledge:wave_quotas", args=[survey.public_id, wave.pk])
    assert client.post(address, quotas).status_code == 302
    assert wave.quotas.get().wanted == 5


def test_a_wave_goes_on_after_its_look_was_lost_and_a_closed_one_does_not(team, wave):
    due = DBTaskResult.objects.filter(task_path=LOOK)
    due.update(status="FAILED")
    make_up()
    assert due.get(status="READY").args_kwargs["args"] == [wave.pk, Wave.objects.get().looks]
    due.delete()
    close_wave(by=team, wave=wave)
    make_up()
    assert not due.exists()
