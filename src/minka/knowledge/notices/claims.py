"""What is told of claims: who must look at one, and what was decided."""

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.notices import Message, notify
from minka.knowledge.models import Claim
from minka.knowledge.states import ClaimState


def tell_claim_waits(*, claim: Claim) -> None:
    """Tell the cluster team and, of a dispute, whoever owns the profile and who claims it."""
    disputed = claim.state == ClaimState.DISPUTED
    names = {"person": claim.claimant.get_full_name(), "actor": claim.actor.name}

    def compose(_person: User) -> Message:
        if disputed:
            return Message(
                subject=_("Two people claim the profile of %(actor)s") % names,
                body=_(
                    "%(person)s claims the profile of %(actor)s, which belongs to somebody else. "
                    "The cluster team will settle it and write down why."
                )
                % names,
                url=reverse("knowledge:claim", args=[claim.pk]),
            )
        return Message(
            subject=_("%(person)s claims the profile of %(actor)s") % names,
            body=_("A document waits to be checked."),
            url=reverse("knowledge:claim", args=[claim.pk]),
        )

    concerned = {one.pk: one for one in User.objects.filter(is_staff=True, is_active=True)}
    if disputed:
        concerned[claim.claimant_id] = claim.claimant
        if claim.actor.owner is not None:
            concerned[claim.actor.owner.pk] = claim.actor.owner
    else:
        concerned.pop(claim.claimant_id, None)
    notify(
        recipients=concerned.values(),
        kind="knowledge.claim_waits",
        key=f"claim:{claim.pk}:{claim.state}",
        compose=compose,
    )


def tell_claim_decided(*, claim: Claim, reason: str) -> None:
    """Tell the claimant whether the profile is theirs, and why."""
    actor = {"actor": claim.actor.name}

    def compose(_person: User) -> Message:
        if claim.state == ClaimState.GRANTED:
            subject, body = _("The profile of %(actor)s is yours"), _("You keep it up to date now.")
        elif claim.state == ClaimState.REFUSED:
            subject = _("Your claim of %(actor)s was not granted")
            body = _("If you think this is a mistake, write to the cluster team.")
        else:
            subject = _("The profile of %(actor)s is no longer yours")
            body = _("If you think this is a mistake, write to the cluster team.")
        return Message(
            subject=subject % actor,
            body=f"{body}\n\n{reason}".strip(),
            url=reverse("knowledge:claim", args=[claim.pk]),
        )

    notify(
        recipients=[claim.claimant],
        kind="knowledge.claim_decided",
        key=f"claim:{claim.pk}:{claim.state}",
        compose=compose,
    )
