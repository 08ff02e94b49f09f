"""Questions about a challenge: asked privately, answered in public without saying who asked."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, TooOften, WrongState
from minka.core.models import User
from minka.innovation.actions.followers import follow_by_taking_part
from minka.innovation.models import Call, Challenge, ChallengeQuestion
from minka.innovation.notices.questions import (
    tell_of_draft,
    tell_of_question,
    tell_published,
    tell_refused,
)
from minka.innovation.notices.words import lima
from minka.innovation.queries.challenges_dates import questions_close_at
from minka.innovation.queries.problem_names import owner_told
from minka.innovation.queries.questions import WORDS, names_of_asker
from minka.innovation.states import (
    QUESTION_OPEN,
    QUESTION_REACHED_FROM,
    ChallengeState,
    QuestionState,
)
from minka.methods.redaction import names_in

SHORTEST, LONGEST = 15, 4000  # characters
A_DAY, MOST_A_DAY, MOST_WAITING = timedelta(days=1), 5, 10
ANSWERS = ("answer_es", "answer_en")


@transaction.atomic
def ask_question(*, by: User, challenge: Challenge, text: str) -> ChallengeQuestion:
    """Ask something; the team and the user area are told, and neither by whom.

    The clock is read after the call's row is locked, so that of a question and a date that is
    moved one is wholly before the other.

    Raises:
        NotAllowed: `by` is not signed in, or belongs to those who answer.
        InvalidInput: there are too few words, or too many.
        WrongState: the challenge is not published, or questions have closed.
        TooOften: `by` has asked five today, or waits for ten answers.
    """
    require(by, "innovation.question_ask", challenge)
    call = Call.objects.select_for_update().get(challenge=challenge)
    current = Challenge.objects.get(pk=challenge.pk)
    now = timezone.now()
    if current.state != ChallengeState.PUBLISHED:
        raise WrongState(_("Questions are taken while a challenge is published and not decided."))
    if now >= questions_close_at(call):
        raise WrongState(
            _("Questions closed on %(when)s. What you wrote is still here, but it was not sent.")
            % {"when": lima(questions_close_at(call))}
        )
    words = _asked(text)
    _not_too_often(by, challenge)
    question = ChallengeQuestion.objects.create(
        challenge=challenge, asker=by, text=words, language=(get_language() or "es")[:2]
    )
    data = {"challenge": current.slug, "asker": asker_seal(question)}
    record(by=None, verb="innovation.question_ask", obj=question, data=data)
    follow_by_taking_part(by=by, challenge=current)
    tell_of_question(question=question)
    return question


@transaction.atomic
def draft_answer(
    *, by: User, question: ChallengeQuestion, revision: int, words: Mapping[str, str]
) -> ChallengeQuestion:
    """Keep an answer that is not public yet; the user area writes answers, the team every word.

    Raises:
        NotAllowed: `by` is neither of the team nor of the user area, or answers the challenge.
        WrongState: it is published or declined.
        Conflict: somebody saved other words since `revision`.
    """
    require(by, "innovation.question_draft", question.challenge)
    manages = by.has_perm("innovation.question_manage", question.challenge)
    columns = _words(words, WORDS if manages else ANSWERS)
    _move(question, revision, QuestionState.DRAFTED, **columns, drafted_by=by)
    record(by=by, verb="innovation.question_draft", obj=question, data={"revision": revision + 1})
    if not manages:
        tell_of_draft(question=question)
    return question


@transaction.atomic
def publish_question(
    *, by: User, question: ChallengeQuestion, revision: int, words: Mapping[str, str]
) -> ChallengeQuestion:
    """Make question and answer public under the next number; the asker and all followers are told.

    Raises:
        NotAllowed: `by` is not of the team, or answers the challenge.
        InvalidInput: a text is missing, says who asked, or names the company of an anonymous one.
        WrongState: it is published or declined, or the challenge is decided.
        Conflict: somebody saved other words since `revision`.
    """
    require(by, "innovation.question_manage", question.challenge)
    challenge = Challenge.objects.select_for_update().get(pk=question.challenge_id)
    if challenge.state != ChallengeState.PUBLISHED:
        raise WrongState(_("This challenge is decided; nothing is answered any more."))
    kept = {name: getattr(question, name) for name in WORDS}
    columns = _words({**kept, **words}, WORDS)
    wrong: dict[str, str] = {
        name: _("Write this before it is published.") for name in WORDS if not columns[name]
    }
    wrong |= _gives_away(question, challenge, columns)
    if wrong:
        raise InvalidInput(fields=wrong)
    last = challenge.questions.aggregate(last=Max("number"))["last"] or 0
    _move(
        question,
        revision,
        QuestionState.PUBLISHED,
        **columns,
        number=last + 1,
        published_at=timezone.now(),
    )
    said = "\n".join(columns[name] for name in WORDS)
    data = {
        "challenge": challenge.slug,
        "number": last + 1,
        "sha256": hashlib.sha256(said.encode()).hexdigest(),
    }
    record(by=by, verb="innovation.question_publish", obj=question, data=data)
    tell_published(question=question)
    return question


@transaction.atomic
def decline_question(
    *, by: User, question: ChallengeQuestion, revision: int, reason: str
) -> ChallengeQuestion:
    """Leave a question without a public answer; the asker alone is told, with the reason.

    Raises:
        NotAllowed: `by` is not of the team, or answers the challenge.
        InvalidInput: there is no reason.
        WrongState: it is published or declined.
        Conflict: somebody saved other words since `revision`.
    """
    require(by, "innovation.question_manage", question.challenge)
    words = reason.strip()
    if not words:
        raise InvalidInput(fields={"reason": _("Write the reason: it is told to the asker.")})
    _move(
        question,
        revision,
        QuestionState.DECLINED,
        decline_reason=words,
        declined_at=timezone.now(),
    )
    data = {"challenge": question.challenge.slug}
    record(by=by, verb="innovation.question_decline", obj=question, data=data)
    tell_refused(question=question)
    return question


def asker_seal(question: ChallengeQuestion) -> str:
    """Return what the ledger holds instead of the asker: it proves who it was, and tells nobody.

    No person: only whoever has the secret key of the installation can make it again.
    """
    said = f"{question.pk}:{question.asker_id}"
    return salted_hmac("minka.innovation.question", said, algorithm="sha256").hexdigest()


def _asked(text: str) -> str:
    words = text.strip()
    if len(words) < SHORTEST:
        raise InvalidInput(fields={"text": _("Write the question in a whole sentence.")})
    if len(words) > LONGEST:
        limit = {"most": LONGEST}
        raise InvalidInput(fields={"text": _("Write at most %(most)s characters.") % limit})
    return words


def _not_too_often(by: User, challenge: Challenge) -> None:
    own = ChallengeQuestion.objects.filter(challenge=challenge, asker=by)
    if own.filter(asked_at__gt=timezone.now() - A_DAY).count() >= MOST_A_DAY:
        raise TooOften(
            _("You have asked %(most)s questions today. Please ask the next one tomorrow.")
            % {"most": MOST_A_DAY}
        )
    if own.filter(state__in=QUESTION_OPEN).count() >= MOST_WAITING:
        raise TooOften(
            _("%(most)s of your questions wait for an answer. Please wait for one of them first.")
            % {"most": MOST_WAITING}
        )


def _gives_away(
    question: ChallengeQuestion, challenge: Challenge, columns: Mapping[str, str]
) -> dict[str, str]:
    """Return the texts that say who asked, or whose problem an anonymous challenge is."""
    of_asker = names_of_asker(question)
    wrong = owner_told(challenge, columns)
    for name, text in columns.items():
        if hits := names_in(text, of_asker):
            wrong[name] = _("“%(name)s” would tell who asked.") % {"name": hits[0]}
    return wrong


def _words(words: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    found = {name: words[name].strip() for name in names if name in words}
    if any(len(text) > LONGEST for text in found.values()):
        limit = _("Write at most %(most)s characters.") % {"most": LONGEST}
        raise InvalidInput(fields={name: limit for name in found if len(found[name]) > LONGEST})
    return found


def _move(
    question: ChallengeQuestion, revision: int, target: QuestionState, **columns: object
) -> None:
    """Compare-and-swap state and revision; of two who save at once, one gets Conflict."""
    movable = ChallengeQuestion.objects.filter(
        pk=question.pk, revision=revision, state__in=QUESTION_REACHED_FROM[target]
    )
    swapped = movable.update(state=target, revision=F("revision") + 1, **columns)
    question.refresh_from_db()
    if swapped:
        return
    if question.state not in QUESTION_OPEN:
        raise WrongState(_("This question has moved on; reload the page."))
    raise Conflict(_("Somebody else saved this answer. What you wrote is still here."))
