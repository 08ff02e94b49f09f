"""The board on which organisations look for partners, and what two of them write each other."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.innovation.actions.partner_board import post_search, remove_search, write_to
from minka.innovation.forms.consortium import MessageForm, PartnerSearchForm
from minka.innovation.models import Challenge, PartnerPost
from minka.innovation.queries.consortium import messages_of, posts_of
from minka.innovation.queries.proposals import answerable_challenges, own_organisations


@require_http_methods(["GET", "POST"])
def partner_board(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who looks for a partner for this challenge; only people of an organisation read it."""
    challenge = get_object_or_404(answerable_challenges(), slug=slug)
    own = own_organisations(viewer=request.user)
    form = PartnerSearchForm(request.POST or None, organisations=own)
    status = 200
    if request.method == "POST":
        try:
            if done := _act(request, challenge, form):
                messages.success(request, done)
                return redirect("innovation:partner_board", slug)
            status = 422
        except DomainError as error:
            form.take(error)
            status = error.status
    return _board(request, challenge, form, status=status)


def _act(request: SignedInRequest, challenge: Challenge, form: PartnerSearchForm) -> str:
    if pk := request.POST.get("remove", ""):
        mine = posts_of(viewer=request.user, challenge=challenge)
        post = get_object_or_404(mine, pk=int(pk) if pk.isdecimal() and len(pk) < 10 else -1)
        remove_search(by=request.user, post=post)
        return _("Your search is off the board.")
    if not form.is_valid():
        return ""
    clean = form.cleaned_data
    post_search(
        by=request.user,
        challenge=challenge,
        actor=clean["organisation"],
        offers=clean["offers"],
        seeks=clean["seeks"],
    )
    return _("Your search is on the board.")


def _board(
    request: SignedInRequest, challenge: Challenge, form: PartnerSearchForm, *, status: int
) -> HttpResponse:
    own = list(own_organisations(viewer=request.user))
    ids = {one.pk for one in own}
    posts = list(posts_of(viewer=request.user, challenge=challenge))
    mine = [post for post in posts if post.actor_id in ids]
    if mine and not form.is_bound:
        first = mine[0]
        form.initial = {
            "organisation": first.actor.public_id,
            "offers": first.offers,
            "seeks": first.seeks,
        }
    context = {
        "challenge": challenge,
        "own": own,
        "as_whom": own[0] if own else None,
        "mine": mine,
        "others": [post for post in posts if post.actor_id not in ids],
        "talks": {
            (one.post, one.other)
            for post in posts
            for one in messages_of(viewer=request.user, post=post)
        },
        "may_post": bool(own) and challenge.consortium_allowed and challenge.call.phase != "closed",
        "form": form,
    }
    return render(request, "innovation/proposals/partner_board.html", context, status=status)


@require_http_methods(["GET", "POST"])
def partner_talk(request: SignedInRequest, pk: int, other: str) -> HttpResponse:
    """What whoever posted and one other organisation write each other; nobody else finds it."""
    own = list(own_organisations(viewer=request.user))
    ids = {one.pk for one in own}
    post = get_object_or_404(PartnerPost.objects.select_related("actor", "challenge__call"), pk=pk)
    said = [
        one for one in messages_of(viewer=request.user, post=post) if one.other.public_id == other
    ]
    is_answer = post.actor_id in ids
    writer = next((one for one in own if one.public_id == other), None)
    partner = said[0].other if said else writer
    on_board = posts_of(viewer=request.user, challenge=post.challenge).filter(pk=post.pk).exists()
    if partner is None or not (said or (on_board and writer and not is_answer)):
        raise Http404
    form = MessageForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                write_to(
                    by=request.user,
                    post=post,
                    other=partner,
                    text=form.cleaned_data["text"],
                    is_answer=is_answer,
                )
            except DomainError as error:
                form.take(error)
                status = error.status
            else:
                messages.success(request, _("Your message was sent."))
                return redirect("innovation:partner_talk", post.pk, other)
    context = {
        "post": post,
        "challenge": post.challenge,
        "said": said,
        "them": partner if is_answer else post.actor,
        "form": form,
    }
    return render(request, "innovation/proposals/partner_talk.html", context, status=status)
