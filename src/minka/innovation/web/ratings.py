"""Pages where representatives rate the accepted problems."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.core.templatetags.formats import localized_text
from minka.innovation.actions.editions import save_rating_criteria
from minka.innovation.actions.ratings import rate_problem
from minka.innovation.forms.ratings import RatingForm, criteria_formset, criterion_rows
from minka.innovation.models import Edition, Rating, RatingCriterion
from minka.innovation.queries.problems import current_edition
from minka.innovation.queries.ratings import (
    RatingCard,
    own_ratings,
    ratable_problems,
    rating_cards,
    rating_criteria,
)


@require_GET
def ratings(request: SignedInRequest) -> HttpResponse:
    """What is to be rated, and how far the person is."""
    edition = _edition(request)
    cards = rating_cards(viewer=request.user, edition=edition) if edition else []
    context = {
        "edition": edition,
        "cards": cards,
        "done": sum(card.is_complete for card in cards),
        "next": next((card for card in cards if not card.is_complete), None),
        "criteria": rating_criteria(edition=edition) if edition else [],
    }
    return render(request, "innovation/ratings/list.html", context)


@require_GET
def rating(request: SignedInRequest, pk: int) -> HttpResponse:
    """One problem with a scale per criterion; every choice is saved at once."""
    return _rating_page(request, pk)


@require_POST
def rating_save(request: SignedInRequest, pk: int, criterion_pk: int) -> HttpResponse:
    """Save the points of one criterion."""
    edition = _edition(request)
    if edition is None:
        raise Http404
    found = get_object_or_404(ratable_problems(viewer=request.user, edition=edition), pk=pk)
    criterion = get_object_or_404(RatingCriterion, pk=criterion_pk, edition=edition)
    form = _form(criterion, data=request.POST)
    if form.is_valid():
        try:
            saved = rate_problem(
                by=request.user, problem=found, criterion=criterion, **form.cleaned_data
            )
        except DomainError as error:
            form.take(error)
        else:
            return _saved(request, edition, pk, saved)
    if request.htmx:
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
        context = {"criterion": criterion, "wrong": words}
        return render(request, "innovation/ratings/_saved.html", context, status=422)
    return _rating_page(request, pk, bound=form, status=422)


@require_http_methods(["GET", "POST"])
def rating_criteria_edit(request: SignedInRequest) -> HttpResponse:
    """What problems are rated by, with weights that sum to 100."""
    edition = current_edition()
    if not request.user.has_perm("innovation.edition_write"):
        raise NotAllowed
    if edition is None:
        return redirect("innovation:editions")
    data = request.POST if request.method == "POST" else None
    formset = criteria_formset(rating_criteria(edition=edition), data)
    wrong = ""
    if data is not None and formset.is_valid():
        try:
            save_rating_criteria(by=request.user, edition=edition, rows=criterion_rows(formset))
        except DomainError as error:
            wrong = str(error)
        else:
            messages.success(request, _("The criteria are saved."))
            return redirect("innovation:shortlist")
    context = {"edition": edition, "formset": formset, "wrong": wrong}
    status = 200 if data is None else 422
    return render(request, "innovation/ratings/criteria.html", context, status=status)


def _saved(request: SignedInRequest, edition: Edition, pk: int, saved: Rating) -> HttpResponse:
    if not request.htmx:
        messages.success(request, _("Your points are saved."))
        return redirect("innovation:rating", pk)
    cards = rating_cards(viewer=request.user, edition=edition)
    context = {"criterion": saved.criterion, "rating": saved, **_around(cards, pk)}
    return render(request, "innovation/ratings/_saved.html", context)


def _rating_page(
    request: SignedInRequest, pk: int, *, bound: RatingForm | None = None, status: int = 200
) -> HttpResponse:
    edition = _edition(request)
    cards = rating_cards(viewer=request.user, edition=edition) if edition else []
    if edition is None or pk not in {card.pk for card in cards}:
        raise Http404
    given = own_ratings(viewer=request.user, problem_id=pk)
    forms = [
        bound
        if bound and bound.criterion == criterion
        else _form(criterion, given.get(criterion.pk))
        for criterion in rating_criteria(edition=edition)
    ]
    context = {"edition": edition, "forms": forms, **_around(cards, pk)}
    return render(request, "innovation/ratings/rate.html", context, status=status)


def _around(cards: list[RatingCard], pk: int) -> dict[str, Any]:
    """Return the card, the ones beside it and how many are done."""
    place = next(index for index, card in enumerate(cards) if card.pk == pk)
    later = [*cards[place + 1 :], *cards[:place]]
    return {
        "card": cards[place],
        "place": place + 1,
        "total": len(cards),
        "done": sum(card.is_complete for card in cards),
        "next": next((card for card in later if not card.is_complete), None),
        "previous": cards[place - 1] if place else None,
        "following": cards[place + 1] if place + 1 < len(cards) else None,
    }


def _form(criterion: RatingCriterion, rating: Rating | None = None, data: Any = None) -> RatingForm:
    initial = {"points": rating.points, "comment": rating.comment} if rating else None
    label, _language = localized_text(criterion, "name")
    form = RatingForm(data, criterion=criterion, label=label, initial=initial)
    form.fields["points"].help_text = localized_text(criterion, "meaning")[0]
    return form


def _edition(request: SignedInRequest) -> Edition | None:
    if not request.user.has_perm("innovation.problem_rate"):
        raise NotAllowed(_("The problems are rated by the companies' representatives."))
    return current_edition()
