"""What an evaluator does beside scoring: ask the solver, note, change a score, read a copy."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import DomainError
from minka.core.http import SignedInRequest, stream_file
from minka.innovation.actions.inquiries import answer_inquiry, ask_solver
from minka.innovation.actions.private_notes import save_note
from minka.innovation.actions.score_changes import change_score
from minka.innovation.forms.scoring import AnswerInquiryForm, AskForm, ChangeForm
from minka.innovation.models import Score
from minka.innovation.queries.evaluations import own_assignments
from minka.innovation.queries.inquiries import solver_inquiries
from minka.innovation.queries.redactions import readable_files
from minka.innovation.web.evaluations import score_page
from minka.innovation.web.expiry import keeps_words


@keeps_words
@require_POST
def evaluation_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask the solver something, through the team."""
    found = get_object_or_404(own_assignments(viewer=request.user), pk=pk)
    form = AskForm(request.POST, auto_id="ask_%s")
    status = 422
    if form.is_valid():
        try:
            ask_solver(by=request.user, assignment=found, text=form.cleaned_data["text"])
        except DomainError as error:
            form.take(error)
            status = error.status
        else:
            messages.success(request, _("Your question is with the cluster team."))
            return redirect("innovation:evaluation", found.pk)
    return score_page(request, found, asking=form, status=status)


@keeps_words
@require_POST
def evaluation_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a private note, also after handing in."""
    found = get_object_or_404(own_assignments(viewer=request.user), pk=pk)
    save_note(by=request.user, assignment=found, words=request.POST.get("note", ""))
    messages.success(request, _("Your private notes are saved."))
    return redirect("innovation:evaluation", found.pk)


@keeps_words
@require_POST
def score_change(request: SignedInRequest, pk: int, score_pk: int) -> HttpResponse:
    """Give other points after the discussion."""
    found = get_object_or_404(own_assignments(viewer=request.user), pk=pk)
    score = get_object_or_404(Score, pk=score_pk, assignment=found)
    form = ChangeForm(request.POST, auto_id=f"change{score.pk}_%s")
    status = 422
    if form.is_valid():
        clean = form.cleaned_data
        try:
            change_score(
                by=request.user, assignment=found, score=score, revision=clean["revision"],
                points=clean["points"], why=clean["why"],
            )  # fmt: skip
        except DomainError as error:
            form.take(error)
            status = error.status
            found.refresh_from_db(fields=["revision"])
        else:
            messages.success(request, _("The score is changed; what it was stays on record."))
            return redirect("innovation:evaluation", found.pk)
    return score_page(request, found, changing=(score.pk, form), status=status)


@require_GET
def redacted_file(
    request: SignedInRequest, pk: int, uid: str
) -> StreamingHttpResponse | FileResponse:
    """Stream a redacted file to whoever evaluates its proposal."""
    found = get_object_or_404(own_assignments(viewer=request.user), pk=pk)
    mine = readable_files(viewer=request.user).filter(copy__proposal=found.proposal)
    return stream_file(get_object_or_404(mine, file__uid=uid).file)


@keeps_words
@require_http_methods(["GET", "POST"])
def inquiry_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """A solver answers what those who evaluate their proposal ask."""
    found = get_object_or_404(solver_inquiries(viewer=request.user), pk=pk)
    form = AnswerInquiryForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                answer_inquiry(by=request.user, inquiry=found, answer=form.cleaned_data["answer"])
            except DomainError as error:
                form.take(error)
                status = error.status
                found.refresh_from_db()
            else:
                messages.success(request, _("Your answer is sent."))
                return redirect("innovation:proposal", found.proposal.public_id)
    context = {"inquiry": found, "form": form, "proposal": found.proposal}
    return render(request, "innovation/evaluations/inquiry_answer.html", context, status=status)
