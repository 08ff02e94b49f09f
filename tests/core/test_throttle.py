"""Limits count the same in the memory of a process and in the database."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.cache.backends import db as in_database
from django.core.management import call_command
from django.test import RequestFactory

from minka.core import throttle
from minka.core.remembering import cache as pages
from minka.core.throttle import place_of, within_limit

DATABASE = "django.core.cache.backends.db.DatabaseCache"
MEMORY = "django.core.cache.backends.locmem.LocMemCache"
PROXY = "10.0.0.1"


@pytest.fixture(params=[MEMORY, DATABASE])
def counted(request, settings, db):
    settings.CACHES = {
        name: {"BACKEND": request.param, "LOCATION": f"limits_{name}"}
        for name in ("default", "pages")
    }
    call_command("createcachetable", verbosity=0)
    cache.clear()


def test_nobody_gets_more_than_the_limit_however_long_it_lasts(counted, monkeypatch):
    began = time.time()
    assert [within_limit(key="a", most=3, seconds=3600) for _ in range(5)] == [True] * 3 + [
        False
    ] * 2
    assert within_limit(key="b", most=3, seconds=3600)
    for later_s, allowed in ((400, False), (3599, False), (3602, True)):
        set_clock(monkeypatch, began + later_s)  # five minutes are how long a cache keeps by itself
        assert within_limit(key="a", most=3, seconds=3600) is allowed, later_s


def test_two_at_the_same_moment_do_not_take_the_same_place(counted, monkeypatch):
    behind = throttle._so_far("a", 3600)[0], 0  # both have read that nobody was there yet
    monkeypatch.setattr(throttle, "_so_far", lambda *_: behind)
    assert [within_limit(key="a", most=2, seconds=3600) for _ in range(4)] == [
        True, True, False, False,
    ]  # fmt: skip


def test_however_many_pages_are_remembered_no_limit_is_forgotten(counted):
    within_limit(key="a", most=1, seconds=3600)
    for number in range(700):  # twice what a cache holds that is told nothing
        pages.set(f"page:{number}", "·", 3600)
    assert not within_limit(key="a", most=1, seconds=3600)


@pytest.mark.parametrize(
    ("told", "proxies", "place"),
    [
        ("203.0.113.7", 0, PROXY),  # anybody may write this line
        ("203.0.113.7", 1, "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", 1, "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", 2, "198.51.100.1"),
        ("203.0.113.7", 2, PROXY),  # it came past one of them
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::"),
        ("", 1, PROXY),
    ],
)
def test_who_is_behind_our_proxies_is_counted_by_their_own_address(told, proxies, place, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"x-forwarded-for": told} if told else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=PROXY)
    assert place_of(request) == place


def test_nothing_else_reads_the_address_of_the_proxy():
    source = Path(throttle.__file__).parents[1]
    readers = {path for path in source.rglob("*.py") if "REMOTE_ADDR" in path.read_text()}
    assert readers == {Path(throttle.__file__)}


def set_clock(monkeypatch, now):
    monkeypatch.setattr(time, "time", lambda: now)
    monkeypatch.setattr(in_database, "tz_now", lambda: datetime.fromtimestamp(now, UTC))
