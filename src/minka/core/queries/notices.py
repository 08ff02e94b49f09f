"""Reads of a person's own notices."""

from django.db.models import QuerySet

from minka.core.models import Notice, User


def inbox(*, viewer: User) -> QuerySet[Notice]:
    """Return the viewer's notices, newest first."""
    return Notice.objects.filter(recipient=viewer).order_by("-pk")


def unread_count(*, viewer: User) -> int:
    """Return how many notices the viewer has not opened."""
    return Notice.objects.filter(recipient=viewer, read_at__isnull=True).count()
