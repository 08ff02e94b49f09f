"""From a released decision to a pilot that reaches TRL 7, and to the contract that follows it."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from minka.innovation.actions.agreement_plan import add_to_plan
from minka.innovation.actions.agreement_results import confirm_trl, state_trl
from minka.innovation.actions.agreements_signing import (
    answer_agreement,
    ask_agreement_approval,
    show_agreement,
)
from minka.innovation.models import Agreement
from minka.innovation.queries.agreement_seats import holds, seats_of
from minka.innovation.queries.agreements import represented_parties
from tests.e2e.walk.hands import es, field, follow, heading, press, write
from tests.innovation.agreement_stories import again, sign

MILESTONE = "Noventa días de operación"
DONE = "Los revestimientos trabajaron noventa días en el molino 2, con tres mediciones por mes."
RESULTS = "El desgaste bajó de 1,9 a 0,8 mm por semana entre mayo y julio, en el molino 2."
EVIDENCE = "Noventa días en el molino 2 a 4 100 metros, con mediciones de la propia planta."
WHY = "El desgaste quedó por debajo de la meta durante noventa días; se compra para tres molinos."
FILE = {"name": "mediciones.csv", "mimeType": "text/csv", "buffer": b"semana;mm\n1;0,8\n"}


def begin(page: Page, title: str, *, kind: str = "pilot", follows: str = "") -> str:
    """The team begins an agreement from a decision; return its public number."""
    page.goto("/acuerdos/nuevo/")
    follow(page.get_by_role("main"), title)
    heading(page, es("New agreement"))
    today = timezone.localdate()
    field(page, es("Kind of agreement")).select_option(kind)
    write(page, {
        es("Starts"): today.isoformat(), es("Ends"): (today + timedelta(days=200)).isoformat(),
    })  # fmt: skip
    if follows:
        field(page, es("It follows from")).select_option(follows)
    press(page, es("Begin with the clauses of this kind"))
    heading(page, es("Text of the agreement"))
    return page.url.rstrip("/").split("/")[-2]


def plan_one(area: Any, number: str) -> None:
    """Plan the milestone on which the supplier reports."""
    values = {
        "title": MILESTONE, "deliverable": "Registro de desgaste",
        "due_on": timezone.localdate() + timedelta(days=90),
    }  # fmt: skip
    add_to_plan(by=area, agreement=_of(number), kind="milestone", values=values)


def ask_approval(page: Page, number: str) -> None:
    """The text goes to the parties as it is."""
    page.goto(f"/acuerdos/{number}/")
    press(page, es("Ask for approval"))
    expect(page.locator("body")).to_contain_text(
        es("Everybody who has to approve it has been asked.")
    )


def approve(page: Page, number: str) -> None:
    """The representative of the company reads the clauses and approves them."""
    page.goto(f"/acuerdos/{number}/")
    expect(page.get_by_role("main")).to_contain_text("SHA-256")
    press(page, es("Approve the text"))
    expect(page.get_by_role("main")).to_contain_text(es("You have approved it."))
    expect(page.get_by_role("button", name=es("Approve the text"))).to_have_count(0)


def approve_by(people: list[Any], number: str) -> None:
    """Let others approve in the name of their seats."""
    for person in people:
        now = again(_of(number))
        for seat in seats_of(now):
            if holds(person, seat) and seat.given is None:
                answer_agreement(
                    by=person, agreement=now, seat=seat.key, sha256=now.text.sha256, approves=True
                )


def sign_by_hand(page: Page, number: str) -> None:
    """The representative signs with name and post."""
    page.goto(f"/acuerdos/{number}/")
    write(page, {es("Your post"): "Gerente de operaciones"})
    page.get_by_role("checkbox", name=es(
        "I have read the whole text, I may bind my organisation, and I sign it."
    )).check()  # fmt: skip
    press(page, es("Sign"))
    expect(page.locator("body")).to_contain_text(es("You have signed."))


def sign_by(person: Any, number: str) -> None:
    """Let the other party sign."""
    sign(person, _of(number), name=person.full_name, post="Gerenta general")


def bring_into_force(team: Any, people: list[Any], number: str) -> None:
    """Take an agreement through approvals and signatures; the last two people sign."""
    ask_agreement_approval(by=team, agreement=again(_of(number)))
    approve_by(people, number)
    for person in people[-2:]:
        sign_by(person, number)
    assert _of(number).state == "in_force"


def readiness_before(boss: Any, area: Any, number: str) -> None:
    """Say where the pilot began, and confirm it."""
    mark = state_trl(
        by=boss, agreement=_of(number), moment="before", level=5,
        evidence="Ensayos de laboratorio con mineral de la misma planta.",
    )  # fmt: skip
    confirm_trl(by=area, mark=mark)


def report(page: Page, number: str) -> None:
    """The supplier reports on the milestone with a file, and hands the report in."""
    page.goto(f"/acuerdos/{number}/plan/")
    page.get_by_role("button", name=f"{es('Report')} {MILESTONE}", exact=True).click()
    heading(page, MILESTONE)
    write(page, {
        es("What was done"): DONE, es("Results, with their measurements"): RESULTS,
    })  # fmt: skip
    field(page, es("Add deliverables")).set_input_files(FILE)
    press(page, es("Hand in the report"))
    expect(page.locator("form[data-autosave]")).to_have_count(0)


def state_readiness(page: Page, number: str) -> None:
    """The supplier says that TRL 7 is reached, with its evidence."""
    page.goto(f"/acuerdos/{number}/resultados/")
    follow(page, es("State a readiness level"))
    act = page.locator("#acto")
    field(act, es("When")).select_option("after")
    field(act, es("Readiness (TRL)")).select_option("7")
    write(act, {es("Evidence"): EVIDENCE})
    field(act, es("File with the evidence")).set_input_files(FILE)
    press(act, es("Save"))
    expect(page.get_by_role("main")).to_contain_text(EVIDENCE)
    expect(page.get_by_role("main")).to_contain_text(es("Not confirmed by the user area yet."))


def accept(page: Page, number: str) -> None:
    """The user area reads the report, accepts it, and confirms the level."""
    page.goto(f"/acuerdos/{number}/plan/")
    follow(page, es("Report %(number)s") % {"number": 1})
    expect(page.get_by_role("main")).to_contain_text(RESULTS)
    press(page, es("Accept the milestone"))
    expect(page.locator("body")).to_contain_text(es("The milestone is accepted."))
    page.goto(f"/acuerdos/{number}/resultados/")
    press(page, es("Confirm the level"))
    card = page.get_by_role("article").filter(has_text=EVIDENCE)
    expect(card).to_contain_text("TRL 7")
    expect(card).to_contain_text(es("Confirmed by the user area"))


def close_with_contract(page: Page, number: str) -> None:
    """The company says how it ended, and that everybody may know of it."""
    page.goto(f"/acuerdos/{number}/?hacer=close#acto")
    act = page.locator("#acto")
    act.get_by_role("radio", name=es("A contract follows"), exact=True).check()
    write(act, {es("Why"): WHY})
    press(act, es("Save"))
    expect(page.get_by_role("main")).to_contain_text(WHY)
    page.get_by_role("checkbox", name=es(
        "Everybody may know that this agreement exists and with whom"
    )).check()  # fmt: skip
    press(page, es("Keep"))
    expect(page.locator("body")).to_contain_text(
        es("Your answer is kept. It is told while every party agrees.")
    )


def let_it_be_told(person: Any, number: str) -> None:
    """Let the supplier agree, too."""
    one = _of(number)
    party = represented_parties(viewer=person, agreement=one)[0]
    show_agreement(by=person, agreement=one, party=party.pk, shows=True)


def see_programme(page: Page) -> None:
    """The team sees pilot and contract in the funnel of the programme."""
    page.goto("/programa/")
    funnel = page.locator("[role=region][aria-labelledby=funnel]")
    row = funnel.get_by_role("row", name=re.compile(es("Contracts signed")))
    expect(row.locator("td.num")).to_have_text("1")


def told_in_public(page: Page, supplier: str) -> None:
    """A stranger reads that there is a pilot, with whom, and no word or figure of it."""
    page.goto("/programa/")
    main = page.get_by_role("main")
    told = main.locator("li.row").filter(has_text=supplier)
    expect(told).to_have_count(1)  # of the contract nobody has said that it may be told
    expect(told).to_contain_text(es("Pilot"))
    for words in (WHY, EVIDENCE, RESULTS):
        expect(main).not_to_contain_text(words)


def _of(number: str) -> Agreement:
    return Agreement.objects.select_related("text").get(public_id=number)
