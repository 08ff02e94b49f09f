"""What is told of corrections: that one waits, and what became of it."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.notices import Message, notify
from minka.knowledge.models import Correction
from minka.knowledge.queries.fields import field_label
from minka.knowledge.states import CorrectionState, MembershipState


def tell_correction_proposed(*, correction: Correction) -> None:
    """Tell whoever may answer: the owner and editors of a claimed profile, else the team."""
    actor = correction.actor
    if actor.owner_id:
        edits = Q(memberships__state=MembershipState.ACTIVE, memberships__is_editor=True)
        people = User.objects.filter(Q(pk=actor.owner_id) | (edits & Q(memberships__actor=actor)))
    else:
        people = User.objects.filter(is_staff=True)

    def compose(_person: User) -> Message:
        names = {"actor": actor.name, "field": field_label(correction.field)}
        return Message(
            subject=_("A correction for %(actor)s: %(field)s") % names,
            body=correction.why,
            url=reverse("knowledge:corrections", args=[actor.public_id]),
        )

    notify(
        recipients=people.filter(is_active=True)
        .exclude(pk=correction.proposed_by_id or 0)
        .distinct(),
        kind="knowledge.correction_proposed",
        key=f"correction:{correction.pk}:proposed",
        compose=compose,
    )


def tell_correction_answered(*, correction: Correction) -> None:
    """Tell the person who proposed it what was answered and why; visitors get a letter."""
    if correction.proposed_by is None:
        return
    accepted = correction.state == CorrectionState.ACCEPTED

    def compose(_person: User) -> Message:
        names = {"actor": correction.actor.name, "field": field_label(correction.field)}
        if accepted:
            subject = _("Your correction for %(actor)s was accepted: %(field)s")
        else:
            subject = _("Your correction for %(actor)s was not accepted: %(field)s")
        return Message(
            subject=subject % names,
            body=correction.answer or _("Thank you for helping to keep the map right."),
            url=reverse("knowledge:corrections", args=[correction.actor.public_id]),
        )

    notify(
        recipients=[correction.proposed_by],
        kind="knowledge.correction_answered",
        key=f"correction:{correction.pk}:{correction.state}",
        compose=compose,
    )
