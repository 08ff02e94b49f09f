"""What evaluators are told when their evaluations come under discussion."""

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Assignment, Challenge
from minka.innovation.queries.conflicts import conflicts
from minka.innovation.states import AssignmentState, ProposalState


def tell_discussion(*, challenge: Challenge) -> list[Notice]:
    """Tell whoever has handed in, and has no conflict by now, that scores may be changed."""
    given = Assignment.objects.filter(
        proposal__challenge=challenge,
        proposal__state=ProposalState.SUBMITTED,
        proposal__ineligible_at__isnull=True,
        state=AssignmentState.SCORED,
    ).select_related("evaluator", "proposal")
    known = conflicts(
        proposals=[one.proposal for one in given], people=[one.evaluator for one in given]
    )
    people = {
        one.evaluator_id: one.evaluator
        for one in given
        if not known.standing(one.proposal_id, one.evaluator_id)
    }

    def compose(_person: User) -> Message:
        title = localized_text(challenge, "title")[0]
        return Message(
            subject=_("Under discussion: “%(challenge)s”") % {"challenge": title},
            body=_(
                "The evaluations are under discussion. Read what others gave beside yours; if you "
                "see something otherwise now, you may change a score and say why."
            ),
            url=reverse("innovation:evaluations"),
        )

    return notify(
        recipients=people.values(),
        kind="innovation.discussion_opened",
        key=f"discussion:{challenge.pk}",
        compose=compose,
    )
