"""Envelopes: which part of a proposal opens when, told by what was sealed and not by a row.

The names of sealed parts are bound into what was sealed and stand in signed receipts. So a call
whose row is changed to open everything at once still keeps the economic parts for later.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.models import LedgerEntry
from minka.core.templatetags.formats import in_zone
from minka.innovation.models import Assignment, Call, CallKey, Challenge, Discussion, Proposal
from minka.innovation.states import ASSIGNMENT_OPEN, KeyState, ProposalState

TEXT_PART, ECONOMIC_PART = "proposal", "economic"
FILE_PART, ECONOMIC_FILE_PART = "attachment", "economic-attachment"


def is_economic(part: str) -> bool:
    """True for the name of a part that opens with the economic envelope."""
    return part == ECONOMIC_PART or part.startswith(f"{ECONOMIC_FILE_PART}-")


def economic_waits(*, challenge: Challenge) -> str:
    """Return why the economic parts may not be opened yet, empty when they may.

    The technical evaluation has to be over: released to discussion, which the ledger has to bear
    out, with no evaluation left to be handed in; and the instant that the call names has passed.
    """
    call = Call.objects.get(challenge=challenge)
    if not CallKey.objects.filter(challenge=challenge, state=KeyState.OPENED).exists():
        return _("The technical parts are opened first.")
    sealed = Proposal.objects.filter(challenge=challenge, economic_sealed=True)
    if not call.has_envelopes and not sealed.exists():
        return _("There is nothing to open here now.")
    until = max(filter(None, [call.economic_from, *_promised(challenge)]), default=None)
    if until and timezone.now() < until:
        return _("The call says that economic parts are not opened before %(when)s.") % {
            "when": in_zone(until, ZoneInfo(settings.TIME_ZONE))
        }
    told = _entries(challenge, "innovation.discussion_open")
    if not (told.exists() and Discussion.objects.filter(challenge=challenge).exists()):
        return _("Economic parts wait until the technical evaluations are released to discussion.")
    owed = Assignment.objects.filter(
        proposal__challenge=challenge,
        proposal__state=ProposalState.SUBMITTED,
        proposal__ineligible_at__isnull=True,
        state__in=ASSIGNMENT_OPEN,
    ).count()
    if owed:
        return ngettext(
            "%(count)s technical evaluation is still to be handed in or taken back.",
            "%(count)s technical evaluations are still to be handed in or taken back.",
            owed,
        ) % {"count": owed}
    return ""


def _promised(challenge: Challenge) -> list[datetime]:
    """Return the instant that the ledger says was chosen last: a row can be changed."""
    last = _entries(challenge, "innovation.protection_choose").order_by("position").last()
    said = last.details.get("economic_from") if last else None
    return [datetime.fromisoformat(said)] if said else []


def _entries(challenge: Challenge, verb: str) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(
        verb=verb, subject_type="innovation.challenge", subject_id=str(challenge.pk)
    )
