"""How a call is sealed: its custodians, the ceremony of its key, exceptions to its deadline."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.errors import DomainError, NotAllowed
from minka.core.forms import DomainForm
from minka.core.http import SignedInRequest
from minka.innovation.actions.ceremony import (
    make_key,
    name_custodian,
    remove_custodian,
    restart_ceremony,
    set_needed,
)
from minka.innovation.actions.deadlines import grant_more_time
from minka.innovation.actions.protection import choose_protection
from minka.innovation.forms.sealing import CustodianForm, MoreTimeForm, NeededForm, ProtectionForm
from minka.innovation.models import Challenge, Custodian
from minka.innovation.models.sealing import NEEDED
from minka.innovation.queries.challenges import call_of
from minka.innovation.queries.openings import key_of, sealed_challenges, sealing_steps, sessions_of
from minka.methods.sealing.keys import fingerprint


@require_http_methods(["GET", "POST"])
def sealing(request: SignedInRequest, slug: str) -> HttpResponse:
    """Where the sealing of a call stands, and what the team does next."""
    found = _found(request, slug)
    wrong: dict[str, DomainForm] = {}
    status = 200
    if request.method == "POST":
        do = request.POST.get("do", "")
        form, act, done = _act(request, found, do)
        if form is None or form.is_valid():
            try:
                act()
            except DomainError as error:
                status = error.status
                if form is None:
                    messages.error(request, str(error))
                    return redirect("innovation:sealing", slug)
                form.take(error)
            else:
                messages.success(request, done)
                return redirect("innovation:sealing", slug)
        if form is not None:
            wrong, status = {do: form}, max(status, 422) if status == 200 else status
    return _page(request, found, wrong, status)


@require_POST
def custodian_remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    found = _found(request, slug)
    custodian = get_object_or_404(
        Custodian.objects.select_related("key"), pk=pk, key__challenge=found
    )
    try:
        remove_custodian(by=request.user, custodian=custodian)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("innovation:sealing", slug)


@require_http_methods(["GET", "POST"])
def more_time(request: SignedInRequest, slug: str) -> HttpResponse:
    """An exception to the deadline for one organisation."""
    found = _found(request, slug)
    if not request.user.has_perm("innovation.deadline_except", found):
        raise NotAllowed
    form = MoreTimeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                grant_more_time(by=request.user, challenge=found, **form.cleaned_data)
            except DomainError as error:
                form.take(error)
                status = error.status
            else:
                messages.success(request, _("The exception is granted and in the ledger."))
                return redirect("innovation:more_time", slug)
    context = {
        "challenge": found,
        "call": call_of(found),
        "form": form,
        "exceptions": found.deadline_exceptions.select_related("lead", "granted_by"),
    }
    return render(request, "innovation/sealing/more_time.html", context, status=status)


Act = tuple[DomainForm | None, Callable[[], object], str]


def _act(request: SignedInRequest, found: Challenge, do: str) -> Act:
    """Return the form of what was asked for, what does it, and what is said afterwards."""
    by = request.user
    if do == "protection":
        chosen = ProtectionForm(request.POST)
        return (
            chosen,
            lambda: choose_protection(by=by, challenge=found, **chosen.cleaned_data),
            _("How proposals are protected is saved."),
        )
    if do == "needed":
        needed = NeededForm(request.POST)
        return (
            needed,
            lambda: set_needed(by=by, challenge=found, needed=needed.cleaned_data["needed"]),
            _("How many open together is saved."),
        )
    if do == "custodian":
        named = CustodianForm(request.POST)
        return (
            named,
            lambda: name_custodian(
                by=by,
                challenge=found,
                person=named.cleaned_data["person"],
                organisation=named.cleaned_data["actor"],
            ),
            _("The custodian is named and was told."),
        )
    if do == "restart":
        return (
            None,
            lambda: restart_ceremony(by=by, challenge=found),
            _("The key is discarded; the custodians choose their passphrases anew."),
        )
    return (
        None,
        lambda: make_key(by=by, challenge=found),
        _("The key is made and split; each custodian takes a share now."),
    )


def _page(
    request: SignedInRequest, found: Challenge, wrong: dict[str, DomainForm], status: int
) -> HttpResponse:
    call, key = call_of(found), key_of(found)
    custodians = list(key.holders()) if key else []
    needed = key.needed if key else NEEDED
    context = {
        "challenge": found,
        "call": call,
        "key": key,
        "fingerprint": fingerprint(bytes.fromhex(key.public_key)) if key and key.public_key else "",
        "custodians": custodians,
        "all_ready": len(custodians) >= needed and all(one.public_half for one in custodians),
        "all_confirmed": bool(custodians) and all(one.confirmed_at for one in custodians),
        "needed": needed,
        "steps": sealing_steps(challenge=found, key=key, custodians=custodians),
        "sessions": sessions_of(viewer=request.user, challenge=found),
        "protection_form": wrong.get("protection")
        or ProtectionForm(initial=ProtectionForm.of(call)),
        "needed_form": wrong.get("needed") or NeededForm(initial={"needed": needed}),
        "custodian_form": wrong.get("custodian") or CustodianForm(),
    }
    return render(request, "innovation/sealing/sealing.html", context, status=status)


def _found(request: SignedInRequest, slug: str) -> Challenge:
    found = get_object_or_404(sealed_challenges(viewer=request.user), slug=slug)
    if not request.user.has_perm("innovation.seal_prepare", found):
        raise NotAllowed
    return found
