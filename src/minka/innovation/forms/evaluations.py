"""Input of evaluators and of the team that asks them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.core.templatetags.formats import localized_text
from minka.innovation.actions.evaluations import ScoreInput
from minka.innovation.forms.drafts import DraftForm
from minka.innovation.models import Assignment, Criterion, Score

POINTS = [(points, str(points)) for points in range(1, 6)]


class DeclarationForm(DomainForm):
    """Whether there is a conflict of interest, and which."""

    NONE, SOME = "none", "some"

    declaration = forms.ChoiceField(
        label=_("Your declaration"),
        choices=[
            (NONE, _("I have no conflict of interest with this proposal")),
            (SOME, _("I have a conflict of interest, or it could look like one")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    conflict = forms.CharField(
        label=_("What the conflict is"),
        help_text=_("Needed only if there is one. The cluster team reads it, nobody else."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ScoreForm(DraftForm):
    """Points and reason for every criterion of a challenge, and a remark."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            name = localized_text(criterion, "name")[0]
            self.fields[f"points_{criterion.pk}"] = forms.TypedChoiceField(
                label=_("Points for “%(name)s”") % {"name": name},
                choices=POINTS,
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{criterion.pk}"] = forms.CharField(
                label=_("Reason for “%(name)s”") % {"name": name},
                max_length=5000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.fields["remark"] = forms.CharField(
            label=_("Remark for the panel"),
            help_text=_("What the points do not say. Other evaluators read it without your name."),
            required=False,
            max_length=5000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def of(assignment: Assignment, scores: Mapping[int, Score]) -> dict[str, Any]:
        """Return the values that the form starts from."""
        values: dict[str, Any] = {"remark": assignment.remark, "revision": assignment.revision}
        for pk, score in scores.items():
            values[f"points_{pk}"] = score.points
            values[f"reason_{pk}"] = score.reason
        return values

    def rows(self) -> list[tuple[Criterion, BoundField, BoundField]]:
        """Return the criteria with their two fields, for the page."""
        return [(c, self[f"points_{c.pk}"], self[f"reason_{c.pk}"]) for c in self.criteria]

    def scores(self) -> dict[int, ScoreInput]:
        """Return what is valid by criterion; a criterion with an invalid part is left alone."""
        clean = self.cleaned_data
        return {
            c.pk: ScoreInput(clean[f"points_{c.pk}"], clean[f"reason_{c.pk}"])
            for c in self.criteria
            if f"points_{c.pk}" in clean and f"reason_{c.pk}" in clean
        }


class AssignForm(DomainForm):
    """Ticked cells of the table: `proposal:evaluator`, or `all:evaluator` but for conflicts."""

    pair = forms.MultipleChoiceField(required=False)
    reason = forms.CharField(
        label=_("Reason for choosing by hand"), required=False, max_length=2000
    )

    def __init__(
        self,
        *args: Any,
        proposals: Sequence[int],
        people: Sequence[int],
        barred: Collection[tuple[int, int]] = (),
        adjusts: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = adjusts  # what stands is changed only for a reason
        self.proposals = proposals
        self.barred = barred
        cells = [f"all:{person}" for person in people]
        pairs = ((row, person) for row in proposals for person in people)
        cells += [f"{row}:{person}" for row, person in pairs if (row, person) not in barred]
        self.fields["pair"].choices = [(cell, cell) for cell in cells]  # type: ignore[attr-defined]

    def pairs(self) -> set[tuple[int, int]]:
        """Return proposal id and evaluator id of every ticked cell."""
        pairs: set[tuple[int, int]] = set()
        for cell in self.cleaned_data["pair"]:
            row, person = cell.split(":")
            rows = self.proposals if row == "all" else [int(row)]
            pairs.update((proposal, int(person)) for proposal in rows)
        return pairs - set(self.barred)
