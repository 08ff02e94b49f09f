"""From 42 proposals to evaluations under discussion, as the team and evaluators do it by hand."""

import re

from django.utils.translation import ngettext, override
from playwright.sync_api import Page, expect

from tests.e2e.walk.hands import chosen, es, field, follow, heading, press, write
from tests.e2e.walk.selection_bulk import ENGLISH, REASON, TITLE_ES

WHY_CHANGED = "Después de conversar, el ensayo presentado no alcanza la altura de esta planta."
SURE = "Fair: I know the subject"


def assign_as_proposed(page: Page, *, fresh: int) -> None:
    """The team looks at who would evaluate what, and why, and assigns exactly that."""
    page.get_by_role("main").get_by_role("link", name=es("Propose an assignment")).click()
    apply_plan(page, fresh=fresh)


def evaluators(page: Page, slug: str) -> None:
    """Open the table of evaluators and proposals."""
    page.goto(f"/desafios/{slug}/evaluadores/")
    heading(page, es("Evaluators"))


def apply_plan(page: Page, *, fresh: int) -> None:
    """Read the proposed assignment and apply it."""
    heading(page, es("Proposed assignment"))
    figure = page.locator(".figures")
    expect(figure).to_contain_text(str(fresh))
    expect(page.locator("table.ranking tbody").first).to_contain_text(es("Words in common:"))
    press(page, es("Assign as proposed"))
    heading(page, es("Evaluators"))
    with override("es"):
        told = ngettext(
            "%(count)s evaluation assigned; the evaluator has been told.",
            "%(count)s evaluations assigned; the evaluators have been told.",
            fresh,
        )
    expect(page.locator("body")).to_contain_text(told % {"count": fresh})


def drops_out(page: Page, name: str) -> None:
    """One evaluator drops out; what they have not begun is proposed to others."""
    page.get_by_text(es("Somebody drops out"), exact=True).click()
    why = es("Why %(name)s drops out") % {"name": name}
    field(page, why).fill("Asume otra operación y no podrá evaluar este mes.")
    page.get_by_role("button", name=f"{es('Drops out')} {name}", exact=True).click()


def set_aside(page: Page, *, name: str, title: str) -> None:
    """A conflict that was found late takes an evaluator off a proposal, scores and all."""
    late = es("Conflicts found after the evaluator was asked")
    expect(page.get_by_role("main")).to_contain_text(late)
    row = page.locator("ul.rows > li").filter(has_text=title).filter(has_text=name).first
    row.locator("summary").filter(has_text=es("Set aside")).click()
    expect(field(row, es("What the conflict is"))).not_to_have_value("")
    press(row, es("Set aside"))
    expect(page.locator("body")).to_contain_text(
        es("%(name)s no longer evaluates this proposal.") % {"name": name}
    )


def sees_nothing_of(page: Page, title: str) -> None:
    """Whoever was set aside reads that it is closed, and neither proposal nor evaluations."""
    page.goto("/evaluaciones/")
    follow(page.get_by_role("main"), title)
    heading(page, es("Conflict of interest declared"))
    main = page.get_by_role("main")
    for words in ("Se reemplaza el material", REASON, es("What others gave")):
        expect(main).not_to_contain_text(words)


def declare(page: Page, *, english: bool = False) -> str:
    """Declare no conflict for what comes first; only then can it be read. Return its title."""
    say = str if english else es
    page.goto("/evaluaciones/")
    first = page.get_by_role("main").locator("a.row-title").first
    title = first.inner_text()
    first.click()
    heading(page, say("Declaration of interests"))
    expect(page.get_by_role("main")).not_to_contain_text("Se reemplaza el material")
    page.get_by_role("radio", name=say("I have no conflict of interest with this proposal")).check()
    press(page, say("Declare"))
    expect(page.get_by_role("main")).to_contain_text("Se reemplaza el material")
    heading(page, title)
    return title


def score_by_keyboard_and_mouse(page: Page, criteria: tuple[str, str]) -> None:
    """The first criterion with the keyboard alone, the second with the mouse; then the check."""
    first, second = criteria
    page.wait_for_load_state()  # keys are heard once the page's script is there
    page.keyboard.press("ArrowDown")  # to the first criterion
    page.keyboard.press("4")
    card = page.get_by_role("region", name=first)
    expect(card.get_by_role("radio", name="4", exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Se instala en una parada programada, sin obra civil.")
    expect(card.get_by_role("textbox")).not_to_have_value("")
    other = page.get_by_role("region", name=second)
    chosen(other, second, 3)
    other.get_by_role("textbox").fill("Ahorra dos cambios por año; falta el costo de izaje.")
    check = page.locator(".checkcard")
    check.get_by_role("radio", name=es("Yes"), exact=True).check()
    check.get_by_role("textbox").fill("La matriz de riesgos está completa.")
    page.get_by_role("radio", name=es(SURE)).check()
    _hand_in(page, es("Hand in for good"), es("Your evaluation is handed in"))
    expect(page.get_by_role("heading", name=es("What others gave"))).to_be_visible()


def score_in_english(page: Page, criteria: tuple[str, str]) -> None:
    """The same page for an expert who reads English: nothing of the interface is in Spanish."""
    main = page.get_by_role("main")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(main).to_contain_text("Your scores")
    expect(main).not_to_contain_text(es("Your scores"))
    for name in criteria:
        card = page.get_by_role("region", name=ENGLISH[name])
        chosen(card, ENGLISH[name], 2)
        card.get_by_role("textbox").fill("The test was run below 3,000 metres.")
    page.get_by_role("radio", name=SURE).check()
    _hand_in(page, "Hand in for good", "Your evaluation is handed in")
    expect(main).to_contain_text("What others gave")


def open_discussion(page: Page, slug: str) -> None:
    """Averages are hidden until the evaluations are released to discussion; then they are there."""
    page.goto(f"/desafios/{slug}/resultados/")
    main = page.get_by_role("main")
    expect(main).to_contain_text(es("The averages are not shown yet"))
    press(main.locator(".pagehead"), es("Open the discussion"))
    page.get_by_role("dialog").get_by_role("button", name=es("Open the discussion")).click()
    expect(page.locator("body")).to_contain_text(
        es("The averages are open to the team’s discussion.")
    )
    expect(main).not_to_contain_text(es("The averages are not shown yet"))
    expect(main).to_contain_text(TITLE_ES)


def change_score(page: Page, title: str, criterion: str) -> None:
    """After the discussion one score is another, with its reason; both values stay."""
    page.goto("/evaluaciones/")
    page.get_by_role("main").get_by_role("link", name=title, exact=True).click()
    row = page.locator("dl.given > div").filter(has_text=criterion).first
    row.locator("summary").click()
    row.get_by_role("radio", name="3", exact=True).check()
    write(row, {es("Reason for the change"): WHY_CHANGED})
    press(row, es("Change the score"))
    words = es("Changed after the discussion, %(before)s → %(after)s: %(why)s")
    expect(page.get_by_role("main")).to_contain_text(
        words % {"before": 4, "after": 3, "why": WHY_CHANGED}
    )
    row = page.locator("dl.given > div").filter(has_text=criterion).first
    expect(row.locator(".points").first).to_have_text("3")


def _hand_in(page: Page, button: str, done: str) -> None:
    press(page, button)
    expect(page.get_by_role("main")).to_contain_text(re.compile(re.escape(done)))
