import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minka.core.errors import InvalidInput, NotAllowed, TooLarge, WrongState
from minka.core.models import LedgerEntry, StoredFile
from minka.knowledge.actions import import_rows
from minka.knowledge.actions.imports import confirm_import, discard_import, retry_import
from minka.knowledge.models import Actor, Identifier, Record, SheetImport
from minka.knowledge.sources import intake
from minka.knowledge.sources.intake import run_import, start_import
from tests.factories import ActorFactory, UserFactory
from tests.knowledge.sheets import RUCS, imported, offered, picture, real_file, rows, upload
from tests.services.jobs import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def test_every_row_is_one_record_and_equal_tax_numbers_are_one_actor(team):
    done = imported(by=team, content=rows(40))
    assert (done.state, done.rows_total, done.rows_done, done.records_new) == ("done", 40, 40, 40)
    assert Record.objects.count() == 40
    first = Actor.objects.get(identifiers__value=RUCS[0])
    repeated = Record.objects.filter(values__tax_id=RUCS[0]).count()
    assert (first.record_count, first.records.count()) == (repeated, repeated)
    assert first.other_names.count() == repeated - 1
    assert Actor.objects.count() == done.actors_new == 40 - (repeated - 1)


def test_the_same_file_again_changes_nothing(team):
    imported(by=team, content=rows(40))
    before = picture()
    again = imported(by=team, content=rows(40), name="otro-nombre.csv")
    assert (again.records_new, again.records_unchanged, again.actors_new) == (0, 40, 0)
    after = picture()
    assert (after["records"], after["actors"]) == (before["records"], before["actors"])


def test_a_row_written_twice_in_a_file_is_two_records(team):
    content = f"ruc,razon social\n{RUCS[0]},Uno SAC\n{RUCS[0]},Uno SAC\n"
    assert imported(by=team, content=content).records_new == 2
    assert imported(by=team, content=content).records_new == 0


def test_rows_without_a_valid_number_are_actors_of_their_own(team):
    content = "ruc,razon social\n20100010722,Errado SAC\n,Sin Numero SAC\n,Sin Numero SAC\n"
    done = imported(by=team, content=content, ruc="tax_id")
    assert (done.actors_new, Identifier.objects.count(), done.rows_with_problems) == (3, 0, 1)


def test_a_nameless_row_is_kept_and_finds_its_actor_by_its_number_whichever_comes_first(team):
    done = imported(
        by=team, content=f"ruc;proveedor;x\n{RUCS[0]};NA;1\n{RUCS[1]};NA;2\n{RUCS[0]};Uno SAC;3\n"
    )
    assert (done.records_new, done.actors_new) == (3, 1)
    assert list(Record.objects.order_by("line").values_list("actor__name", flat=True)) == [
        "Uno SAC",
        None,
        "Uno SAC",
    ]
    assert Actor.objects.get().record_count == 2


def test_a_later_source_fills_what_is_empty_and_adds_names_but_overwrites_nothing(team):
    imported(
        by=team,
        content=f"ruc,razon social,correo\n{RUCS[0]},Aceros del Sur SAC,ventas@aceros.example\n",
    )
    imported(
        by=team,
        source="Feria",
        content=f"ruc,empresa,correo,web\n{RUCS[0]},ACEROS SUR,otro@aceros.example,aceros.example\n",
    )
    actor = Actor.objects.get()
    assert (actor.name, actor.email, actor.website) == (
        "Aceros del Sur SAC", "ventas@aceros.example", "https://aceros.example",
    )  # fmt: skip
    assert [name.text for name in actor.other_names.all()] == ["ACEROS SUR"]
    assert "aceros sur" in actor.search_text


def test_a_ror_id_identifies_and_a_sources_own_code_only_under_the_same_name(team):
    header = "id,name\n"
    imported(by=team, content=header + "https://ror.org/00kkbzr26,Academia\n", id="external_id")
    imported(
        by=team,
        source="B",
        content=header + "https://ror.org/00kkbzr26,Academy\n",
        id="external_id",
    )
    assert Actor.objects.count() == 1
    imported(by=team, source="C", content=header + "7,Uno SAC\n7,Otro SAC\n", id="external_id")
    imported(by=team, source="C", content=header + "7,UNO S.A.C.\n7,Uno SAC. \n", id="external_id")
    assert Actor.objects.filter(identifiers__scheme__startswith="source.").count() == 1
    assert Actor.objects.get(name="Uno SAC").record_count == 2


def test_places_give_region_and_position_as_exactly_as_the_row_knows(team):
    header = "razon social,departamento,provincia,distrito,latitud,longitud\n"
    imported(
        by=team,
        content=header
        + "Uno,AREQUIPA,AREQUIPA,CAYMA,,\nDos,Cusco,,,,\nTres,PUNO,,NO EXISTE,,\nCuatro,AREQUIPA,,,-16.4,-71.54\nCinco,,,,,\n",
    )
    found = {one.name: one for one in Actor.objects.select_related("place", "region")}
    assert (found["Uno"].place.name, found["Uno"].region.name) == ("Cayma", "Arequipa")
    assert found["Dos"].place == found["Dos"].region and found["Dos"].latitude is not None
    assert found["Tres"].region.name == "Puno"
    assert (found["Cuatro"].latitude, found["Cuatro"].location_is_exact) == (-16.4, True)
    assert (found["Uno"].location_is_exact, found["Cinco"].latitude) == (False, None)
    assert "cayma arequipa" in found["Uno"].search_text


def test_the_kind_of_a_row_is_understood_in_both_languages(team):
    imported(
        by=team,
        content="razon social,tipo\nUno,Universidad\nDos,mining company\nTres,METS\nCuatro,???\n",
        kind="",
    )
    kinds = dict(Actor.objects.values_list("name", "kind"))
    assert kinds == {
        "Uno": "university",
        "Dos": "mining_company",
        "Tres": "supplier",
        "Cuatro": "other",
    }


def test_the_columns_of_the_last_import_of_a_source_are_taken_over(team):
    content = "ruc,razon social,nota\n,Uno SAC,x\n"
    imported(by=team, content=content, nota="description")
    assert offered(by=team, content=content).mapping["nota"] == "description"
    assert offered(by=team, content=content).mapping_origin["nota"] == "last_time"


def test_what_a_person_corrected_is_suggested_first_in_any_other_source(team):
    imported(
        by=team,
        content="ruc,razon social,nota interna\n,Uno SAC,x\n",
        **{"nota interna": "description"},
    )
    other = offered(
        by=team, content="NOTA_INTERNA,empresa,descripcion\nx,Dos SAC,y\n", source="Otra"
    )
    assert other.mapping == {"NOTA_INTERNA": "description", "empresa": "name", "descripcion": ""}
    assert other.mapping_origin == {"NOTA_INTERNA": "learnt"}
    imported(
        by=team,
        content="nota interna,empresa\nx,Tres SAC\n",
        source="C",
        **{"nota interna": "activity"},
    )
    last = offered(by=team, content="nota interna,empresa\nx,Cuatro SAC\n", source="D")
    assert last.mapping["nota interna"] == "activity"  # the latest word


def test_an_import_is_confirmed_once_runs_in_the_background_and_is_in_the_ledger(team):
    sheet_import = offered(by=team, content=rows(12))
    settled = {"mapping": sheet_import.mapping, "default_kind": "supplier"}
    confirm_import(by=team, sheet_import=sheet_import, **settled)
    with pytest.raises(WrongState):
        confirm_import(by=team, sheet_import=SheetImport.objects.get(pk=sheet_import.pk), **settled)
    assert run_jobs() >= 1
    sheet_import.refresh_from_db()
    assert sheet_import.state == "done"
    verbs = list(LedgerEntry.objects.order_by("position").values_list("verb", flat=True))
    assert verbs[:2] == ["knowledge.import_confirm", "knowledge.import_finish"]
    finished = LedgerEntry.objects.get(verb="knowledge.import_finish")
    assert finished.details["records_new"] == 12


def test_a_sheet_without_a_name_column_is_not_confirmed(team):
    sheet_import = offered(by=team, content=rows(3))
    with pytest.raises(InvalidInput):
        confirm_import(by=team, sheet_import=sheet_import, mapping={"ruc": "tax_id"})


def test_what_stops_an_import_is_told_and_going_on_leaves_what_an_undisturbed_run_leaves(
    team, monkeypatch
):
    monkeypatch.setattr(intake, "CHUNK_ROWS", 10)
    keep, calls = intake.keep_rows, []

    def stumbles(**chunk):
        calls.append(chunk["start"])
        if len(calls) == 3:
            raise OSError("the disk is gone")
        return keep(**chunk)

    monkeypatch.setattr(intake, "keep_rows", stumbles)
    stopped = imported(by=team, content=rows(45))
    assert (stopped.state, stopped.rows_done) == ("failed", 20)
    assert "disk" not in stopped.error and len(stopped.error) > 40
    assert Record.objects.count() == 20
    retry_import(by=team, sheet_import=stopped)
    run_jobs()
    assert calls == [0, 10, 20, 20, 30, 40]
    disturbed = picture()
    Record.objects.all().delete()
    SheetImport.objects.all().delete()
    Actor.objects.all().delete()
    imported(by=team, content=rows(45))
    assert disturbed == picture()


def test_two_workers_on_one_import_keep_every_row_once(team, monkeypatch):
    monkeypatch.setattr(intake, "CHUNK_ROWS", 10)
    sheet_import = offered(by=team, content=rows(30))
    confirm_import(by=team, sheet_import=sheet_import, mapping=sheet_import.mapping)
    keep = intake.keep_rows

    def meanwhile(**chunk):
        monkeypatch.setattr(intake, "keep_rows", keep)
        assert run_import(import_id=sheet_import.pk) == "done"
        return keep(**chunk)

    monkeypatch.setattr(intake, "keep_rows", meanwhile)
    assert run_import(import_id=sheet_import.pk) == "left to another worker"
    sheet_import.refresh_from_db()
    assert (sheet_import.state, sheet_import.rows_done, Record.objects.count()) == ("done", 30, 30)


def test_an_identity_registered_meanwhile_is_taken_up_not_an_error(team, monkeypatch):
    desk, raced = import_rows.ActorDesk.save, []

    def race(self):
        if not raced:
            raced.append(True)
            raise import_rows.IntegrityError("identifier_one_actor")
        return desk(self)

    monkeypatch.setattr(import_rows.ActorDesk, "save", race)
    done = imported(by=team, content=rows(10))
    assert (done.state, Record.objects.count()) == ("done", 10)


def test_a_discarded_import_is_over(team):
    sheet_import = discard_import(by=team, sheet_import=offered(by=team, content=rows(3)))
    assert run_import(import_id=sheet_import.pk) == "nothing to do"
    with pytest.raises(WrongState):
        retry_import(by=team, sheet_import=sheet_import)


def test_only_the_team_imports():
    stranger = UserFactory()
    with pytest.raises(NotAllowed):
        start_import(by=stranger, upload=upload(rows(3)), source_name="Padrón")
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "vacio.csv"),
        (b"%PDF-1.7 \n%%EOF", "padron.csv"),
        (b"ruc,razon social\n", "solo.csv"),
        (b"\x00\x01" * 300, "x.csv"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence_and_not_kept(team, content, name):
    with pytest.raises(InvalidInput) as refused:
        start_import(by=team, upload=upload(content, name), source_name="Padrón")
    assert len(str(refused.value)) > 20
    assert (StoredFile.objects.count(), SheetImport.objects.count()) == (0, 0)


def test_a_file_over_the_limit_is_refused(team, settings):
    settings.MINKA_UPLOAD_MAX_BYTES = 100
    with pytest.raises(TooLarge):
        start_import(by=team, upload=upload(rows(10)), source_name="Padrón")


def test_a_later_import_keeps_the_actor_that_a_person_registered(team):
    actor = ActorFactory(name="Mi Empresa SAC", description="Escrita por nosotros")
    Identifier.objects.create(actor=actor, scheme="pe.ruc", value=RUCS[0])
    imported(by=team, content=f"ruc,razon social,descripcion\n{RUCS[0]},MI EMPRESA,De un padrón\n")
    actor.refresh_from_db()
    assert (Actor.objects.count(), actor.name, actor.description) == (
        1,
        "Mi Empresa SAC",
        "Escrita por nosotros",
    )


def test_the_real_suppliers_are_all_kept_in_few_statements_and_once(team):
    content = real_file("conosce_proveedores.csv")
    with CaptureQueriesContext(connection) as asked:
        done = imported(by=team, content=content)
    assert (done.rows_done, done.records_new, Record.objects.count()) == (3304, 3304, 3304)
    assert len(asked) < 150  # for each 500 rows a dozen, not one for each row
    before = Actor.objects.count()
    again = imported(by=team, content=content)
    assert (again.records_new, again.records_unchanged, Actor.objects.count()) == (0, 3304, before)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("conosce_entidades.csv", 1435),
        ("ror_orgs_spanish_speaking.csv", 3512),
        ("raw/DATA_CONSOLIDADA_120.csv", 116),
        ("raw/DATA_CONSOLIDADA_520.csv", 460),
        ("raw/DATOS_api_oct.csv", 551),
    ],
)
def test_rows_in_are_records_kept(team, name, count):
    done = imported(by=team, content=real_file(name), name=name.rsplit("/", maxsplit=1)[-1])
    assert (done.state, done.error) == ("done", "")
    assert done.rows_total == done.rows_done == done.records_new == Record.objects.count() == count
