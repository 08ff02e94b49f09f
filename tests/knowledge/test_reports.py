"""The report on the ecosystem: right figures, nothing private, one file for one wish."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.files import StoredFile
from minka.core.jobs import requeue_orphans
from minka.core.models import LedgerEntry, Notice, RoleGrant
from minka.knowledge.actions import reports as acts
from minka.knowledge.actions.network import measure
from minka.knowledge.actions.reports import ask_report, retry_report
from minka.knowledge.actions.snapshots import take_snapshot
from minka.knowledge.actions.ties import TieFacts, state_tie
from minka.knowledge.actions.waves import close_wave
from minka.knowledge.models import Actor, Contact, EcosystemReport, Response, Snapshot
from minka.knowledge.queries.directory import DirectoryFilter
from minka.knowledge.queries.reports import visible_reports
from minka.knowledge.queries.survey_results import wave_results
from minka.knowledge.sources.report import composition, gaps, survey, writing
from minka.knowledge.sources.report.blocks import percent
from minka.knowledge.sources.report.survey import may_be_told
from minka.knowledge.sources.snapshot_file import write_lines
from tests.factories import ActorFactory, PlaceFactory, ProblemFactory, ThemeFactory, UserFactory
from tests.knowledge.wave_ground import answered, opened_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return UserFactory(is_staff=True)


@pytest.fixture
def ecosystem(team):
    """Four organisations in two regions with two public ties."""
    south, north = PlaceFactory(name="Región Sur"), PlaceFactory(name="Región Norte")
    mine = ActorFactory(name="Minera Alta", kind="mining_company", region=south, latitude=-16.4,
                        longitude=-71.5, verified_at=timezone.now())  # fmt: skip
    pumps = ActorFactory(name="Bombas Uno", region=south, latitude=-16.5, longitude=-71.6)
    belts = ActorFactory(name="Fajas Dos", region=south)
    college = ActorFactory(name="Universidad Tres", kind="university", region=north)
    for tail in (pumps, belts):
        state_tie(by=team, tail=tail, head=mine, kind="supplies", facts=TieFacts())
    measure()
    return mine, pumps, belts, college


def written(team, *, audience="board", language="es", address=""):
    """Ask for an edition, write it, and return it with its text, spaces made one."""
    report = ask_report(by=team, audience=audience, language=language, address=address)
    assert writing.write_report(report_id=report.pk) == "written"
    report.refresh_from_db()
    return report, text_of(report)


def text_of(report):
    with report.file.content.open("rb") as file:
        pages = PdfReader(io.BytesIO(file.read())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_pdf_has_the_figures_of_the_day(team, ecosystem):
    report, text = written(team)
    assert (report.state, report.failed_parts) == ("ready", [])
    assert report.figures[0] == ["4", "organizaciones"]
    for figure in ("Estado del ecosistema", "2 de 4 organizaciones (50 %)", "Bombas Uno",
                   "Región Sur 3 75.0 %", "Empresa minera 1 25.0 %"):  # fmt: skip
        assert figure in text.replace("\u00a0", " "), figure
    assert report.file.media_type == "application/pdf"


def test_it_is_in_the_language_asked_for_whoever_writes(team, ecosystem):
    with override("es"):
        report, text = written(team, audience="public", language="en")
    assert "State of the ecosystem" in text
    assert "How to read this report" in text
    assert "Estado del ecosistema" not in text
    assert report.file.name.startswith("state-of-the-ecosystem-public-")


def test_a_filter_narrows_the_map_and_says_so(team, ecosystem):
    region = ecosystem[3].region
    _report, text = written(team, address=f"region={region.pk}")
    assert "1 organizaciones: Región Norte" in text
    assert "Región Norte 1 100.0" in text
    assert "75.0" not in text


@pytest.mark.parametrize("audience", ["public", "board"])
def test_nothing_private_is_in_any_edition(team, ecosystem, audience):
    mine, _pumps, belts, college = ecosystem
    for reach in ("public", "members", "staff"):
        Contact.objects.create(actor=mine, kind="email", value=f"{reach}@privado.example",
                               visibility=reach)  # fmt: skip
    state_tie(by=team, tail=college, head=belts, kind="funds",
              facts=TieFacts(is_public=False, note="Acuerdo reservado"))  # fmt: skip
    measure(force=True)
    theme = ThemeFactory(label_es="corrosión reservada")
    problem = ProblemFactory(company=mine, title="Falla que nadie debe saber", state="submitted",
                             submitted_at=timezone.now())  # fmt: skip
    problem.themes.add(theme)
    report, text = written(team, audience=audience)
    assert report.failed_parts == []
    for private in ("privado.example", "Acuerdo reservado", "nadie debe saber",
                    "corrosión reservada"):  # fmt: skip
        assert private.lower() not in text.lower()
    assert "Universidad Tres" not in text  # in the network it is by its hidden tie alone
    assert "Aún no hay necesidades públicas" in text


def test_what_only_the_board_may_see_is_not_for_anybody(team, ecosystem):
    froze_yesterday(team)
    ActorFactory(name="Recién Llegada")
    _report, board = written(team)
    _report, public = written(team, audience="public")
    assert "Recién Llegada" in board
    assert "entraron 1 organizaciones" in board
    assert "Recién Llegada" not in public
    assert "Lo que cambió desde un día anterior" in public


def froze_yesterday(team):
    take_snapshot(
        by=team,
        note="prueba",
        write=lambda file, rows, at: write_lines(file, rows, taken_at=at),
    )
    Snapshot.objects.update(taken_at=timezone.now() - timedelta(days=2))


def test_growth_counts_each_thing_under_its_name(team, ecosystem):
    froze_yesterday(team)
    now = timezone.now()
    Actor.objects.filter(name="Bombas Uno").update(verified_at=now)
    Actor.objects.filter(name="Fajas Dos").update(latitude=-16.0, longitude=-71.0)
    _report, text = written(team)
    assert "Verificado por el equipo del clúster 1 2 +1" in text
    assert "Reclamado por la organización 0 0 0" in text


def test_without_a_snapshot_it_says_so(team, ecosystem):
    _report, text = written(team)
    assert "Aún no hay con qué comparar" in text


def test_survey_answers_go_out_only_together(team):
    wave = opened_wave(team, 6)
    for number, one in enumerate(Response.objects.filter(wave=wave).order_by("pk")):
        answered(one, personas=number + 1, tamano="micro" if number < 2 else "small",
                 opinion=f"Palabras secretas {number}")  # fmt: skip
    close_wave(by=team, wave=wave)
    report, text = written(team)
    assert report.failed_parts == []
    assert "Tamaño small 4 66.7" in text.replace("\u00a0", " ")
    assert "Palabras secretas" not in text
    _report, public = written(team, audience="public")
    assert "Tamaño small" not in public


@pytest.mark.parametrize(("sizes", "told"), [
    (["micro", "small", "small", "small", "small"], True),
    (["micro", "small", "small", "small"], False),  # fewer than five
    (["small"] * 6, False),  # all alike: everybody's answer would be known
])  # fmt: skip
def test_few_or_unanimous_answers_are_not_told(team, sizes, told):
    wave = opened_wave(team, len(sizes))
    responses = Response.objects.filter(wave=wave).order_by("pk")
    for size, one in zip(sizes, responses, strict=True):
        answered(one, personas=3, tamano=size, opinion="x")
    close_wave(by=team, wave=wave)
    results = [one for part in wave_results(viewer=team, wave=wave) for one in part.results]
    asked = next(one for one in results if one.question.code == "tamano")
    assert may_be_told(asked) is told
    texts = next(one for one in results if one.question.code == "opinion")
    assert may_be_told(texts) is False


def test_a_failed_part_says_so_and_the_rest_is_there(team, ecosystem, monkeypatch):
    def broken(_edition):
        raise RuntimeError

    chapters = [(key, title, broken if key == "network" else make)
                for key, title, make in writing.CHAPTERS]  # fmt: skip
    monkeypatch.setattr(writing, "CHAPTERS", tuple(chapters))
    report, text = written(team)
    assert report.failed_parts == ["network"]
    assert "Quién se vincula con quién: Esta parte no se pudo escribir" in text
    assert "2 de 4 organizaciones" in text
    assert "Algunas partes" in Notice.objects.get(key__startswith="report:").body


def test_a_chapter_that_cannot_be_set_is_left_out_alone(team, ecosystem, monkeypatch):
    def unset(edition):
        chapter = gaps.missing(edition)
        chapter.blocks = [{"kind": "picture", "file": "nowhere.svg"}]
        return chapter

    chapters = [(key, title, unset if key == "gaps" else make)
                for key, title, make in writing.CHAPTERS]  # fmt: skip
    monkeypatch.setattr(writing, "CHAPTERS", tuple(chapters))
    report, text = written(team)
    assert report.failed_parts == ["gaps"]
    assert "Qué falta: Esta parte no se pudo escribir" in text


def test_when_nothing_can_be_written_it_can_be_tried_again(team, ecosystem, monkeypatch):
    report = ask_report(by=team, audience="board", language="es", address="")
    with monkeypatch.context() as patch:
        patch.setattr(writing, "render_pdf", lambda *_a, **_k: 1 / 0)
        assert writing.write_report(report_id=report.pk) == "failed"
    report.refresh_from_db()
    assert (report.state, report.file) == ("failed", None)
    retry_report(by=team, report=report)
    with pytest.raises(WrongState):
        retry_report(by=team, report=report)
    assert writing.write_report(report_id=report.pk) == "written"
    assert Notice.objects.filter(recipient=team, kind="knowledge.report_done").count() == 2


def test_a_killed_worker_leaves_no_half_and_the_next_writes_it_once(team, ecosystem, monkeypatch):
    report = ask_report(by=team, audience="board", language="es", address="")
    job = DBTaskResult.objects.get(task_path=acts.WRITE)
    DBTaskResult.objects.filter(pk=job.pk).update(status="RUNNING", worker_ids=["dead"])

    class Killed(BaseException):
        """What no handler of ours catches, as no process catches SIGKILL."""

    def killed(*_args, **_kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(writing, "render_pdf", killed)
        with pytest.raises(Killed):
            writing.write_report(report_id=report.pk)
    report.refresh_from_db()
    assert (report.state, report.parts_done) == ("queued", len(writing.CHAPTERS))
    assert requeue_orphans() == 1
    assert writing.write_report(report_id=report.pk) == "written"
    assert writing.write_report(report_id=report.pk) == "written before"  # two workers, one file
    assert StoredFile.objects.filter(media_type="application/pdf").count() == 1
    assert Notice.objects.filter(kind="knowledge.report_done").count() == 1
    assert LedgerEntry.objects.filter(verb="knowledge.report_done").count() == 1


def test_the_same_edition_is_not_begun_twice(team):
    wish = {"audience": "board", "language": "es", "address": ""}
    first = ask_report(by=team, **wish)
    assert ask_report(by=UserFactory(is_staff=True), **wish) == first
    assert ask_report(by=team, **{**wish, "language": "en"}) != first
    assert DBTaskResult.objects.filter(task_path=acts.WRITE).count() == 2


def test_only_the_team_asks(team):
    wish = {"audience": "board", "language": "es", "address": ""}
    with pytest.raises(NotAllowed):
        ask_report(by=board_member(), **wish)
    with pytest.raises(InvalidInput):
        ask_report(by=team, **{**wish, "audience": "everybody"})


def board_member():
    person = UserFactory()
    RoleGrant.objects.create(user=person, role="committee")
    return person


def test_each_reads_the_editions_that_are_for_them(team, client, ecosystem):
    board, _text = written(team)
    public, _text = written(team, audience="public")
    waiting = ask_report(by=team, audience="public", language="en", address="")
    member, stranger = UserFactory(), AnonymousUser()
    seen = {
        name: set(visible_reports(viewer=who))
        for name, who in {"team": team, "board": board_member(), "member": member,
                          "stranger": stranger}.items()
    }  # fmt: skip
    assert seen == {
        "team": {board, public, waiting}, "board": {board, public}, "member": {public},
        "stranger": set(),
    }  # fmt: skip
    client.force_login(member)
    for name in ("report", "report_download"):
        assert client.get(reverse(f"knowledge:{name}", args=[board.public_id])).status_code == 404
    answer = client.get(reverse("knowledge:report_download", args=[public.public_id]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"%PDF" in b"".join(answer.streaming_content)[:8]


def test_the_page_asks_and_shows_how_far_it_is(team, client):
    client.force_login(team)
    page = reverse("knowledge:reports")
    answer = client.post(page, {"audience": "public", "language": "es"}, follow=True)
    report = EcosystemReport.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("knowledge:report", args=[report.public_id])
    acts.note_progress(report_id=report.pk, done=3, parts=8)
    part = client.get(answer.redirect_chain[-1][0], headers={"HX-Request": "true"})
    assert 'hx-trigger="every 2s"' in part.content.decode()
    assert client.post(page, {"audience": "nobody"}).status_code == 422
    assert client.get(page).content.decode().count('class="row"') == 1


@pytest.mark.parametrize("editions", [1, 4])
def test_the_list_costs_the_same_for_one_edition_or_four(
    team, client, editions, django_assert_num_queries
):
    client.force_login(team)
    for region in PlaceFactory.create_batch(editions):
        ask_report(by=team, audience="board", language="es", address=f"region={region.pk}")
    client.get(reverse("knowledge:reports"))
    # session, user, roles, notices; editions twice (count, page), regions of the filters, of the form
    with django_assert_num_queries(10):
        client.get(reverse("knowledge:reports"))


def test_shares_never_say_none_or_all_of_what_is_not():
    assert percent(1, 3000) == "<1\u00a0%"
    assert percent(2999, 3000) == ">99\u00a0%"
    assert (percent(0, 10), percent(10, 10), percent(1, 0)) == ("0\u00a0%", "100\u00a0%", "—")


def test_an_empty_map_is_a_report_too(team):
    report, text = written(team)
    assert report.failed_parts == []
    assert "Aún no hay red" in text


def test_every_picture_has_a_table_of_its_own(team, ecosystem):
    report = EcosystemReport(by=team, audience="board", language="es")
    edition = writing.edition_of(report, made_at=timezone.now())
    assert edition.viewer.is_authenticated is False
    chapters = [composition.composed(edition), composition.located(edition),
                survey.answered(edition)]  # fmt: skip
    data = writing.report_data(edition, chapters)
    numbers = [one["table"] for chapter in data["chapters"] for one in _flat(chapter["blocks"])
               if one["kind"] == "picture"]  # fmt: skip
    assert numbers == list(range(1, len(data["annex"]) + 1))
    assert edition.wanted == DirectoryFilter()


def _flat(blocks):
    for one in blocks:
        if one["kind"] == "columns":
            yield from _flat([*one["left"], *one["right"]])
        else:
            yield one
