import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from minka.core.errors import NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.knowledge.actions.survey_sheets import take_sheet
from minka.knowledge.actions.waves import close_wave
from minka.knowledge.models import Answer, Response
from minka.knowledge.queries.survey_sheets import FilledRow, check_sheet, sheet_rows
from minka.knowledge.sources.survey_sheet import as_workbook
from tests.factories import UserFactory
from tests.knowledge.wave_ground import answered, opened_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(team):
    return opened_wave(team, 3)


@pytest.fixture
def response(wave):
    return Response.objects.select_related("actor").order_by("pk").first()


def filled(response, **cells):
    return [FilledRow(4, response.actor.public_id, cells)]


def test_the_sheet_has_a_row_for_each_and_explains_what_can_be_written(wave, team, response):
    answered(response, state="started", personas=7)
    rows = list(sheet_rows(viewer=team, wave=wave, language="en"))
    assert rows[0] == ["id", "organizacion", "personas", "tamano", "web", "servicios", "opinion"]
    assert rows[1][:3] == ["#", "Organisation", "personas?"]
    assert rows[2][3] == "micro = Size micro; small = Size small"
    assert rows[3][:3] == [response.actor.public_id, response.actor.name, "7"]
    assert len(rows) == 6
    assert "confianza" not in str(rows)
    assert len(list(sheet_rows(viewer=UserFactory(), wave=wave, language="es"))) == 3


def test_a_filled_row_is_taken_as_answers_and_the_same_again_changes_nothing(wave, team, response):
    rows = filled(response, personas="1 200", tamano="Tamaño small", web="firme.example")
    assert take_sheet(by=team, wave=wave, rows=rows).finished == 1
    response.refresh_from_db()
    assert (response.state, response.way, response.finished_at is None) == (
        "finished",
        "sheet",
        False,
    )
    given = dict(response.answers.values_list("question__code", "value"))
    assert given == {"personas": 1200, "tamano": "small", "web": "https://firme.example"}
    response.actor.refresh_from_db()
    assert response.actor.website == "https://firme.example"
    revision, acts = response.revision, LedgerEntry.objects.count()
    assert take_sheet(by=team, wave=wave, rows=rows).rows == 0
    response.refresh_from_db()
    assert (response.revision, LedgerEntry.objects.count()) == (revision, acts)


def test_what_an_organisation_answered_itself_stays_unless_somebody_chooses(wave, team, response):
    answered(response, web="https://propia.example", personas=5)
    rows = filled(response, web="ajena.example", personas="5", opinion="Bien")
    (check,) = check_sheet(viewer=team, wave=wave, rows=rows)
    assert (check.kept, check.same) == ({"web": "https://ajena.example"}, 1)
    take_sheet(by=team, wave=wave, rows=rows)
    web = Answer.objects.filter(response=response, question__code="web")
    assert web.get().value == "https://propia.example"
    Response.objects.update(way="link")
    take_sheet(by=team, wave=wave, rows=rows, replace=True)
    assert web.get().value == "https://ajena.example"


def test_each_cell_that_does_not_fit_is_told_and_the_rest_is_taken(wave, team, response):
    refused = Response.objects.order_by("pk").last()
    Response.objects.filter(pk=refused.pk).update(state="refused")
    rows = [
        *filled(response, personas="muchas", tamano="enorme", confianza="5", opinion="Bien"),
        *filled(response, opinion="Otra vez"),
        FilledRow(6, "nadie", {"opinion": "x"}),
        *filled(refused, opinion="x"),
    ]
    first, again, unknown, unwilling = check_sheet(viewer=team, wave=wave, rows=rows)
    assert set(first.faults) == {"personas", "tamano", "confianza"}
    assert "muchas" in first.faults["personas"]
    assert all(one.faults[""] for one in (again, unknown, unwilling))
    assert take_sheet(by=team, wave=wave, rows=rows).answers == 1
    assert Answer.objects.get().value == "Bien"


def test_a_row_that_lacks_something_compulsory_is_only_begun(wave, team, response):
    response.questionnaire.questions.filter(code="personas").update(is_required=True)
    take_sheet(by=team, wave=wave, rows=filled(response, opinion="Bien"))
    response.refresh_from_db()
    assert (response.state, response.finished_at) == ("started", None)
    take_sheet(by=team, wave=wave, rows=filled(response, personas="3"))
    response.refresh_from_db()
    assert response.state == "finished"


def test_only_the_team_takes_sheets_and_only_while_the_wave_is_open(wave, team, response):
    rows = filled(response, opinion="Bien")
    with pytest.raises(NotAllowed):
        take_sheet(by=UserFactory(), wave=wave, rows=rows)
    close_wave(by=team, wave=wave)
    with pytest.raises(WrongState):
        take_sheet(by=team, wave=wave, rows=rows)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_sheet_goes_out_and_comes_back_through_the_pages(wave, team, response, client, kind):
    client.force_login(team)
    args = [wave.survey.public_id, wave.pk]
    body = client.get(reverse("knowledge:wave_sheet_download", args=[*args, "es", kind]))
    assert body.status_code == 200
    rows = list(sheet_rows(viewer=team, wave=wave, language="es"))
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(body.content.decode("utf-8-sig"))))
    rows[3][2] = "12"
    if kind == "csv":
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        content = out.getvalue().encode()
    else:
        content = as_workbook([("Hoja", rows)])
    upload = SimpleUploadedFile(f"llena.{kind}", content)
    answer = client.post(reverse("knowledge:wave_sheet", args=args), {"upload": upload})
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(answer["Location"]).content.decode()
    assert response.actor.name in page
    assert not Answer.objects.exists()
    assert client.post(answer["Location"]).status_code == 302
    assert Answer.objects.get().value == 12
    client.force_login(UserFactory(is_staff=True))
    assert client.get(answer["Location"]).status_code == 404


def test_a_file_that_is_no_sheet_of_ours_is_refused_in_words(wave, team, client):
    client.force_login(team)
    url = reverse("knowledge:wave_sheet", args=[wave.survey.public_id, wave.pk])
    for content in (b"nombre,ruc\nA,1\nB,2\n", b"%PDF-1.7 x", b""):
        answer = client.post(url, {"upload": SimpleUploadedFile("x.csv", content)})
        assert answer.status_code == 422


@pytest.mark.parametrize("rows", [2, 40])
def test_looking_at_a_sheet_costs_the_same(team, rows, django_assert_max_num_queries):
    wave = opened_wave(team, rows)
    cells = [
        FilledRow(n, one.actor.public_id, {"opinion": "x", "tamano": "micro"})
        for n, one in enumerate(Response.objects.select_related("actor"))
    ]
    with django_assert_max_num_queries(6):
        assert len(check_sheet(viewer=team, wave=wave, rows=cells)) == rows
