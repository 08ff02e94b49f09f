"""What is told of memberships."""

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.notices import Message, notify
from minka.knowledge.models import Membership
from minka.knowledge.states import MembershipState


def tell_membership_requested(*, membership: Membership) -> None:
    """Tell the organisation's members and the cluster team that somebody asks to join."""
    names = {"person": membership.user.get_full_name(), "actor": membership.actor.name}

    def compose(_person: User) -> Message:
        return Message(
            subject=_("%(person)s asks to join %(actor)s") % names,
            body=_(
                "%(person)s says that they belong to %(actor)s and would act in its name. "
                "Accept the request only if you know that this is so."
            )
            % names,
            url=reverse("knowledge:my_organisations"),
        )

    notify(
        recipients=_who_answers(membership),
        kind="knowledge.membership_requested",
        key=f"membership:{membership.pk}:requested",
        compose=compose,
    )


def tell_membership_answered(*, membership: Membership) -> None:
    """Tell the person who asked what was answered."""
    accepted = membership.state == MembershipState.ACTIVE
    actor = {"actor": membership.actor.name}

    def compose(_person: User) -> Message:
        if accepted:
            return Message(
                subject=_("You now belong to %(actor)s") % actor,
                body=_("You can keep its profile up to date and act in its name.") % actor,
                url=reverse("knowledge:actor", args=[membership.actor.public_id]),
            )
        return Message(
            subject=_("Your request to join %(actor)s was not accepted") % actor,
            body=_("If you think this is a mistake, speak to the organisation.") % actor,
            url=reverse("knowledge:my_organisations"),
        )

    notify(
        recipients=[membership.user],
        kind="knowledge.membership_answered",
        key=f"membership:{membership.pk}:{membership.state}",
        compose=compose,
    )


def tell_membership_assigned(*, membership: Membership) -> None:
    """Tell a person what the cluster team made them in an organisation."""

    def compose(_person: User) -> Message:
        names = {"actor": membership.actor.name, "role": membership.get_role_display()}
        return Message(
            subject=_("Your role in %(actor)s: %(role)s") % names,
            body=_("The cluster team registered you in %(actor)s as: %(role)s.") % names,
            url=reverse("knowledge:actor", args=[membership.actor.public_id]),
        )

    notify(
        recipients=[membership.user],
        kind="knowledge.membership_assigned",
        key=f"membership:{membership.pk}:{membership.role}:{membership.user_area}"[:160],
        compose=compose,
    )


def _who_answers(membership: Membership) -> list[User]:
    members = User.objects.filter(
        memberships__actor=membership.actor, memberships__state=MembershipState.ACTIVE
    )
    team = User.objects.filter(is_staff=True, is_active=True)
    return [one for one in (members | team).distinct() if one.pk != membership.user_id]
