"""Making new shares of a key: a new list, their passphrases, and a session of k custodians."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from minka.core.errors import DomainError, NotAllowed
from minka.core.forms import DomainForm
from minka.core.http import SignedInRequest
from minka.innovation.actions.resharing import (
    abandon_resharing,
    begin_resharing,
    make_new_shares,
    name_new_custodian,
    remove_new_custodian,
)
from minka.innovation.forms.sealing import CustodianForm, OpeningForm, ResharingForm
from minka.innovation.models import CallKey, Challenge, Custodian, Resharing
from minka.innovation.models.sealing import NEEDED
from minka.innovation.queries.custody import open_resharing, resharings_of
from minka.innovation.queries.openings import key_of, sealed_challenges

Act = tuple[DomainForm | None, Callable[[], object], str]


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def resharing(request: SignedInRequest, slug: str) -> HttpResponse:
    """Where the making of new shares stands, and what is done next."""
    found = get_object_or_404(sealed_challenges(viewer=request.user), slug=slug)
    key = key_of(found)
    if not request.user.has_perm("innovation.seal_open", found):
        raise NotAllowed
    if key is None or not key.public_key:
        raise Http404
    if request.method == "GET":
        return _page(request, found, key)
    do = request.POST.get("do", "")
    form, act, done = _act(request, found, key, do)
    if form is not None and not form.is_valid():
        return _page(request, found, key, wrong={do: form}, status=422)
    try:
        act()
    except DomainError as error:
        if form is None:
            messages.error(request, str(error))
            return redirect("innovation:resharing", slug)
        form.take(error)
        return _page(request, found, key, wrong={do: form}, status=error.status)
    messages.success(request, done)
    return redirect("innovation:resharing", slug)


def _act(request: SignedInRequest, found: Challenge, key: CallKey, do: str) -> Act:
    """Return the form of what was asked for, what does it, and what is said afterwards."""
    by = request.user
    if do == "begin":
        begun = ResharingForm(request.POST)
        return (
            begun,
            lambda: begin_resharing(by=by, challenge=found, **begun.cleaned_data),
            _("Name the new custodians now. Those who hold shares were told."),
        )
    if do == "custodian":
        named = CustodianForm(request.POST)
        return (
            named,
            lambda: name_new_custodian(
                by=by,
                challenge=found,
                person=named.cleaned_data["person"],
                organisation=named.cleaned_data["actor"],
            ),
            _("The custodian is named and was told."),
        )
    if do == "remove":
        gone = get_object_or_404(
            Custodian.objects.filter(key=key, round__gt=key.round),
            pk=request.POST.get("custodian", "0") if _is_number(request) else 0,
        )
        return (
            None,
            lambda: remove_new_custodian(by=by, challenge=found, custodian=gone),
            _("The custodian is off the list."),
        )
    if do == "abandon":
        return (
            None,
            lambda: abandon_resharing(by=by, challenge=found),
            _("The shares that were in force go on opening."),
        )
    given = OpeningForm(request.POST, request.FILES, needed=key.needed, is_rehearsal=False)
    return (
        given,
        lambda: make_new_shares(
            by=by,
            challenge=found,
            given=given.given(),
            present=given.cleaned_data["present"],
            minute=given.cleaned_data["minute"],
        ),
        _("The new shares are made; they count once every new custodian has proven to hold hers."),
    )


def _is_number(request: SignedInRequest) -> bool:
    value = request.POST.get("custodian", "")
    return value.isdecimal() and len(value) < 10


def _page(
    request: SignedInRequest,
    found: Challenge,
    key: CallKey,
    *,
    wrong: dict[str, DomainForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    forms = wrong or {}
    going: Resharing | None = open_resharing(key=key)
    custodians = list(going.custodians()) if going else []
    context: dict[str, Any] = {
        "challenge": found,
        "key": key,
        "going": going,
        "holders": list(key.holders()),
        "custodians": custodians,
        "may_manage": request.user.has_perm("innovation.seal_reshare", found),
        "all_ready": going is not None
        and len(custodians) > going.needed
        and all(one.public_half for one in custodians),
        "begin_form": forms.get("begin") or ResharingForm(initial={"needed": NEEDED}),
        "custodian_form": forms.get("custodian") or CustodianForm(),
        "form": forms.get("make") or OpeningForm(needed=key.needed, is_rehearsal=False),
        "past": resharings_of(viewer=request.user, challenge=found),
    }
    response = render(request, "innovation/sealing/resharing.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
