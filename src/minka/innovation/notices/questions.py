"""What is told of questions: never by whom one was asked, not even to the team."""

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Challenge, ChallengeQuestion, Proposal
from minka.innovation.notices.followers import notify_followers
from minka.innovation.rules import FOR_THE_COMPANY
from minka.innovation.states import ProposalState
from minka.knowledge.models import Membership
from minka.knowledge.states import MembershipState


def tell_of_question(*, question: ChallengeQuestion) -> None:
    """Tell the team and the user area that somebody asked."""
    challenge = question.challenge

    def compose(_person: User) -> Message:
        return Message(
            subject=_("A question about: %(title)s") % {"title": _title(challenge)},
            body=_("Somebody asked about this challenge. Read it and draft an answer."),
            url=_address(question),
        )

    notify(
        recipients=_answering(challenge),
        kind="innovation.question_asked",
        key=f"question:{question.pk}:asked",
        compose=compose,
    )


def tell_of_draft(*, question: ChallengeQuestion) -> None:
    """Tell the team that the user area drafted an answer."""

    def compose(_person: User) -> Message:
        return Message(
            subject=_("An answer to publish: %(title)s") % {"title": _title(question.challenge)},
            body=_("The user area drafted an answer. Read it and publish it."),
            url=_address(question),
        )

    notify(
        recipients=[one for one in _answering(question.challenge) if one.is_staff],
        kind="innovation.question_drafted",
        key=f"question:{question.pk}:drafted:{question.revision}",
        compose=compose,
    )


def tell_published(*, question: ChallengeQuestion) -> None:
    """Tell the asker, and whoever follows, each once; the words are those that are public."""
    challenge = question.challenge

    def said() -> str:
        words = {
            "number": question.number,
            "question": localized_text(question, "question")[0],
            "answer": localized_text(question, "answer")[0],
        }
        return _("Question %(number)s: %(question)s\n\nAnswer: %(answer)s") % words

    def to_asker(_person: User) -> Message:
        subject = _("Your question is answered: %(title)s") % {"title": _title(challenge)}
        return Message(subject, said(), _public_address(question))

    def to_follower(_person: User) -> Message:
        subject = _("A new answer: %(title)s") % {"title": _title(challenge)}
        return Message(subject, said(), _public_address(question))

    key = f"question:{question.pk}:published"
    asker = question.asker
    notify(recipients=[asker], kind="innovation.question_answered", key=key, compose=to_asker)
    notify_followers(challenge=challenge, key=key, compose=to_follower, but=asker)


def tell_refused(*, question: ChallengeQuestion) -> None:
    """Tell the asker alone why there is no public answer."""
    challenge = question.challenge

    def compose(_person: User) -> Message:
        return Message(
            subject=_("About your question: %(title)s") % {"title": _title(challenge)},
            body=_("It is not answered in public.\n\nReason: %(reason)s")
            % {"reason": question.decline_reason},
            url=reverse("innovation:questions", args=[challenge.slug]),
        )

    notify(
        recipients=[question.asker],
        kind="innovation.question_declined",
        key=f"question:{question.pk}:declined",
        compose=compose,
    )


def _answering(challenge: Challenge) -> list[User]:
    """Return the team and the user areas, without whoever belongs to one that answers."""
    problems = challenge.problems.all()
    companies = {*problems.values_list("company", flat=True)}
    companies |= {*problems.filter(partners__isnull=False).values_list("partners", flat=True)}
    active = Membership.objects.filter(state=MembershipState.ACTIVE)
    area = active.filter(actor__in=companies, role__in=FOR_THE_COMPANY)
    live = Proposal.objects.filter(challenge=challenge).exclude(state=ProposalState.WITHDRAWN)
    rivals = active.filter(actor__in=live.values("lead"))
    people = User.objects.filter(is_active=True, is_staff=True) | User.objects.filter(
        is_active=True, pk__in=area.values("user")
    )
    return list(people.exclude(pk__in=rivals.values("user")).order_by("pk"))


def _title(challenge: Challenge) -> str:
    return localized_text(challenge, "title")[0]


def _address(question: ChallengeQuestion) -> str:
    return reverse("innovation:question", args=[question.challenge.slug, question.pk])


def _public_address(question: ChallengeQuestion) -> str:
    page = reverse("innovation:challenge", args=[question.challenge.slug])
    return f"{page}#pregunta-{question.number}"
