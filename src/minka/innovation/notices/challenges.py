"""Messages about a change of a published challenge: to whoever follows it, answers it or has it."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Challenge, ChallengeVersion, Proposal
from minka.innovation.notices.followers import notify_followers
from minka.innovation.notices.problems import people_of_problem
from minka.innovation.notices.words import lima
from minka.innovation.queries.challenge_versions import labels_of
from minka.innovation.states import ProposalState
from minka.knowledge.states import MembershipState


def tell_of_version(
    *, challenge: Challenge, version: ChallengeVersion, keys: set[str], but: User
) -> None:
    """Tell followers, whoever has a live proposal, and the companies, once each."""

    def compose(_person: User) -> Message:
        title, _language = localized_text(challenge, "title")
        said = [_("What changed: %(things)s.") % {"things": ", ".join(labels_of(keys)).lower()}]
        if "closes_at" in keys or version.closed_at_before is not None:
            said.append(
                _("The call now closes on %(instant)s.")
                % {"instant": lima(challenge.call.closes_at)}
            )
        said.append(_("Reason: %(reason)s") % {"reason": version.reason})
        return Message(
            subject=_("The challenge changed: %(title)s") % {"title": title},
            body="\n\n".join(said),
            url=reverse("innovation:challenge_versions", args=[challenge.slug]),
        )

    key = f"version:{version.number}"
    notify_followers(challenge=challenge, key=key, compose=compose, but=but)
    concerned = [*_taking_part(challenge), *_with_the_problem(challenge)]
    notify(
        recipients=[person for person in concerned if person.pk != but.pk],
        kind="innovation.challenge_changed",
        key=f"challenge:{challenge.pk}:{key}",  # as followers have it: nobody is told twice
        compose=compose,
    )


def _taking_part(challenge: Challenge) -> Iterable[User]:
    """Return the active members of every organisation that leads a live proposal."""
    live = Proposal.objects.filter(challenge=challenge).exclude(state=ProposalState.WITHDRAWN)
    at_work = Q(
        memberships__state=MembershipState.ACTIVE, memberships__actor__in=live.values("lead")
    )
    return User.objects.filter(at_work).distinct()


def _with_the_problem(challenge: Challenge) -> Iterable[User]:
    problems = challenge.problems.prefetch_related("partners")
    return (person for problem in problems for person in people_of_problem(problem))
