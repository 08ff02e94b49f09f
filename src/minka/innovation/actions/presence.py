"""Who has a draft open: told to those who write it too, and forgotten soon."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from minka.core.access import require
from minka.core.models import User
from minka.innovation.models import Presence, Proposal

FORGOTTEN_AFTER = timedelta(hours=1)
LONGEST_PLACE = 40


@transaction.atomic
def note_presence(*, by: User, proposal: Proposal, place: str) -> None:
    """Keep that `by` has the draft open now, in the field of this name. Not an act for the ledger.

    Raises:
        NotAllowed: `by` does not belong to the consortium.
    """
    require(by, "innovation.proposal_change", proposal)
    now = timezone.now()
    Presence.objects.filter(proposal=proposal, seen_at__lt=now - FORGOTTEN_AFTER).delete()
    Presence.objects.update_or_create(
        proposal=proposal, user=by, defaults={"place": place[:LONGEST_PLACE], "seen_at": now}
    )
