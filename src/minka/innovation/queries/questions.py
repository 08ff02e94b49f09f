"""Reads of questions. What is public never touches who asked, or the words they asked in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Challenge, ChallengeFollower, ChallengeQuestion, Proposal
from minka.innovation.queries.consortium import with_part
from minka.innovation.rules import FOR_THE_COMPANY
from minka.innovation.states import QUESTION_OPEN, ProposalState, QuestionState
from minka.knowledge.models import Actor
from minka.knowledge.states import MembershipState
from minka.methods.redaction import redact

WORDS = ("question_es", "question_en", "answer_es", "answer_en")
PUBLIC_FIELDS = ("number", *WORDS, "published_at")
COMMON_MAIL = {"gmail", "hotmail", "outlook", "yahoo", "icloud", "live", "proton", "protonmail"}


@dataclass(frozen=True)
class PublicQuestion:
    """A question as everybody reads it."""

    number: int
    question_es: str
    question_en: str
    answer_es: str
    answer_en: str
    published_at: datetime

    @property
    def question(self) -> str:
        """The question in the language in use."""
        return localized_text(self, "question")[0]

    @property
    def answer(self) -> str:
        """The answer in the language in use."""
        return localized_text(self, "answer")[0]


@dataclass(frozen=True)
class QuestionReading:
    """A question as one person may read it, in plain values: a template can reach for no more.

    Args:
        text: what was asked; with the asker's names covered for the user area.
        asker: empty for everybody but the team.
        reason: why it was declined, for asker and team.
    """

    pk: int
    state: str
    state_label: str
    text: str
    language: str
    asked_at: datetime
    asker: str
    is_own: bool
    number: int | None
    published_at: datetime | None
    reason: str
    revision: int
    words: dict[str, str]

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its answer to be published, or to be declined."""
        return self.state in QUESTION_OPEN


def published_questions(*, challenge_id: int) -> list[PublicQuestion]:
    """No person: return what is public of a challenge, the first one first. One SQL statement."""
    rows = ChallengeQuestion.objects.filter(
        challenge=challenge_id, state=QuestionState.PUBLISHED
    ).order_by("number")
    return [PublicQuestion(*row) for row in rows.values_list(*PUBLIC_FIELDS)]


def visible_questions(*, viewer: Any) -> QuerySet[ChallengeQuestion]:
    """Return whose existence `viewer` may know of: own ones, the team's, those of its user area.

    Those whose organisation answers a challenge see in it their own and nothing else. What the
    user area may read of one is `reading_of`, and declined ones it does not see.
    """
    everything = ChallengeQuestion.objects.all()
    if not viewer.is_authenticated:
        return everything.none()
    seen = Q(asker=viewer)
    others = ~Q(challenge__in=_answered_by(viewer))
    if viewer.is_staff:
        seen |= others
    own = viewer.memberships.filter(state=MembershipState.ACTIVE, role__in=FOR_THE_COMPANY)
    companies = list(own.values_list("actor", flat=True))
    if companies:
        of_own = Q(problems__company__in=companies) | Q(problems__partners__in=companies)
        challenges = Challenge.objects.filter(of_own)
        area = Q(challenge__in=challenges.values("pk")) & ~Q(state=QuestionState.DECLINED)
        seen |= area & others
    return everything.filter(seen)


def questions_of(*, viewer: User, challenge: Challenge) -> list[QuestionReading]:
    """Return the questions of a challenge as `viewer` may read them, the newest first.

    A constant number of SQL statements.
    """
    found = (
        visible_questions(viewer=viewer)
        .filter(challenge=challenge)
        .select_related("asker")
        .prefetch_related("asker__memberships__actor__other_names")
        .order_by("-pk")
    )
    return [reading_of(viewer=viewer, question=one) for one in found]


def reading_of(*, viewer: User, question: ChallengeQuestion) -> QuestionReading:
    """Return one question, found by `visible_questions`, as `viewer` may read it."""
    is_own = question.asker_id == viewer.pk
    is_full = is_own or viewer.is_staff
    covered = "" if is_full else redact(question.text, names_of_asker(question), _covered())
    return QuestionReading(
        pk=question.pk,
        state=question.state,
        state_label=str(question.get_state_display()),
        text=question.text if is_full else covered,
        language=question.language,
        asked_at=question.asked_at,
        asker=str(question.asker) if viewer.is_staff else "",
        is_own=is_own,
        number=question.number,
        published_at=question.published_at,
        reason=question.decline_reason if is_full else "",
        revision=question.revision,
        words={
            name: getattr(question, name)
            for name in WORDS
            if viewer.is_staff
            or question.state == QuestionState.PUBLISHED
            or (not is_own and name.startswith("answer"))
        },
    )


def names_of_asker(question: ChallengeQuestion) -> list[str]:
    """Return what would tell who asked: the person's names and address, the organisations'."""
    person = question.asker
    given, *rest = person.full_name.split() or [""]
    names = [person.full_name, *(f"{given} {one}" for one in rest), " ".join(rest[-2:])]
    local, _at, domain = person.email.partition("@")
    names += [person.email, local]
    if domain.split(".")[0] not in COMMON_MAIL:
        names.append(domain)
    for member in person.memberships.all():
        if member.state == MembershipState.ACTIVE:
            names += _names_of(member.actor)
    return [name for name in names if name]


def public_wording(question: ChallengeQuestion) -> dict[str, str]:
    """Return what the form for publishing starts from: the asker's words with names covered."""
    start = {name: getattr(question, name) for name in WORDS}
    if not start["question_es"] and not start["question_en"]:
        words = redact(question.text, names_of_asker(question), _covered())
        start[f"question_{question.language}"] = words
    return start


def unanswered(*, viewer: Any) -> list[tuple[Challenge, int]]:
    """Return the challenges with questions that wait for `viewer`, and how many in each.

    For the team those that are not published yet, for the user area those without an answer.
    """
    if not viewer.is_authenticated:
        return []
    states = QUESTION_OPEN if viewer.is_staff else {QuestionState.WAITING}
    waiting = visible_questions(viewer=viewer).filter(state__in=states).exclude(asker=viewer)
    counts = dict(waiting.order_by().values_list("challenge").annotate(n=Count("pk")))
    found = Challenge.objects.filter(pk__in=counts).select_related("call").order_by("pk")
    return [(challenge, counts[challenge.pk]) for challenge in found]


def followers_count(*, challenge: Challenge) -> int:
    """No person: return how many follow; who they are is nobody's business."""
    return ChallengeFollower.objects.filter(challenge=challenge, stopped_at__isnull=True).count()


def follows(*, viewer: Any, challenge: Challenge) -> bool:
    """Whether `viewer` is told what changes."""
    if not viewer.is_authenticated:
        return False
    own = ChallengeFollower.objects.filter(challenge=challenge, user=viewer)
    return own.filter(stopped_at__isnull=True).exists()


def _answered_by(viewer: Any) -> QuerySet[Challenge]:
    """Return the challenges that an organisation of `viewer` answers."""
    own = viewer.memberships.filter(state=MembershipState.ACTIVE).values_list("actor", flat=True)
    live = Proposal.objects.filter(with_part(own)).exclude(state=ProposalState.WITHDRAWN)
    return Challenge.objects.filter(pk__in=live.values("challenge"))


def _names_of(actor: Actor) -> list[str]:
    return [actor.name, *(other.text for other in actor.other_names.all())]


def _covered() -> str:
    return _("[name covered]")
