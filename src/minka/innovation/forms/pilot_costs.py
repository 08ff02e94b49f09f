"""What pilots would cost."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.models import Problem
from minka.innovation.queries.shortlist import Candidate


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


class PilotCostForm(DomainForm):
    """The amount for one problem."""

    amount_usd = _amount(_("Cost of a pilot, in US dollars"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount_usd"].help_text = _(
            "An estimate of what trying a solution at the site would cost in all. Only your "
            "company and the cluster team see it."
        )


class PilotCostsForm(DomainForm):
    """The amounts for all problems that can be chosen."""

    def __init__(self, data: Any = None, *, rows: Sequence[Candidate]) -> None:
        super().__init__(data)
        self._problems = [row.problem for row in rows]
        for one in self._problems:
            field = _amount(one.title)
            field.initial = one.pilot_usd
            self.fields[f"pilot_{one.pk}"] = field

    def lines(self) -> Iterator[tuple[Problem, Any]]:
        """Yield each problem with its field."""
        for one in self._problems:
            yield one, self[f"pilot_{one.pk}"]

    def changed(self) -> Iterator[tuple[Problem, Decimal | None]]:
        """Yield the problems whose amount was changed."""
        for one in self._problems:
            amount = self.cleaned_data[f"pilot_{one.pk}"]
            if amount != one.pilot_usd:
                yield one, amount
