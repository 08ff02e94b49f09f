"""Which problems are to be joined, and what the joint one is called."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.models import Edition
from minka.innovation.queries.problem_pairs import MERGEABLE, LikelyPair
from minka.innovation.queries.problem_reading import readings
from minka.innovation.queries.problems import loaded, visible_problems


class MergeForm(DomainForm):
    """The chosen problems and those that are alike; the title is the team's."""

    problems = forms.TypedMultipleChoiceField(
        label=_("Problems to join"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    title = forms.CharField(
        label=_("Title of the joint problem"),
        help_text=_("Without the name of a company or a site. It is read once all have agreed."),
        max_length=200,
    )

    def __init__(
        self,
        *args: Any,
        viewer: Any,
        wanted: Sequence[int],
        pairs: Iterable[LikelyPair],
        edition: Edition,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        near = {
            pk for pair in pairs for pk in (pair.left.pk, pair.right.pk)
            if {pair.left.pk, pair.right.pk} & set(wanted)
        }  # fmt: skip
        found = visible_problems(viewer=viewer).filter(
            edition=edition, state__in=MERGEABLE, pk__in=near | set(wanted)
        )
        rows = readings(viewer=viewer, problems=loaded(found).order_by("pk"))
        field: Any = self.fields["problems"]
        field.choices = [(one.pk, f"{one.title} ({one.company})") for one in rows]
        field.initial = list(wanted)
        if wanted:
            self.fields["title"].initial = next(
                (one.title for one in rows if one.pk == wanted[0]), ""
            )
