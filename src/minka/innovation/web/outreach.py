"""Where the cluster team takes what helps to make a challenge known, and notes its events."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.presentations import (
    Occasion,
    add_presentation,
    remove_presentation,
)
from minka.innovation.forms.questions import OccasionForm
from minka.innovation.models import Challenge, ChallengePresentation
from minka.innovation.queries.challenges import published_challenges
from minka.innovation.queries.questions import followers_count


@require_http_methods(["GET", "POST"])
def outreach(request: SignedInRequest, slug: str) -> HttpResponse:
    """Code, picture, PDF, feed and calendar to take along; events; how many follow."""
    found = _challenge(request, slug)
    form = OccasionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                add_presentation(
                    by=request.user, challenge=found, occasion=Occasion(**form.cleaned_data)
                )
            except DomainError as error:
                form.take(error)
                status = error.status
            else:
                messages.success(request, _("The event is on the page of the challenge."))
                return redirect("innovation:outreach", slug)
    context = {
        "challenge": found,
        "form": form,
        "presentations": found.presentations.all(),
        "followers": followers_count(challenge=found),
        "languages": [("es", "Español"), ("en", "English")],
    }
    return render(request, "innovation/sharing/outreach.html", context, status=status)


@require_POST
def presentation_remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take an event back."""
    found = _challenge(request, slug)
    of_it = ChallengePresentation.objects.filter(challenge=found)
    remove_presentation(by=request.user, presentation=get_object_or_404(of_it, pk=pk))
    messages.success(request, _("The event is taken back."))
    return redirect("innovation:outreach", slug)


def _challenge(request: SignedInRequest, slug: str) -> Challenge:
    if not request.user.has_perm("innovation.challenge_write"):
        raise NotAllowed
    one: Challenge = get_object_or_404(published_challenges(), slug=slug)
    return one
