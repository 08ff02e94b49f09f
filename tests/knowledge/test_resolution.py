import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from minka.core import jobs
from minka.core.errors import InvalidInput, NotAllowed
from minka.core.models import LedgerEntry
from minka.core.standing_jobs import make_up
from minka.knowledge.actions import resolution
from minka.knowledge.actions.actors import change_actor
from minka.knowledge.actions.bands import change_bands
from minka.knowledge.actions.identity import split_actor, undo_resolution
from minka.knowledge.actions.imports import RESOLVE
from minka.knowledge.actions.resolution import resolve_actors, resolve_import, resolve_waiting
from minka.knowledge.models import (
    Actor,
    Bands,
    Identifier,
    PairQuestion,
    ResolutionStep,
    SheetImport,
)
from minka.knowledge.sources.expectations import EXPECTED
from minka.knowledge.tasks import resolve_import as resolve_job
from tests.factories import UserFactory
from tests.knowledge.resolution import number, recorded, source_of
from tests.knowledge.sheets import RUCS, imported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("careful")]

FIRST = (
    "razon social,correo,telefono,departamento\n"
    "Metalmecánica Andahuasi S.A.C.,ventas@andahuasi.example,054 555123,AREQUIPA\n"
    "Servicios Ukuku E.I.R.L.,,,CUSCO\n"
    "Transportes Pampa S.A.,info@pampa.example,,PUNO\n"
)
SECOND = (
    "nombre,email,fono,region\n"
    "METALMECANICA ANDAHUASI SAC,ventas@andahuasi.example,(054) 555-123,AREQUIPA\n"
    "SERVICIOS UKUKU,,,CUSCO\n"
    "Boticas Illimani,hola@illimani.example,,PUNO\n"
)
ALONE = "nombre,email,fono,region\nBodegas Sin Par,,,PUNO\n"


def resolved(team, content, source):
    sheet_import = imported(by=team, content=content, source=source)
    return resolve_import(import_id=sheet_import.pk)


def test_what_is_certain_is_joined_what_is_likely_asked_the_rest_left(team, places):
    resolved(team, FIRST, "Cámara")
    done = resolved(team, SECOND, "Feria")
    assert done["joined"] == 1
    joined = Actor.objects.get(name="Metalmecánica Andahuasi S.A.C.", state="live")
    assert joined.record_count == 2
    step = ResolutionStep.objects.get()
    assert (step.by, step.actor, step.probability > 0.9) == (None, joined, True)
    (asked,) = PairQuestion.objects.filter(state="waiting", audit="")
    names = {asked.sides["left"]["name"], asked.sides["right"]["name"]}
    assert names == {"Servicios Ukuku E.I.R.L.", "SERVICIOS UKUKU"}
    assert Actor.objects.filter(state="live").count() == 5
    assert LedgerEntry.objects.last().details == done


def test_doing_it_again_changes_nothing(team, places):
    first = imported(by=team, content=FIRST, source="Cámara")
    resolve_import(import_id=first.pk)
    second = imported(by=team, content=SECOND, source="Feria")
    resolve_import(import_id=second.pk)
    before = (ResolutionStep.objects.count(), PairQuestion.objects.filter(audit="").count())
    assert resolve_import(import_id=second.pk) == {"joined": 0, "asked": 0}
    assert (ResolutionStep.objects.count(), PairQuestion.objects.filter(audit="").count()) == before
    assert resolve_import(import_id=0) == {"joined": 0, "asked": 0}


def waiting_imports():
    return [key for (key,) in jobs.waiting(RESOLVE).values()]


def test_imports_that_wait_are_resolved_with_the_first_and_leave_the_queue(team, places):
    first = imported(by=team, content=FIRST, source="Cámara")
    second = imported(by=team, content=SECOND, source="Feria")
    undone = imported(by=team, content=ALONE, source="Otra feria")
    SheetImport.objects.filter(pk=undone.pk).update(state="undone", finished_at=None)
    assert waiting_imports() == [first.pk, second.pk, undone.pk]
    done = resolve_waiting(import_id=first.pk)
    assert done["joined"] == 1
    assert waiting_imports() == []
    told = LedgerEntry.objects.filter(verb="knowledge.import_resolve").order_by("position")
    assert [one.details for one in told] == [done | {"imports": 2}] * 2


def test_a_worker_killed_on_the_way_leaves_every_import_in_the_queue(team, places, monkeypatch):
    first = imported(by=team, content=FIRST, source="Cámara")
    second = imported(by=team, content=SECOND, source="Feria")

    def killed(**_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(resolution, "ask", killed)
        with pytest.raises(KeyboardInterrupt):
            resolve_waiting(import_id=first.pk)
    assert waiting_imports() == [first.pk, second.pk]
    assert resolve_waiting(import_id=first.pk)["asked"] >= 1
    assert ResolutionStep.objects.count() == 1
    assert waiting_imports() == []


def test_a_row_that_was_corrected_is_found_by_what_it_says_now(team, places):
    first = imported(by=team, content=FIRST, source="Cámara")
    resolve_import(import_id=first.pk)
    ukuku = Actor.objects.get(name="Servicios Ukuku E.I.R.L.")
    changes = {"name": "Boticas Illimani S.R.L.", "email": "hola@illimani.example"}
    change_actor(by=team, actor=ukuku, changes=changes)
    second = imported(by=team, content=SECOND, source="Feria")
    resolve_import(import_id=second.pk)
    told = ResolutionStep.objects.values_list("actor__public_id", "other__name")
    asked = PairQuestion.objects.filter(audit="").values_list("left__public_id", "right__name")
    assert (ukuku.public_id, "Boticas Illimani") in {*told, *asked}


def test_the_job_resolves_with_the_trained_engine(team, places):
    for content, source in ((FIRST, "Cámara"), (SECOND, "Feria")):
        sheet_import = imported(by=team, content=content, source=source)
        done = resolve_job.func(sheet_import.pk)
    assert done["joined"] >= 1
    assert Actor.objects.get(name="Metalmecánica Andahuasi S.A.C.", state="live").record_count == 2
    assert Actor.objects.filter(name="Boticas Illimani", state="live").exists()


def test_two_valid_tax_ids_are_not_even_asked_about(team):
    same = {"email": ["a@andes.example"], "phone": ["054555123"]}
    one, other = recorded("Aceros Andes", **same), recorded("Aceros Andes", **same)
    number(one, RUCS[0])
    number(other, RUCS[1])
    assert resolve_actors(new=[one.pk, other.pk]) == {"joined": 0, "asked": 0}
    third = recorded("Aceros Andes", **same)  # it fits both: a person says to which it belongs
    assert resolve_actors(new=[third.pk]) == {"joined": 0, "asked": 2}
    holders = Identifier.objects.filter(value__in=RUCS[:2]).values_list("actor", flat=True)
    assert len(set(holders)) == 2
    asked = set(PairQuestion.objects.values_list("left", "right"))
    assert asked == {(one.pk, third.pk), (other.pk, third.pk)}


def test_what_a_person_took_apart_is_never_joined_again(team):
    same = {"email": ["a@andes.example"], "phone": ["054555123"]}
    one, other = recorded("Aceros Andes", **same), recorded("Aceros Andes", **same)
    resolve_actors(new=[one.pk, other.pk])
    undo_resolution(by=team, step=ResolutionStep.objects.get())
    assert resolve_actors(new=[one.pk, other.pk]) == {"joined": 0, "asked": 0}
    third = recorded("Aceros Andes", **same)
    assert resolve_actors(new=[third.pk]) == {"joined": 0, "asked": 2}  # it fits both
    assert Actor.objects.filter(state="live").count() == 3
    (known,) = PairQuestion.objects.exclude(state="waiting")
    assert (known.left, known.right, known.state) == (one, other, "different")


def test_a_row_taken_out_stays_out(team):
    same = {"email": ["a@andes.example"], "phone": ["054555123"]}
    actor = recorded("Aceros Andes", **same)
    recorded("Aceros Andes", actor=actor, **same)
    step = split_actor(by=team, actor=actor, records=[actor.records.last()])
    assert resolve_actors(new=[actor.pk, step.other_id]) == {"joined": 0, "asked": 0}


def test_a_tax_id_with_a_typing_error_is_compared_and_not_trusted(team):
    one = recorded("Aceros Andes S.A.", email=["a@andes.example"])
    number(one, "20100162076")
    other = recorded("Aceros Andes", tax_id="20100162075")
    resolve_actors(new=[other.pk])
    other.refresh_from_db()
    assert other.merged_into == one
    assert one.identifiers.get().value == "20100162076"


def test_equal_names_alone_go_to_a_person(team):
    one, other = recorded("Comercial Sumaq S.R.L."), recorded("Comercial Sumaq")
    assert resolve_actors(new=[one.pk, other.pk]) == {"joined": 0, "asked": 1}


def test_bands_are_changed_by_the_team_in_order_and_hold(client, team):
    with pytest.raises(NotAllowed):
        change_bands(by=UserFactory(), join_from=0.9, ask_from=0.5)
    for join_from, ask_from in ((0.5, 0.9), (1.2, 0.5), (0.9, 0)):
        with pytest.raises(InvalidInput):
            change_bands(by=team, join_from=join_from, ask_from=ask_from)
    client.force_login(team)
    url = reverse("knowledge:review_bands")
    assert client.post(url, {"join_from": "70", "ask_from": "80"}).status_code == 422
    assert client.post(url, {"join_from": "80", "ask_from": "50"}).status_code == 302
    assert Bands.objects.get().join_from == 0.8
    one, other = recorded("Comercial Sumaq S.R.L."), recorded("Comercial Sumaq")
    assert resolve_actors(new=[one.pk, other.pk]) == {"joined": 1, "asked": 0}
    page = client.get(url).content.decode()
    for one in EXPECTED:
        assert (
            f"{one.precision * 100:.1f}".replace(".", ",") in page
            or f"{one.precision * 100:.1f}" in page
        )


def test_a_sample_of_both_sides_is_put_before_people(team):
    for n in range(30):
        same = {"email": [f"a@empresa{n}.example"]}
        recorded(f"Empresa Singular{n}", **same)
        recorded(f"Empresa Singular{n} SA", **same)
        recorded(f"Singular{n} Norte")
    resolve_actors(new=list(Actor.objects.values_list("pk", flat=True)))
    bands = set(PairQuestion.objects.values_list("audit", flat=True))
    assert bands >= {"joined", "apart"}
    apart = PairQuestion.objects.filter(audit="apart")
    assert apart.first().stands_for >= 1


def test_a_resolution_that_failed_is_tried_again(team):
    sheet_import = SheetImport.objects.get(pk=source_of("Padrón").pk)
    SheetImport.objects.filter(pk=sheet_import.pk).update(state="done", finished_at=timezone.now())
    jobs.enqueue(RESOLVE, sheet_import.pk)
    due = DBTaskResult.objects.filter(task_path=RESOLVE)
    due.update(status="FAILED")
    make_up()
    assert due.filter(status="READY").count() == 1
    due.filter(status="READY").update(status="SUCCESSFUL")
    make_up()
    assert not due.filter(status="READY").exists()
