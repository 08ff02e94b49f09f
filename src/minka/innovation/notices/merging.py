"""Asking a company whether it joins forces, and telling the team what came of it.

The question is put so that it says nothing of anybody else: not that there is another problem,
not that another company is asked.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.notices import Message, notify
from minka.innovation.models import MergeConsent, MergeProposal
from minka.innovation.states import MergeState
from minka.knowledge.states import MemberRole, MembershipState


def ask_company(*, consent: MergeConsent) -> None:
    """Put the question to the representatives of one company."""
    problem = consent.problem

    def compose(_person: User) -> Message:
        return Message(
            subject=_("Would you join forces? %(title)s") % {"title": problem.title},
            body=_(
                "Should other companies live with the same problem: would yours work on it with "
                "them? Your answer stays with the cluster team. Nothing of your problem is shown "
                "to anybody unless all who would take part have agreed."
            ),
            url=reverse("innovation:problem", args=[problem.pk]) + "#unir",
        )

    notify(
        recipients=User.objects.filter(
            memberships__actor_id=problem.company_id,
            memberships__state=MembershipState.ACTIVE,
            memberships__role=MemberRole.REPRESENTATIVE,
        ).distinct(),
        kind="innovation.merge_asked",
        key=f"merge-asked:{consent.pk}",
        compose=compose,
    )


def tell_team_of_answers(*, proposal: MergeProposal) -> None:
    """Tell the team that a proposal to join problems is decided."""

    def compose(_person: User) -> Message:
        bodies = {
            MergeState.AGREED: _("All companies agreed. The joint problem is a draft now."),
            MergeState.REFUSED: _("A company did not agree. The problems stay as they are."),
            MergeState.WITHDRAWN: _("A problem moved on meanwhile. The problems stay as they are."),
        }
        result = proposal.result_id
        return Message(
            subject=_("Joining problems: %(title)s") % {"title": proposal.title},
            body=bodies[MergeState(proposal.state)],
            url=reverse("innovation:problem", args=[result])
            if result
            else reverse("innovation:merging"),
        )

    notify(
        recipients=User.objects.filter(is_staff=True, is_active=True),
        kind="innovation.merge_decided",
        key=f"merge:{proposal.pk}:{proposal.state}",
        compose=compose,
    )
