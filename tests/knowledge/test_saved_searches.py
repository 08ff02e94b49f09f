from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from minka.core.delivery import deliver
from minka.core.errors import InvalidInput, NotAllowed
from minka.core.models import LedgerEntry, Notice
from minka.core.standing_jobs import make_up
from minka.knowledge.actions import searches
from minka.knowledge.actions.identity import merge_actors
from minka.knowledge.actions.searches import (
    LOOK,
    change_search,
    delete_search,
    link_search,
    look_at_search,
    next_look,
    save_search,
)
from minka.knowledge.actions.theme_merging import merge_themes
from minka.knowledge.actions.theme_unmerging import undo_theme_merge
from minka.knowledge.models import SavedSearch, Theme, ThemeMerge
from minka.knowledge.notices.searches import silence_token
from minka.knowledge.queries.filter_address import filter_at
from minka.knowledge.queries.searches import ids_found, visible_searches
from minka.methods.number_sets import pack, unpack
from tests.factories import ActorFactory, UserFactory
from tests.services.jobs import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return UserFactory()


def suppliers(owner, **more):
    return save_search(by=owner, name="Proveedores", address="kind=supplier&x=1", **more)


def looked(search):
    search.refresh_from_db()
    return look_at_search(search_id=search.pk, number=search.looks)


def test_a_search_keeps_the_filter_and_its_name_is_ones_own(owner):
    search = suppliers(owner)
    assert (search.address, search.alert, search.token) == ("kind=supplier", "", None)
    with pytest.raises(InvalidInput):
        suppliers(owner)
    assert suppliers(UserFactory()).pk
    assert LedgerEntry.objects.filter(verb="knowledge.search_save").count() == 2


def test_only_newcomers_are_told_of_once_and_the_next_look_is_queued(owner):
    ActorFactory(name="Conocida")
    search = suppliers(owner, alert="daily")
    assert looked(search) == "new 0" and not Notice.objects.exists()
    fresh = ActorFactory(name="Recién llegada")
    ActorFactory(name="Otra cosa", kind="fund")
    search.refresh_from_db()
    number = search.looks
    assert look_at_search(search_id=search.pk, number=number) == "new 1"
    assert look_at_search(search_id=search.pk, number=number) == "past"  # the worker died after
    (notice,) = Notice.objects.filter(recipient=owner)
    assert "Recién llegada" in notice.body and "Conocida" not in notice.body
    assert "Otra cosa" not in notice.body and "/directorio/guardadas/silencio/" in notice.body
    assert looked(search) == "new 0"
    fresh.kind = "fund"
    fresh.save()
    looked(search)
    fresh.kind = "supplier"
    fresh.save()
    assert looked(search) == "new 0"  # it was told of before
    assert DBTaskResult.objects.filter(task_path__endswith="look_at_search").count() == 6


def test_what_a_known_one_was_joined_to_is_no_newcomer(owner, team):
    known, other = ActorFactory(name="Conocida"), ActorFactory(name="La otra", kind="fund")
    search = suppliers(owner, alert="weekly")
    other.kind = "supplier"
    other.save()
    merge_actors(by=team, keep=other, gone=known)
    assert looked(search) == "new 0"


def test_nothing_is_told_after_the_alert_was_taken_off_or_the_account_closed(owner, client):
    search = suppliers(owner, alert="daily")
    old = search.looks
    ActorFactory()
    link = reverse("knowledge:search_silence", args=[silence_token(search_id=search.pk)])
    client.get(link)
    search.refresh_from_db()
    assert search.alert == "daily"  # looking changes nothing
    assert client.post(link).status_code == 200
    assert look_at_search(search_id=search.pk, number=old) == "past"
    change_search(by=owner, search=search, name="P", alert="daily")
    ActorFactory()
    owner.is_active = False
    owner.save()
    assert looked(search) == "nobody" and not Notice.objects.exists()
    assert client.get(reverse("knowledge:search_silence", args=["x.y"])).status_code == 404


def test_a_mail_programme_ends_the_letters_of_a_search_with_one_request(owner, mailoutbox):
    search = suppliers(owner, alert="daily")
    other = save_search(by=owner, name="Otra", address="", alert="daily")
    ActorFactory(kind="supplier", name="Nueva")
    looked(search)
    for notice in Notice.objects.all():
        deliver(notice_id=notice.pk)
    (letter,) = mailoutbox
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert address.startswith(settings.MINKA_BASE_URL) and address in letter.body
    client = Client(enforce_csrf_checks=True)
    path = address.removeprefix(settings.MINKA_BASE_URL)
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    search.refresh_from_db()
    other.refresh_from_db()
    assert (search.alert, other.alert) == ("", "daily")


def test_a_stranger_and_the_team_see_only_what_was_shared(owner, client, team):
    secret = suppliers(owner)
    shared = save_search(by=owner, name="Del equipo", address="", for_team=True)
    other = UserFactory()
    assert list(visible_searches(viewer=other)) == []
    assert list(visible_searches(viewer=team)) == [shared]
    for act in (
        lambda: change_search(by=team, search=shared, name="Mía"),
        lambda: delete_search(by=other, search=secret),
        lambda: link_search(by=team, search=shared, shared=True),
    ):
        with pytest.raises(NotAllowed):
            act()
    client.force_login(other)
    for name in ("saved_search", "saved_search_edit"):
        assert client.get(reverse(f"knowledge:{name}", args=[secret.pk])).status_code == 404
    client.logout()
    url = reverse(
        "knowledge:saved_search_shared",
        args=[link_search(by=owner, search=secret, shared=True).token],
    )
    assert "Proveedores" in client.get(url).content.decode()
    link_search(by=owner, search=secret, shared=False)
    assert client.get(url).status_code == 404


def test_from_the_directory_to_a_saved_search_and_back(client, owner, django_assert_num_queries):
    client.force_login(owner)
    url = reverse("knowledge:saved_search_new") + "?kind=supplier&fresh=12"
    page = client.post(url, {"name": "Frescos", "alert": "weekly", "note": "para la feria"})
    assert page.url == reverse("knowledge:saved_searches")
    search = SavedSearch.objects.get()
    assert client.get(reverse("knowledge:saved_search", args=[search.pk])).url.endswith(
        "?kind=supplier&fresh=12"
    )
    assert client.post(url, {"name": "Frescos"}).status_code == 422
    counted = []
    for more in (0, 20):
        for n in range(more):
            save_search(by=owner, name=f"B{n}", address="kind=fund")
        with django_assert_num_queries(6, exact=False) as seen:
            client.get(reverse("knowledge:saved_searches"))
        counted.append(len(seen))
    assert counted[0] == counted[1]
    client.post(reverse("knowledge:saved_search_delete", args=[search.pk]))
    assert not SavedSearch.objects.filter(pk=search.pk).exists()


def test_letters_go_at_seven_in_the_morning_or_on_mondays():
    lima = ZoneInfo("America/Lima")
    sunday = datetime(2026, 11, 22, 8, 0, tzinfo=lima)
    assert next_look(sunday, weekly=False) == datetime(2026, 11, 23, 7, 0, tzinfo=lima)
    assert next_look(sunday, weekly=True) == datetime(2026, 11, 23, 7, 0, tzinfo=lima)
    monday = datetime(2026, 11, 23, 7, 0, tzinfo=lima)
    assert next_look(monday, weekly=True) == datetime(2026, 11, 30, 7, 0, tzinfo=lima)
    early = datetime(2026, 11, 24, 6, 59, tzinfo=lima)
    assert next_look(early, weekly=False) == datetime(2026, 11, 24, 7, 0, tzinfo=lima)


def test_sets_of_numbers_come_back_and_are_small():
    some = {1, 7, 10**12, *range(500, 100_500)}
    assert unpack(pack(some)) == some and unpack(b"") == set() and unpack(pack([])) == set()
    assert len(pack(range(100_000))) < 2000
    with pytest.raises(ValueError, match="packed"):
        unpack(b"nonsense")


def test_a_search_follows_a_merged_theme_and_comes_back_when_the_merge_is_undone(owner, team):
    gone, stays = (
        Theme.objects.create(slug=slug, label_es=slug, label_en=slug)
        for slug in ("voladura", "tronadura")
    )
    first, other = ActorFactory(name="Andina"), ActorFactory(name="Austral")
    first.themes.add(gone)
    other.themes.add(stays)
    search = save_search(by=owner, name="Voladura", address="theme=voladura", alert="daily")
    merge_themes(by=team, theme=gone, into=stays)
    search.refresh_from_db()
    assert ids_found(viewer=owner, address=search.address) == {first.pk, other.pk}
    assert filter_at(search.address).themes == ("tronadura",)
    assert looked(search) == "new 1"
    undo_theme_merge(by=team, step=ThemeMerge.objects.get())
    search.refresh_from_db()
    assert ids_found(viewer=owner, address=search.address) == {first.pk}
    assert filter_at(search.address).themes == ("voladura",)


@pytest.mark.django_db(transaction=True)
def test_an_alert_goes_on_after_a_look_that_failed(owner, monkeypatch):
    search = suppliers(owner, alert="daily")
    due = DBTaskResult.objects.filter(task_path=LOOK)
    due.update(run_after=timezone.now())
    monkeypatch.setattr(searches, "ids_found", _broken)
    run_jobs(may_fail=True)
    assert set(due.values_list("status", flat=True)) == {"FAILED"}
    monkeypatch.undo()
    make_up()
    ready = due.get(status="READY")
    assert ready.run_after > timezone.now()  # after a pause
    ready.delete()
    assert looked(search) == "new 0"
    assert due.filter(status="READY").count() == 1
    make_up()
    assert due.filter(status="READY").count() == 1  # the next one waits already


def _broken(**_kwargs):
    raise OSError("the disk is full")
