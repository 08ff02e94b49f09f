"""One sitting over one questionnaire: by its personal link, or as an interviewer for somebody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from minka.core.access import require
from minka.core.models import User
from minka.core.throttle import place_of, within_limit
from minka.knowledge.actions.survey_answers import takes_answers
from minka.knowledge.models import Question, Response
from minka.knowledge.notices.surveys import response_id_of
from minka.knowledge.queries.surveys import (
    Layout,
    Part,
    layout_of,
    response_by_link,
    responses_to_interview,
    saved_answers,
)
from minka.methods.questionnaire import Item, asked, is_answered, missing

SENDS_A_MINUTE, GUESSES_A_MINUTE = 120, 30


@dataclass
class Sitting:
    """What the pages know: whose questionnaire, who fills it in, where the pages are."""

    response: Response
    prefix: str
    address: tuple[Any, ...]
    by: User | None = None
    answers: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def layout(self) -> Layout:
        """Return the questionnaire."""
        return layout_of(self.response.questionnaire)

    @cached_property
    def path(self) -> list[Item]:
        """Return what is asked under the organisation's name, given the answers so far."""
        return asked(self.layout.named_items, self.answers)

    @property
    def asked_codes(self) -> set[str]:
        """Return the short names of what is asked."""
        return {one.code for one in self.path}

    @property
    def parts(self) -> list[Part]:
        """Return the parts that have a question to ask."""
        codes = self.asked_codes
        return [
            part for part in self.layout.parts if any(one.code in codes for one in part.questions)
        ]

    @property
    def answered(self) -> int:
        """How many of what is asked have an answer."""
        return sum(is_answered(self.answers.get(one.code)) for one in self.path)

    @property
    def total(self) -> int:
        """How many questions are asked."""
        return len(self.path)

    @property
    def lacking(self) -> list[Question]:
        """Return the compulsory questions without an answer."""
        by_code = self.layout.by_code
        return [by_code[one.code] for one in missing(self.layout.named_items, self.answers)]

    @property
    def asks_anonymous(self) -> bool:
        """Whether anonymous questions are still to come."""
        return bool(self.layout.anonymous) and not self.response.anonymous_sent

    @property
    def is_open(self) -> bool:
        """Whether answers are taken now."""
        return takes_answers(self.response.wave) and not self.response.set_aside

    @property
    def gave(self) -> bool:
        """Whether something that they told is kept, here or in the profile."""
        return bool(self.answers) or self.in_profile

    @property
    def in_profile(self) -> bool:
        """Whether answers of this response stand in the profile."""
        return self.response.record_id is not None

    @cached_property
    def told_profile(self) -> list[Any]:
        """Return what the answers brought into the profile, as question and answer."""
        told = self.response.record
        return list(told.cells) if told is not None else []

    def refresh(self) -> None:
        """Read the answers again."""
        self.answers = saved_answers(self.response)
        self.__dict__.pop("path", None)

    def url(self, name: str, *args: Any) -> str:
        """Return the address of a page of this sitting."""
        return reverse(f"knowledge:{self.prefix}{name}", args=[*self.address, *args])

    def part_of(self, code: str) -> Part:
        """Return the part in which a question is asked."""
        return next(p for p in self.layout.parts if any(q.code == code for q in p.questions))

    @property
    def links(self) -> Mapping[str, str]:
        """Return the addresses of the pages without a number."""
        names = ("", "_review", "_last", "_thanks", "_again", "_refuse")
        return {name.removeprefix("_") or "home": self.url(name) for name in names}


View = Callable[..., HttpResponse]


def by_link(view: View) -> View:
    """Open a page by the token of the personal link: for anybody, never kept, never told on."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        pk = response_id_of(token=token)
        found = response_by_link(viewer=request.user, pk=pk) if pk else None
        if found is None:
            place = place_of(request)
            if not within_limit(key=f"link:{place}", most=GUESSES_A_MINUTE, seconds=60):
                return _too_often(request)
            raise Http404
        return _sit(view, request, Sitting(found, "survey_answer", (token,)), **kwargs)

    return login_not_required(never_cache(opened))


def by_interviewer(view: View) -> View:
    """Open a page for an interviewer, who has said for whom they fill in."""

    @wraps(view)
    def opened(request: HttpRequest, public_id: str, pk: int, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        require(user, "knowledge.survey_interview")
        found = responses_to_interview(viewer=user)
        response = found.filter(pk=pk, wave__survey__public_id=public_id).first()
        if response is None:
            raise Http404
        sitting = Sitting(response, "interview", (public_id, pk), by=user)
        return _sit(view, request, sitting, **kwargs)

    return never_cache(opened)


def _sit(view: View, request: HttpRequest, sitting: Sitting, **kwargs: Any) -> HttpResponse:
    key = f"survey:{sitting.response.pk}"
    if request.method == "POST" and not within_limit(key=key, most=SENDS_A_MINUTE, seconds=60):
        return _too_often(request)
    sitting.refresh()
    answer = view(request, sitting, **kwargs)
    answer["Referrer-Policy"] = "same-origin"  # “no-referrer” would send forms with no origin
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _too_often(request: HttpRequest) -> HttpResponse:
    words = _("Too many requests at once. Wait a minute and try again; what you wrote is kept.")
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"detail": words}, status=429)
    return render(request, "knowledge/surveys/too_often.html", {"words": words}, status=429)
