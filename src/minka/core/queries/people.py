"""Reads of people, for the cluster team."""

from django.db.models import Q, QuerySet

from minka.core.models import User


def people_with_roles(*, viewer: User, search: str = "") -> QuerySet[User]:
    """Return people by name with `role_grants` loaded; nothing unless `viewer` is of the team."""
    if not viewer.is_staff:
        return User.objects.none()
    found = User.objects.filter(is_active=True)
    if search:
        found = found.filter(Q(full_name__icontains=search) | Q(email__icontains=search))
    return found.prefetch_related("role_grants").order_by("full_name", "pk")
