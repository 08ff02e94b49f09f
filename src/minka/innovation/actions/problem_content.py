"""What a company writes about a problem, as one value: taken from it, checked, kept."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput
from minka.innovation.models import Problem
from minka.innovation.queries.problem_parts import PART_OF, PARTS
from minka.innovation.queries.problem_reading import plain_number
from minka.innovation.states import Tier, Trl, Urgency
from minka.knowledge.models import Theme

COST_MAX_USD = Decimal("999999999999.99")
FIGURE_MAX = Decimal(99_999_999_999)
NOT_TEXT = {"themes", "tiers", "stage"}


@dataclass(frozen=True)
class ProblemContent:
    """What a company writes about a problem; everything but the title may still be missing.

    `tiers` is who reads each part, by the key of the part, where it is not the default.
    """

    title: str
    what_happens: str = ""
    site: str = ""
    user_area: str = ""
    sponsor: str = ""
    stage: Theme | None = None
    yearly_cost_usd: Decimal | None = None
    cost_basis: str = ""
    tried: str = ""
    constraints_text: str = ""
    success_measure: str = ""
    title_other: str = ""
    baseline_value: Decimal | None = None
    baseline_unit: str = ""
    baseline_source: str = ""
    systems: str = ""
    constraint_hse: str = ""
    constraint_altitude: str = ""
    constraint_connectivity: str = ""
    constraint_shifts: str = ""
    sought: str = ""
    not_sought: str = ""
    success_value: Decimal | None = None
    success_unit: str = ""
    trl_entry: int | None = None
    trl_exit: int | None = None
    data_offered: str = ""
    samples_offered: str = ""
    pilot_site: str = ""
    urgency: str = ""
    objective: str = ""
    themes: QuerySet[Theme] | list[Theme] | tuple[Theme, ...] = ()
    tiers: Mapping[str, str] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """Return everything that is a column of the problem, texts without spaces around them."""
        values = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "themes"}
        values["tiers"] = {key: str(tier) for key, tier in self.tiers.items() if key in PARTS}
        return {name: v.strip() if isinstance(v, str) else v for name, v in values.items()}


def content_of(problem: Problem) -> ProblemContent:
    """No person: return what a problem says now."""
    names = [f.name for f in fields(ProblemContent) if f.name != "themes"]
    values = {name: getattr(problem, name) for name in names}
    return ProblemContent(**values, themes=list(problem.themes.all()))


def says_already(problem: Problem, content: ProblemContent) -> bool:
    """No person: tell whether a problem says just this now."""
    now = content_of(problem)
    themes = [{theme.pk for theme in one.themes} for one in (now, content)]
    return now.columns() == content.columns() and themes[0] == themes[1]


def kept_content(problem: Problem) -> dict[str, Any]:
    """No person: return every text by its column, as a version keeps it; themes by their slug."""
    kept: dict[str, Any] = {}
    for name in PART_OF:
        if name == "themes":
            kept[name] = sorted(theme.slug for theme in problem.themes.all())
        elif name == "stage":
            kept[name] = problem.stage.slug if problem.stage else ""
        else:
            value = getattr(problem, name)
            kept[name] = plain_number(value) if isinstance(value, Decimal) else str(value or "")
    kept["files"] = [one.file.name for one in problem.files.select_related("file")]
    return kept


def content_sha256(problem: Problem) -> str:
    """No person: return the fingerprint of what was handed in, for the ledger."""
    text = json.dumps(kept_content(problem), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def check_content(content: ProblemContent) -> None:
    """No person: refuse what cannot be stored.

    Raises:
        InvalidInput: `fields` says what, beside the field.
    """
    wrong: dict[str, str] = {}
    if not content.title.strip():
        wrong["title"] = _("Give the problem a title.")
    wrong |= _too_long(content)
    cost = content.yearly_cost_usd
    if cost is not None and not 0 <= cost <= COST_MAX_USD:
        wrong["yearly_cost_usd"] = _("Write an amount in US dollars, from 0 up.")
    for name in ("baseline_value", "success_value"):
        value = getattr(content, name)
        if value is not None and abs(value) > FIGURE_MAX:
            wrong[name] = _("Write a smaller figure, perhaps in a larger unit.")
    wrong |= _out_of_scale(content)
    if wrong:
        raise InvalidInput(fields=wrong)


def _too_long(content: ProblemContent) -> dict[str, str]:
    wrong = {}
    for name in (f.name for f in fields(ProblemContent) if f.name not in NOT_TEXT):
        limit = getattr(Problem._meta.get_field(name), "max_length", None)
        value = getattr(content, name)
        if limit and isinstance(value, str) and len(value.strip()) > limit:
            wrong[name] = (
                _("Write the title in at most 200 characters.")
                if name == "title"
                else _("Write at most %(most)s characters.") % {"most": limit}
            )
    return wrong


def _out_of_scale(content: ProblemContent) -> dict[str, str]:
    wrong = {}
    for name in ("trl_entry", "trl_exit"):
        if getattr(content, name) not in {None, *Trl.values}:
            wrong[name] = _("Choose a level from 1 to 9.")
    entry, leaving = content.trl_entry or 0, content.trl_exit
    if leaving and "trl_exit" not in wrong and leaving < entry:
        wrong["trl_exit"] = _("The level at the end cannot be below the one at the start.")
    if content.urgency and content.urgency not in Urgency.values:
        wrong["urgency"] = _("Choose one of the list.")
    for key, tier in content.tiers.items():
        part = PARTS.get(key)
        if part is None or tier not in Tier.values or Tier(tier).breadth < part.floor.breadth:
            wrong[f"tier_{key}"] = _("Choose one of the list.")
    return wrong
