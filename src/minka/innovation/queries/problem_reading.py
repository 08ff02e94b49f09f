"""What somebody may read of a problem. Every page, list, export, search and API asks here.

The answer holds plain values, so that no template can reach for more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from typing import Any

from django.utils.translation import get_language

from minka.core.components import Text
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Problem
from minka.innovation.queries.problem_names import without_names
from minka.innovation.queries.problem_parts import PARTS, Part, tiers_of
from minka.innovation.rules import acts_for_company
from minka.innovation.states import ProblemState, Tier


class Audience(IntEnum):
    """Who reads; each also reads what those after it do."""

    COMPANY = 0
    TEAM = 1
    SOLVERS = 2
    PUBLIC = 3

    def reads(self, tier: Tier) -> bool:
        """Whether something of this tier is for this audience."""
        return tier.breadth >= self


@dataclass(frozen=True)
class Line:
    """One thing that is said, with its name and who else reads it."""

    name: str
    label: Text
    text: str
    tier: Tier
    is_words: bool = True


@dataclass(frozen=True)
class FileLine:
    """An attached file."""

    uid: str
    name: str
    size_bytes: int


@dataclass(frozen=True)
class Reading:
    """A problem as one audience reads it: what is not for it is not in here."""

    pk: int
    audience: Audience
    language: str
    title: str
    title_language: str
    state: str
    state_label: Text
    company: str
    partners: tuple[str, ...]
    edition: str
    updated_at: datetime
    lines: Mapping[str, Line]
    yearly_cost_usd: Decimal | None = None
    pilot_usd: Decimal | None = None  # for the company and the team, whatever is chosen
    files: tuple[FileLine, ...] = ()
    theme_ids: frozenset[int] = field(default_factory=frozenset)
    hidden: tuple[Text, ...] = ()  # labels of the parts that are not for this audience

    def text(self, name: str) -> str:
        """Return the words under a name, empty when there are none or they are not for here."""
        return self.lines[name].text if name in self.lines else ""

    def get_state_display(self) -> Text:
        """Return the state in words, as a model does."""
        return self.state_label

    @property
    def companies(self) -> str:
        """Return the names of all companies that have it."""
        return " · ".join((self.company, *self.partners))


def audience_of(*, viewer: Any, problem: Problem) -> Audience | None:
    """Return as whom `viewer` reads a problem; None for whoever may not even know of it."""
    if not viewer.is_authenticated:
        return None
    if acts_for_company(viewer, problem):
        return Audience.COMPANY
    if viewer.is_staff and (
        problem.state != ProblemState.DRAFT
        or (problem.author_id is not None and problem.author_id == viewer.pk)
        or (problem.author_id is None and problem.handed_over_at is not None)
    ):
        return Audience.TEAM
    return None


def reading_of(*, viewer: Any, problem: Problem) -> Reading | None:
    """Return what `viewer` may read of a problem, None when that is nothing at all.

    Costs no statement where company, stage, edition, themes, partners and files are loaded.
    """
    audience = audience_of(viewer=viewer, problem=problem)
    return None if audience is None else reading_for(audience, problem)


def readings(*, viewer: Any, problems: Iterable[Problem]) -> list[Reading]:
    """Return what `viewer` may read of each problem, in the same order."""
    found = (reading_of(viewer=viewer, problem=one) for one in problems)
    return [one for one in found if one is not None]


def reading_for(audience: Audience, problem: Problem) -> Reading:
    """Return a problem as an audience reads it; solvers and the public never learn whose it is."""
    tiers = tiers_of(problem)
    open_parts = [part for key, part in PARTS.items() if audience.reads(tiers[key])]
    inside = audience <= Audience.TEAM
    lines = {line.name: line for part in open_parts for line in _lines(problem, part, tiers)}
    title, language = _title(problem)
    if not inside:
        title = without_names(problem, title)
        lines = {n: replace(one, text=without_names(problem, one.text)) for n, one in lines.items()}
    keys = {part.key for part in open_parts}
    return Reading(
        pk=problem.pk,
        audience=audience,
        language=problem.language,
        title=title if "title" in keys else "",
        title_language=language,
        state=problem.state if inside else "",
        state_label=problem.get_state_display() if inside else "",
        company=problem.company.name if inside else "",
        partners=tuple(one.name for one in problem.partners.all()) if inside else (),
        edition=localized_text(problem.edition, "name")[0],
        updated_at=problem.updated_at,
        lines=lines,
        yearly_cost_usd=problem.yearly_cost_usd if "cost" in keys else None,
        pilot_usd=problem.pilot_usd if inside else None,
        files=_files(problem) if "files" in keys else (),
        theme_ids=_theme_ids(problem, keys),
        hidden=tuple(part.label for key, part in PARTS.items() if key not in keys),
    )


def words_for(audience: Audience, problem: Problem) -> str:
    """Return every word of a problem that an audience may find it by."""
    reading = reading_for(audience, problem)
    texts = [reading.title, reading.companies, *(line.text for line in reading.lines.values())]
    return " ".join(texts)


def plain_number(value: Decimal | None) -> str:
    """Return a figure without the zeros that a database adds."""
    return "" if value is None else f"{value.normalize():f}"


def _title(problem: Problem) -> tuple[str, str]:
    reads = (get_language() or "es")[:2]
    if problem.title_other and reads != problem.language:
        return problem.title_other, reads
    return problem.title, problem.language


def _lines(problem: Problem, part: Part, tiers: Mapping[str, Tier]) -> Iterable[Line]:
    for name in part.fields:
        text = shown_value(problem, name)
        is_words = problem._meta.get_field(name).get_internal_type() == "TextField"
        yield Line(name, label_of_field(name, part), text, tiers[part.key], is_words)


def shown_value(problem: Problem, name: str) -> str:
    """Return one column as people read it; for whoever has found that it may be read."""
    if name == "stage":
        return localized_text(problem.stage, "label")[0] if problem.stage else ""
    if name == "themes":
        return ", ".join(localized_text(one, "label")[0] for one in problem.themes.all())
    if name in {"urgency", "trl_entry", "trl_exit"}:
        display = getattr(problem, f"get_{name}_display")()
        return str(display) if display is not None else ""
    value = getattr(problem, name)
    return plain_number(value) if isinstance(value, Decimal) else str(value or "")


def label_of_field(name: str, part: Part) -> Text:
    """Return what one column of a part is called."""
    if len(part.fields) <= 1 or name in {"title", "constraints_text", "success_measure"}:
        return part.label
    label = str(Problem._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # names are those of columns
    return label[:1].upper() + label[1:]


def _files(problem: Problem) -> tuple[FileLine, ...]:
    return tuple(
        FileLine(str(one.file.uid), one.file.name, one.file.size_bytes)
        for one in problem.files.all()
    )


def _theme_ids(problem: Problem, keys: set[str]) -> frozenset[int]:
    themes = {one.pk for one in problem.themes.all()} if "themes" in keys else set()
    stage = {problem.stage_id} if "stage" in keys and problem.stage_id else set()
    return frozenset(themes | stage)
