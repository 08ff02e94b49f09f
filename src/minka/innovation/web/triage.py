"""The cluster team's answer to a problem."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minka.core.errors import InvalidInput
from minka.core.http import SignedInRequest
from minka.innovation.actions.triage import accept_problem, ask_information, decline_problem
from minka.innovation.forms.triage import Answer, TriageForm
from minka.innovation.queries.problems import problem_record
from minka.innovation.web.problems import record_page


@require_POST
def triage(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept, ask or decline; errors are shown beside the form on the record's page."""
    found = get_object_or_404(problem_record(viewer=request.user), pk=pk)
    form = TriageForm(request.POST)
    if not form.is_valid():
        return record_page(request, found, triage=form, status=InvalidInput.status)
    by, words = request.user, form.cleaned_data["reason"]
    match form.cleaned_data["answer"]:
        case Answer.ACCEPT:
            accept_problem(by=by, problem=found, remark=words)
            done = _("The problem is accepted; the representatives can rate it now.")
        case Answer.ASK:
            ask_information(by=by, problem=found, question=words)
            done = _("Your question is on its way to the company.")
        case _answer:
            decline_problem(by=by, problem=found, reason=words)
            done = _("The company is told that the problem is not taken up, and why.")
    messages.success(request, done)
    return redirect("innovation:problem", pk)
