"""The minutes of a session: read, corrected, approved, printed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minka.core.errors import Conflict, DomainError
from minka.core.http import SignedInRequest
from minka.innovation.actions.minutes import approve_minutes, correct_minutes
from minka.innovation.forms.panels import MinutesForm
from minka.innovation.models import PanelMinutes
from minka.innovation.models.panel_states import MinutesState
from minka.innovation.queries.minutes import approvers, readable
from minka.innovation.queries.panels import own_seat, visible_panels
from minka.innovation.sources.minutes_pages import minutes_pdf
from minka.innovation.sources.minutes_words import minutes_words
from minka.innovation.web.expiry import keeps_words

LANGUAGES = ("es", "en")


@require_GET
def minutes(request: SignedInRequest, pk: int) -> HttpResponse:
    """The minutes as I may read them."""
    return _page(request, _find(request, pk))


@keeps_words
@require_POST
def minutes_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write another revision."""
    found = _find(request, pk)
    content = _content(request, found)
    form = MinutesForm(request.POST, items=content["items"])
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    values = form.cleaned_data
    try:
        correct_minutes(
            by=request.user, minutes=found, number=values["number"], said=form.said(),
            remarks=values["remarks"], corrections=values["corrections"], why=values["why"],
        )  # fmt: skip
    except DomainError as error:
        form.take(error)
        if isinstance(error, Conflict):
            found.refresh_from_db()
            form.say_now(number=found.number)
        return _page(request, found, form=form, status=error.status)
    messages.success(request, _("The minutes are corrected; whoever was there is asked again."))
    return redirect("innovation:minutes", pk)


@require_POST
def minutes_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve what I have read."""
    found = _find(request, pk)
    text = request.POST.get("number", "")
    try:
        approve_minutes(by=request.user, minutes=found, number=int(text) if text.isdigit() else 0)
    except DomainError as error:
        found.refresh_from_db()
        return _page(request, found, error=error, status=error.status)
    messages.success(request, _("You have approved the minutes."))
    return redirect("innovation:minutes", pk)


@require_GET
def minutes_print(request: SignedInRequest, pk: int) -> HttpResponse:
    """The minutes as PDF, in Spanish or English."""
    found = _find(request, pk)
    asked = request.GET.get("idioma", "")
    language = asked if asked in LANGUAGES else (get_language() or "es")[:2]
    document = minutes_pdf(viewer=request.user, minutes=found, language=language)
    response = HttpResponse(document, content_type="application/pdf")
    name = f"acta-{found.session_id}-{found.number}-{language}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _find(request: SignedInRequest, pk: int) -> PanelMinutes:
    return get_object_or_404(
        PanelMinutes.objects.select_related("session"),
        session__in=visible_panels(viewer=request.user).values("pk"),
        session=pk,
    )


def _content(request: SignedInRequest, found: PanelMinutes) -> dict[str, Any]:
    revision = found.revisions.get(number=found.number)
    return readable(viewer=request.user, session=found.session, content=revision.content)


def _page(
    request: SignedInRequest,
    found: PanelMinutes,
    *,
    form: MinutesForm | None = None,
    error: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    content = _content(request, found)
    revision = found.revisions.get(number=found.number)
    own = own_seat(viewer=request.user, session=found.session)
    approved = {one.seat_id: one for one in revision.approvals.all()}
    needed = approvers(found.session)
    runs = request.user.is_staff or (own is not None and own.office == "secretary")
    is_fixed = found.state == MinutesState.FIXED
    start = {name: content[name] for name in ("remarks", "corrections")}
    context = {
        "panel": found.session,
        "minutes": found,
        "revision": revision,
        "revisions": found.revisions.select_related("by").order_by("-number"),
        "said": minutes_words(content),
        "approvals": [(one, approved.get(one.pk)) for one in needed],
        "may_approve": not is_fixed
        and own is not None
        and own.pk in {one.pk for one in needed}
        and own.pk not in approved,
        "form": form
        or MinutesForm(items=content["items"], initial={**start, "number": found.number}),
        "may_correct": runs and not is_fixed,
        "is_fixed": is_fixed,
        "error": error,
    }
    return render(request, "innovation/panels/minutes.html", context, status=status)
