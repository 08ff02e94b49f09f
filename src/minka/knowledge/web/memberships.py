"""My organisations: create one, ask to join one, answer those who ask."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.knowledge.actions.actors import AlreadyMappedError, create_organisation
from minka.knowledge.actions.memberships import (
    answer_membership,
    assign_membership,
    end_membership,
    request_membership,
)
from minka.knowledge.forms import AssignmentForm, MembershipRequestForm, OrganisationForm
from minka.knowledge.queries.memberships import (
    assignable_people,
    members_of,
    memberships_to_end,
    my_memberships,
    requests_to_answer,
)
from minka.knowledge.queries.suggest import similar_actors
from minka.knowledge.web.address import find_actor

LEAST_TYPED = 3


@require_GET
def my_organisations(request: SignedInRequest) -> HttpResponse:
    """Where I belong, and who asks to join."""
    context = {
        "memberships": my_memberships(viewer=request.user),
        "requests": requests_to_answer(viewer=request.user),
    }
    return render(request, "knowledge/my_organisations.html", context)


@require_http_methods(["GET", "POST"])
def organisation_new(request: SignedInRequest) -> HttpResponse:
    """Put my organisation on the map, unless it is there: then join it."""
    form = OrganisationForm(request.POST or None)
    known, similar = None, []
    if request.method == "POST" and form.is_valid():
        if "sure" not in request.POST:
            similar = similar_actors(viewer=request.user, name=form.cleaned_data["name"])
        if not similar:
            try:
                actor = create_organisation(by=request.user, **form.cleaned_data)
            except AlreadyMappedError as error:
                known = error.actor
            except DomainError as error:
                form.take(error)
            else:
                messages.success(
                    request, _("%(name)s is on the map. Complete its profile.") % {"name": actor}
                )
                return redirect(_back(request) or actor.get_absolute_url())
    context = {"form": form, "known": known, "similar": similar}
    status = 422 if form.errors or known or similar else 200
    return render(request, "knowledge/organisation_new.html", context, status=status)


def _back(request: SignedInRequest) -> str:
    """Return the page of ours that somebody came from to register; empty when there is none."""
    back = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if is_ours else ""


@require_GET
def organisation_likeness(request: SignedInRequest) -> HttpResponse:
    """Organisations that are called like what is being typed; htmx asks for the part."""
    require(request.user, "knowledge.actor_create")
    name = request.GET.get("name", "")[:250]
    similar = similar_actors(viewer=request.user, name=name) if len(name) > LEAST_TYPED else []
    context = {"similar": similar, "typing": True}
    return render(request, "knowledge/organisation_new.html#similar", context)


@require_http_methods(["GET", "POST"])
def membership_request(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say “this is my organisation” and ask those who know."""
    actor = find_actor(request, public_id)
    form = MembershipRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request_membership(by=request.user, actor=actor, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(
                request,
                _("Your request to join %(name)s is on its way. You will be told the answer.")
                % {"name": actor.name},
            )
            return redirect("knowledge:my_organisations")
    status = 422 if form.errors else 200
    context = {"actor": actor, "form": form}
    return render(request, "knowledge/membership_request.html", context, status=status)


@require_POST
def membership_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept or refuse."""
    membership = get_object_or_404(requests_to_answer(viewer=request.user), pk=pk)
    accept = request.POST.get("answer") == "accept"
    answer_membership(by=request.user, membership=membership, accept=accept)
    names = {"person": membership.user, "actor": membership.actor}
    text = _("%(person)s now belongs to %(actor)s.") if accept else _("%(person)s was refused.")
    messages.success(request, text % names)
    return redirect("knowledge:my_organisations")


@require_POST
def membership_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Leave, or take somebody off."""
    membership = get_object_or_404(memberships_to_end(viewer=request.user), pk=pk)
    end_membership(by=request.user, membership=membership)
    names = {"person": membership.user, "actor": membership.actor}
    messages.success(request, _("%(person)s no longer belongs to %(actor)s.") % names)
    if membership.user_id == request.user.pk:
        return redirect("knowledge:my_organisations")
    return redirect("knowledge:actor", membership.actor.public_id)


@require_http_methods(["GET", "POST"])
def members(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who belongs to an organisation; the team gives roles here."""
    actor = find_actor(request, public_id)
    require(request.user, "knowledge.membership_view", actor)
    may_assign = request.user.has_perm("knowledge.membership_assign", actor)
    people = assignable_people(viewer=request.user)
    form = AssignmentForm(request.POST or None, people=people) if may_assign else None
    if request.method == "POST" and form is None:
        require(request.user, "knowledge.membership_assign", actor)
    if form is not None and form.is_valid():
        try:
            given = assign_membership(by=request.user, actor=actor, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            texts = {"person": given.user, "role": given.get_role_display()}
            messages.success(request, _("%(person)s is now: %(role)s.") % texts)
            return redirect("knowledge:members", public_id)
    context = {
        "actor": actor,
        "form": form,
        "members": members_of(viewer=request.user, actor=actor),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "knowledge/members.html", context, status=status)
