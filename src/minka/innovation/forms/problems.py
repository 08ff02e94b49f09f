"""What a company writes about a problem."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.actions.problems import ProblemContent
from minka.innovation.forms.drafts import DraftForm
from minka.innovation.forms.fields import GroupedThemeField, ThemesField, chosen_ids, text_area
from minka.innovation.models import Problem
from minka.innovation.queries.problems import own_companies
from minka.innovation.queries.problems_themes import stage_groups, theme_groups
from minka.knowledge.models import Actor


class StartProblemForm(DomainForm):
    """The title, and the company when a person acts for several."""

    title = forms.CharField(
        label=_("What is the problem, in one line?"),
        help_text=_(
            "For example: “Mill liners last half of what was planned”. Do not name the company "
            "or the site here: other companies' representatives will read this line."
        ),
        max_length=200,
    )
    company = forms.ModelChoiceField(label=_("Company"), queryset=Actor.objects.none())

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["company"]
        field.queryset = own_companies(viewer=viewer)
        if len(field.queryset) == 1:
            field.empty_label = None


class ProblemForm(DraftForm):
    """The whole problem in sections. Only the title is needed to save, the rest to submit."""

    title = forms.CharField(
        label=_("Title"),
        help_text=_("One line, without the name of the company or the site."),
        max_length=200,
    )
    what_happens = forms.CharField(
        label=_("What happens?"),
        help_text=_(
            "What one sees, since when, how often, and what follows from it. The representatives "
            "of other companies read this text when they rate; names of the company and its sites "
            "are covered for them."
        ),
        widget=text_area(7),
    )
    site = forms.CharField(
        label=_("Site or operation"),
        help_text=_("Only your company and the cluster team see this."),
        max_length=120,
    )
    user_area = forms.CharField(label=_("User area"), max_length=80, required=False)
    sponsor = forms.CharField(
        label=_("Sponsor in the company"),
        help_text=_("Who answers for the problem and would open the doors for a pilot."),
        max_length=120,
        required=False,
    )
    yearly_cost_usd = forms.DecimalField(
        label=_("Cost per year, in US dollars"),
        help_text=_("An estimate is enough: lost production, spares, hours, water, energy."),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    cost_basis = forms.CharField(
        label=_("How is that cost known?"),
        help_text=_("Which records, of which period, and who worked it out."),
        widget=text_area(),
    )
    tried = forms.CharField(
        label=_("What was tried, and why did it fail?"),
        help_text=_("If nothing was tried yet, say so."),
        widget=text_area(),
    )
    constraints_text = forms.CharField(
        label=_("What must a solution respect?"),
        help_text=_("Space, stops, standards, permits, chemistry, altitude."),
        widget=text_area(),
        required=False,
    )
    success_measure = forms.CharField(
        label=_("How would you know that it is solved?"),
        help_text=_("A figure that is measured today, and the one you want to see."),
        widget=text_area(3),
    )

    def __init__(self, *args: Any, problem: Problem, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {**_values(problem), "themes": list(problem.themes.all())})
        super().__init__(*args, **kwargs)
        self.fields["stage"] = GroupedThemeField(
            stage_groups(), label=_("Where in the value chain?")
        )
        self.fields["themes"] = ThemesField(
            theme_groups(also=problem.themes.all()), label=_("Themes"), required=False
        )

    def chosen_themes(self) -> set[int]:
        """Return the ids of the themes that are ticked now."""
        return chosen_ids(self["themes"])

    def content(self) -> ProblemContent:
        """Return what was typed, for the action."""
        return ProblemContent(**self.cleaned_data)


class AnswerForm(DomainForm):
    """A reply to what the cluster team asked."""

    answer = forms.CharField(
        label=_("Your answer to the cluster team"),
        help_text=_("Say what you added or changed, and where."),
        widget=text_area(),
        required=False,
    )


def _values(problem: Problem) -> dict[str, Any]:
    names = ProblemContent.__dataclass_fields__
    return {name: getattr(problem, name) for name in names if name != "themes"}
