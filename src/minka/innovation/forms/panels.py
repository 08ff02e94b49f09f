"""Input of a panel: the session, who sits, motions, counts, minutes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.core.models import User
from minka.innovation.actions.panels import PanelDetails
from minka.innovation.forms.drafts import DraftForm
from minka.innovation.models import Challenge, PanelSession
from minka.innovation.models.panel_states import (
    MajorityChoice,
    Office,
    QuorumChoice,
)
from minka.innovation.queries.panels import ItemView
from minka.innovation.states import Outcome
from minka.methods.assembly import Tally

WHEN = "%Y-%m-%dT%H:%M"


class PanelForm(DomainForm):
    """When and where a panel meets, and by which rules."""

    title = forms.CharField(label=_("What the session is called"), max_length=160)
    starts_at = forms.DateTimeField(
        label=_("Date and time, in the cluster's zone"),
        input_formats=[WHEN, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHEN),
    )
    place = forms.CharField(label=_("Meeting place"), max_length=200, required=False)
    link = forms.URLField(label=_("Link"), max_length=300, required=False, assume_scheme="https")
    quorum_rule = forms.ChoiceField(
        label=_("Quorum"),
        choices=QuorumChoice.choices,
        help_text=_(
            "Whoever leaves for a proposal counts neither among those there nor among those asked."
        ),
    )
    majority_rule = forms.ChoiceField(
        label=_("Majority"),
        choices=MajorityChoice.choices,
        help_text=_("A tie carries nothing."),
    )
    is_named = forms.BooleanField(
        label=_("Each member votes here, and the minutes say how"),
        help_text=_("Otherwise votes are counted by hand, and only the numbers are kept."),
        required=False,
        initial=True,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)

    @staticmethod
    def of(session: PanelSession) -> dict[str, Any]:
        """Return the values that the form starts from."""
        names = ("title", "starts_at", "place", "link", "quorum_rule", "majority_rule",
                 "is_named", "revision")  # fmt: skip
        return {name: getattr(session, name) for name in names}

    def details(self) -> PanelDetails:
        """Return what was written, without the revision."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        values.pop("challenges", None)
        return PanelDetails(**values)


class NewPanelForm(PanelForm):
    """A session for one or more challenges."""

    challenges = forms.ModelMultipleChoiceField(
        label=_("Challenges"),
        queryset=Challenge.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["challenges", "title", "starts_at"]

    def __init__(self, *args: Any, challenges: Any, **kwargs: Any) -> None:
        """Offer the challenges that this person may bring before a panel."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["challenges"]
        field.queryset = challenges


class SeatForm(DomainForm):
    """Who sits, and what they do there."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())
    office = forms.ChoiceField(label=_("Office"), choices=Office.choices, initial=Office.MEMBER)
    votes = forms.BooleanField(label=_("Has a vote"), required=False, initial=True)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        """Offer people of the cluster."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people


class MotionForm(DraftForm):
    """What is put to the vote, in the words that the decision will have."""

    outcome = forms.ChoiceField(
        label=_("It is moved to decide"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason, for the record"),
        help_text=_("Why it was decided so. It stays with the cluster."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    strengths = forms.CharField(
        label=_("What convinced"),
        help_text=_("Read by the supplier in the letter, before the feedback."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    feedback = forms.CharField(
        label=_("Advice for the supplier"),
        help_text=_("Concrete: what to better, how, and by what it would be seen."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CountForm(DomainForm):
    """Votes counted by hand."""

    in_favour = forms.IntegerField(label=_("In favour"), min_value=0, max_value=200)
    against = forms.IntegerField(label=_("Against"), min_value=0, max_value=200)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=200)

    def tally(self) -> Tally:
        """Return what was counted."""
        return Tally(**self.cleaned_data)


class MinutesForm(DomainForm):
    """What was said on each item, remarks and corrections."""

    remarks = forms.CharField(
        label=_("Remarks"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    corrections = forms.CharField(
        label=_("Corrections"),
        help_text=_(
            "What was recorded stays as it is: say here what is wrong in it, and what is right."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    why = forms.CharField(label=_("What was corrected, in a few words"), max_length=300)
    number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: list[dict[str, Any]], **kwargs: Any) -> None:
        """Add a field for each item that the writer may read."""
        super().__init__(*args, **kwargs)
        self.items_of: list[tuple[int, str]] = []
        for one in items:
            if one.get("is_closed"):
                continue
            name = f"said_{one['id']}"
            self.fields[name] = forms.CharField(
                label=f"{one['number']}. {one['title']}",
                initial=one["said"],
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.items_of.append((one["id"], name))
        self.order_fields([*(name for _pk, name in self.items_of), "remarks", "corrections", "why"])

    def said(self) -> dict[int, str]:
        """Return what was said on each item, by its id."""
        return {pk: self.cleaned_data[name] for pk, name in self.items_of}


def motion_start(view: ItemView) -> dict[str, Any]:
    """Return what a second motion on an item starts from: the words of the one that was lost."""
    last = view.motions[-1] if view.motions else None
    if last is None:
        return {}
    names = ("outcome", "reason", "strengths", "feedback")
    return {name: getattr(last, name) for name in names}
