"""What goes wrong on ordinary days: nothing is lost, and the page says what happened."""

import re
import socket
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from minka.innovation.models import Receipt, Score
from tests.e2e.odd_sheets import ODD_SHEETS, big_file
from tests.e2e.stories import (
    close,
    company_person,
    confirm_email,
    draft_and_author,
    end_sessions,
    evaluation_to_score,
    stored,
)
from tests.e2e.walk.hands import PASSWORD, es, field, press, saved, until, write
from tests.factories import ActorFactory, ProblemFactory, UserFactory

SUMMARY = "Un revestimiento que dura el doble, escrito en el peor momento."
MEBIBYTE = 1024 * 1024


def editor(proposal):
    return f"/propuestas/{proposal.public_id}/editar/"


def status(page):
    return page.locator("[data-savestatus]")


def save(page):
    page.locator("button[name=do][value=save]").last.click()


def test_a_session_that_ends_while_writing_loses_no_word(site, person, watch):
    with site.database():
        proposal, author = draft_and_author()
        confirm_email(author)
    watch.tolerate("status of 401")  # the session is over: what is tested
    page = person(author)
    page.goto(editor(proposal))
    with site.database():
        end_sessions()
    write(page, {es("Summary"): SUMMARY})
    expect(status(page)).to_contain_text("Su sesión terminó")
    with page.context.expect_page() as opened:
        status(page).get_by_role("link", name="Ingresar").click()
    again = opened.value
    again.get_by_role("textbox", name="Correo electrónico").fill(author.email)
    again.locator("input[type=password]").fill(PASSWORD)
    again.get_by_role("main").get_by_role("button", name="Iniciar sesión").first.click()
    expect(field(again, es("Summary"))).to_have_value(SUMMARY)
    expect(again.get_by_role("main")).to_contain_text(
        "Recuperamos lo que usted había escrito antes"
    )
    saved(again)
    with site.database():
        assert stored(proposal).summary == SUMMARY


def test_words_written_before_the_script_has_come_are_saved(site, person):
    with site.database():
        proposal, author = draft_and_author()
    page = person(author)
    waiting, arrived = [], []

    def hold(route):
        if arrived:
            route.continue_()
        else:
            waiting.append(route)

    page.route(re.compile(r"\.js($|\?)"), hold)
    page.goto(editor(proposal), wait_until="commit")
    write(page, {es("Summary"): SUMMARY})
    assert waiting
    arrived.append(True)
    for route in waiting:
        route.continue_()
    saved(page)
    with site.database():
        assert stored(proposal).summary == SUMMARY


@pytest.mark.parametrize("scripted", [True, False], ids=["scripts", "no-scripts"])
def test_a_double_click_on_submit_gives_one_receipt(site, person, scripted):
    with site.database():
        proposal, author = draft_and_author()
    page = person(author, java_script_enabled=scripted)
    page.goto(f"/propuestas/{proposal.public_id}/")
    page.get_by_role("button", name=es("Submit the proposal")).dblclick()
    page.wait_for_url("**/constancias/**")
    with site.database():
        assert Receipt.objects.filter(proposal=proposal).count() == 1


def test_a_cut_connection_loses_no_word(site, person, watch):
    with site.database():
        proposal, author = draft_and_author()
    watch.tolerate("ERR_INTERNET_DISCONNECTED")  # what is tested
    page = person(author)
    page.goto(editor(proposal))
    page.context.set_offline(True)
    write(page, {es("Summary"): SUMMARY})
    expect(status(page)).to_contain_text("Sin conexión")
    page.context.set_offline(False)
    saved(page)
    with site.database():
        assert stored(proposal).summary == SUMMARY


def test_two_evaluators_may_hand_in_at_the_same_moment(site, person):
    with site.database():
        assignments = evaluation_to_score(count=2)
        pages = [person(assignment.evaluator) for assignment in assignments]
    for page, assignment in zip(pages, assignments, strict=True):
        page.goto(f"/evaluaciones/{assignment.pk}/")
        _score(page, points=4, reason=f"Motivo de {assignment.pk}")
    for page in pages:
        page.get_by_role("button", name=es("Hand in for good")).click(no_wait_after=True)
    for page in pages:
        expect(page.get_by_role("main")).to_contain_text(es("Your evaluation is handed in"))
    with site.database():
        for assignment in assignments:
            assignment.refresh_from_db()
            assert assignment.state == "scored"
            reasons = Score.objects.filter(assignment=assignment).values_list("reason", flat=True)
            assert set(reasons) == {f"Motivo de {assignment.pk}"}


def test_two_tabs_of_one_evaluation_keep_both_versions(site, person, watch):
    with site.database():
        (assignment,) = evaluation_to_score()
    watch.tolerate("status of 409")  # the second tab is told so
    first = person(assignment.evaluator)
    second = first.context.new_page()
    for page in (first, second):
        page.goto(f"/evaluaciones/{assignment.pk}/")
    write(first, {es("Remark for the panel"): "Lo que escribí primero"})
    saved(first)
    write(second, {es("Remark for the panel"): "Lo que escribí después"})
    expect(status(second)).to_have_attribute("data-tone", "bad")
    save(second)
    expect(second.locator(".theirs")).to_contain_text("Lo que escribí primero")
    expect(field(second, es("Remark for the panel"))).to_have_value("Lo que escribí después")


def test_two_tabs_of_one_proposal_keep_both_versions(site, person, watch):
    with site.database():
        proposal, author = draft_and_author()
    watch.tolerate("status of 409")  # the second tab is told so
    first = person(author)
    second = first.context.new_page()
    for page in (first, second):
        page.goto(editor(proposal))
    write(first, {"Equipo": "El equipo de la primera ventana"})
    saved(first)
    write(second, {"Equipo": "El equipo de la segunda ventana"})
    expect(status(second)).to_have_attribute("data-tone", "bad")
    expect(status(second).get_by_role("link", name="Ver la versión guardada")).to_be_visible()
    status(second).get_by_role("button", name="Guardar lo que escribí").click()
    saved(second)
    with site.database():
        assert stored(proposal).team == "El equipo de la segunda ventana"


def test_a_call_that_closes_before_submitting_says_so_and_keeps_the_text(site, person, watch):
    with site.database():
        proposal, author = draft_and_author()
    watch.tolerate("status of 409")  # too late: what is tested
    page = person(author)
    page.goto(f"/propuestas/{proposal.public_id}/")
    with site.database():
        close(proposal.challenge)
    press(page, es("Submit the proposal"))
    main = page.get_by_role("main")
    expect(main).to_contain_text(es("The call has closed; this draft was not submitted"))
    expect(main).to_contain_text(proposal.approach)
    with site.database():
        assert not Receipt.objects.filter(proposal=proposal).exists()


def test_a_call_that_closes_while_writing_keeps_the_words_on_the_page(site, person, watch):
    with site.database():
        proposal, author = draft_and_author()
    watch.tolerate("status of 409")
    page = person(author)
    page.goto(editor(proposal))
    with site.database():
        close(proposal.challenge)
    write(page, {es("Summary"): SUMMARY})
    save(page)
    expect(page.get_by_role("main")).to_contain_text(
        es("The call has closed; this draft was not submitted")
    )
    expect(field(page, es("Summary"))).to_have_value(SUMMARY)


def test_a_file_of_200_megabytes_is_refused_before_it_travels(site, person, tmp_path):
    with site.database():
        staff = UserFactory(is_staff=True)
    page = person(staff)
    page.goto("/importar/nuevo/")
    write(page, {"Fuente": "Padrón enorme"})
    field(page, "Archivo").set_input_files(big_file(tmp_path, 200 * MEBIBYTE))
    message = field(page, "Archivo").evaluate("input => input.validationMessage")
    assert message == "El archivo pesa 200 MB; lo máximo permitido es 50 MB."
    press(page, "Continuar con las columnas")
    expect(page.get_by_role("heading", level=1)).to_have_text("Importar una hoja")
    expect(field(page, "Fuente")).to_have_value("Padrón enorme")


def test_a_file_that_is_too_large_is_refused_by_the_server_too(site, person, watch, tmp_path):
    with site.database():
        staff = UserFactory(is_staff=True)
    watch.tolerate("status of 4(13|22)")  # what is tested
    page = person(staff, java_script_enabled=False)
    page.goto("/importar/nuevo/")
    write(page, {"Fuente": "Padrón enorme"})
    field(page, "Archivo").set_input_files(big_file(tmp_path, 200 * MEBIBYTE))
    page.get_by_role("button", name="Continuar con las columnas").click()
    expect(page.get_by_role("main")).to_contain_text(
        re.compile(r"20\d MB|más grande de lo que se puede recibir")
    )


def test_a_strangers_huge_body_is_refused_unread(site):
    where = urlsplit(site.url)
    head = (
        f"POST /importar/nuevo/ HTTP/1.1\r\nHost: {where.netloc}\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {200 * MEBIBYTE}\r\n\r\n"
    )
    # The body never comes: a server that waited for it would not answer before the time is over.
    with socket.create_connection((where.hostname, where.port), timeout=30) as line:
        line.sendall(head.encode())
        answer = line.recv(64)
    assert b" 403 " in answer


@pytest.mark.parametrize("sheet", ODD_SHEETS)
def test_an_odd_sheet_gets_a_clear_answer(site, person, watch, tmp_path, sheet):
    make, says, refused = ODD_SHEETS[sheet]
    with site.database():
        staff = UserFactory(is_staff=True)
    if refused:
        watch.tolerate("status of 422")  # the answer to what cannot be read
    page = person(staff)
    page.goto("/importar/nuevo/")
    write(page, {"Fuente": "Hojas raras"})
    field(page, "Archivo").set_input_files(make(tmp_path))
    press(page, "Continuar con las columnas")
    title = "Importar una hoja" if refused else "Confirme las columnas"
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    for words in says:
        expect(page.get_by_role("main")).to_contain_text(words)
    if refused:
        expect(field(page, "Fuente")).to_have_value("Hojas raras")


def test_a_competitor_cannot_open_a_problem_by_its_address(site, person, watch):
    with site.database():
        problem = ProblemFactory(title="Fuga de relaves en la poza norte")
        rival = ActorFactory(kind="mining_company", name="Minera Competidora S.A.")
        spy = company_person(rival, "representative")
        own = company_person(problem.company, "representative")
    watch.tolerate("status of 404")  # for them it does not exist
    page = person(spy)
    for path in ("", "editar/"):
        answer = page.goto(f"/problemas/{problem.pk}/{path}")
        assert answer.status == 404
        assert "relaves" not in answer.text()
    page.goto("/problemas/")
    expect(page.get_by_role("main")).not_to_contain_text("relaves")
    assert person(own).goto(f"/problemas/{problem.pk}/").status == 200


def _score(page, *, points, reason):
    for card in page.locator("section.criterion").all():
        card.locator("label.scale-point").filter(has_text=str(points)).click()
        card.get_by_role("textbox").fill(reason)
    saved(page)


def test_going_on_while_the_form_saves_itself_is_no_conflict(site, person):
    with site.database():
        problem = ProblemFactory(title="Fuga", state="draft")
        own = company_person(problem.company, "representative")
    page = person(own)
    page.goto(f"/problemas/{problem.pk}/editar/1/")
    held = []
    page.route(re.compile(r"guardar"), lambda route: held.append(route))  # noqa: PLW0108 -- it marks its handler
    page.locator("[name=title]").fill("Fuga de relaves en la poza norte")
    until(page, lambda: bool(held))  # it saves itself
    page.get_by_role("button", name=es("Next"), exact=True).click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert len(held) == 1
    for route in held:
        route.continue_()
    page.unroute(re.compile(r"guardar"))
    page.wait_for_url("**/editar/2/")
    with site.database():
        problem.refresh_from_db()
        assert problem.title == "Fuga de relaves en la poza norte"


def test_what_the_server_refused_is_still_there_the_next_day(site, person, watch):
    watch.tolerate("status of 422")  # what is tested
    with site.database():
        proposal, author = draft_and_author()
    page = person(author)
    page.goto(editor(proposal))
    duration = page.locator("[name=duration_months]")
    duration.evaluate("one => { one.type = 'text' }")
    duration.fill("900")
    save(page)
    expect(page.locator("[data-errorsummary]")).to_be_visible()
    page.goto("/")
    page.goto(editor(proposal))
    expect(page.locator("[name=duration_months]")).to_have_value("900")


def test_words_that_came_too_late_are_still_there_the_next_day(site, person, watch):
    watch.tolerate("status of 409")  # what is tested
    with site.database():
        problem = ProblemFactory(title="Fuga", state="draft")
        own = company_person(problem.company, "representative")
    page = person(own)
    page.goto(f"/problemas/{problem.pk}/editar/1/")
    with site.database():
        type(problem).objects.filter(pk=problem.pk).update(title="De otra persona", revision=5)
    page.locator("[name=title]").fill("Lo que yo escribí")
    page.get_by_role("button", name=es("Next"), exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("mientras usted escribía")
    page.locator("[name=title]").fill(
        "Lo que yo escribí, y algo más"
    )  # on the page of the conflict
    page.wait_for_timeout(2_500)  # when it would save itself
    page.goto("/")
    page.goto(f"/problemas/{problem.pk}/editar/1/")
    expect(page.locator("[name=title]")).to_have_value("Lo que yo escribí, y algo más")
    expect(status(page)).to_contain_text("versión más reciente")
    with site.database():
        problem.refresh_from_db()
        assert problem.title == "De otra persona"  # nobody said that mine goes in its place
