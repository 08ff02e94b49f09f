"""Files that somebody had made of the directory."""

from typing import Any

from django.db.models import QuerySet

from minka.knowledge.models import DirectoryExport


def own_exports(*, viewer: Any) -> QuerySet[DirectoryExport]:
    """Return the files that `viewer` asked for, the newest first; nobody else's."""
    found = DirectoryExport.objects.select_related("file", "shortlist").order_by("-pk")
    return found.filter(by=viewer.pk) if viewer.is_authenticated else found.none()
