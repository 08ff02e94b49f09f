"""Comparing criteria two by two on a scale from 9 to 1 to 9."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import log
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.forms import DomainForm
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import CriteriaComparison, RatingCriterion

STEPS = (9, 7, 5, 3, 1, -3, -5, -7, -9)  # negative where the second matters more


class ComparisonForm(DomainForm):
    """One scale for each pair of criteria."""

    def __init__(
        self,
        data: Any = None,
        *,
        criteria: Sequence[RatingCriterion],
        last: CriteriaComparison | None,
    ) -> None:
        super().__init__(data)
        answers = {(one, other): ratio for one, other, ratio in last.answers} if last else {}
        self.pairs = list(combinations(criteria, 2))
        for one, other in self.pairs:
            names = (localized_text(one, "name")[0], localized_text(other, "name")[0])
            said = answers.get((one.pk, other.pk))
            self.fields[_name(one, other)] = forms.TypedChoiceField(
                label=_("%(one)s or %(other)s") % {"one": names[0], "other": names[1]},
                coerce=int,
                choices=[(step, ratio_words(to_ratio(step), *names)) for step in STEPS],
                widget=forms.RadioSelect,
                initial=None if said is None else nearest_step(said),
                error_messages={"required": gettext_lazy("Compare these two.")},
            )

    def lines(self) -> Iterator[tuple[RatingCriterion, RatingCriterion, Any, list[Any]]]:
        """Yield each pair with its field and the places of its scale, as (button, number)."""
        for one, other in self.pairs:
            bound = self[_name(one, other)]
            places = [(radio, abs(step)) for radio, step in zip(bound, STEPS, strict=True)]
            yield one, other, bound, places

    def ratios(self) -> dict[tuple[int, int], float]:
        """Return how many times as important the first of each pair is."""
        return {
            (one.pk, other.pk): to_ratio(self.cleaned_data[_name(one, other)])
            for one, other in self.pairs
        }


def to_ratio(step: int) -> float:
    """Return how many times as important the first is, for a place on the scale."""
    return float(step) if step > 0 else 1.0 / -step


def nearest_step(ratio: float) -> int:
    """Return the place on the scale that a ratio is nearest to."""
    return min(STEPS, key=lambda step: abs(log(to_ratio(step)) - log(ratio)))


def ratio_words(ratio: float, one: str, other: str) -> str:
    """Say a ratio in words."""
    if abs(ratio - 1) < 0.05:
        return _("both matter the same")
    first, times = (one, ratio) if ratio > 1 else (other, 1 / ratio)
    return _("“%(name)s” matters %(times)s times as much") % {
        "name": first,
        "times": f"{times:.1f}".removesuffix(".0"),
    }


def _name(one: RatingCriterion, other: RatingCriterion) -> str:
    return f"pair_{one.pk}_{other.pk}"
