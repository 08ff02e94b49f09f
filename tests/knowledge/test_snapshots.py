import gzip
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed
from minka.knowledge.actions import snapshots as acts
from minka.knowledge.actions.identity import merge_actors
from minka.knowledge.actions.snapshots import forget_unfinished, take_monthly, take_snapshot
from minka.knowledge.actions.ties import TieFacts, state_tie, withdraw_tie
from minka.knowledge.models import Actor, Contact, Snapshot
from minka.knowledge.models.snapshot import FOLDER
from minka.knowledge.queries.snapshots import visible_snapshots
from minka.knowledge.sources.snapshot_changes import changes_between
from minka.knowledge.sources.snapshot_file import digest_of, iter_lines, write_lines
from minka.knowledge.tasks import look_at_the_month
from tests.factories import ActorFactory, MembershipFactory, ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db


def frozen(by, note="prueba"):
    return take_snapshot(by=by, note=note, write=write_lines)


def text_of(snapshot):
    with snapshot.content.open("rb") as file:
        return b"\n".join(iter_lines(file)).decode()


def test_a_snapshot_keeps_the_digest_of_its_lines_and_equal_maps_have_equal_ones(team):
    ActorFactory.create_batch(3)
    one, other = frozen(team), frozen(team)
    assert one.sha256 == other.sha256
    with one.content.open("rb") as file:
        assert digest_of(file) == one.sha256
    assert one.content.size == one.size_bytes
    assert (one.actors, one.ties) == (3, 0)
    ActorFactory()
    assert frozen(team).sha256 != one.sha256


def test_nothing_that_leads_to_a_person_or_is_not_public_is_kept(team):
    member = MembershipFactory(user__full_name="Persona Reconocible")
    actor = member.actor
    private = {
        "email": "contacto@secreto.example", "phone": "054 111222", "address": "Calle Secreta 1",
        "description": "Escriba a Fulana Reconocible",
    }  # fmt: skip
    Actor.objects.filter(pk=actor.pk).update(**private)
    Contact.objects.create(actor=actor, label="Gerencia", kind="email", value="g@secreto.example")
    other = ActorFactory()
    state_tie(by=team, tail=actor, head=other, kind="funds", facts=TieFacts(is_public=False))
    kept = text_of(frozen(team))
    assert actor.name in kept
    for secret in ("secreto", "111222", "Secreta", "Reconocible", "funds"):
        assert secret not in kept


def test_two_snapshots_tell_who_came_went_was_merged_and_changed_and_which_ties(team):
    stays, goes, into, changes = (ActorFactory(name=f"Firma {n} S.A.") for n in "ABCD")
    tie = state_tie(by=team, tail=stays, head=changes, kind="supplies")
    state_tie(by=team, tail=goes, head=stays, kind="trains")
    before = frozen(team)
    merge_actors(by=team, keep=into, gone=goes)
    Actor.objects.filter(pk=changes.pk).update(activity="Ensayos de laboratorio")
    changes.themes.add(ThemeFactory())
    withdraw_tie(by=team, tie=tie)
    state_tie(by=team, tail=into, head=changes, kind="funds")
    comes = ActorFactory(name="Firma E S.A.")
    found = changes_between(before=before, after=frozen(team))
    assert [one[0] for one in found.came] == [comes.public_id]
    assert found.went == []
    assert [(one[0], one[2]) for one in found.merged] == [(goes.public_id, into.public_id)]
    changed = {one.public_id: set(one.fields) for one in found.changed}
    assert changed[changes.public_id] == {"activity", "themes"}
    assert found.ended == [(stays.public_id, "supplies", changes.public_id)]
    assert found.formed == [(into.public_id, "funds", changes.public_id)]


def test_each_month_has_one_however_often_the_job_runs(monkeypatch):
    ActorFactory()
    assert take_monthly(write=write_lines).month
    assert take_monthly(write=write_lines) is None
    assert Snapshot.objects.count() == 1
    # two workers that both saw none: the second finds the row there, and leaves no file
    monkeypatch.setattr(acts.Snapshot.objects, "filter", _blind_once(Snapshot.objects.filter))
    files = _files()
    assert take_monthly(write=write_lines) is None
    assert (Snapshot.objects.count(), _files()) == (1, files)


def _blind_once(real):
    calls = []

    def seen(**wanted):
        calls.append(wanted)
        return real(pk=0) if len(calls) == 1 else real(**wanted)

    return seen


def _files():
    return set(default_storage.listdir("snapshots")[1])


def test_a_worker_that_dies_while_writing_leaves_no_snapshot_and_the_next_makes_it_whole(team):
    ActorFactory.create_batch(2)

    def dies(file, rows, taken_at):
        next(rows)
        file.write(b"half")
        raise SystemExit

    with pytest.raises(SystemExit):
        take_monthly(write=dies)
    assert not Snapshot.objects.exists()
    assert take_monthly(write=write_lines).actors == 2


def test_the_look_of_tomorrow_is_queued_before_anything_can_fail(monkeypatch):
    from django_tasks_db.models import DBTaskResult

    def fails(**_rest):
        raise ConnectionError

    monkeypatch.setattr("minka.knowledge.tasks.take_monthly", fails)
    for _twice in range(2):
        with pytest.raises(ConnectionError):
            look_at_the_month.call()
    assert DBTaskResult.objects.filter(task_path=acts.LOOK, status="READY").count() == 1


def test_the_database_refuses_a_second_of_a_month_and_one_without_author(team):
    first = take_monthly(write=write_lines)
    first.pk = None
    with pytest.raises(IntegrityError):
        first.save(force_insert=True)


def test_who_takes_who_sees_and_who_compares(client, team):
    person, committee = UserFactory(), UserFactory(roles=["committee"])
    with pytest.raises(NotAllowed):
        frozen(person)
    with pytest.raises(InvalidInput):
        frozen(team, note="  ")
    ActorFactory(name="Firma que viene S.A.")
    frozen(team)
    ActorFactory(name="Firma nueva S.A.")
    frozen(team)
    assert not visible_snapshots(viewer=AnonymousUser()).exists()
    compare = reverse("knowledge:snapshots_compare")
    client.force_login(person)
    assert client.get(reverse("knowledge:snapshots")).status_code == 200
    assert client.get(compare).status_code == 403
    assert client.post(reverse("knowledge:snapshot_new"), {"note": "x"}).status_code == 403
    for allowed in (committee, team):
        client.force_login(allowed)
        assert "Firma nueva S.A." in client.get(compare).content.decode()
        sheet = client.get(compare, {"formato": "csv"})
        assert "Firma nueva S.A." in sheet.content.decode()
    assert client.get(compare, {"de": "999999"}).status_code == 404


def test_a_damaged_file_is_said_to_be_so(client, team):
    ActorFactory()
    first, _second = frozen(team), frozen(team)
    with default_storage.open(first.content.name, "wb") as file:
        file.write(gzip.compress(b"nothing of the kind\n"))
    client.force_login(team)
    ActorFactory()
    frozen(team)
    address = reverse("knowledge:snapshots_compare")
    newest = Snapshot.objects.first().pk
    assert client.get(address, {"de": first.pk, "a": newest}).status_code == 409


def test_the_file_of_a_snapshot_that_was_cut_off_is_deleted_a_day_later(team, monkeypatch):
    kept = frozen(team)
    lost = default_storage.save(f"{FOLDER}/cut-off", ContentFile(b"half"))
    assert forget_unfinished() == 0  # it may still be written
    monkeypatch.setattr(acts, "A_DAY", timedelta(0))
    assert forget_unfinished() >= 1  # those of tests that were rolled back are there, too
    assert not default_storage.exists(lost) and default_storage.exists(kept.content.name)
