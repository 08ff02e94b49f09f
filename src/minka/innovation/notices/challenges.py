"""Messages to those who take part in a call."""

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Call, Challenge, Proposal
from minka.innovation.notices.words import lima
from minka.innovation.states import ProposalState
from minka.knowledge.states import MembershipState


def tell_of_extension(*, challenge: Challenge, call: Call, reason: str) -> None:
    """Tell whoever has a draft or a submitted proposal that there is more time."""

    def compose(_person: User) -> Message:
        title, _language = localized_text(challenge, "title")
        return Message(
            subject=_("More time for: %(title)s") % {"title": title},
            body=_("The call now closes on %(instant)s.\n\nReason: %(reason)s")
            % {"instant": lima(call.closes_at), "reason": reason},
            url=reverse("innovation:challenge", args=[challenge.slug]),
        )

    notify(
        recipients=_taking_part(challenge),
        kind="innovation.call_extended",
        key=f"challenge:{challenge.pk}:closes:{call.closes_at.isoformat()}",
        compose=compose,
    )


def _taking_part(challenge: Challenge) -> list[User]:
    """Return the active members of every organisation that leads a live proposal."""
    live = Proposal.objects.filter(challenge=challenge).exclude(state=ProposalState.WITHDRAWN)
    members = User.objects.filter(
        memberships__state=MembershipState.ACTIVE, memberships__actor__in=live.values("lead")
    )
    return list(members.distinct())
