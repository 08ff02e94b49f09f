"""What a person does with their own notices."""

from django.db import transaction
from django.utils import timezone

from minka.core.errors import NotAllowed
from minka.core.models import Notice, User


@transaction.atomic
def open_notice(*, by: User, notice: Notice) -> Notice:
    """Mark one notice as read; the first reading counts.

    Raises:
        NotAllowed: it was sent to somebody else.
    """
    if notice.recipient_id != by.pk:
        raise NotAllowed
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=timezone.now())
    notice.refresh_from_db(fields=["read_at"])
    return notice


@transaction.atomic
def mark_all_read(*, by: User) -> int:
    """Mark the person's unread notices as read; return how many they were."""
    return Notice.objects.filter(recipient=by, read_at__isnull=True).update(read_at=timezone.now())
