"""Problems by invitation: the list of invitations, and the pages behind a personal link."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.core.throttle import place_of, within_limit
from minka.innovation.actions.intake import (
    begin_by_invitation,
    hand_over,
    invite_to_intake,
    revoke_intake,
    save_by_invitation,
    take_over,
)
from minka.innovation.actions.problem_content import ProblemContent
from minka.innovation.forms.intake import GuestStartForm, InviteForm
from minka.innovation.models import IntakeInvitation, Problem
from minka.innovation.notices.intake import invitation_id_of
from minka.innovation.queries.intake import (
    companies_to_invite_for,
    guest_problems,
    intake_invitations,
    invitation_by_link,
    problem_of_guest,
)
from minka.innovation.queries.problems import problem_record
from minka.innovation.web.problem_form import Desk, answer_script, form_page, step_or_404

SENDS_A_MINUTE, GUESSES_A_MINUTE = 120, 30
View = Callable[..., HttpResponse]


@require_http_methods(["GET", "POST"])
def invitations(request: SignedInRequest) -> HttpResponse:
    """Who was invited, what came of it, and one more."""
    if not companies_to_invite_for(viewer=request.user).exists():
        raise NotAllowed(_("Only representatives of a company and the cluster team invite."))
    form = InviteForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = invite_to_intake(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            sent = _("The link is on its way to %(email)s.") % {"email": made.email}
            messages.success(request, sent)
            return redirect("innovation:intake_invitations")
    context = {"form": form, "invitations": intake_invitations(viewer=request.user)[:200]}
    status = 422 if form.errors else 200
    return render(request, "innovation/intake/invitations.html", context, status=status)


@require_POST
def invitation_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close a link."""
    found = get_object_or_404(intake_invitations(viewer=request.user), pk=pk)
    revoke_intake(by=request.user, invitation=found)
    messages.success(request, _("The link is closed."))
    return redirect("innovation:intake_invitations")


@require_POST
def problem_take_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer for a problem that was written by invitation."""
    found = get_object_or_404(problem_record(viewer=request.user), pk=pk)
    take_over(by=request.user, problem=found)
    messages.success(request, _("The problem is with you now."))
    return redirect("innovation:problem", pk)


def by_link(view: View) -> View:
    """Open a page by the token of the personal link: for anybody, never kept, never told on."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
        pk = invitation_id_of(token=token)
        found = invitation_by_link(viewer=request.user, pk=pk).first() if pk else None
        place = place_of(request)
        if found is None:
            if not within_limit(key=f"intake:{place}", most=GUESSES_A_MINUTE, seconds=60):
                return _too_often(request)
            raise Http404
        key = f"intake:{found.pk}:sends"
        if request.method == "POST" and not within_limit(key=key, most=SENDS_A_MINUTE, seconds=60):
            return _too_often(request)
        if not found.is_open():
            answer = render(request, "innovation/intake/closed.html", status=410)
        else:
            answer = view(request, found, token, **kwargs)
        answer["Referrer-Policy"] = "same-origin"  # “no-referrer” would send forms with no origin
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return login_not_required(never_cache(opened))


@by_link
@require_http_methods(["GET", "POST"])
def guest(request: HttpRequest, invitation: IntakeInvitation, token: str) -> HttpResponse:
    """What was written with this link, and the beginning of one more."""
    form = GuestStartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            begun = begin_by_invitation(invitation=invitation, title=form.cleaned_data["title"])
        except DomainError as error:
            form.take(error)
        else:
            return redirect("innovation:intake_step", token, begun.pk, 1)
    problems = guest_problems(invitation)
    context = {
        "invitation": invitation,
        "token": token,
        "problems": problems,
        "form": form,
        "takes_more": invitation.takes_several or not problems,
    }
    status = 422 if form.errors else 200
    return render(request, "innovation/intake/guest.html", context, status=status)


@by_link
@require_http_methods(["GET", "POST"])
def guest_edit(
    request: HttpRequest,
    invitation: IntakeInvitation,
    token: str,
    pk: int,
    number: int | None = None,
) -> HttpResponse:
    """The form of one problem, whole or one step."""
    return form_page(request, _desk(request, invitation, token, pk), step_or_404(number))


@by_link
@require_POST
def guest_autosave(
    request: HttpRequest,
    invitation: IntakeInvitation,
    token: str,
    pk: int,
    number: int | None = None,
) -> HttpResponse:
    """Save what the page's script sends."""
    return answer_script(request, _desk(request, invitation, token, pk), step_or_404(number))


@by_link
@require_POST
def guest_hand_over(
    request: HttpRequest, invitation: IntakeInvitation, token: str, pk: int
) -> HttpResponse:
    """Give the problem to the company."""
    found = _problem(request, invitation, pk)
    hand_over(invitation=invitation, problem=found)
    messages.success(request, _("Thank you. Your company has been told; it goes on from there."))
    return redirect("innovation:intake", token)


def _problem(request: HttpRequest, invitation: IntakeInvitation, pk: int) -> Problem:
    return get_object_or_404(problem_of_guest(viewer=request.user, invitation=invitation), pk=pk)


def _desk(request: HttpRequest, invitation: IntakeInvitation, token: str, pk: int) -> Desk:
    found = _problem(request, invitation, pk)

    def save(revision: int, content: ProblemContent) -> Problem:
        return save_by_invitation(
            invitation=invitation, problem=found, revision=revision, content=content
        )

    return Desk(
        problem=found,
        save=save,
        prefix="intake",
        address=(token, pk),
        review=reverse("innovation:intake", args=[token]),
        base="innovation/intake/base.html",
        context={"guest": True, "invitation": invitation},
    )


def _too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "innovation/intake/too_often.html", status=429)
