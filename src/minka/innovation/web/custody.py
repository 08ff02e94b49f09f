"""A custodian's own pages: get ready, take the share once, prove to hold it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from minka.core.errors import DomainError
from minka.core.forms import DomainForm
from minka.core.http import SignedInRequest
from minka.innovation.actions.custody import confirm_share, get_ready, take_share
from minka.innovation.forms.sealing import ConfirmForm, ReadyForm, TakeForm
from minka.innovation.models import Custodian
from minka.innovation.queries.custody import may_get_ready
from minka.innovation.queries.openings import own_custodies


@require_GET
def custodies(request: SignedInRequest) -> HttpResponse:
    """The calls that I am a custodian of."""
    context = {"custodies": own_custodies(viewer=request.user)}
    return render(request, "innovation/sealing/custodies.html", context)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def custody(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a custodian does next with her share of one call."""
    found = get_object_or_404(own_custodies(viewer=request.user), pk=pk)
    form = _form(request, found)
    if request.method == "GET" or form is None:
        return _page(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        text = _do(request, found, form)
    except DomainError as error:
        form.take(error)
        found.refresh_from_db()
        return _page(request, found, form, status=error.status)
    if not text:
        return redirect("innovation:custody", pk)
    if request.POST.get("do") == "file":
        return _download(found, text)
    return _page(request, found, ConfirmForm(), text=text)


def _form(request: SignedInRequest, found: Custodian) -> DomainForm | None:
    """Return the form of the step that she is at; taking again stays possible until confirmed."""
    data = request.POST if request.method == "POST" else None
    if may_get_ready(key=found.key, custodian=found):
        return ReadyForm(data)
    if found.confirmed_at or not found.sealed_share:
        return None
    if found.taken_at is None or request.POST.get("do") in {"take", "file"}:
        return TakeForm(data)
    return ConfirmForm(data, request.FILES if data is not None else None)


def _do(request: SignedInRequest, found: Custodian, form: DomainForm) -> str:
    """Do the step; return the text of a share when it was taken."""
    values = form.cleaned_data
    if isinstance(form, ReadyForm):
        get_ready(by=request.user, custodian=found, **values)
        messages.success(request, _("You are ready. You are told when your share can be taken."))
        return ""
    if isinstance(form, TakeForm):
        return take_share(by=request.user, custodian=found, passphrase=values["passphrase"])
    if isinstance(form, ConfirmForm):
        confirm_share(
            by=request.user, custodian=found, text=form.text(), passphrase=values["passphrase"]
        )
        messages.success(request, _("You hold your share; the server keeps none."))
    return ""


def _page(
    request: SignedInRequest,
    found: Custodian,
    form: DomainForm | None,
    *,
    text: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "custodian": found,
        "key": found.key,
        "challenge": found.key.challenge,
        "form": form,
        "step": type(form).__name__ if form else "",
        "take_form": TakeForm(),
        "share_text": text,
    }
    response = render(request, "innovation/sealing/custody.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _download(found: Custodian, text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    name = f"{found.key.code}-{found.number}.share.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
