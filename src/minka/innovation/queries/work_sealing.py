"""What waits for custodians, and which openings wait for the team."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.templatetags.formats import localized_text
from minka.core.work import WorkItem
from minka.innovation.queries.openings import own_custodies
from minka.innovation.queries.proposals import staff_challenges
from minka.innovation.states import ChallengeState, KeyState, Protection


def share_items(*, viewer: User) -> Iterator[WorkItem]:
    """Yield what a custodian has to do: choose a passphrase, take the share, prove to hold it."""
    choosing = Q(enrolled_at__isnull=True) & (Q(key__state=KeyState.PREPARING) | Q(round__gt=1))
    taking = Q(confirmed_at__isnull=True) & ~Q(sealed_share=b"")
    for one in own_custodies(viewer=viewer).filter(choosing | taking):
        is_made = bool(one.sealed_share)
        title = (
            _("Take your share: “%(challenge)s”")
            if is_made
            else _("Choose the passphrase of your share: “%(challenge)s”")
        )
        yield WorkItem(
            title=title % {"challenge": localized_text(one.key.challenge, "title")[0]},
            detail=_("You are a custodian for %(name)s") % {"name": one.organisation.name},
            url=reverse("innovation:custody", args=[one.pk]),
            icon="key-round",
        )


def opening_items(*, viewer: User) -> Iterator[WorkItem]:
    """Yield the sealed calls that have closed and wait for their custodians."""
    waiting = staff_challenges(viewer=viewer).filter(
        call__protection=Protection.SEALED,
        call__closes_at__lte=timezone.now(),
        state=ChallengeState.PUBLISHED,
        key__state=KeyState.IN_FORCE,
    )
    for challenge in waiting.order_by("call__closes_at", "pk"):
        yield WorkItem(
            title=_("Open the proposals: “%(challenge)s”")
            % {"challenge": localized_text(challenge, "title")[0]},
            detail=_("The call has closed; the custodians give their shares together"),
            url=reverse("innovation:opening", args=[challenge.slug]),
            icon="key-round",
        )
