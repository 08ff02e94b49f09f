"""What evaluators, and the team about them, are told."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Assignment, Challenge
from minka.innovation.queries.conflicts import conflicts


def tell_assigned(
    *, evaluator: User, challenge: Challenge, assignments: Sequence[Assignment]
) -> list[Notice]:
    """Ask one evaluator, in one message, to look at what was assigned to them just now."""

    def compose(_person: User) -> Message:
        count = len(assignments)
        title = localized_text(challenge, "title")[0]
        body = ngettext(
            "You were asked to evaluate %(count)s proposal to “%(challenge)s”.",
            "You were asked to evaluate %(count)s proposals to “%(challenge)s”.",
            count,
        ) % {"count": count, "challenge": title}
        steps = _(
            "First declare whether you have a conflict of interest; "
            "then the proposal opens for you to read and score."
        )
        return Message(
            subject=_("To evaluate: “%(challenge)s”") % {"challenge": title},
            body=f"{body}\n\n{steps}",
            url=reverse("innovation:evaluations"),
        )

    newest = max(assignment.pk for assignment in assignments)
    return notify(
        recipients=[evaluator],
        kind="innovation.evaluation_assigned",
        key=f"assigned:{newest}",
        compose=compose,
    )


def tell_released(*, evaluator: User, challenge: Challenge, count: int) -> list[Notice]:
    """Tell one evaluator that some of what they were asked for is no longer needed."""

    def compose(_person: User) -> Message:
        title = localized_text(challenge, "title")[0]
        body = ngettext(
            "%(count)s evaluation for “%(challenge)s” is no longer needed from you.",
            "%(count)s evaluations for “%(challenge)s” are no longer needed from you.",
            count,
        ) % {"count": count, "challenge": title}
        return Message(
            subject=_("Less to evaluate: “%(challenge)s”") % {"challenge": title},
            body=body,
            url=reverse("innovation:evaluations"),
        )

    return notify(
        recipients=[evaluator],
        kind="innovation.evaluation_released",
        key=f"released:{challenge.pk}:{evaluator.pk}:{timezone.now().timestamp()}",
        compose=compose,
    )


def tell_conflict(*, assignment: Assignment) -> list[Notice]:
    """Tell the team that an evaluator stepped aside, so that they can ask another."""
    proposal = assignment.proposal

    def compose(_person: User) -> Message:
        return Message(
            subject=_("Conflict of interest: %(name)s") % {"name": assignment.evaluator},
            body=_(
                "%(name)s will not evaluate the proposal of %(lead)s: %(reason)s\n\n"
                "You may want to ask another evaluator."
            )
            % {
                "name": assignment.evaluator,
                "lead": proposal.lead.name,
                "reason": assignment.conflict,
            },
            url=reverse("innovation:assignments", args=[proposal.challenge.slug]),
        )

    team = User.objects.filter(is_staff=True, is_active=True).exclude(pk=assignment.evaluator_id)
    team = team.exclude(assignments__proposal=proposal, assignments__state="conflicted")
    known = conflicts(proposals=[proposal], people=team)
    return notify(
        recipients=[
            person
            for person in team
            if person.has_perm("innovation.evaluator_assign", proposal.challenge)
            and not known.standing(proposal.pk, person.pk)
        ],
        kind="innovation.conflict_declared",
        key=f"conflict:{assignment.pk}",
        compose=compose,
        about=proposal,
    )
