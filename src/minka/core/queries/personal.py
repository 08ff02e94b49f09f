"""Reads of requests to be forgotten."""

from django.db.models import QuerySet

from minka.core.models import ErasureRequest, User
from minka.core.states import ErasureState


def own_erasure(*, viewer: User) -> ErasureRequest | None:
    """Return the viewer's newest request."""
    return ErasureRequest.objects.filter(user=viewer).order_by("-pk").first()


def erasures_to_answer(*, viewer: User) -> QuerySet[ErasureRequest]:
    """Return the requests that wait, oldest first, to the cluster team; never one's own."""
    waiting = ErasureRequest.objects.filter(state=ErasureState.REQUESTED)
    if not viewer.is_staff:
        return waiting.none()
    return waiting.exclude(user=viewer).select_related("user").order_by("pk")
