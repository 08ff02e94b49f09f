"""Reads of the ledger, for those who may."""

from django.db.models import QuerySet

from minka.core.models import LedgerEntry, User


def visible_entries(*, viewer: User) -> QuerySet[LedgerEntry]:
    """Return the ledger, newest first, to staff and auditors; nothing to anybody else.

    Before any is shown, `ledger_veil.covered` says what of it is left out.
    """
    entries = LedgerEntry.objects.select_related("by").order_by("-position")
    if not viewer.has_perm("core.ledger_view"):
        return entries.none()
    return entries
