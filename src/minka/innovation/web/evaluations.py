"""Pages of an evaluator: what waits, the declaration, the proposal beside its scores."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import Conflict, DomainError, InvalidInput, NotFound
from minka.core.http import SignedInRequest
from minka.innovation.actions.evaluations import (
    Saved,
    declare_conflict,
    declare_no_conflict,
    save_scores,
    submit_scores,
)
from minka.innovation.forms.evaluations import DeclarationForm, ScoreForm
from minka.innovation.forms.scoring import AskForm, ChangeForm
from minka.innovation.models import Assignment
from minka.innovation.queries.consortium import partners_that_count
from minka.innovation.queries.evaluation_modes import due_on, face_of, mode_of
from minka.innovation.queries.evaluations import (
    others_evaluations,
    own_answers,
    own_assignments,
    own_checks,
    own_criteria,
    own_note,
    own_scores,
)
from minka.innovation.queries.evaluators import evaluator_people
from minka.innovation.queries.inquiries import told_to_evaluator
from minka.innovation.queries.ranking import averages_shown
from minka.innovation.queries.redactions import readable_files, shown_parts
from minka.innovation.states import AssignmentState, ChallengeState
from minka.innovation.web.expiry import keeps_words

S = AssignmentState


@require_GET
def evaluations(request: SignedInRequest) -> HttpResponse:
    """My evaluations: to declare, to score, done."""
    mine = list(own_assignments(viewer=request.user))
    for one in mine:
        one.face = face_of(one)  # type: ignore[attr-defined]  # what the page reads of it
        one.due_on = due_on(one.proposal.challenge)  # type: ignore[attr-defined]  # what the page reads of it
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
    if not face_of(found).is_ready:  # its copy is prepared anew
        raise NotFound
    if found.state == S.CONFLICTED:
        return render(
            request,
            "innovation/evaluations/evaluation_conflicted.html",
            {"assignment": found, "face": face_of(found)},
        )
    if request.method == "POST":
        return _score(request, found)
    form = ScoreForm(**_asked(found), initial=_saved(request, found))
    return score_page(request, found, form)


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
        return score_page(
            request, found, form.start_from(found.revision), status=error.status, theirs=theirs
        )
    if form.errors:
        return score_page(request, found, form.start_from(saved.revision), status=422)
    messages.success(request, _("Your scores are saved. They are not handed in yet."))
    return redirect("innovation:evaluation", found.pk)


def score_page(  # noqa: PLR0913 -- what the page shows
    request: SignedInRequest,
    found: Assignment,
    form: ScoreForm | None = None,
    *,
    status: int = 200,
    theirs: Any = (),
    asking: AskForm | None = None,
    changing: tuple[int, ChangeForm] | None = None,
) -> HttpResponse:
    """The proposal beside its scores; a form that was refused keeps what was typed in it."""
    form = form or ScoreForm(**_asked(found), initial=_saved(request, found))
    total = sum(criterion.weight for criterion in form.criteria)
    for criterion in form.criteria:
        criterion.share = round(100 * criterion.weight / total)  # type: ignore[attr-defined]  # what the page reads of it
    viewer, challenge = request.user, found.proposal.challenge
    own = own_scores(viewer=viewer, assignment=found)
    closed = challenge.state == ChallengeState.DECIDED
    scored = found.state == S.SCORED
    context = {
        "assignment": found,
        "form": form,
        "own": [
            (criterion, own.get(criterion.pk), _change_form(found, own, criterion.pk, changing))
            for criterion in form.criteria
        ],
        "answers": list(own_answers(viewer=viewer, assignment=found).values()),
        "note": own_note(viewer=viewer, assignment=found) if scored else "",
        "others": others_evaluations(viewer=viewer, assignment=found),
        "scored": scored,
        "closed": closed,
        "may_change": scored and not closed and averages_shown(challenge=challenge),
        "theirs": theirs,
        "asking": asking or AskForm(auto_id="ask_%s"),
        "inquiries": told_to_evaluator(viewer=viewer, assignment=found),
        **_reading(request, found),
        **_little(found),
    }
    return render(request, "innovation/evaluations/evaluation_score.html", context, status=status)


def _little(found: Assignment) -> dict[str, Any]:
    """What may be known before the declaration."""
    challenge = found.proposal.challenge
    return {
        "face": face_of(found),
        "challenge": challenge,
        "mode": mode_of(challenge),
        "due_on": due_on(challenge),
    }


def _reading(request: SignedInRequest, found: Assignment) -> dict[str, Any]:
    """Return the proposal, or in its place the confirmed copy without what tells whose it is."""
    if not face_of(found).is_hidden:
        files = found.proposal.attachments.select_related("file")
        partners = partners_that_count(found.proposal)
        return {"proposal": found.proposal, "files": files, "partners": partners}
    proposal = found.proposal
    return {
        "copy_parts": shown_parts(proposal.redacted_copy),
        "copy_files": readable_files(viewer=request.user).filter(copy__proposal=proposal),
        "withheld": proposal.attachments.filter(redacted=None).count(),
        "figures": {
            "requested_usd": proposal.requested_usd,
            "economic_sealed": proposal.economic_sealed,
            "duration_months": proposal.duration_months,
            "trl_now": proposal.trl_now_name,
            "trl_after": proposal.trl_after_name,
            "language": proposal.language,
        },
    }


def _change_form(
    found: Assignment, own: Any, criterion: int, changing: tuple[int, ChangeForm] | None
) -> ChangeForm | None:
    score = own.get(criterion)
    if score is None:
        return None
    if changing and changing[0] == score.pk:
        return changing[1]
    return ChangeForm(initial={"revision": found.revision}, auto_id=f"change{score.pk}_%s")


def _asked(found: Assignment) -> dict[str, Any]:
    """Return by what this evaluator scores."""
    return {"criteria": own_criteria(assignment=found), "checks": own_checks(assignment=found)}


def _saved(request: SignedInRequest, found: Assignment) -> dict[str, Any]:
    """Return what is saved, as the form has it."""
    viewer = request.user
    return ScoreForm.of(
        found,
        own_scores(viewer=viewer, assignment=found),
        own_answers(viewer=viewer, assignment=found),
        own_note(viewer=viewer, assignment=found),
    )


def _bound(request: SignedInRequest, found: Assignment) -> ScoreForm:
    return ScoreForm(request.POST, **_asked(found))


def _save(request: SignedInRequest, found: Assignment, form: ScoreForm) -> Saved:
    return save_scores(
        by=request.user,
        assignment=found,
        revision=form.cleaned_data.get("revision") or 0,
        scores=form.scores(),
        remark=form.cleaned_data.get("remark"),
        checks=form.answers(),
        confidence=form.cleaned_data.get("confidence"),
        note=form.cleaned_data.get("note"),
    )


def _take(form: ScoreForm, saved: Saved) -> None:
    if saved.fields:
        form.take(InvalidInput(fields=saved.fields))


def _differences(
    request: SignedInRequest, found: Assignment, form: ScoreForm
) -> list[dict[str, Any]]:
    """Return what the other window saved and this one says otherwise."""
    saved = _saved(request, found)
    return [
        {"label": field.label, "saved": saved.get(name) or ""}
        for name, field in form.fields.items()
        if name != "revision"
        and name in form.cleaned_data
        and (form.cleaned_data[name] or "") != (saved.get(name) or "")
    ]
