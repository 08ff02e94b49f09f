"""How open innovation forgets a person."""

from django.utils import timezone

from minka.core.models import User
from minka.innovation.models import (
    ChallengeFollower,
    ChallengeQuestion,
    EvaluatorProfile,
    Interest,
    PartnerLetter,
    PrivateNote,
)
from minka.innovation.queries.personal import letters_to
from minka.innovation.queries.questions import names_of_asker
from minka.innovation.states import QUESTION_OPEN
from minka.innovation.states.partners import LetterEnd
from minka.methods.redaction import redact


def forget(by: User, person: User) -> None:
    """End what a person follows and what they know, and the words in which they asked.

    What was published stays, in the words that are public; a question that still waits keeps its
    words without the person's names. Proposals, problems and evaluations belong to organisations.

    No person: `by` comes first here, as every part that forgets takes it.
    """
    del by
    ChallengeFollower.objects.filter(user=person).delete()
    EvaluatorProfile.objects.filter(person=person).delete()
    PrivateNote.objects.filter(assignment__evaluator=person).delete()
    Interest.objects.filter(person=person).update(reason="…")
    waiting = PartnerLetter.objects.filter(pk__in=letters_to(person).values("pk"))
    waiting.update(email="", ended_at=timezone.now(), ending=LetterEnd.EXPIRED)
    for question in ChallengeQuestion.objects.filter(asker=person).select_related("asker"):
        words = redact(question.text, names_of_asker(question), "…")
        question.text = words if question.state in QUESTION_OPEN else question.question_es or "…"
        question.save(update_fields=["text"])
