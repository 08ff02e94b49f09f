"""Input about the pool of evaluators and about who evaluates what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.actions.evaluators import Competence, Side
from minka.innovation.forms.fields import ThemesField, chosen_ids, text_area
from minka.innovation.models import EvaluatorProfile
from minka.innovation.queries.assignment_plan import (
    MOST_PER_PROPOSAL,
    PER_PROPOSAL,
    Wishes,
)
from minka.innovation.queries.problems_themes import theme_groups
from minka.innovation.states import EvaluatorKind, EvaluatorScope
from minka.knowledge.models import Actor
from minka.knowledge.queries.directory import visible_actors
from minka.methods.text import search_key


class EvaluatorForm(DomainForm):
    """What somebody can judge and bear; the team also says from which side."""

    kind = forms.ChoiceField(
        label=_("Evaluates as"), choices=EvaluatorKind.choices, widget=forms.RadioSelect
    )
    scope = forms.ChoiceField(
        label=_("Comes from"),
        help_text=_("Only for experts."),
        required=False,
        choices=[("", "—"), *EvaluatorScope.choices],
    )
    expertise = forms.CharField(
        label=_("What you know well"),
        help_text=_(
            "Processes, equipment, methods, in your own words and in either language. "
            "Proposals that speak of them are offered to you first."
        ),
        required=False,
        max_length=4000,
        widget=text_area(5),
    )
    reads_spanish = forms.BooleanField(label=_("Reads Spanish"), required=False)
    reads_english = forms.BooleanField(label=_("Reads English"), required=False)
    max_load = forms.IntegerField(label=_("Most proposals at a time"), min_value=1, max_value=60)
    available_from = forms.DateField(
        label=_("Available from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    available_until = forms.DateField(
        label=_("Available until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, *args: Any, profile: EvaluatorProfile | None, side: Side, by_team: bool, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", _initial(profile, side))
        super().__init__(*args, **kwargs)
        self.side = side
        if not by_team:
            del self.fields["kind"], self.fields["scope"]
        also = profile.themes.all() if profile else ()
        self.fields["themes"] = ThemesField(
            theme_groups(also=also), label=_("Themes"), required=False
        )

    def chosen_themes(self) -> set[int]:
        """Return the ids of the themes that are ticked now."""
        return chosen_ids(self["themes"])

    def competence(self) -> Competence:
        """Return what was typed, for the action."""
        clean = self.cleaned_data
        return Competence(
            themes=clean["themes"],
            expertise=clean["expertise"],
            reads_spanish=clean["reads_spanish"],
            reads_english=clean["reads_english"],
            max_load=clean["max_load"],
            available_from=clean["available_from"],
            available_until=clean["available_until"],
        )

    def chosen_side(self) -> Side:
        """Return the side that was chosen, or that which holds."""
        clean = self.cleaned_data
        return Side(clean["kind"], clean["scope"]) if "kind" in clean else self.side


def _initial(profile: EvaluatorProfile | None, side: Side) -> dict[str, Any]:
    start: dict[str, Any] = {"kind": side.kind, "scope": side.scope}
    if profile is None:
        return {**start, "reads_spanish": True, "max_load": 8}
    names = ("expertise", "reads_spanish", "reads_english", "max_load", "available_from",
             "available_until")  # fmt: skip
    return {
        **start,
        "themes": list(profile.themes.all()),
        **{n: getattr(profile, n) for n in names},
    }


class InterestForm(DomainForm):
    """An organisation by its name, and why it cannot be judged."""

    organisation = forms.CharField(
        label=_("Organisation"), help_text=_("Its name as it stands on the map."), max_length=250
    )
    reason = forms.CharField(
        label=_("What the conflict is"),
        help_text=_("Needed only by the cluster team; nobody else reads it."),
        max_length=2000,
        widget=text_area(2),
    )

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_organisation(self) -> Actor:
        """Return the one organisation of that name."""
        key = search_key(self.cleaned_data["organisation"])
        found = list(visible_actors(viewer=self.viewer).filter(name_key=key)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Several organisations have this name."))
        raise forms.ValidationError(_("No organisation of the map has this name."))


class WishesForm(forms.Form):
    """What is asked of an assignment; lives in the address, so that it can be shared."""

    per = forms.IntegerField(
        label=_("Evaluators per proposal"),
        min_value=1,
        max_value=MOST_PER_PROPOSAL,
        required=False,
    )
    both = forms.BooleanField(
        label=_("At least one technical and one operational each"), required=False
    )
    keep = forms.BooleanField(
        label=_("Keep also those who were asked and have not declared"), required=False
    )
    sent = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def wishes(self) -> Wishes:
        """Return what is wished; without anything in the address, what is usual."""
        if not self.is_valid() or not self.cleaned_data["sent"]:
            return Wishes()
        clean = self.cleaned_data
        return Wishes(
            per_proposal=clean["per"] or PER_PROPOSAL,
            both_kinds=clean["both"],
            keep_asked=clean["keep"],
        )
