"""Pages of an evaluator: what waits, the declaration, the proposal beside its scores."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import Conflict, DomainError, InvalidInput
from minka.core.http import SignedInRequest
from minka.innovation.actions.evaluations import (
    Saved,
    declare_conflict,
    declare_no_conflict,
    save_scores,
    submit_scores,
)
from minka.innovation.forms.evaluations import DeclarationForm, ScoreForm
from minka.innovation.models import Assignment
from minka.innovation.queries.evaluations import (
    criteria_of,
    others_evaluations,
    own_assignments,
    own_scores,
)
from minka.innovation.queries.evaluators import evaluator_people
from minka.innovation.states import AssignmentState, ChallengeState
from minka.innovation.web.expiry import keeps_words

S = AssignmentState


@require_GET
def evaluations(request: SignedInRequest) -> HttpResponse:
    """My evaluations: to declare, to score, done."""
    mine = list(own_assignments(viewer=request.user))
    groups = [
        (_("To declare"), [a for a in mine if a.state == S.ASSIGNED]),
        (_("To score"), [a for a in mine if a.state == S.CLEARED]),
        (_("Done"), [a for a in mine if a.state in {S.SCORED, S.CONFLICTED}]),
    ]
    context: dict[str, Any] = {"groups": [one for one in groups if one[1]], "total": len(mine)}
    context["in_pool"] = evaluator_people(viewer=request.user).filter(pk=request.user.pk).exists()
    return render(request, "innovation/evaluations/evaluations.html", context)


@keeps_words
@require_http_methods(["GET", "POST"])
def evaluation(request: SignedInRequest, pk: int) -> HttpResponse:
    """One evaluation: its declaration first, then the proposal and its scores."""
    found = get_object_or_404(own_assignments(viewer=request.user), pk=pk)
    if found.state == S.ASSIGNED:
        return _declare(request, found)
    if found.state == S.CONFLICTED:
        return render(
            request, "innovation/evaluations/evaluation_conflicted.html", {"assignment": found}
        )
    if request.method == "POST":
        return _score(request, found)
    scores = own_scores(viewer=request.user, assignment=found)
    criteria = criteria_of(challenge_id=found.proposal.challenge_id)
    form = ScoreForm(criteria=criteria, initial=ScoreForm.of(found, scores))
    return _score_page(request, found, form)


@keeps_words
@require_POST
def evaluation_autosave(request: SignedInRequest, pk: int) -> JsonResponse:
    """Save what the page's script sends; the answer is for the script."""
    found = get_object_or_404(own_assignments(viewer=request.user), pk=pk)
    form = _bound(request, found)
    form.is_valid()
    try:
        saved = _save(request, found, form)
    except Conflict as error:
        found.refresh_from_db()
        answer = {
            "detail": str(error),
            "code": error.code,
            "revision": found.revision,
            "url": reverse("innovation:evaluation", args=[found.pk]),
        }
        return JsonResponse(answer, status=error.status)
    except DomainError as error:
        return JsonResponse({"detail": str(error), "code": error.code}, status=error.status)
    _take(form, saved)
    fields = {name: [str(e) for e in errors] for name, errors in form.errors.items()}
    return JsonResponse(
        {"revision": saved.revision, "saved_at": saved.saved_at.isoformat(), "fields": fields}
    )


@require_POST
def evaluation_conflict(request: SignedInRequest, pk: int) -> HttpResponse:
    """Step aside after having read: a conflict that only the proposal itself showed."""
    found = get_object_or_404(own_assignments(viewer=request.user), pk=pk)
    declare_conflict(by=request.user, assignment=found, conflict=request.POST.get("conflict", ""))
    return redirect("innovation:evaluation", found.pk)


def _declare(request: SignedInRequest, found: Assignment) -> HttpResponse:
    form = DeclarationForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["declaration"] == DeclarationForm.NONE:
                declare_no_conflict(by=request.user, assignment=found)
            else:
                conflict = form.cleaned_data["conflict"]
                declare_conflict(by=request.user, assignment=found, conflict=conflict)
        except DomainError as error:
            form.take(error)
            status = error.status
        else:
            return redirect("innovation:evaluation", found.pk)
    elif form.errors:
        status = 422
    context = {"assignment": found, "form": form, **_little(found)}
    return render(request, "innovation/evaluations/evaluation_declare.html", context, status=status)


def _score(request: SignedInRequest, found: Assignment) -> HttpResponse:
    """Save what was sent; with the button for it, hand it in for good."""
    form = _bound(request, found)
    form.is_valid()
    try:
        saved = _save(request, found, form)
        _take(form, saved)
        if request.POST.get("do") == "submit" and not form.errors:
            submit_scores(by=request.user, assignment=found, revision=saved.revision)
            messages.success(request, _("Your evaluation is handed in. Thank you."))
            return redirect("innovation:evaluation", found.pk)
    except DomainError as error:
        found.refresh_from_db()
        if found.state == S.SCORED:
            messages.info(request, _("This evaluation was already handed in."))
            return redirect("innovation:evaluation", found.pk)
        form.take(error)
        theirs = _differences(request, found, form) if isinstance(error, Conflict) else []
        return _score_page(
            request, found, form.start_from(found.revision), status=error.status, theirs=theirs
        )
    if form.errors:
        return _score_page(request, found, form.start_from(saved.revision), status=422)
    messages.success(request, _("Your scores are saved. They are not handed in yet."))
    return redirect("innovation:evaluation", found.pk)


def _score_page(
    request: SignedInRequest,
    found: Assignment,
    form: ScoreForm,
    *,
    status: int = 200,
    theirs: Any = (),
) -> HttpResponse:
    total = sum(criterion.weight for criterion in form.criteria)
    for criterion in form.criteria:
        criterion.share = round(100 * criterion.weight / total)  # type: ignore[attr-defined]
    own = own_scores(viewer=request.user, assignment=found)
    context = {
        "assignment": found,
        "form": form,
        "own": [(criterion, own.get(criterion.pk)) for criterion in form.criteria],
        "files": found.proposal.attachments.select_related("file"),
        "others": others_evaluations(viewer=request.user, assignment=found),
        "scored": found.state == S.SCORED,
        "closed": found.proposal.challenge.state == ChallengeState.DECIDED,
        "theirs": theirs,
        **_little(found),
    }
    return render(request, "innovation/evaluations/evaluation_score.html", context, status=status)


def _little(found: Assignment) -> dict[str, Any]:
    """What may be known before the declaration."""
    return {"proposal": found.proposal, "challenge": found.proposal.challenge}


def _bound(request: SignedInRequest, found: Assignment) -> ScoreForm:
    criteria = criteria_of(challenge_id=found.proposal.challenge_id)
    return ScoreForm(request.POST, criteria=criteria)


def _save(request: SignedInRequest, found: Assignment, form: ScoreForm) -> Saved:
    return save_scores(
        by=request.user,
        assignment=found,
        revision=form.cleaned_data.get("revision") or 0,
        scores=form.scores(),
        remark=form.cleaned_data.get("remark"),
    )


def _take(form: ScoreForm, saved: Saved) -> None:
    if saved.fields:
        form.take(InvalidInput(fields=saved.fields))


def _differences(
    request: SignedInRequest, found: Assignment, form: ScoreForm
) -> list[dict[str, Any]]:
    """Return what the other window saved and this one says otherwise."""
    saved = ScoreForm.of(found, own_scores(viewer=request.user, assignment=found))
    return [
        {"label": field.label, "saved": saved.get(name) or ""}
        for name, field in form.fields.items()
        if name != "revision"
        and name in form.cleaned_data
        and (form.cleaned_data[name] or "") != (saved.get(name) or "")
    ]
