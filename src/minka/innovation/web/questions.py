"""Pages of questions about a challenge: asking, drafting, publishing, declining."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.errors import Conflict, DomainError
from minka.core.http import SignedInRequest
from minka.innovation.actions.questions import (
    ask_question,
    decline_question,
    draft_answer,
    publish_question,
)
from minka.innovation.forms.questions import (
    AnswerForm,
    PublicationForm,
    QuestionForm,
    RefusalForm,
)
from minka.innovation.models import Challenge, ChallengeQuestion
from minka.innovation.queries.challenges import published_challenges
from minka.innovation.queries.challenges_dates import questions_close_at
from minka.innovation.queries.questions import (
    public_wording,
    questions_of,
    reading_of,
    visible_questions,
)
from minka.innovation.states import ChallengeState
from minka.innovation.web.expiry import keeps_words

MANAGE, DRAFT, ASK = (f"innovation.question_{verb}" for verb in ("manage", "draft", "ask"))


@keeps_words
@require_http_methods(["GET", "POST"])
def questions(request: SignedInRequest, slug: str) -> HttpResponse:
    """One's own questions and a form to ask; for those who answer, the questions that came."""
    found = _challenge(slug)
    form = QuestionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                ask_question(by=request.user, challenge=found, text=form.cleaned_data["text"])
            except DomainError as error:
                form.take(error)
                status = error.status
            else:
                messages.success(
                    request,
                    _("Your question was sent. You will be told of the answer, and of all others."),
                )
                return redirect("innovation:questions", slug)
    close_at = questions_close_at(found.call)
    context = {
        "challenge": found,
        "questions": questions_of(viewer=request.user, challenge=found),
        "form": form,
        "close_at": close_at,
        "is_open": found.state == ChallengeState.PUBLISHED and timezone.now() < close_at,
        "may_ask": request.user.has_perm(ASK, found),
        "may_draft": request.user.has_perm(DRAFT, found),
        "is_team": request.user.is_staff,
    }
    return render(request, "innovation/questions/list.html", context, status=status)


@keeps_words
@require_http_methods(["GET", "POST"])
def question(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One question for those who answer it: draft, or publish."""
    found = _question(request, slug, pk)
    manages = request.user.has_perm(MANAGE, found.challenge)
    kind = PublicationForm if manages else AnswerForm
    start = {**public_wording(found), "revision": found.revision}
    form = kind(request.POST or None, initial=start)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            act = publish_question if request.POST.get("do") == "publish" else draft_answer
            try:
                act(
                    by=request.user,
                    question=found,
                    revision=form.cleaned_data["revision"],
                    words=form.words(),
                )
            except DomainError as error:
                form.take(error)
                status = error.status
                if status == Conflict.status:
                    form.start_from(found.revision)
            else:
                messages.success(request, _said(found))
                return redirect("innovation:questions", slug)
    refusal = RefusalForm(initial={"revision": found.revision})
    return _page(request, found, form, refusal, status)


@keeps_words
@require_POST
def question_decline(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Leave it without a public answer."""
    found = _question(request, slug, pk)
    refusal = RefusalForm(request.POST)
    status = 422
    if refusal.is_valid():
        try:
            decline_question(by=request.user, question=found, **refusal.cleaned_data)
        except DomainError as error:
            refusal.take(error)
            status = error.status
        else:
            messages.success(request, _("The asker is told that it is not answered in public."))
            return redirect("innovation:questions", slug)
    start = {**public_wording(found), "revision": found.revision}
    return _page(request, found, PublicationForm(initial=start), refusal, status)


def _challenge(slug: str) -> Challenge:
    found = published_challenges().select_related("call", "edition")
    one: Challenge = get_object_or_404(found, slug=slug)
    return one


def _question(request: SignedInRequest, slug: str, pk: int) -> ChallengeQuestion:
    """Return a question that `request.user` may answer; an asker reads hers in the list."""
    found = visible_questions(viewer=request.user).filter(challenge__slug=slug)
    one = get_object_or_404(
        found.select_related("challenge__call", "asker").prefetch_related(
            "asker__memberships__actor__other_names"
        ),
        pk=pk,
    )
    if not request.user.has_perm(DRAFT, one.challenge):
        raise Http404
    return one


def _page(
    request: SignedInRequest,
    found: ChallengeQuestion,
    form: AnswerForm,
    refusal: RefusalForm,
    status: int,
) -> HttpResponse:
    reading = reading_of(viewer=request.user, question=found)
    context = {
        "challenge": found.challenge,
        "one": reading,
        "theirs": reading.words if status == Conflict.status else None,
        "form": form,
        "refusal": refusal,
        "manages": request.user.has_perm(MANAGE, found.challenge),
        "is_team": request.user.is_staff,
        "published": reading.number is not None,
    }
    return render(request, "innovation/questions/question.html", context, status=status)


def _said(question: ChallengeQuestion) -> str:
    if question.number is not None:
        return _("Question %(number)s is public, and whoever follows is told.") % {
            "number": question.number
        }
    return _("The answer is kept; it is not public yet.")
