"""Problems: stated by user areas, triaged by the team, rated by representatives, shortlisted."""

from decimal import Decimal
from typing import Any

from minka.cli.demo.ecosystem import load_content
from minka.cli.demo.steps import studio
from minka.cli.demo.steps.intake import details_of
from minka.cli.demo.steps.world import World
from minka.core.models import User
from minka.innovation.actions.criteria import CriterionRow
from minka.innovation.actions.editions import EditionTerms, create_edition, save_rating_criteria
from minka.innovation.actions.problem_content import ProblemContent
from minka.innovation.actions.problems import save_problem, start_problem, submit_problem
from minka.innovation.actions.ratings import rate_problem
from minka.innovation.actions.triage import accept_problem, ask_information, decline_problem
from minka.innovation.models import Edition, Problem
from minka.knowledge.models import Theme

# what raters add to what a problem is worth: as many chances each, some severe and some lenient
SEVERITY = ((-1, 0, 0, 0, 0, 1), (-1, -1, -1, 0, 0, 0), (0, 0, 0, 0, 1, 1), (-1, 0, 0, 0, 0, 0))
RATER_TO_BE = "rep-cerro-illari"
SHORTLIST_REASON = (
    "Los representantes acordaron publicar los problemas con mayor puntaje que tienen sitio y "
    "datos para un piloto en los próximos doce meses."
)


def open_edition(world: World) -> Edition:
    """Open the edition with its rating criteria."""
    content = load_content("cluster")
    edition = create_edition(
        by=world.staff,
        terms=EditionTerms(
            name_es=content["edition"]["name_es"],
            name_en=content["edition"]["name_en"],
            shortlist_size=len(_chosen_keys()),
        ),
    )
    rows = [
        CriterionRow(
            name_es=row["name_es"],
            name_en=row["name_en"],
            weight=row["weight"],
            meaning_es=row["description_es"],
            meaning_en=row["description_en"],
        )
        for row in content["shortlist_criteria"]
    ]
    save_rating_criteria(by=world.staff, edition=edition, rows=rows)
    return edition


def state_problems(world: World) -> None:
    """State every problem and take it as far as its `state` says."""
    themes = {theme.label_es: theme for theme in Theme.objects.all()}
    companies = load_content("companies")
    for row in load_content("problems"):
        company = companies[row["company"]]
        author = _author(world, company["key"], row["user_area"])
        problem = start_problem(
            by=author, company=world.companies[row["company"]], title=row["title"]
        )
        content = _content(row, company, themes)
        save_problem(by=author, problem=problem, revision=0, content=content)
        world.problems[row["key"]] = problem
        if row["state"] != "draft":
            submit_problem(by=author, problem=problem)
            _triage(world, problem, row)


def rate_and_choose(world: World, edition: Edition) -> None:
    """Let representatives and team rate what was accepted, then choose what becomes challenges."""
    criteria = list(edition.criteria.order_by("position"))
    names = [row["key"] for row in load_content("cluster")["shortlist_criteria"]]
    people = load_content("people")
    raters = [
        world.people[row["key"]] for row in people if row["role"] in {"representative", "staff"}
    ]
    for row in load_content("problems"):
        if row["state"] != "accepted":
            continue
        for place, rater in enumerate(raters):
            if rater == world.people[RATER_TO_BE] and row["key"] not in _chosen_keys()[:6]:
                continue  # whoever tries the demonstration has something to rate
            for name, criterion in zip(names, criteria, strict=True):
                points = row["ratings"][name] + world.rng.choice(SEVERITY[place % len(SEVERITY)])
                rate_problem(
                    by=rater,
                    problem=world.problems[row["key"]],
                    criterion=criterion,
                    points=min(5, max(1, points)),
                )
    chosen = [world.problems[key].pk for key in _chosen_keys()]
    studio.study_and_adopt(world, edition, chosen=chosen, reason=SHORTLIST_REASON)


def _chosen_keys() -> list[str]:
    return [key for row in load_content("challenges") for key in row["problems"]]


def _author(world: World, company: str, area: str) -> User:
    """Somebody of that user area, or else whoever represents the company."""
    own = f"user-{company}-{area}"
    return world.people.get(own) or world.people[f"rep-{company}"]


def _content(
    row: dict[str, Any], company: dict[str, Any], themes: dict[str, Theme]
) -> ProblemContent:
    areas = {area["key"]: area["name_es"] for area in company["user_areas"]}
    return ProblemContent(
        title=row["title"],
        what_happens=row["what_happens"],
        site=company["site"]["name"],
        user_area=areas[row["user_area"]],
        sponsor="Gerencia de operaciones",
        stage=_stage(themes[row["where"]]),
        yearly_cost_usd=Decimal(row["yearly_cost_usd"]) if row["yearly_cost_usd"] else None,
        cost_basis=row["cost_basis"],
        tried=row["tried"],
        constraints_text=row["constraints"],
        success_measure=row["success_measure"],
        title_other=row.get("title_en", ""),
        themes=[themes[label] for label in dict.fromkeys([row["where"], *row["themes"]])],
        **details_of(row["key"]),
    )


def _stage(theme: Theme) -> Theme | None:
    """Climb to the stage of the value chain that the theme belongs to, if it does."""
    while theme.broader is not None and theme.broader.broader is not None:
        theme = theme.broader
    is_stage = theme.broader is not None and theme.broader.label_en == "mining value chain"
    return theme if is_stage else None


def _triage(world: World, problem: Problem, row: dict[str, Any]) -> None:
    problem.refresh_from_db()
    if row["state"] == "accepted":
        accept_problem(by=world.staff, problem=problem)
    elif row["state"] == "needs_information":
        ask_information(by=world.staff, problem=problem, question=row["state_note"])
    elif row["state"] == "declined":
        decline_problem(by=world.staff, problem=problem, reason=row["state_note"])
