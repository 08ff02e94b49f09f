"""Input of evaluators and of the team that asks them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm, offer
from minka.core.templatetags.formats import localized_text
from minka.innovation.actions.evaluations import CheckInput, ScoreInput
from minka.innovation.forms.drafts import DraftForm
from minka.innovation.models import Assignment, CheckAnswer, Criterion, EvaluationCheck, Score
from minka.innovation.states import Confidence

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


YES, NO = "yes", "no"
MET = {True: YES, False: NO, None: None}


class ScoreForm(DraftForm):
    """Points and reason by every criterion of a gate, checks, a remark and a private note."""

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[Criterion],
        checks: Sequence[EvaluationCheck] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        self.checks = checks
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
        for check in checks:
            self._add_check(check)
        self.fields["confidence"] = forms.TypedChoiceField(
            label=_("How sure you are of your scores"),
            choices=Confidence.choices,
            coerce=int,
            empty_value=None,
            widget=forms.RadioSelect,
        )
        self.fields["remark"] = forms.CharField(
            label=_("Remark for the panel"),
            help_text=_("What the points do not say. Other evaluators read it without your name."),
            required=False,
            max_length=5000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["note"] = forms.CharField(
            label=_("Private notes"),
            help_text=_(
                "You alone read them, not even the cluster team does. They are deleted when you "
                "empty them, declare a conflict or the evaluation is taken back; else they stay."
            ),
            required=False,
            max_length=10_000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def _add_check(self, check: EvaluationCheck) -> None:
        text = localized_text(check, "text")[0]
        self.fields[f"check_{check.pk}"] = forms.ChoiceField(
            label=text, choices=[(YES, _("Yes")), (NO, _("No"))], widget=forms.RadioSelect
        )
        self.fields[f"why_{check.pk}"] = forms.CharField(
            label=_("Why"), max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
        )

    @staticmethod
    def of(
        assignment: Assignment,
        scores: Mapping[int, Score],
        answers: Mapping[int, CheckAnswer],
        note: str = "",
    ) -> dict[str, Any]:
        """Return the values that the form starts from."""
        values: dict[str, Any] = {
            "remark": assignment.remark,
            "revision": assignment.revision,
            "confidence": assignment.confidence,
            "note": note,
        }
        for pk, score in scores.items():
            values[f"points_{pk}"] = score.points
            values[f"reason_{pk}"] = score.reason
        for pk, answer in answers.items():
            values[f"check_{pk}"] = MET[answer.is_met]
            values[f"why_{pk}"] = answer.reason
        return values

    def rows(self) -> list[tuple[Criterion, BoundField, BoundField]]:
        """Return the criteria with their two fields, for the page."""
        return [(c, self[f"points_{c.pk}"], self[f"reason_{c.pk}"]) for c in self.criteria]

    def check_rows(self) -> list[tuple[EvaluationCheck, BoundField, BoundField]]:
        """Return the checks with their two fields, for the page."""
        return [(c, self[f"check_{c.pk}"], self[f"why_{c.pk}"]) for c in self.checks]

    def answers(self) -> dict[int, CheckInput]:
        """Return what is valid by check."""
        clean, said = self.cleaned_data, {YES: True, NO: False}
        return {
            c.pk: CheckInput(said.get(clean[f"check_{c.pk}"]), clean[f"why_{c.pk}"])
            for c in self.checks
            if f"check_{c.pk}" in clean and f"why_{c.pk}" in clean
        }

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
        offer(self, "pair", [(cell, cell) for cell in cells])

    def pairs(self) -> set[tuple[int, int]]:
        """Return proposal id and evaluator id of every ticked cell."""
        pairs: set[tuple[int, int]] = set()
        for cell in self.cleaned_data["pair"]:
            row, person = cell.split(":")
            rows = self.proposals if row == "all" else [int(row)]
            pairs.update((proposal, int(person)) for proposal in rows)
        return pairs - set(self.barred)
