"""From problems of competing companies to challenges worth publishing, as five people do it."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from minka.innovation.actions.challenges import draft_challenge, save_challenge
from minka.innovation.actions.challenges_publication import publish_challenge
from minka.innovation.actions.problems import submit_problem
from minka.innovation.actions.protection import choose_protection
from minka.innovation.actions.ratings import rate_problem
from minka.innovation.actions.triage import accept_problem
from minka.innovation.models import Challenge, Problem, RatingCriterion
from minka.innovation.states import Protection
from tests.e2e.walk.challenge import hide_by_rule
from tests.e2e.walk.hands import chosen, es, field, heading, press
from tests.innovation.challenge_stories import TEXTS, approve_all, whole

PLACES = 8
STAGE = "procesamiento de minerales"
COLUMNS = (
    "Problema;Descripción;Unidad minera;Etapa;Costo anual (US$);Qué se intentó;Indicador;Sustento"
)
SUBJECTS = (
    "Polvo en las rampas de acarreo",
    "Agua de relaves que no vuelve a la planta",
    "Paradas del molino por revestimientos",
    "Fatiga de operadores en turno de noche",
    "Arsénico en el concentrado",
    "Cables eléctricos dañados por palas",
    "Neumáticos que duran la mitad",
    "Aspersores tapados en las pilas",
    "Fajas que se cortan en época de lluvia",
    "Bombas con corrosión por agua salada",
    "Voladura con bancos irregulares",
    "Consumo de diésel en camiones detenidos",
    "Sales en los ejes de electroobtención",
    "Comunicación perdida en el tajo",
    "Muestras que tardan tres días",
    "Repuestos sin planos",
    "Taludes sin monitoreo continuo",
)


def bring_sheet(page: Page, folder: Path, *, site: str, count: int) -> None:
    """A user area uploads its list, sees how it was understood, and makes the drafts."""
    lines = [
        f"{subject} de {site};Ocurre cada semana en {site} y nadie lo mide.;{site};{STAGE};"
        f"{100_000 + 10_000 * number};Dos proveedores, sin resultado.;Paradas por mes.;Partes de 2025."
        for number, subject in enumerate(SUBJECTS[:count])
    ]
    sheet = folder / f"problemas-{count}.csv"
    sheet.write_text("\n".join([COLUMNS, *lines]), encoding="utf-8")
    page.goto("/problemas/hoja/")
    page.locator("input[type=file]").set_input_files(sheet)
    press(page, es("Look at it"))
    heading(page, sheet.name)
    expect(page.locator("ol.cards-typed > li")).to_have_count(count)
    press(page, es("Make the drafts"))
    expect(page.get_by_role("main")).to_contain_text(f"{SUBJECTS[0]} de {site}")


def submit_one(page: Page, title: str) -> None:
    """Hand one in with the button; what is missing would be said here."""
    page.goto("/problemas/")
    page.get_by_role("main").get_by_role("link", name=title).first.click()
    heading(page, title)
    press(page, es("Submit the problem"))
    expect(page.get_by_role("main")).to_contain_text(es("To be triaged"))


def hand_in_the_rest(*people: Any) -> None:
    """The same act for the other drafts, each by somebody of its company."""
    for person in people:
        companies = person.memberships.values("actor")
        for problem in Problem.objects.filter(company__in=companies, state="draft"):
            submit_problem(by=person, problem=problem)


def accept_all(team: Any) -> None:
    """Triage, problem by problem."""
    for problem in Problem.objects.filter(state="submitted"):
        accept_problem(by=team, problem=problem)


def rate_one(page: Page, title: str, *, hidden: str) -> None:
    """A representative rates a problem of the competitor, and does not read whose it is."""
    page.goto("/priorizacion/calificar/")
    page.get_by_role("main").get_by_role("link", name=re.compile(title)).first.click()
    expect(page.get_by_role("main")).not_to_contain_text(hidden)
    chosen(page, "Impacto", 4)
    chosen(page, "Urgencia", 5)
    expect(page.get_by_text(es("Saved"), exact=True)).to_have_count(2)


def rate_the_rest(*raters: Any) -> None:
    """Points that differ by problem, rater and criterion, the same in every run."""
    criteria = list(RatingCriterion.objects.order_by("position"))
    for place, problem in enumerate(Problem.objects.filter(state="accepted").order_by("pk")):
        for shift, rater in enumerate(raters):
            for number, criterion in enumerate(criteria):
                points = 1 + (place * (3 + number) + shift * shift) % 5
                rate_problem(by=rater, problem=problem, criterion=criterion, points=points)


def choose_in_the_studio(page: Page, folder: Path, *, company: str) -> None:
    """Eight of 34 with three at least of each company, kept, printed, and made the shortlist."""
    page.goto("/priorizacion/estudio/")
    expect(page.get_by_role("main")).to_contain_text("34")
    group = page.get_by_role("group", name=es("Company"))
    field(group, es("At least of each")).fill("3")
    press(page, es("Find the best set"))
    expect(page.get_by_role("main")).to_contain_text(company)
    press(page, es("Keep this version"))
    heading(page, "Versión 1 de la priorización")
    spanish = page.locator(".studio-pack").filter(has_text="Español")
    spanish.get_by_role("button", name=es("Make it")).click(timeout=60_000)
    with page.expect_download() as download:
        spanish.get_by_role("link", name=re.compile("PDF")).click(timeout=60_000)
    pack = folder / "paquete.pdf"
    download.value.save_as(pack)
    text = " ".join(one.extract_text() for one in PdfReader(pack).pages)
    assert "Polvo en las rampas" in text and "34" in text
    page.reload()
    field(page, es("Reason for the choice")).fill("Mayor valor, con tres de cada empresa.")
    press(page, es("Make it the shortlist"))
    heading(page, es("Shortlist"))
    expect(page.get_by_role("main")).to_contain_text(es("The last choice"))


def start_challenge(page: Page) -> str:
    """Begin a challenge from the first chosen problem that has none; return its address."""
    page.goto("/desafios/en-preparacion/")
    page.locator("input[name=problem]").first.check()
    press(page, es("Start a challenge"))
    page.wait_for_url(re.compile("/editar/"))
    return page.url.rstrip("/").split("/")[-2]


def fill_in(team: Any, slug: str) -> str:
    """Write what the problem did not bring, in both languages; return whose problem it is."""
    challenge = Challenge.objects.get(slug=slug)
    named = {"title_es": challenge.title_es, "title_en": f"Challenge {challenge.pk}"}
    content = whole(texts={**TEXTS, **named}, themes=list(challenge.themes.all()))
    save_challenge(by=team, challenge=challenge, revision=challenge.revision, content=content)
    return str(challenge.problems.get().company.name)


def bring_the_rest(team: Any) -> None:
    """Take every other chosen problem the same way to a published challenge."""
    for problem in Problem.objects.filter(state="shortlisted", challenges=None):
        challenge = draft_challenge(by=team, problems=[problem])
        fill_in(team, challenge.slug)
        challenge.refresh_from_db()
        choose_protection(by=team, challenge=challenge, protection=Protection.ACCESS)
        publish_challenge(by=team, challenge=approve_all(team, challenge))


def ask_approval(page: Page, slug: str) -> None:
    """The draft goes to the companies as it is."""
    hide_by_rule(page, slug)
    page.goto(f"/desafios/{slug}/editar/")
    press(page, es("Ask for approval"))
    expect(page.get_by_role("main")).to_contain_text(es("Asked for on"))


def approve(page: Page, slug: str) -> None:
    """Read what everybody will read, and approve it."""
    page.goto(f"/desafios/{slug}/aprobacion/")
    press(page, es("I approve it as it is"))
    expect(page.get_by_role("main")).to_contain_text(es("You have approved it."))


def publish(page: Page, slug: str) -> None:
    """Publish what everybody has approved."""
    page.goto(f"/desafios/{slug}/editar/")
    press(page, es("Publish"))
    page.get_by_role("dialog").get_by_role("button", name=es("Publish now")).click()
    page.wait_for_url(re.compile(f"/desafios/{slug}/$"))


def read_in_public(page: Page, title: str, english: str, *, hidden: tuple[str, ...]) -> None:
    """A stranger sees eight challenges in Spanish, reads one, and reads it in English, too."""
    page.goto("/desafios/")
    main = page.get_by_role("main")
    expect(main.locator("a[href^='/desafios/']").filter(has_text=re.compile(" de ")).first)
    main.get_by_role("link", name=title).first.click()
    heading(page, title)
    for name in hidden:
        expect(main).not_to_contain_text(name)
    page.get_by_role("banner").get_by_role("link", name="English").click()
    heading(page, english)
    page.get_by_role("banner").get_by_role("link", name="Español").click()
    heading(page, title)
