"""What is done to accounts: name, language, time zone, roles."""

import zoneinfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput
from minka.core.models import RoleGrant, User
from minka.core.states import Role


@transaction.atomic
def update_profile(*, by: User, full_name: str, language: str, time_zone: str) -> User:
    """Save the person's own name, the language of messages to them, and their time zone.

    Raises:
        InvalidInput: the name is empty, or the language or the zone is not known.
    """
    if not full_name.strip():
        raise InvalidInput(fields={"full_name": _("Write your name.")})
    if time_zone not in zoneinfo.available_timezones():
        raise InvalidInput(fields={"time_zone": _("Choose a time zone from the list.")})
    if language not in dict(settings.LANGUAGES):
        raise InvalidInput(fields={"language": _("Choose Spanish or English.")})
    by.full_name, by.language, by.time_zone = full_name.strip(), language, time_zone
    by.save(update_fields=["full_name", "language", "time_zone"])
    return by


@transaction.atomic
def grant_role(*, by: User, user: User, role: Role) -> RoleGrant:
    """Give a person a cluster-wide role; granting twice changes nothing.

    Raises:
        NotAllowed: `by` is not of the cluster team.
    """
    require(by, "core.role_grant")
    grant, is_new = RoleGrant.objects.get_or_create(
        user=user, role=role, defaults={"granted_by": by}
    )
    if role == Role.STAFF and not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    if is_new:
        record(by=by, verb="core.role_grant", obj=user, data={"role": str(role)})
    return grant


@transaction.atomic
def revoke_role(*, by: User, user: User, role: Role) -> None:
    """Take a cluster-wide role back.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: it would leave the cluster without a team.
    """
    require(by, "core.role_grant")
    if role == Role.STAFF:
        others = User.objects.select_for_update().filter(is_staff=True, is_active=True)
        if not others.exclude(pk=user.pk).exists():
            raise InvalidInput(_("The cluster needs at least one person in its team."))
        user.is_staff = False
        user.save(update_fields=["is_staff"])
    RoleGrant.objects.filter(user=user, role=role).delete()
    record(by=by, verb="core.role_revoke", obj=user, data={"role": str(role)})
