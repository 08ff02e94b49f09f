"""Reads of the ledger, for those who may."""

from django.db.models import QuerySet

from minka.core.models import LedgerEntry, User


def visible_entries(*, viewer: User) -> QuerySet[LedgerEntry]:
    """Return the ledger, newest first, to staff and auditors; nothing to anybody else."""
    entries = LedgerEntry.objects.select_related("by").order_by("-position")
    return entries if viewer.has_perm("core.ledger_view") else entries.none()
