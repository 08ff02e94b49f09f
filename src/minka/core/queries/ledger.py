"""Reads of the ledger, for those who may."""

from django.db.models import Case, QuerySet, Value, When

from minka.core.ledger_sight import veiled_for
from minka.core.models import LedgerEntry, User


def visible_entries(*, viewer: User) -> QuerySet[LedgerEntry]:
    """Return the ledger, newest first, to staff and auditors; nothing to anybody else.

    Of an entry with `is_veiled` neither who acted nor on what may be shown to `viewer`.
    """
    entries = LedgerEntry.objects.select_related("by").order_by("-position")
    if not viewer.has_perm("core.ledger_view"):
        return entries.none()
    veiled = Case(When(veiled_for(viewer), then=Value(True)), default=Value(False))
    return entries.annotate(is_veiled=veiled)
