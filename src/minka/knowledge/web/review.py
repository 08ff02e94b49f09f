"""The review: one pair after the other, many at once, bands and figures."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.knowledge.actions.bands import change_bands
from minka.knowledge.actions.review import accept_above, answer_pair, take_back
from minka.knowledge.queries.bands import bands
from minka.knowledge.queries.questions import acceptable, queue, visible_questions
from minka.knowledge.queries.review_figures import review_figures
from minka.knowledge.sources.expectations import EXPECTED
from minka.knowledge.web.pair import pair_of
from minka.methods.audit import Share

PERMISSION = "knowledge.actor_resolve"
RISKIEST = 10


@require_GET
def review(request: SignedInRequest) -> HttpResponse:
    """The next pair, with the one after it at hand."""
    require(request.user, PERMISSION)
    return _page(request, _start(request.GET.get("desde", "")))


@require_POST
def review_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep an answer and show the next pair."""
    question = get_object_or_404(visible_questions(viewer=request.user), pk=pk)
    start, problem = _start(request.POST.get("desde", "")), ""
    try:
        answer_pair(by=request.user, question=question, verdict=request.POST.get("verdict", ""))
    except DomainError as error:
        if error.status == 403:
            raise
        problem = str(error)
    if request.headers.get("X-Requested-With") == "fetch":
        return _page(request, start, problem=problem, fragment=True)
    if problem:
        messages.error(request, problem)
    return redirect(f"{request.path.rsplit('/', 2)[0]}/?desde={start}")


@require_POST
def review_undo(request: SignedInRequest) -> HttpResponse:
    """Take the last answer back; its pair waits again."""
    problem = ""
    try:
        take_back(by=request.user)
    except DomainError as error:
        if error.status == 403:
            raise
        problem = str(error)
    if request.headers.get("X-Requested-With") == "fetch":
        return _page(request, 0, problem=problem, fragment=True)
    if problem:
        messages.error(request, problem)
    return redirect("knowledge:review")


def _page(
    request: SignedInRequest, start: int, *, problem: str = "", fragment: bool = False
) -> HttpResponse:
    found = queue(viewer=request.user, start=start)
    if not found.shown and start:
        start = 0
        found = queue(viewer=request.user)
    pairs = [pair_of(question) for question in found.shown]
    context = {
        "pair": pairs[0] if pairs else None,
        "following": pairs[1] if len(pairs) > 1 else None,
        "start": start,
        "before": max(start - 1, 0),
        "after": start + 1,
        "waiting": found.waiting,
        "answered": found.answered,
        "total": found.waiting + found.answered,
        "problem": problem,
    }
    template = "knowledge/review.html" + ("#desk" if fragment else "")
    return render(request, template, context)


def _start(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 7 else 0


@require_http_methods(["GET", "POST"])
def review_accept(request: SignedInRequest) -> HttpResponse:
    """Accept all pairs from a probability on, after a look at the ten riskiest of them."""
    require(request.user, PERMISSION)
    data = request.POST if request.method == "POST" else request.GET
    percent = data.get("desde", "95")
    probability = int(percent) / 100 if percent.isdigit() else 0.95
    status, problem = 200, ""
    if request.method == "POST":
        try:
            joined, left = accept_above(by=request.user, probability=probability)
        except DomainError as error:
            status, problem = error.status, str(error)
        else:
            said = ngettext("%(count)s pair was joined.", "%(count)s pairs were joined.", joined)
            messages.success(request, said % {"count": joined})
            if left:
                messages.info(
                    request,
                    _("%(count)s still wait: something stands against joining them.")
                    % {"count": left},
                )
            return redirect("knowledge:review")
    chosen = acceptable(viewer=request.user, probability=max(probability, 0.5))
    context = {
        "percent": round(probability * 100),
        "steps": [50, 60, 70, 80, 85, 90, 95, 97, 98, 99],
        "count": chosen.count(),
        "riskiest": [pair_of(one) for one in chosen.order_by("probability", "pk")[:RISKIEST]],
        "problem": problem,
    }
    return render(request, "knowledge/review_accept.html", context, status=status)


@require_http_methods(["GET", "POST"])
def review_bands(request: SignedInRequest) -> HttpResponse:
    """The bands, with what to expect of each setting."""
    require(request.user, PERMISSION)
    limits, status, problem = bands(), 200, ""
    if request.method == "POST":
        join_from, ask_from = (request.POST.get(name, "") for name in ("join_from", "ask_from"))
        try:
            change_bands(by=request.user, join_from=_share(join_from), ask_from=_share(ask_from))
        except DomainError as error:
            status, problem = error.status, "; ".join(map(str, error.fields.values()))
        else:
            messages.success(request, _("From now on sheets are resolved with these bands."))
            return redirect("knowledge:review_bands")
    context = {
        "join_from": round(limits.join_from * 100, 1),
        "ask_from": round(limits.ask_from * 100, 1),
        "expectations": [
            {
                "percent": one.probability * 100,
                "precision": one.precision * 100,
                "found": one.found * 100,
                "current": abs(one.probability - limits.join_from) < 0.005,
            }
            for one in EXPECTED
        ],
        "problem": problem,
    }
    return render(request, "knowledge/review_bands.html", context, status=status)


def _share(text: str) -> float:
    try:
        return float(text.replace(",", ".")) / 100
    except ValueError:
        return 0


@require_GET
def review_figures_page(request: SignedInRequest) -> HttpResponse:
    """How far the review has come and how good the resolution is."""
    require(request.user, PERMISSION)
    figures = review_figures(viewer=request.user)
    context = {
        "figures": figures,
        "review_url": reverse("knowledge:review"),
        "precision": _percents(figures.precision),
        "recall": _percents(figures.recall),
    }
    return render(request, "knowledge/review_figures.html", context)


def _percents(share: Share | None) -> dict[str, float] | None:
    if share is None:
        return None
    return {
        "value": share.value * 100,
        "low": share.low * 100,
        "high": share.high * 100,
        "of": share.of,
    }
