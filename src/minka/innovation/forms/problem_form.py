"""The problem in full: every field with who reads it, whole or one step at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from minka.innovation.actions.problem_content import ProblemContent, content_of
from minka.innovation.forms.drafts import DraftForm
from minka.innovation.forms.fields import GroupedThemeField, ThemesField, chosen_ids, text_area
from minka.innovation.models import Problem
from minka.innovation.queries.problem_parts import PARTS, STEPS, FormStep, Part, tiers_of
from minka.innovation.queries.problem_reading import Audience, plain_number
from minka.innovation.queries.problems_themes import stage_groups, theme_groups
from minka.innovation.states import Trl, Urgency

TIER = "tier_"


@dataclass(frozen=True)
class PartRow:
    """One part as the form draws it: its fields, and the choice of who reads it."""

    part: Part
    fields: list[BoundField]
    tier: BoundField | None


@dataclass(frozen=True)
class StepRows:
    """One page of the form."""

    step: FormStep
    rows: list[PartRow]


def words(label: Any, help_text: Any = "", *, rows: int = 4, **kwargs: Any) -> forms.CharField:
    """Return a field for sentences that may stay empty."""
    kwargs.setdefault("required", False)
    return forms.CharField(label=label, help_text=help_text, widget=text_area(rows), **kwargs)


def figure(label: Any, help_text: Any = "", **kwargs: Any) -> forms.DecimalField:
    """Return a field for a figure; `step=any` because readings have decimals."""
    kwargs.setdefault("required", False)
    attrs = {"step": "any", "inputmode": "decimal"}
    return forms.DecimalField(
        label=label, help_text=help_text, widget=forms.NumberInput(attrs=attrs), **kwargs
    )


class ProblemForm(DraftForm):
    """The whole problem, or one step of it. Only the title is needed to save."""

    title = forms.CharField(
        label=_("Title"),
        help_text=_("One line, without the name of the company or the site."),
        max_length=200,
    )
    title_other = forms.CharField(
        label=_("Title in the other language"),
        help_text=_("In English if you write in Spanish. The team can help."),
        max_length=200,
        required=False,
    )
    what_happens = words(
        _("What happens?"),
        _(
            "What one sees, since when, how often, and what follows from it. The representatives "
            "of other companies read this text when they rate; names of the company and its sites "
            "are covered for them."
        ),
        rows=7,
        required=True,
    )
    site = forms.CharField(label=_("Site or operation"), max_length=120)
    user_area = forms.CharField(label=_("User area"), max_length=80, required=False)
    sponsor = forms.CharField(
        label=_("Sponsor in the company"),
        help_text=_("Who answers for the problem and would open the doors for a pilot."),
        max_length=120,
        required=False,
    )
    baseline_value = figure(_("Figure today"), _("For example: 42"))
    baseline_unit = forms.CharField(
        label=_("Unit and period"),
        help_text=_("For example: hours stopped per month"),
        max_length=120,
        required=False,
    )
    baseline_source = forms.CharField(
        label=_("Where does the figure come from?"), max_length=300, required=False
    )
    yearly_cost_usd = figure(
        _("Cost per year, in US dollars"),
        _("An estimate is enough: lost production, spares, hours, water, energy."),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=True,
    )
    cost_basis = words(
        _("How is that cost known?"),
        _("Which records, of which period, and who worked it out."),
        required=True,
    )
    systems = words(
        _("Which systems and equipment are in use there today?"),
        _("Control systems, sensors, software, machines: what a solution has to live with."),
        rows=3,
    )
    tried = words(
        _("What was tried, and why did it fail?"),
        _("If nothing was tried yet, say so."),
        required=True,
    )
    constraint_hse = words(_("Safety, health and environment"), rows=2)
    constraint_altitude = words(_("Altitude and climate"), rows=2)
    constraint_connectivity = words(_("Connectivity and power"), rows=2)
    constraint_shifts = words(_("Shifts and stops"), rows=2)
    constraints_text = words(
        _("What else must a solution respect?"),
        _("Space, stops, standards, permits, chemistry, altitude."),
        rows=3,
    )
    sought = words(_("What do you look for?"), rows=3)
    not_sought = words(
        _("What do you not look for?"), _("Saves work for whoever would offer it."), rows=3
    )
    success_measure = words(
        _("How would you know that it is solved?"),
        _("A figure that is measured today, and the one you want to see."),
        rows=3,
        required=True,
    )
    success_value = figure(_("Threshold"), _("The figure from which it counts as solved."))
    success_unit = forms.CharField(label=_("Unit of the threshold"), max_length=120, required=False)
    trl_entry = forms.TypedChoiceField(
        label=_("Readiness wanted at the start"),
        help_text=_("How far a technology has to be when it comes to you."),
        choices=[("", "—"), *Trl.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    trl_exit = forms.TypedChoiceField(
        label=_("Readiness wanted at the end"),
        choices=[("", "—"), *Trl.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    data_offered = words(_("Which data can you offer?"), rows=2)
    samples_offered = words(_("Which samples can you offer?"), rows=2)
    pilot_site = words(_("Where could it be tried?"), _("Place, from when, for how long."), rows=2)
    urgency = forms.ChoiceField(
        label=_("How urgent is it?"), choices=[("", "—"), *Urgency.choices], required=False
    )
    objective = forms.CharField(
        label=_("Which objective of the company does it serve?"), max_length=200, required=False
    )

    def __init__(
        self,
        *args: Any,
        problem: Problem,
        step: FormStep | None = None,
        audience: Audience = Audience.COMPANY,
        **kwargs: Any,
    ) -> None:
        """Ask for what `audience` may read; only the company chooses who else does."""
        self.problem, self.steps = problem, (step,) if step else STEPS
        tiers = tiers_of(problem)
        kwargs.setdefault("initial", _values(problem))
        super().__init__(*args, **kwargs)
        self._add_themes()
        self._parts = [
            part for one in self.steps for part in one.parts if audience.reads(tiers[part.key])
        ]
        wanted = {name for part in self._parts for name in part.fields}
        for name in [name for name in self.fields if name not in wanted]:
            del self.fields[name]
        for part in self._parts if audience == Audience.COMPANY else ():
            self.fields[f"{TIER}{part.key}"] = forms.ChoiceField(
                label=_("Who reads it"),
                choices=part.choices,
                initial=tiers[part.key].value,
                required=False,
            )

    def rows(self) -> Iterator[StepRows]:
        """Yield the pages with their fields, as the template draws them."""
        for step in self.steps:
            parts = [
                PartRow(
                    part,
                    [self[name] for name in part.fields],
                    self[f"{TIER}{part.key}"] if f"{TIER}{part.key}" in self.fields else None,
                )
                for part in step.parts
                if part in self._parts
            ]
            yield StepRows(step, parts)

    def chosen_themes(self) -> set[int]:
        """Return the ids of the themes that are ticked now."""
        return chosen_ids(self["themes"]) if "themes" in self.fields else set()

    def content(self) -> ProblemContent:
        """Return what the problem says with what was typed, for the action."""
        before = content_of(self.problem)
        values = {n: getattr(before, n) for n in ProblemContent.__dataclass_fields__}
        typed = {n: v for n, v in self.cleaned_data.items() if not n.startswith(TIER)}
        tiers = dict(before.tiers)
        for name, value in self.cleaned_data.items():
            key = name.removeprefix(TIER)
            if name.startswith(TIER) and value and value != PARTS[key].tier:
                tiers[key] = value
            elif name.startswith(TIER) and value:
                tiers.pop(key, None)
        return ProblemContent(**{**values, **typed, "tiers": tiers})

    def _add_themes(self) -> None:
        self.fields["stage"] = GroupedThemeField(
            stage_groups(), label=_("Where in the value chain?")
        )
        self.fields["themes"] = ThemesField(
            theme_groups(also=self.problem.themes.all()), label=_("Themes"), required=False
        )


def _values(problem: Problem) -> dict[str, Any]:
    names = (n for n in ProblemContent.__dataclass_fields__ if n not in {"themes", "tiers"})
    found = {name: getattr(problem, name) for name in names}
    shown = {n: plain_number(v) if isinstance(v, Decimal) else v for n, v in found.items()}
    return {**shown, "themes": list(problem.themes.all())}
