"""The form of a problem, whole or step by step, saved as one goes.

It exists twice with the same views: for people with an account, and by a personal link.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import Conflict, DomainError, InvalidInput
from minka.core.http import SignedInRequest, stream_file
from minka.innovation.actions.problem_content import ProblemContent
from minka.innovation.actions.problem_files import (
    MOST_FILES,
    attach_to_problem,
    detach_from_problem,
)
from minka.innovation.actions.problems import save_problem
from minka.innovation.forms.problem_form import ProblemForm
from minka.innovation.forms.problems import ProblemFileForm
from minka.innovation.models import Problem
from minka.innovation.queries.problem_parts import STEPS, FormStep, step_numbered, tiers_of
from minka.innovation.queries.problem_reading import Audience, audience_of, reading_of
from minka.innovation.queries.problems import problem_record, visible_problems
from minka.innovation.web.problems import may_edit

Save = Callable[[int, ProblemContent], Problem]


@dataclass(frozen=True)
class Desk:
    """Who writes a problem, and where the pages are."""

    problem: Problem
    save: Save
    prefix: str
    address: tuple[Any, ...]
    review: str
    base: str = "core/base.html"
    audience: Audience = Audience.COMPANY
    context: dict[str, Any] = field(default_factory=dict)

    def url(self, name: str, *args: Any) -> str:
        """Return the address of a page of this desk."""
        return reverse(f"innovation:{self.prefix}{name}", args=[*self.address, *args])

    def form(self, step: FormStep | None, data: Any = None) -> ProblemForm:
        """Return the form, whole or one step of it."""
        return ProblemForm(data, problem=self.problem, step=step, audience=self.audience)


def form_page(request: HttpRequest, desk: Desk, step: FormStep | None) -> HttpResponse:
    """Show the form, or save it and go where the button leads."""
    form = desk.form(step, request.POST or None)
    status, is_conflict = 200, False
    if request.method == "POST":
        try:
            _save(request, desk, form)
        except Conflict as error:
            form.take(error)
            status, is_conflict = error.status, True
        except InvalidInput as error:
            status = error.status
        else:
            return _go_on(request, desk, step)
    desk.problem.refresh_from_db()
    revision: Any = desk.problem.revision
    context = {
        "base": desk.base,
        "problem": desk.problem,
        "form": form,
        "step": step,
        "steps": [(one, desk.url("_step", one.number)) for one in STEPS],
        "whole_url": desk.url("_edit"),
        "save_url": desk.url("_autosave", *([step.number] if step else [])),
        "review_url": desk.review,
        "is_conflict": is_conflict,
        "based_on": request.POST.get("revision", revision),  # what the words of a conflict rest on
        # After a conflict the newest one: saving again is then on purpose.
        "revision": request.POST.get("revision", revision) if status == 422 else revision,
        **desk.context,
    }
    return render(request, "innovation/problems/edit.html", context, status=status)


def answer_script(request: HttpRequest, desk: Desk, step: FormStep | None) -> JsonResponse:
    """Keep what is being written. Answers JSON for the script that saves."""
    form = desk.form(step, request.POST)
    try:
        saved = _save(request, desk, form)
    except InvalidInput:
        wrong = {name: str(errors[0]) for name, errors in form.errors.items()}
        return JsonResponse({"fields": wrong}, status=422)
    except DomainError as error:
        answer = {"detail": str(error), "url": desk.review}
        return JsonResponse(answer, status=error.status)
    return JsonResponse({"revision": saved.revision, "saved_at": saved.updated_at.isoformat()})


def step_or_404(number: int | None) -> FormStep | None:
    """Return a page of the form by its number; None for the whole."""
    if number is None:
        return None
    found = step_numbered(number)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def problem_edit(request: SignedInRequest, pk: int, number: int | None = None) -> HttpResponse:
    """The form: one step, or everything on one page."""
    found = get_object_or_404(problem_record(viewer=request.user), pk=pk)
    if not may_edit(request, found):
        return redirect("innovation:problem", pk)
    return form_page(request, _desk(request, found), step_or_404(number))


@require_POST
def problem_autosave(request: SignedInRequest, pk: int, number: int | None = None) -> HttpResponse:
    """Save what the page's script sends."""
    found = get_object_or_404(visible_problems(viewer=request.user), pk=pk)
    return answer_script(request, _desk(request, found), step_or_404(number))


@require_POST
def problem_attach(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a file, or take one off."""
    found = get_object_or_404(problem_record(viewer=request.user), pk=pk)
    try:
        if uid := request.POST.get("remove", ""):
            attached = next((one for one in found.files.all() if str(one.file.uid) == uid), None)
            if attached is None:
                raise Http404
            detach_from_problem(by=request.user, problem=found, attached=attached)
        elif upload := request.FILES.get("upload"):
            attach_to_problem(by=request.user, problem=found, upload=upload)
        else:
            messages.error(request, _("Choose a file."))
    except InvalidInput as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('innovation:problem_step', args=[pk, STEPS[-1].number])}#archivos")


@require_GET
def problem_file(request: SignedInRequest, pk: int, uid: str) -> FileResponse:
    """Stream one file to whoever may read the files of its problem."""
    found = get_object_or_404(problem_record(viewer=request.user), pk=pk)
    reading = reading_of(viewer=request.user, problem=found)
    if reading is None or str(uid) not in {one.uid for one in reading.files}:
        raise Http404
    return stream_file(next(one.file for one in found.files.all() if str(one.file.uid) == str(uid)))


def _desk(request: SignedInRequest, found: Problem) -> Desk:
    def save(revision: int, content: ProblemContent) -> Problem:
        return save_problem(by=request.user, problem=found, revision=revision, content=content)

    audience = audience_of(viewer=request.user, problem=found)
    audience = Audience.TEAM if audience is None else audience
    reads_files = audience.reads(tiers_of(found)["files"])
    return Desk(
        problem=found,
        save=save,
        prefix="problem",
        address=(found.pk,),
        review=reverse("innovation:problem", args=[found.pk]),
        audience=audience,
        context={
            "files": found.files.all() if reads_files else (),
            "file_form": ProblemFileForm(),
            "takes_files": reads_files and found.files.count() < MOST_FILES,
        },
    )


def _save(request: HttpRequest, desk: Desk, form: ProblemForm) -> Problem:
    """Save what the form holds; the form then says what was wrong.

    Raises:
        InvalidInput: a field cannot be read.
        DomainError: the action refused.
    """
    if not form.is_valid():
        raise InvalidInput
    try:
        revision = int(request.POST.get("revision", ""))
    except ValueError:
        raise InvalidInput from None
    try:
        return desk.save(revision, form.content())
    except InvalidInput as error:
        form.take(error)
        raise


def _go_on(request: HttpRequest, desk: Desk, step: FormStep | None) -> HttpResponse:
    """Return where the button leads."""
    ways = {"next": 1, "back": -1}
    do = request.POST.get("do", "review" if step is None else "next")
    if step is not None and do in ways:
        other = step_numbered(step.number + ways[do])
        if other is not None:
            return redirect(desk.url("_step", other.number))
    messages.success(request, _("Your problem is saved; it is not submitted yet."))
    return redirect(desk.review)
