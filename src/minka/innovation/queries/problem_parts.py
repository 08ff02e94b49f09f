"""The parts of a problem: which columns each has, in which step, and who may read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from minka.core.components import Text
from minka.innovation.models import Problem
from minka.innovation.states import Tier


@dataclass(frozen=True)
class Part:
    """Something a company says of a problem, read by the same people as a whole.

    Args:
        tier: who reads it unless the company chooses otherwise.
        floor: the fewest that have to read it: without it nobody could triage or rate.
        for_raters: what rating needs: representatives of other companies see it, without names,
            when they rate, where solvers or everybody may read it.
    """

    key: str
    label: Text
    fields: tuple[str, ...]
    tier: Tier
    floor: Tier = Tier.COMPANY
    for_raters: bool = False

    @property
    def choices(self) -> list[tuple[str, Text]]:
        """Return the tiers that the company can choose."""
        return [(one.value, one.label) for one in Tier if one.breadth >= self.floor.breadth]


@dataclass(frozen=True)
class FormStep:
    """One page of the form."""

    number: int
    label: Text
    help: Text
    parts: tuple[Part, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the columns that this page asks for."""
        return tuple(name for part in self.parts for name in part.fields)


T = Tier
STEPS = (
    FormStep(
        1,
        _("What happens"),
        _("What one sees, and where in the process."),
        (
            Part("title", _("Title"), ("title", "title_other"), T.PUBLIC, T.TEAM, for_raters=True),
            Part("what_happens", _("What happens"), ("what_happens",), T.SOLVERS, T.TEAM, True),
            Part("stage", _("Where in the value chain"), ("stage",), T.PUBLIC, T.TEAM, True),
            Part("themes", _("Themes"), ("themes",), T.PUBLIC, T.TEAM, for_raters=True),
        ),
    ),
    FormStep(
        2,
        _("Where and who"),
        _("The site, the area that has the problem, and who answers for it."),
        (
            Part("site", _("Site"), ("site",), T.TEAM, T.TEAM),
            Part("user_area", _("User area"), ("user_area",), T.TEAM),
            Part("sponsor", _("Sponsor"), ("sponsor",), T.TEAM),
        ),
    ),
    FormStep(
        3,
        _("How much"),
        _("The figure as it is today, and what it costs."),
        (
            Part(
                "baseline",
                _("The figure today"),
                ("baseline_value", "baseline_unit", "baseline_source"),
                T.SOLVERS,
            ),
            Part("cost", _("Cost per year"), ("yearly_cost_usd",), T.TEAM, T.TEAM, for_raters=True),
            Part("cost_basis", _("How the cost is known"), ("cost_basis",), T.TEAM, T.TEAM),
        ),
    ),
    FormStep(
        4,
        _("What there is today"),
        _("Systems in use, what was tried, and what a solution has to respect."),
        (
            Part("systems", _("Systems in use today"), ("systems",), T.SOLVERS),
            Part("tried", _("What was tried"), ("tried",), T.SOLVERS, T.TEAM),
            Part(
                "constraints",
                _("What a solution must respect"),
                (
                    "constraint_hse",
                    "constraint_altitude",
                    "constraint_connectivity",
                    "constraint_shifts",
                    "constraints_text",
                ),
                T.SOLVERS,
            ),
        ),
    ),
    FormStep(
        5,
        _("What is sought"),
        _("What would help, what would not, and how you would know."),
        (
            Part("sought", _("What is sought and what is not"), ("sought", "not_sought"), T.PUBLIC),
            Part(
                "success",
                _("How success is measured"),
                ("success_measure", "success_value", "success_unit"),
                T.PUBLIC,
                T.TEAM,
            ),
            Part("trl", _("Technology readiness"), ("trl_entry", "trl_exit"), T.PUBLIC),
        ),
    ),
    FormStep(
        6,
        _("What you offer, and how urgent it is"),
        _("Data, samples or a place to try, and what the problem means for the company."),
        (
            Part("data", _("Data on offer"), ("data_offered",), T.SOLVERS),
            Part("samples", _("Samples on offer"), ("samples_offered",), T.SOLVERS),
            Part("pilot_site", _("Pilot site on offer"), ("pilot_site",), T.SOLVERS),
            Part("urgency", _("Urgency"), ("urgency",), T.TEAM),
            Part("objective", _("Strategic objective served"), ("objective",), T.TEAM),
            Part("files", _("Files"), (), T.TEAM),
        ),
    ),
)
PARTS: Mapping[str, Part] = {part.key: part for step in STEPS for part in step.parts}
PART_OF: Mapping[str, Part] = {name: part for part in PARTS.values() for name in part.fields}
STEP_OF: Mapping[str, int] = {name: step.number for step in STEPS for name in step.fields}


def tier_of(part: Part, chosen: Mapping[str, Any]) -> Tier:
    """Return who reads a part, given what a company chose; never fewer than its floor."""
    value = chosen.get(part.key)
    tier = Tier(value) if value in Tier.values else part.tier
    return tier if tier.breadth >= part.floor.breadth else part.floor


def tiers_of(problem: Problem) -> dict[str, Tier]:
    """Return who reads each part of a problem."""
    return {key: tier_of(part, problem.tiers) for key, part in PARTS.items()}


def step_numbered(number: int) -> FormStep | None:
    """Return a page of the form, None when there is none of that number."""
    return next((step for step in STEPS if step.number == number), None)
