"""What stands around a public challenge: its questions, its followers, where it is presented."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from minka.core.http import absolute
from minka.innovation.models import Challenge
from minka.innovation.queries.challenges import call_of
from minka.innovation.queries.challenges_dates import questions_close_at
from minka.innovation.queries.questions import followers_count, follows, published_questions
from minka.innovation.states import ChallengeState


def surroundings(request: HttpRequest, challenge: Challenge) -> dict[str, Any]:
    """Return what the includes of the page show; a constant number of SQL statements."""
    call = call_of(challenge)
    if challenge.state == ChallengeState.DRAFT or call is None:
        return {}
    user = request.user
    close_at = questions_close_at(call)
    writes = user.has_perm("innovation.challenge_write")
    return {
        "public_questions": published_questions(challenge_id=challenge.pk),
        "questions_close_at": close_at,
        "questions_open": challenge.state == ChallengeState.PUBLISHED and timezone.now() < close_at,
        "answers_questions": user.has_perm("innovation.question_draft", challenge),
        "follows": follows(viewer=user, challenge=challenge),
        "followers": followers_count(challenge=challenge) if writes else None,
        "presentations": list(challenge.presentations.all()),
        "picture_url": absolute(
            reverse("innovation:challenge_picture", args=[challenge.slug, _language()])
        ),
    }


def _language() -> str:
    return (get_language() or "es")[:2]
