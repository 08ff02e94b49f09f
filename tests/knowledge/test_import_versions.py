"""A newer version of a source: what it changes, before and after it is applied."""

import pytest

from minka.knowledge.actions import import_undo as undoing
from minka.knowledge.actions.imports import confirm_import
from minka.knowledge.models import Actor, Record
from minka.knowledge.queries.likeness import already_here
from minka.knowledge.sources.difference import compare
from minka.knowledge.sources.examination import examine
from minka.knowledge.sources.intake import opened, run_import
from tests.knowledge.sheets import RUCS, imported, offered, picture, rows
from tests.services.jobs import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
HEADER = "ruc,razon social,departamento,telefono\n"
OLD = (
    HEADER
    + f"{RUCS[0]},Uno SAC,AREQUIPA,054 555123\n{RUCS[1]},Dos SAC,PUNO,\n"
    + ",Tres SAC,LIMA,01 4445566\n,Cuatro SAC,LIMA,\n"
)
NEW = (
    HEADER
    + ",Cinco SAC,ICA,\n"
    + f"{RUCS[0]},Uno Perú SAC,AREQUIPA,\n{RUCS[1]},Dos SAC,PUNO,\n"
    + ",Tres SAC,LIMA,01 4445577\n"
)


def difference(sheet_import):
    with opened(sheet_import) as sheet:
        return compare(sheet, sheet_import, sheet_import.mapping, country="PE")


def applied(*, by, content, is_new_version=True):
    sheet_import = offered(by=by, content=content)
    confirm_import(
        by=by,
        sheet_import=sheet_import,
        mapping=sheet_import.mapping,
        default_kind="supplier",
        is_new_version=is_new_version,
    )
    assert run_import(import_id=sheet_import.pk) == "done"
    sheet_import.refresh_from_db()
    return sheet_import


def test_a_newer_version_is_told_cell_by_cell_before_it_is_applied(team):
    imported(by=team, content=OLD)
    before = picture()
    found = difference(offered(by=team, content=NEW))
    counts = (found.known, found.new, found.changed, found.vanished, found.unchanged)
    assert counts == (4, 1, 2, 1, 1)
    assert [(one.line, one.name) for one in found.new_rows] == [(2, "Cinco SAC")]
    assert [one.name for one in found.vanished_rows] == ["Cuatro SAC"]
    assert [(one.name, one.cells) for one in found.changes] == [
        (
            "Uno Perú SAC",
            [("razon social", "Uno SAC", "Uno Perú SAC"), ("telefono", "054 555123", "")],
        ),
        ("Tres SAC", [("telefono", "01 4445566", "01 4445577")]),
    ]
    assert found.looks_like_a_version and picture()["records"] == before["records"]


def test_applied_it_updates_what_it_changes_and_marks_what_vanished(team):
    imported(by=team, content=OLD)
    ids = dict(Actor.objects.values_list("name", "public_id"))
    done = applied(by=team, content=NEW)
    assert (done.records_new, done.records_changed, done.records_vanished) == (3, 2, 1)
    assert Record.objects.count() == 7
    actors = {one.public_id: one for one in Actor.objects.all()}
    assert len(actors) == 5
    uno, tres = actors[ids["Uno SAC"]], actors[ids["Tres SAC"]]
    assert (uno.name, uno.phone) == ("Uno Perú SAC", "")
    assert tres.phone == "+5114445577" and tres.records.count() == 2
    gone = Record.objects.exclude(vanished_at=None)
    assert {one.values["name"]: bool(one.replaced_by_id) for one in gone} == {
        "Uno SAC": True,
        "Tres SAC": True,
        "Cuatro SAC": False,
    }
    assert "Cuatro SAC" in {one.name for one in actors.values()}
    again = difference(offered(by=team, content=NEW))
    assert again.is_nothing and again.unchanged == 4


def test_undone_it_leaves_the_version_before(team):
    imported(by=team, content=OLD)
    before = picture()
    done = applied(by=team, content=NEW)
    undoing.undo_import(by=team, sheet_import=done)
    run_jobs()
    after = picture()
    assert after["records"] == before["records"]
    assert [one[:6] for one in after["actors"]] == [one[:6] for one in before["actors"]]
    assert not Record.objects.exclude(vanished_at=None).exists()


def test_more_rows_of_a_source_let_nothing_vanish(team):
    imported(by=team, content=OLD)
    done = applied(by=team, content=NEW, is_new_version=False)
    assert (done.records_changed, done.records_vanished) == (0, 0)
    assert not Record.objects.exclude(vanished_at=None).exists()


def test_what_comes_back_is_there_again(team):
    imported(by=team, content=OLD)
    applied(by=team, content=NEW)
    back = applied(by=team, content=OLD)
    assert (back.records_new, back.records_unchanged) == (0, 4)
    live = Record.objects.filter(vanished_at=None)
    names = sorted(one.values["name"] for one in live)
    assert names == ["Cuatro SAC", "Dos SAC", "Tres SAC", "Uno SAC"]
    uno = Actor.objects.get(identifiers__value=RUCS[0])
    assert (uno.name, uno.phone) == ("Uno SAC", "+5154555123")


def test_a_list_of_others_does_not_look_like_a_version(team):
    imported(by=team, content=rows(20))
    other = "ruc,razon social,departamento\n" + "".join(
        f",Empresa {n} SAC,LIMA\n" for n in range(20)
    )
    found = difference(offered(by=team, content=other))
    assert (found.new, found.looks_like_a_version) == (20, False)
    assert difference(offered(by=team, content=other, source="Otra")) is None


def test_rows_that_share_a_number_are_told_apart_by_their_names(team):
    branches = "".join(f"{RUCS[0]},Sede {n} SAC,LIMA,0144455{n}0\n" for n in range(10, 14))
    imported(by=team, content=HEADER + branches)
    moved = branches.replace("Sede 12 SAC,LIMA", "Sede 12 SAC,ICA").replace("01444551", "01444661")
    reversed_rows = "".join(sorted(moved.splitlines(keepends=True), reverse=True))
    found = difference(offered(by=team, content=HEADER + reversed_rows))
    assert (found.new, found.vanished, found.changed) == (0, 0, 4)
    assert {column for one in found.changes for column, _old, _new in one.cells} == {
        "telefono",
        "departamento",
    }


def likeness(team, content, source="Otra"):
    sheet_import = offered(by=team, content=content, source=source)
    with opened(sheet_import) as sheet:
        found = examine(sheet, sheet_import.mapping, country="PE", default_kind="")
    return already_here(viewer=team, candidates=found.candidates)


def test_rows_that_are_likely_here_are_counted_before_anything_is_kept(team):
    imported(by=team, content=OLD)
    content = (
        HEADER
        + f"{RUCS[0]},Otra Cosa SRL,LIMA,\n"  # the number says so
        + ",TRES S. A. C.,,\n,Cuatro,LIMA,\n"  # the name, in any form; and the place or none
        + ",Tres SAC,PUNO,\n"  # a namesake elsewhere
        + ",Tres E.I.R.L.,LIMA,\n"  # another form
        + f"{RUCS[2]},Dos SAC,PUNO,\n{RUCS[3]},Siete SAC,LIMA,\n"  # another number; nobody
    )
    found = likeness(team, content)
    assert (found.by_number, found.by_name, found.total) == (1, 2, 3)
    assert [(one.line, one.actor.name, one.by_number) for one in found.examples] == [
        (2, "Uno SAC", True),
        (3, "Tres SAC", False),
        (4, "Cuatro SAC", False),
    ]
