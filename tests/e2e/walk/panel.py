"""A panel decides on 42 proposals, all is told at once, and one appeal is upheld."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from minka.innovation.actions.minutes import approve_minutes
from minka.innovation.actions.panel_holding import note_attendance
from minka.innovation.actions.panel_votes import cast_vote, close_vote, put_motion
from minka.innovation.actions.panels import seat_person
from minka.innovation.models import PanelSession
from tests.e2e.walk.hands import es, field, follow, heading, press, write

TITLE = "Panel de revestimientos"
REASON = "Es la única con ensayos por encima de 4 000 metros."
ADVICE = "Presenten el plan de repuestos con plazos y costos por unidad."
REJECTED = "La evidencia presentada no corresponde a la altura de la operación."
REMEDY = "Ensayen en una planta por encima de 4 000 m y midan el desgaste cada mes."
APPEALED = (
    "En el anexo está el ensayo a 4 300 metros que la carta da por ausente: página 6, cuadro 2. "
    "Pedimos que se lea y que la decisión se tome otra vez."
)
FOUND = (
    "El ensayo a 4 300 metros está en la propuesta y no se leyó. Se acoge la apelación: la "
    "decisión se toma otra vez con él a la vista."
)
AGAIN = "El ensayo omitido cumple la meta; pasa a la lista de reserva."
LIMA = ZoneInfo("America/Lima")


def prepare(page: Page, slug: str, chair: Any) -> int:
    """From the results to a session with its agenda; the chair gets a seat. Return its number."""
    page.goto(f"/desafios/{slug}/resultados/")
    follow(page, es("Bring before a panel"))
    write(page, {
        es("What the session is called"): TITLE,
        es("Date and time, in the cluster's zone"): f"{datetime.now(LIMA):%Y-%m-%dT%H:%M}",
        es("Meeting place"): "Sala Misti",
    })  # fmt: skip
    press(page, es("Prepare it"))
    heading(page, TITLE)
    expect(page.locator("article.card[id^=item-]")).to_have_count(42)
    field(page, es("Person")).select_option(str(chair.pk))
    field(page, es("Office")).select_option("chair")
    press(page, es("Give the seat"))
    expect(page.get_by_role("region", name=es("At the table"))).to_contain_text(chair.full_name)
    return int(page.url.rstrip("/").rpartition("/")[2])


def seat_the_rest(team: Any, number: int, members: list[Any]) -> None:
    """Give the other members their seats."""
    session = PanelSession.objects.get(pk=number)
    for person in members:
        seat_person(by=team, session=session, person=person, office="member", votes=True)


def call(page: Page) -> None:
    """Call the members."""
    press(page, es("Call the members"))
    expect(page.locator("body")).to_contain_text(es("The members are called."))


def attendance_of_the_rest(team: Any, number: int, *, but: Any) -> None:
    """Note that the others came."""
    for seat in PanelSession.objects.get(pk=number).seats.exclude(person=but):
        note_attendance(by=team, seat=seat, attendance="remote")


def hold(page: Page, chair: Any) -> None:
    """The chair is there, and so is the quorum: the session is opened."""
    row = page.get_by_role("region", name=es("At the table")).get_by_role("listitem")
    row = row.filter(has_text=chair.full_name)
    field(row, es("Where %(name)s is") % {"name": chair.full_name}).select_option("present")
    press(row, es("Note it"))
    expect(row).to_contain_text(es("Present in the room"))
    press(page, es("Open the session"))
    expect(page.locator("body")).to_contain_text(es("The session is open."))


def put(page: Page) -> None:
    """Put a motion on the first item, which has the best band, in the words of the decision."""
    item = page.locator("article.card[id^=item-]").first
    item.get_by_text(es("Put a motion to the vote"), exact=True).click()
    item.get_by_role("radio", name=es("Selected"), exact=True).check()
    write(item, {es("Reason, for the record"): REASON, es("Advice for the supplier"): ADVICE})
    press(item, es("Put it to the vote"))
    motion = page.locator("section.motion").first
    expect(motion).to_contain_text(REASON)


def vote(page: Page, number: int) -> None:
    """A member reads the motion and votes in their own name."""
    page.goto(f"/paneles/{number}/")
    motion = page.locator("section.motion").first
    expect(motion).to_contain_text(ADVICE)
    press(motion, es("In favour"))
    expect(motion).to_contain_text(es("You voted: %(vote)s.") % {"vote": es("In favour")})


def vote_on_the_first(number: int, members: list[Any]) -> None:
    """Let the others vote on what was put by hand."""
    motion = PanelSession.objects.get(pk=number).items.order_by("position")[0].motions.get()
    for person, ballot in zip(members, ("for", "against"), strict=True):
        cast_vote(by=person, motion=motion, ballot=ballot)


def count(page: Page) -> None:
    """Close the vote: it is carried by two votes to one."""
    motion = page.locator("section.motion").first
    press(motion, es("Close the vote and count"))
    expect(motion).to_contain_text(es("Carried"))
    expect(motion).to_contain_text(
        es("In favour %(yes)s, against %(no)s, abstained %(none)s") % {"yes": 2, "no": 1, "none": 0}
    )


def decide_the_rest(team: Any, number: int, members: list[Any]) -> None:
    """Move, vote and count for every other item: one goes to the reserve, the others do not."""
    session = PanelSession.objects.get(pk=number)
    items = session.items.filter(state="waiting").order_by("position")
    for place, item in enumerate(items.select_related("session", "proposal__challenge")):
        outcome = "not_selected" if place else "reserve"
        motion = put_motion(by=team, item=item, outcome=outcome, reason=REJECTED, feedback=REMEDY)
        for person in members:
            cast_vote(by=person, motion=motion, ballot="for")
        close_vote(by=team, motion=motion)


def close(page: Page) -> None:
    """Close the session; its minutes are there at once."""
    press(page.locator(".pagehead"), es("Close the session"))
    page.get_by_role("dialog").get_by_role("button", name=es("Close the session")).click()
    expect(page.get_by_role("main")).to_contain_text(es("Draft, to be approved"))
    expect(page.get_by_role("main")).to_contain_text(REASON)


def approve_minutes_by_hand(page: Page, number: int) -> None:
    """A member reads the minutes and approves them."""
    page.goto(f"/paneles/{number}/acta/")
    expect(page.get_by_role("main")).to_contain_text(ADVICE)
    press(page, es("Approve the minutes"))
    expect(page.get_by_role("button", name=es("Approve the minutes"))).to_have_count(0)


def approve_the_rest(number: int, members: list[Any]) -> None:
    """Let the others approve them, too: they are fixed."""
    minutes = PanelSession.objects.get(pk=number).minutes
    for person in members:
        approve_minutes(by=person, minutes=minutes, number=minutes.number)
    minutes.refresh_from_db()
    assert minutes.fixed_at


def nothing_known_yet(page: Page, proposal: Any) -> None:
    """Everything is decided, and no supplier reads a word of it."""
    for address in (f"/propuestas/{proposal.public_id}/", "/propuestas/", "/"):
        page.goto(address)
        main = page.get_by_role("main")
        expect(main).to_be_visible()
        for words in (REASON, ADVICE, REJECTED, REMEDY, es("Not selected"), es("Reserve list")):
            expect(main).not_to_contain_text(words)
        expect(main.get_by_text(es("Selected"), exact=True)).to_have_count(0)


def release(page: Page, slug: str) -> None:
    """Tell all 42 at once."""
    page.goto(f"/desafios/{slug}/resultados/")
    press(page.get_by_role("main").locator(".pagehead"), es("Release the decisions"))
    page.get_by_role("dialog").get_by_role("button", name=es("Release the decisions")).click()
    expect(page.get_by_role("main")).to_contain_text(es("The decisions are released"))


def read_letter(page: Page, proposal: Any, folder: Path, *, outcome: str, advice: str) -> str:
    """Read the letter on its page and as PDF; return its address."""
    page.goto(f"/propuestas/{proposal.public_id}/")
    follow(page, es("The letter: position, advice, and how to ask or appeal"))
    main = page.get_by_role("main")
    expect(main).to_contain_text(advice)
    expect(main).to_contain_text(es(outcome))
    expect(main).not_to_contain_text(REASON)
    with page.expect_download() as download:
        follow(page, es("The letter as PDF"))
    paper = folder / f"carta-{proposal.pk}.pdf"
    download.value.save_as(paper)
    text = " ".join(" ".join(one.extract_text() for one in PdfReader(paper).pages).split())
    assert es(outcome).lower() in text.lower(), text
    assert proposal.title in text
    assert advice in text
    assert REASON not in text
    return page.url


def appeal(page: Page, address: str) -> None:
    """A rejected supplier appeals on the page of its letter."""
    page.goto(address)
    page.get_by_text(es("Ask or appeal"), exact=True).click()
    page.get_by_role("radio", name=es("Appeal"), exact=True).check()
    write(page, {es("Your words"): APPEALED})
    press(page, es("Send"))
    expect(page.locator("body")).to_contain_text(
        es("We have received it. You are told when there is an answer.")
    )


def uphold(page: Page) -> None:
    """Somebody who neither evaluated nor decided takes it, reads everything, and upholds it."""
    page.goto("/apelaciones/")
    page.get_by_role("main").locator("a.row-title").click()
    press(page, es("I answer it"))
    expect(page.get_by_role("main")).to_contain_text(APPEALED)
    page.get_by_role("radio", name=es("Upheld"), exact=True).check()
    write(page, {es("Answer, with its reasons"): FOUND})
    press(page, es("Give the answer"))
    heading(page, es("Clarifications and appeals"))


def decide_again(page: Page) -> None:
    """Somebody else of the team takes the decision again; a new letter tells it at once."""
    page.goto("/apelaciones/")
    page.get_by_role("main").locator("a.row-title").click()
    press(page.locator(".pagehead"), es("Decide again"))
    page.get_by_role("dialog").get_by_role("button", name=es("Decide again")).click()
    heading(page, es("Decide again"))
    page.get_by_role("radio", name=es("Reserve list"), exact=True).check()
    write(page, {es("Reason, for the record"): AGAIN, es("Feedback for the supplier"): ADVICE})
    press(page, es("Decide and tell it"))
    expect(page.locator("body")).to_contain_text(es("The new decision is told, with a new letter."))


def newer_letter(page: Page, address: str) -> None:
    """The first letter stays, and leads to the one that takes its place."""
    page.goto(address)
    main = page.get_by_role("main")
    expect(main).to_contain_text(es("A newer letter takes the place of this one."))
    expect(main).to_contain_text(FOUND)
    follow(main, es("Read it"))
    page.wait_for_url(lambda url: url != address)
    expect(main).to_contain_text(re.compile(re.escape(es("Reserve list")), re.IGNORECASE))
