"""A job reads the rows that its new ones may be near to, however many others there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minka.knowledge.actions.actors import change_actor
from minka.knowledge.actions.identity import merge_actors, undo_resolution
from minka.knowledge.actions.linkage_memory import remember
from minka.knowledge.actions.resolution import resolve_actors
from minka.knowledge.models import Actor, LinkageKey, LinkageWord
from minka.knowledge.queries.linkage_memory import not_remembered
from minka.knowledge.sources.engine import LinkageEngine
from tests.knowledge.resolution import recorded

pytestmark = pytest.mark.django_db
SOUNDS = ("ba", "ke", "di", "lo", "mu", "ra", "sin", "to", "vel", "xi", "chu", "nar")


class Watched(LinkageEngine):
    """Remembers from the first actor on, and tells which rows were compared."""

    def __init__(self):
        super().__init__(many=0, few=9.0)

    def compare(self, rows, *, first, whole=True):
        self.names, self.whole = {row.name for row in rows}, whole
        return super().compare(rows, first=first, whole=whole)


def unlike(number: int) -> str:
    """Return a name that no other number has anything in common with."""
    digits = [number // 144 % 12, number // 12 % 12, number % 12]
    word = "".join(SOUNDS[(digit + place * 5) % 12] for place, digit in enumerate(digits))
    return f"{word}{SOUNDS[(digits[2] * 7 + digits[1]) % 12]}n S.A.C."


def resolved(*actors):
    engine = Watched()
    with CaptureQueriesContext(connection) as statements:
        done = resolve_actors(new=[one.pk for one in actors], engine=engine)
    return engine, done, len(statements)


def known(count, start=0):
    actors = [recorded(unlike(number)) for number in range(start, start + count)]
    resolved(*actors)
    return actors


def newcomer(number):
    old = recorded(f"Metalmecánica Huayrapunku {number} S.R.L.", email=["a@huayra.pe"])
    resolved(old)
    return old, recorded(
        f"METALMECANICA HUAYRAPUNKU {number} SRL", email=["a@huayra.pe"], source="Feria"
    )


def test_neither_statements_nor_rows_grow_with_what_exists():
    known(12)
    _old, new = newcomer(1)
    few, done, statements = resolved(new)
    assert done["joined"] == 1 and not few.whole
    known(60, start=12)
    assert LinkageWord.objects.get(word="").names > 60
    _old, new = newcomer(2)
    many, done, more = resolved(new)
    assert done["joined"] == 1 and not many.whole
    assert len(many.names) <= len(few.names) + 2  # both of the first pair are near, too
    assert more <= statements + 2


def test_a_row_finds_an_actor_by_what_was_merged_into_it(team):
    known(8)
    keep, gone = recorded("Quillabamba Perforaciones SAC"), recorded("Taladros Sumaq EIRL")
    resolved(keep, gone)
    merge_actors(by=team, keep=keep, gone=gone)
    like = recorded("TALADROS SUMAQ E.I.R.L.", source="Feria")
    engine, _done, _count = resolved(like)
    assert "Quillabamba Perforaciones SAC" in engine.names


def test_after_the_undoing_of_a_merge_only_the_one_that_is_meant_is_read(team):
    known(8)
    keep, gone = recorded("Quillabamba Perforaciones SAC"), recorded("Taladros Sumaq EIRL")
    resolved(keep, gone)
    undo_resolution(by=team, step=merge_actors(by=team, keep=keep, gone=gone))
    engine, _done, _count = resolved(recorded("TALADROS SUMAQ E.I.R.L.", source="Feria"))
    assert "Taladros Sumaq EIRL" in engine.names
    assert "Quillabamba Perforaciones SAC" not in engine.names


def test_what_a_person_changes_is_read_again_by_the_next_job(team):
    others = known(8)
    assert not not_remembered()
    change_actor(by=team, actor=others[0], changes={"name": "Geodesia Wanka S.A."})
    assert not_remembered() == [others[0].pk]
    engine, _done, _count = resolved(recorded("GEODESIA WANKA SA", source="Feria"))
    assert "Geodesia Wanka S.A." in engine.names
    assert not not_remembered()


def test_a_job_done_twice_counts_its_words_once():
    actors = known(5)
    before = dict(LinkageWord.objects.values_list("word", "names"))
    Actor.objects.update(is_remembered=False)
    resolved(actors[0])
    assert dict(LinkageWord.objects.values_list("word", "names")) == before


def test_a_small_map_remembers_nothing():
    engine = LinkageEngine()
    one, other = recorded("Minera Uno SAC"), recorded("Talleres Dos SRL")
    resolve_actors(new=[one.pk, other.pk], engine=engine)
    assert not LinkageKey.objects.exists()


def test_an_actor_touched_often_is_found_as_before(team):
    others = known(8)
    for turn in range(25):  # more often than a key may have rows
        change_actor(by=team, actor=others[0], changes={"email": f"a{turn}@wanka.pe"})
        resolved(recorded(unlike(500 + turn)))
    assert not not_remembered()
    engine, _done, _count = resolved(recorded(others[0].name, source="Feria"))
    assert others[0].name in engine.names
    told = LinkageKey.objects.filter(actor_key=others[0].pk)
    assert told.count() < 30
    assert told.count() == told.values("key", "region", "start").distinct().count()


def test_what_was_remembered_of_one_that_was_merged_goes_with_its_heir(team):
    known(8)
    keep, gone = recorded("Quillabamba Perforaciones SAC"), recorded("Taladros Sumaq EIRL")
    resolved(keep, gone)
    merge_actors(by=team, keep=keep, gone=gone)
    change_actor(by=team, actor=keep, changes={"email": "a@quillabamba.pe"})
    engine, _done, _count = resolved(recorded("TALADROS SUMAQ E.I.R.L.", source="Feria"))
    assert "Quillabamba Perforaciones SAC" in engine.names
    assert not LinkageKey.objects.filter(actor_key=gone.pk).exists()


def test_two_jobs_that_remember_the_same_rows_leave_them_once():
    (actor,) = known(1)
    rows = set(LinkageKey.objects.values_list("key", "region", "start", "actor_key"))
    stray = {(1, 2, 3, actor.pk + 100)}  # of an actor that this job does not remember
    for _time in range(2):
        remember(actors=[actor.pk], keys=rows | stray, words={}, sheets={})
    assert LinkageKey.objects.count() == len(rows | stray)
