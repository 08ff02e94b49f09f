"""Pages of agreements: the list, and the record of each with its signatures."""

from typing import Any

from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from minka.core.components import Tab
from minka.core.errors import NotFound
from minka.core.forms import DomainForm
from minka.core.http import SignedInRequest, stream_file
from minka.innovation.actions.agreement_results import close_agreement
from minka.innovation.actions.agreements_drafting import (
    drop_text,
    reopen_text,
    start_amendment,
)
from minka.innovation.actions.agreements_signing import (
    ask_agreement_approval,
    show_agreement,
    sign_agreement,
)
from minka.innovation.forms.agreements import (
    CloseForm,
    ReasonForm,
    ShowForm,
    SignForm,
)
from minka.innovation.models import Agreement
from minka.innovation.queries.agreement_seats import holds, seats_of, signatures_of
from minka.innovation.queries.agreement_steps import agreement_steps
from minka.innovation.queries.agreements import (
    earlier_of,
    represented_parties,
    visible_agreements,
)
from minka.innovation.states.agreements import AgreementKind, AgreementState
from minka.innovation.web.acting import Act, Failed, act, asked
from minka.innovation.web.expiry import keeps_words

ACTS = {
    "ask": Act(
        gettext_lazy("Ask for approval"),
        DomainForm,
        lambda by, one, _said: ask_agreement_approval(by=by, agreement=one),
        gettext_lazy("Everybody who has to approve it has been asked."),
    ),
    "sign": Act(
        gettext_lazy("Sign"),
        SignForm,
        lambda by, one, said: sign_agreement(
            by=by, agreement=one, **{k: v for k, v in said.items() if k != "agrees"}
        ),
        gettext_lazy("You have signed."),
    ),
    "reopen": Act(
        gettext_lazy("Write the text again"),
        ReasonForm,
        lambda by, one, said: reopen_text(by=by, agreement=one, **said),
        gettext_lazy("The text can be changed again; approvals and signatures are void."),
    ),
    "amend": Act(
        gettext_lazy("Amend"),
        ReasonForm,
        lambda by, one, said: start_amendment(by=by, agreement=one, **said),
        gettext_lazy("The signed text counts until all sign the new one."),
    ),
    "drop": Act(
        gettext_lazy("Give it up"),
        ReasonForm,
        lambda by, one, said: drop_text(by=by, agreement=one, **said),
        gettext_lazy("It was given up."),
    ),
    "show": Act(
        gettext_lazy("In public"),
        ShowForm,
        lambda by, one, said: show_agreement(by=by, agreement=one, **said),
        gettext_lazy("Your answer is kept. It is told while every party agrees."),
    ),
    "close": Act(
        gettext_lazy("Close the agreement"),
        CloseForm,
        lambda by, one, said: close_agreement(by=by, agreement=one, **said),
        gettext_lazy("The agreement is closed."),
    ),
}


@require_GET
def agreements(request: SignedInRequest) -> HttpResponse:
    """The agreements that the person may know of."""
    found = visible_agreements(viewer=request.user)
    words, kind, state = (request.GET.get(name, "") for name in ("q", "tipo", "estado"))
    if words:
        found = found.filter(Q(title__icontains=words) | Q(parties__actor__name__icontains=words))
    if kind in AgreementKind.values:
        found = found.filter(kind=kind)
    if state in AgreementState.values:
        found = found.filter(state=state)
    context = {
        "agreements": list(found.distinct()),
        "kinds": AgreementKind.choices,
        "states": AgreementState.choices,
        "q": words,
        "kind": kind,
        "state": state,
    }
    return render(request, "innovation/agreements/list.html", context)


@keeps_words
@never_cache
@require_http_methods(["GET", "POST"])
def agreement(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The text as it stands, who approved it, who signed it, and what the person can do."""
    found = get_object_or_404(visible_agreements(viewer=request.user), public_id=public_id)
    if request.method == "GET":
        return _page(request, found, failed=asked(request, ACTS))
    failed = act(request, found, ACTS)
    if failed:
        again = get_object_or_404(visible_agreements(viewer=request.user), public_id=public_id)
        return _page(request, again, failed=failed)
    return redirect("innovation:agreement", found.public_id)


def agreement_tabs(found: Agreement, current: str) -> list[Tab]:
    """Return the pages of one agreement."""
    pages = {
        "agreement": _("Agreement"),
        "agreement_plan": _("Plan"),
        "agreement_results": _("Results"),
        "agreement_versions": _("Versions"),
    }
    return [
        Tab(label, reverse(f"innovation:{name}", args=[found.public_id]), name == current)
        for name, label in pages.items()
    ]


@require_GET
def agreement_file(request: SignedInRequest, public_id: str, what: str) -> FileResponse:
    """The document of a registered agreement, or the PDF of a signed version."""
    found = get_object_or_404(visible_agreements(viewer=request.user), public_id=public_id)
    if what == "documento":
        if found.document is None:
            raise NotFound
        return stream_file(found.document)
    version = found.versions.select_related("pdf").filter(number=what.removeprefix("v")).first()
    if version is None or version.pdf is None:
        raise NotFound
    return stream_file(version.pdf)


@require_GET
def agreement_seal(request: SignedInRequest, public_id: str, number: int) -> HttpResponse:
    """What the server signed about the PDF of a version, as a file that proves itself."""
    found = get_object_or_404(visible_agreements(viewer=request.user), public_id=public_id)
    version = get_object_or_404(found.versions.exclude(seal=""), number=number)
    response = HttpResponse(version.seal, content_type="application/json; charset=utf-8")
    name = f"{found.public_id}-v{number}.seal.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _page(request: HttpRequest, found: Agreement, *, failed: Failed | None = None) -> HttpResponse:
    viewer: Any = request.user
    seats, signatures = seats_of(found), signatures_of(found)
    own = represented_parties(viewer=viewer, agreement=found)
    mine = [one for one in seats if holds(viewer, one)]
    context = {
        "agreement": found,
        "parties": [(one, signatures.get(one.pk)) for one in found.parties.all()],
        "seats": seats,
        "mine": mine,
        "may_approve": any(not one.approves for one in mine),
        "to_sign": [one for one in own if one.pk not in signatures],
        "own_parties": [one for one in own if one.actor_id],
        "writes": viewer.has_perm("innovation.agreement_write", found),
        "closes": viewer.has_perm("innovation.agreement_close", found),
        "steps": agreement_steps(found),
        "tabs": agreement_tabs(found, "agreement"),
        "sign_form": SignForm(initial={"name": viewer.get_full_name()}),
        "failed": failed,
        "follows": earlier_of(viewer=viewer, agreement=found),
        "followed_by": visible_agreements(viewer=viewer).filter(follows=found),
        "may_follow": viewer.is_staff and found.in_force_at is not None,
        "signed_versions": found.versions.filter(signed_at__isnull=False),
    }
    status = failed.status if failed else 200
    return render(request, "innovation/agreements/page.html", context, status=status)
