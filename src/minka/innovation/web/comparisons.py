"""The page where the criteria are compared two by two."""

from itertools import combinations
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minka.core.errors import DomainError, InvalidInput, NotAllowed
from minka.core.http import SignedInRequest
from minka.core.templatetags.formats import localized_text
from minka.innovation.actions.comparisons import (
    MOST_CRITERIA,
    compare_criteria,
    weigh,
    whole_weights,
)
from minka.innovation.forms.comparisons import ComparisonForm, nearest_step, ratio_words
from minka.innovation.models import RatingCriterion
from minka.innovation.queries.problems import current_edition
from minka.innovation.queries.ratings import rating_criteria
from minka.innovation.queries.studies import last_comparison


@require_http_methods(["GET", "POST"])
def criteria_compare(request: SignedInRequest) -> HttpResponse:
    """All pairs with a scale each; what follows is shown before it is saved."""
    if not request.user.has_perm("innovation.edition_write"):
        raise NotAllowed
    edition = current_edition()
    if edition is None:
        return redirect("innovation:editions")
    criteria = rating_criteria(edition=edition)
    last = last_comparison(viewer=request.user, edition=edition)
    form = ComparisonForm(request.POST or None, criteria=criteria, last=last)
    status, told = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                told = _told(criteria, form)
                if "keep" in request.POST:
                    compare_criteria(by=request.user, edition=edition, ratios=form.ratios())
                    messages.success(request, _("The weights now follow from the comparisons."))
                    return redirect("innovation:rating_criteria")
                status = 200
            except DomainError as error:
                form.take(error)
                status = error.status
    context = {
        "edition": edition,
        "criteria": criteria,
        "form": form,
        "told": told,
        "last": last,
        "can_compare": 2 <= len(criteria) <= MOST_CRITERIA,
        "most": MOST_CRITERIA,
    }
    return render(request, "innovation/studio/compare.html", context, status=status)


def _told(criteria: list[RatingCriterion], form: ComparisonForm) -> dict[str, Any]:
    """Return what the answers stand for, with the one that agrees least with the others."""
    ratios, ids = form.ratios(), [criterion.pk for criterion in criteria]
    found = weigh(ids, ratios)
    weights = whole_weights(found.weights)
    told: dict[str, Any] = {
        "rows": [
            (criterion, weight, criterion.weight)
            for criterion, weight in zip(criteria, weights, strict=True)
        ],
        "ratio": 100 * found.consistency_ratio,
        "is_consistent": found.is_consistent,
    }
    if found.doubtful is not None and found.agreeing is not None:
        one, other = (criteria[at] for at in found.doubtful)
        if (one.pk, other.pk) not in set(combinations(ids, 2)):
            raise InvalidInput
        said, agreeing = ratios[one.pk, other.pk], found.agreeing
        names = (localized_text(one, "name")[0], localized_text(other, "name")[0])
        told["doubtful"] = {
            "names": names,
            "said": ratio_words(said, *names),
            "agreeing": ratio_words(agreeing, *names),
            "is_other": nearest_step(said) != nearest_step(agreeing),
        }
    return told
