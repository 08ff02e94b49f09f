"""What a challenge begins with: what its problems say, where the tier of each thing allows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from minka.innovation.models import Problem
from minka.innovation.queries.challenge_parts import UNTITLED
from minka.innovation.queries.challenge_terms import first_terms
from minka.innovation.queries.problem_names import names_of_owner
from minka.innovation.queries.problem_reading import Audience, Line, Reading, reading_for
from minka.methods.redaction import redact

TITLE_MAX = 200
COVER = "…"
# A line of a problem → the text of the challenge that has it, when public and when confidential.
PLACES = {
    "what_happens": ("background", "nda_details"),
    "baseline_value": ("background", "nda_details"),
    "baseline_unit": ("background", "nda_details"),
    "baseline_source": ("background", "nda_details"),
    "yearly_cost_usd": ("background", "nda_details"),
    "systems": ("background", "nda_details"),
    "tried": ("background", "nda_details"),
    "constraint_hse": ("background", "nda_limits"),
    "constraint_altitude": ("background", "nda_limits"),
    "constraint_connectivity": ("background", "nda_limits"),
    "constraint_shifts": ("background", "nda_limits"),
    "constraints_text": ("background", "nda_limits"),
    "sought": ("sought", "nda_details"),
    "not_sought": ("not_sought", "nda_details"),
    "success_measure": ("success", "nda_details"),
    "success_value": ("success", "nda_details"),
    "success_unit": ("success", "nda_details"),
    "data_offered": ("incentives", "nda_offer"),
    "samples_offered": ("incentives", "nda_offer"),
    "pilot_site": ("incentives", "nda_offer"),
}
UNITS = {"baseline_value": "baseline_unit", "success_value": "success_unit"}
BARE = {"what_happens", "sought", "not_sought", "success_measure"}  # they need no heading


@dataclass
class Beginning:
    """The texts, the themes and the readiness that a draft starts with."""

    texts: dict[str, str] = field(default_factory=dict)
    theme_ids: set[int] = field(default_factory=set)
    trl_minimum: int | None = None


def beginning_of(problems: Sequence[Problem]) -> Beginning:
    """No person: return what a draft may say from the start, with every owner's names covered.

    Only what solvers read goes in: what is for the company or the team alone is in neither part.
    """
    names = [name for problem in problems for name in names_of_owner(problem)]
    made = Beginning(texts=first_terms())
    for problem in problems:
        public = reading_for(Audience.PUBLIC, problem)
        solvers = reading_for(Audience.SOLVERS, problem)
        made.theme_ids |= public.theme_ids - ({problem.stage_id} - _themes(problem))
        for place, text in _lines(public, solvers):
            _append(made.texts, f"{place}_{problem.language}", redact(text, names, COVER))
        if "trl_entry" in public.lines and problem.trl_entry:
            made.trl_minimum = max(problem.trl_entry, made.trl_minimum or 1)
    for language, title in _titles(problems[0]).items():
        made.texts[f"title_{language}"] = redact(title, names, COVER)[:TITLE_MAX]
    return made


def _titles(problem: Problem) -> dict[str, str]:
    """Return the titles by language; a draft is listed under a Spanish one, whatever it is."""
    if "title" not in reading_for(Audience.PUBLIC, problem).lines:
        return {"es": UNTITLED, "en": ""}
    other = "en" if problem.language == "es" else "es"
    found = {problem.language: problem.title, other: problem.title_other}
    return {**found, "es": found["es"] or found["en"]}


def _lines(public: Reading, solvers: Reading) -> Iterable[tuple[str, str]]:
    for name, (open_place, closed_place) in PLACES.items():
        line = solvers.lines.get(name)
        if line is None or not line.text or name in UNITS.values():
            continue
        place = open_place if name in public.lines else closed_place
        yield place, _sentence(solvers, line)


def _sentence(reading: Reading, line: Line) -> str:
    text = line.text
    if line.name in UNITS:
        text = f"{text} {reading.text(UNITS[line.name])}".strip()
    return text if line.name in BARE else f"{line.label}: {text}"


def _append(texts: dict[str, str], name: str, text: str) -> None:
    texts[name] = f"{texts[name]}\n\n{text}" if texts.get(name) else text


def _themes(problem: Problem) -> set[int | None]:
    return {theme.pk for theme in problem.themes.all()}
