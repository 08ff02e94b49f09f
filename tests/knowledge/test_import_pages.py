"""The import as a person sees it."""

import io

import openpyxl
import pytest
from django.urls import reverse

from minka.knowledge.models import Actor, Record, SheetImport
from minka.knowledge.queries.work import work_items
from tests.factories import UserFactory
from tests.knowledge.sheets import RUCS, imported, offered, rows, statements, upload
from tests.services.jobs import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
SPANISH = {"HTTP_ACCEPT_LANGUAGE": "es"}


@pytest.fixture
def desk(client, team):
    client.force_login(team)
    client.defaults.update(SPANISH)
    return client


def send(desk, content, name="padron.csv", source="Padrón"):
    return desk.post(
        reverse("knowledge:import_new"), {"upload": upload(content, name), "source_name": source}
    )


def columns(sheet_import, **chosen):
    """Return the form of the columns page: as suggested, but for what is chosen by header."""
    headers = list(sheet_import.mapping)
    mapping = sheet_import.mapping | chosen
    ordered = sorted(headers, key=lambda header: ORDER.index(header) if header in ORDER else 99)
    return {f"column-{i}": mapping[header] for i, header in enumerate(ordered)} | {
        "country": "PE",
        "default_kind": "supplier",
        "version": "more",
    }


ORDER = ["ruc", "razon_social", "departamento", "provincia", "distrito", "correo", "rubros"]


def test_from_the_file_to_the_summary(desk):
    answer = send(desk, rows(30))
    sheet_import = SheetImport.objects.get()
    mapping_url = reverse("knowledge:import_mapping", args=[sheet_import.pk])
    assert answer.url == mapping_url
    page = desk.get(mapping_url).content.decode()
    assert "Servicios Andinos 0 S.A.C." in page and "Cayma, Arequipa" in page
    confirmed = desk.post(mapping_url, columns(sheet_import) | {"confirm": "yes"})
    assert confirmed.url == reverse("knowledge:import_progress", args=[sheet_import.pk])
    waiting = desk.get(confirmed.url, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" in waiting and "<html" not in waiting
    run_jobs()
    done = desk.get(confirmed.url, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in done and "Organizaciones nuevas" in done
    assert (Record.objects.count(), Actor.objects.filter(kind="supplier").count()) == (
        30,
        Actor.objects.count(),
    )
    assert desk.get(mapping_url).url == confirmed.url
    assert desk.post(mapping_url, columns(sheet_import) | {"confirm": "yes"}).url == confirmed.url
    assert Record.objects.count() == 30


def test_the_preview_follows_the_choice_and_counts_problems_over_the_whole_sheet(desk):
    bad = "".join(f"2010001072{n % 10},Errada {n} SAC\n" for n in range(2, 42))
    sheet_import = offered(
        by=desk_user(desk),
        content="ruc,razon social\n" + "".join(f"{r},Buena SAC\n" for r in RUCS * 20) + bad,
    )
    url = reverse("knowledge:import_mapping", args=[sheet_import.pk])
    form = {"column-0": "tax_id", "column-1": "name", "country": "PE", "default_kind": ""}
    preview = desk.post(url, form, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in preview
    assert "dígito verificador errado; se conservan sin identificador" in preview
    assert "<strong>36 filas</strong>" in preview
    without = desk.post(
        url, form | {"column-0": ""}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "verificador" not in without
    assert SheetImport.objects.get().state == "uploaded"


def desk_user(desk):
    from minka.core.models import User

    return User.objects.get(pk=desk.session["_auth_user_id"])


def test_two_columns_with_one_meaning_are_not_confirmed(desk):
    sheet_import = offered(by=desk_user(desk), content=rows(3))
    answer = desk.post(
        reverse("knowledge:import_mapping", args=[sheet_import.pk]),
        columns(sheet_import, rubros="name") | {"confirm": "yes"},
    )
    assert answer.status_code == 422
    assert "Dos columnas no pueden ser" in answer.content.decode()
    assert SheetImport.objects.get().state == "uploaded"


def test_the_same_file_again_is_said_to_change_nothing(desk):
    imported(by=desk_user(desk), content=rows(8))
    page = desk.get(send(desk, rows(8)).url).content.decode()
    assert "Este archivo ya está en el mapa: nada cambia" in page


def bytes_of(workbook):
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_a_workbook_with_formulas_and_merged_cells_is_read_or_says_what_it_lacks(desk):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Proveedores"
    sheet.append(["Padrón de proveedores 2026"])
    sheet.merge_cells("A1:C1")
    sheet.append(["RUC", "Razón social", "Suma"])
    sheet.append([RUCS[0], "Uno SAC", "=1+1"])
    sheet.append([RUCS[1], "Dos SAC", "=A1"])
    workbook.create_sheet("Otra").append(["RUC", "Razón social"])
    workbook["Otra"].append([RUCS[2], "Tres SAC"])
    answer = send(desk, bytes_of(workbook), "libro.xlsx")
    first, second = SheetImport.objects.order_by("pk")
    assert (first.sheet, second.sheet, first.rows_total) == ("Proveedores", "Otra", 2)
    page = desk.get(answer.url).content.decode()
    assert "fórmulas no tienen un resultado guardado" in page
    assert "Uno SAC" in page and reverse("knowledge:import_mapping", args=[second.pk]) in page


def test_duplicate_headers_and_another_encoding_are_told_and_read(desk):
    content = "ruc;razón social;teléfono;teléfono\n20100010721;Ñandú SAC;054555123;\n".encode(
        "latin-1"
    )
    page = desk.get(send(desk, content).url).content.decode()
    assert "Ñandú SAC" in page
    assert "se numeraron para distinguirlas" in page and "no se guardó en UTF-8" in page


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "vacio.csv", "vacío"),
        (b"%PDF-1.7 \n%%EOF", "padron.csv", "no es de un tipo aceptado"),
        (b"PK\x03\x04 broken", "libro.xlsx", "no es de un tipo aceptado"),
        (b"ruc,razon social\n", "solo.csv", "ninguna fila debajo"),
        (b'ruc,razon social\n1,"sin cerrar\n', "comilla.csv", "no se cierra nunca"),
    ],
)
def test_bad_files_get_a_clear_sentence_beside_the_field(desk, content, name, words):
    answer = send(desk, content, name)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="Padrón"' in answer.content.decode()
    assert SheetImport.objects.count() == 0


def test_a_file_over_the_limit_gets_a_clear_sentence(desk, settings):
    settings.MINKA_UPLOAD_MAX_BYTES = 200
    answer = send(desk, rows(30))
    assert answer.status_code == 422
    assert "MB" in answer.content.decode()


def test_a_stopped_import_says_why_and_can_go_on(desk, monkeypatch):
    from minka.knowledge.sources import intake

    sheet_import = imported(by=desk_user(desk), content=rows(9))
    stuck = offered(by=desk_user(desk), content=rows(12))
    desk.post(
        reverse("knowledge:import_mapping", args=[stuck.pk]), columns(stuck) | {"confirm": "yes"}
    )
    monkeypatch.setattr(intake, "keep_rows", lambda **_: 1 / 0)
    run_jobs()
    url = reverse("knowledge:import_progress", args=[stuck.pk])
    assert "Ocurrió algo inesperado" in desk.get(url).content.decode()
    assert any(item.url == url for item in work_items(viewer=desk_user(desk)))
    monkeypatch.undo()
    assert desk.post(reverse("knowledge:import_retry", args=[stuck.pk])).status_code == 302
    run_jobs()
    stuck.refresh_from_db()
    assert (sheet_import.state, stuck.state, stuck.records_new) == ("done", "done", 3)


def test_strangers_find_no_imports(client):
    sheet_import = imported(by=UserFactory(is_staff=True), content=rows(3))
    client.force_login(UserFactory())
    for name in ("imports", "import_new"):
        assert client.get(reverse(f"knowledge:{name}")).status_code == 403
    for name in ("import_mapping", "import_progress"):
        assert client.get(reverse(f"knowledge:{name}", args=[sheet_import.pk])).status_code == 404
    for name in ("import_retry", "import_discard"):
        assert client.post(reverse(f"knowledge:{name}", args=[sheet_import.pk])).status_code == 404
    client.logout()
    assert client.get(reverse("knowledge:imports")).status_code == 302


def test_the_list_of_imports_costs_the_same_however_many(desk):
    costs = []
    for count in (1, 6):
        for n in range(count):
            offered(by=desk_user(desk), content=rows(3), source=f"Fuente {count} {n}")
        costs.append(statements(desk, reverse("knowledge:imports")))
    assert costs[0] == costs[1] <= 7


NEWER = "ruc,razon social,departamento\n"


def test_a_newer_version_and_likely_duplicates_are_shown_before_anything_is_kept(desk):
    team = desk_user(desk)
    imported(
        by=team,
        content=f"{NEWER}{RUCS[0]},Uno SAC,LIMA\n{RUCS[1]},Dos SAC,PUNO\n{RUCS[3]},Tres SAC,ICA\n",
    )
    imported(by=team, source="Feria", content=f"{NEWER}{RUCS[2]},De la Feria SAC,LIMA\n")
    newer = offered(
        by=team,
        content=f"{NEWER}{RUCS[0]},Uno Perú SAC,LIMA\n{RUCS[3]},Tres SAC,ICA\n,De la Feria,LIMA\n",
    )
    url = reverse("knowledge:import_mapping", args=[newer.pk])
    page = desk.get(url).content.decode()
    assert "<del>Uno SAC</del>" in page and "<ins>Uno Perú SAC</ins>" in page
    assert "Filas desaparecidas" in page and "Dos SAC" in page
    assert "1 fila parece una organización que ya está aquí" in page
    assert "Como la vez anterior." in page
    form = {"column-0": "tax_id", "column-1": "name", "column-2": "region", "country": "PE"}
    refused = desk.post(url, form | {"confirm": "yes"})
    assert refused.status_code == 422  # nobody said which of the two it is
    desk.post(url, form | {"confirm": "yes", "version": "version"})
    run_jobs()
    done = desk.get(reverse("knowledge:import_progress", args=[newer.pk])).content.decode()
    assert "Filas que desaparecieron de la lista" in done


def test_an_import_is_cancelled_undone_and_applied_again_on_its_page(desk):
    waiting = offered(by=desk_user(desk), content=rows(12))
    desk.post(
        reverse("knowledge:import_mapping", args=[waiting.pk]),
        columns(waiting) | {"confirm": "yes"},
    )
    url = reverse("knowledge:import_progress", args=[waiting.pk])
    assert "Cancelar la importación" in desk.get(url).content.decode()
    assert desk.post(reverse("knowledge:import_cancel", args=[waiting.pk])).url == url
    assert "La importación se canceló" in desk.get(url).content.decode()
    desk.post(reverse("knowledge:import_retry", args=[waiting.pk]))
    run_jobs()
    assert "Deshacer esta importación" in desk.get(url).content.decode()
    desk.post(reverse("knowledge:import_cancel", args=[waiting.pk]))  # too late: nothing happens
    desk.post(reverse("knowledge:import_undo", args=[waiting.pk]))
    assert "Quedan 12 registros por retirar" in desk.get(url).content.decode()
    run_jobs()
    assert "Esta importación se deshizo" in desk.get(url).content.decode()
    assert Record.objects.count() == Actor.objects.count() == 0
    desk.post(reverse("knowledge:import_retry", args=[waiting.pk]))
    run_jobs()
    assert Record.objects.count() == 12


def test_strangers_neither_cancel_nor_undo(client):
    sheet_import = imported(by=UserFactory(is_staff=True), content=rows(3))
    client.force_login(UserFactory())
    for name in ("import_cancel", "import_undo"):
        assert client.post(reverse(f"knowledge:{name}", args=[sheet_import.pk])).status_code == 404
    assert Record.objects.count() == 3


def test_every_repair_is_counted_in_the_preview_with_what_is_done_about_it(desk):
    content = (
        "ruc,razon social,correo,telefono,nombre comercial\n"
        "20100010721.0,IngenierÃ­a Uno SAC,a@x.pe;b@x.pe,N/A,CONTRATACI¿N\n"
        "20100017491,HOTEL ANTHONY&#39;S SAC  ,c@x.pe,054 307902,.SA¿AYCA\n"
    )
    sheet_import = offered(by=desk_user(desk), content=content)
    url = reverse("knowledge:import_mapping", args=[sheet_import.pk])
    page = " ".join(desk.get(url).content.decode().split())
    for words in (
        "letras dañadas", "códigos", "se repusieron", "letras perdidas antes", "espacios sobrantes",
        "se leyó como vacío", "convirtió en decimales", "varios valores en una celda",
    ):  # fmt: skip
        assert words in page, words
    assert "CONTRATACIÓN" in page and "HOTEL ANTHONY&#x27;S SAC" in page


def test_while_a_name_is_typed_the_organisations_called_like_it_are_offered(client):
    imported(by=UserFactory(is_staff=True), content=f"{NEWER},Aceros Andinos del Sur SAC,LIMA\n")
    client.force_login(UserFactory())
    url = reverse("knowledge:organisation_likeness")
    answer = client.get(url, {"name": "aceros andinos"}, **SPANISH).content.decode()
    assert "Aceros Andinos del Sur SAC" in answer and "<html" not in answer
    assert "Aceros" not in client.get(url, {"name": "otra cosa"}).content.decode()
    form = client.get(reverse("knowledge:organisation_new")).content.decode()
    assert f'hx-get="{url}"' in form and 'id="similar"' in form
    client.logout()
    assert client.get(url, {"name": "aceros andinos"}).status_code in (302, 403)


def test_json_lines_and_geojson_are_imported_like_any_sheet(desk):
    lines = f'{{"ruc": "{RUCS[0]}", "empresa": {{"nombre": "Uno SAC"}}}}\n{{"empresa": {{"nombre": "Dos SAC"}}}}\n'
    page = desk.get(send(desk, lines, "padron.jsonl").url).content.decode()
    assert "empresa.nombre" in page and "Uno SAC" in page
    feature = '{"type": "Feature", "properties": {"name": "Mina Tres"}, "geometry": {"type": "Point", "coordinates": [-71.5, -16.4]}}'
    content = f'{{"type": "FeatureCollection", "features": [{feature}]}}'
    page = desk.get(send(desk, content, "minas.geojson", "Minas").url).content.decode()
    assert "Mina Tres" in page and "-71.500000" in page
