"""Pages of the core: inbox, profile, people and their roles, the ledger."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.actions.notices import mark_all_read, open_notice
from minka.core.actions.people import grant_role, revoke_role, update_profile
from minka.core.errors import DomainError, NotAllowed
from minka.core.forms import ProfileForm, RoleForm
from minka.core.http import SignedInRequest
from minka.core.ledger_veil import covered
from minka.core.models import User
from minka.core.queries.ledger import visible_entries
from minka.core.queries.notices import inbox, unread_count
from minka.core.queries.people import people_with_roles
from minka.core.states import Role
from minka.core.withheld import withheld


@require_GET
def notices(request: SignedInRequest) -> HttpResponse:
    """The inbox."""
    page = Paginator(inbox(viewer=request.user), 25).get_page(request.GET.get("page"))
    unread = unread_count(viewer=request.user)
    hidden = withheld(viewer=request.user, notices=list(page))
    context = {"page": page, "unread": unread, "withheld": hidden}
    return render(request, "core/inbox.html", context)


@require_POST
def notice_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark as read and go where the notice points, unless it was withdrawn."""
    notice = open_notice(
        by=request.user, notice=get_object_or_404(inbox(viewer=request.user), pk=pk)
    )
    if withheld(viewer=request.user, notices=[notice]):
        return redirect("core:notices")
    return redirect(notice.url or "core:notices")


@require_POST
def notices_read(request: SignedInRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_all_read(by=request.user)
    return redirect("core:notices")


@require_http_methods(["GET", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """The person's own name and time zone."""
    form = ProfileForm(request.POST or None, initial=ProfileForm.of(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            update_profile(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("Your profile is saved."))
            return redirect("core:profile")
    return render(request, "core/profile.html", {"form": form})


@require_GET
def people(request: SignedInRequest) -> HttpResponse:
    """People and their roles, for the cluster team."""
    _staff_only(request)
    search = request.GET.get("q", "").strip()
    found = people_with_roles(viewer=request.user, search=search)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {"page": page, "search": search, "form": RoleForm(), "roles": Role.choices}
    return render(request, "core/people.html", context)


@require_POST
def role_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give or take one role."""
    person = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        change = revoke_role if form.cleaned_data["take_back"] else grant_role
        change(by=request.user, user=person, role=Role(form.cleaned_data["role"]))
        messages.success(request, _("The roles of %(name)s are saved.") % {"name": person})
    return redirect("core:people")


@require_GET
def ledger(request: SignedInRequest) -> HttpResponse:
    """Every act that was recorded, newest first."""
    if not request.user.has_perm("core.ledger_view"):
        raise NotAllowed
    page = Paginator(visible_entries(viewer=request.user), 50).get_page(request.GET.get("page"))
    context = {"page": page, "rows": covered(viewer=request.user, entries=list(page))}
    return render(request, "core/ledger.html", context)


def _staff_only(request: SignedInRequest) -> None:
    if not request.user.is_staff:
        raise PermissionDenied
