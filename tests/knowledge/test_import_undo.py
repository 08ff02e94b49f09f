"""Cancelling an import, and taking one back."""

import pytest

from minka.core.errors import NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.knowledge.actions import import_undo as undoing
from minka.knowledge.actions.actors import change_actor, create_organisation
from minka.knowledge.actions.identity import join
from minka.knowledge.actions.imports import cancel_import, confirm_import, retry_import
from minka.knowledge.models import Actor, ActorName, Identifier, PairQuestion, Record
from minka.knowledge.sources import intake
from minka.knowledge.sources.intake import run_import
from tests.factories import MembershipFactory, UserFactory
from tests.knowledge.sheets import RUCS, imported, offered, picture, rows
from tests.services.jobs import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def undone(*, by, sheet_import):
    undoing.undo_import(by=by, sheet_import=sheet_import)
    run_jobs()
    sheet_import.refresh_from_db()
    return sheet_import


def test_a_running_import_is_cancelled_between_two_chunks_and_goes_on_where_it_stood(
    team, monkeypatch
):
    monkeypatch.setattr(intake, "CHUNK_ROWS", 10)
    sheet_import = offered(by=team, content=rows(45))
    confirm_import(by=team, sheet_import=sheet_import, mapping=sheet_import.mapping)
    keep = intake.keep_rows

    def cancelled_after_two(**chunk):
        if chunk["start"] == 20:
            cancel_import(by=team, sheet_import=chunk["sheet_import"])
        return keep(**chunk)

    monkeypatch.setattr(intake, "keep_rows", cancelled_after_two)
    assert run_import(import_id=sheet_import.pk) == "cancelled"
    sheet_import.refresh_from_db()
    assert (sheet_import.state, sheet_import.rows_done) == ("cancelled", 20)
    assert Record.objects.count() == 20
    monkeypatch.setattr(intake, "keep_rows", keep)
    retry_import(by=team, sheet_import=sheet_import)
    run_jobs()
    sheet_import.refresh_from_db()
    assert (sheet_import.state, sheet_import.rows_done, Record.objects.count()) == ("done", 45, 45)
    assert "knowledge.import_cancel" in LedgerEntry.objects.values_list("verb", flat=True)


def test_what_has_ended_is_not_cancelled(team):
    with pytest.raises(WrongState):
        cancel_import(by=team, sheet_import=imported(by=team, content=rows(3)))


def test_an_undone_import_leaves_nothing_and_can_be_applied_again(team, monkeypatch):
    monkeypatch.setattr(undoing, "CHUNK", 7)
    first = imported(by=team, content=rows(40))
    before = picture()
    undone(by=team, sheet_import=first)
    assert (first.state, first.rows_done, first.actors_new) == ("undone", 0, 0)
    for model in (Record, Actor, ActorName, Identifier):
        assert model.objects.count() == 0
    verbs = list(LedgerEntry.objects.order_by("position").values_list("verb", flat=True))
    assert verbs[-2:] == ["knowledge.import_undo", "knowledge.import_undone"]
    retry_import(by=team, sheet_import=first)
    run_jobs()
    assert picture() == before


BOTH = "ruc,empresa,correo,web\n{ruc},Uno SAC,{mail},{web}\n"


def test_undoing_one_source_leaves_what_another_says(team):
    imported(by=team, content=BOTH.format(ruc=RUCS[0], mail="a@uno.example", web=""))
    alone = picture()
    second = imported(
        by=team,
        source="Feria",
        content=f"id,ruc,empresa,correo,web\nF7,{RUCS[0]},UNO PERU,b@uno.example,uno.example\n",
        id="external_id",
    )
    actor = Actor.objects.get()
    assert (actor.website, actor.identifiers.count()) == ("https://uno.example", 2)
    assert actor.other_names.count() == 1
    undone(by=team, sheet_import=second)
    after = picture()
    assert (after["actors"], after["records"]) == (alone["actors"], alone["records"])


def test_what_a_person_wrote_stays_when_the_source_that_said_it_first_goes(team):
    content = BOTH.format(ruc=RUCS[0], mail="a@uno.example", web="uno.example")
    first = imported(by=team, content=content)
    actor = Actor.objects.get()
    MembershipFactory(actor=actor, user=team)
    change_actor(by=team, actor=actor, changes={"email": "nuestro@uno.example"})
    undone(by=team, sheet_import=first)
    actor.refresh_from_db()
    assert (actor.name, actor.email, actor.website) == ("Uno SAC", "nuestro@uno.example", "")
    assert (actor.record_count, Identifier.objects.count()) == (0, 0)


def test_an_organisation_that_somebody_registered_or_belongs_to_is_never_taken_away(team):
    own = create_organisation(
        by=UserFactory(), name="Mía SAC", kind="supplier", region=None, tax_id=RUCS[0]
    )
    own.memberships.all().delete()
    content = f"ruc,empresa\n{RUCS[0]},Mía SAC\n{RUCS[1]},Otra SAC\n{RUCS[2]},Nadie SAC\n"
    first = imported(by=team, content=content)
    MembershipFactory(actor=Actor.objects.get(name="Otra SAC"))
    undone(by=team, sheet_import=first)
    assert set(Actor.objects.values_list("name", flat=True)) == {"Mía SAC", "Otra SAC"}
    assert own.identifiers.get().value == RUCS[0]


def test_a_question_of_the_machine_keeps_nobody_but_an_answer_of_a_person_does(team):
    content = "empresa,telefono\nUno SAC,1\nUno Perú SAC,2\nDos SAC,3\nDos Perú SAC,4\n"
    first = imported(by=team, content=content)
    one, two, three, four = Actor.objects.order_by("pk")
    PairQuestion.objects.create(left=one, right=two, probability=0.7)
    asked = PairQuestion.objects.create(left=three, right=four, probability=0.7)
    asked.answers.create(by=team, verdict="different")
    undone(by=team, sheet_import=first)
    assert set(Actor.objects.all()) == {three, four}


def test_what_the_machine_alone_had_joined_goes_as_well(team):
    content = (
        "empresa,correo,telefono\n" + 2 * "Aceros Andinos del Sur SAC,a@aas.example,054 555123\n"
    )
    first = imported(by=team, content=content)
    keep, gone = Actor.objects.order_by("pk")
    join(pairs=[(keep.pk, gone.pk)], by=None, probabilities=[0.99])
    assert Actor.objects.filter(merged_into=keep).count() == 1
    undone(by=team, sheet_import=first)
    assert Actor.objects.count() == 0


def test_an_import_on_which_a_later_one_builds_is_not_undone_before_it(team):
    first = imported(by=team, content=rows(10))
    second = imported(by=team, content=rows(12))
    with pytest.raises(WrongState):
        undoing.undo_import(by=team, sheet_import=first)
    undone(by=team, sheet_import=second)
    assert Record.objects.count() == 10
    assert set(Record.objects.values_list("last_import", flat=True)) == {first.pk}
    assert undone(by=team, sheet_import=first).state == "undone"
    assert Actor.objects.count() == 0


def test_undoing_that_was_cut_off_goes_on(team, monkeypatch):
    monkeypatch.setattr(undoing, "CHUNK", 10)
    first = imported(by=team, content=rows(40))
    undoing.undo_import(by=team, sheet_import=first)
    drop, calls = undoing._take_back, []

    def stumbles(some):
        calls.append(len(some))
        drop(some)
        if len(calls) == 3:
            raise OSError

    monkeypatch.setattr(undoing, "_take_back", stumbles)
    run_jobs()
    first.refresh_from_db()
    assert (first.state, Record.objects.count()) == ("undoing", 20)  # the third was rolled back
    assert first.error
    undoing.undo_import(by=team, sheet_import=first)
    run_jobs()
    first.refresh_from_db()
    assert (first.state, Record.objects.count(), Actor.objects.count()) == ("undone", 0, 0)


def test_only_the_team_cancels_and_undoes(team):
    done, stranger = imported(by=team, content=rows(3)), UserFactory()
    for act in (undoing.undo_import, cancel_import):
        with pytest.raises(NotAllowed):
            act(by=stranger, sheet_import=done)
    with pytest.raises(WrongState):
        undoing.undo_import(by=team, sheet_import=offered(by=team, content=rows(4)))
