"""People: an account is an e-mail address; what it may do comes from grants and memberships."""

from typing import Any, ClassVar

import rules
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from minka.core.states import Role


class UserManager(BaseUserManager["User"]):
    """Makes people; the e-mail address is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a saved person.

        Raises:
            ValueError: there is no e-mail address.
        """
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a saved person of the cluster team who may also run the installation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `is_staff` means: works in the cluster's own team."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("es", _("Spanish")), ("en", _("English"))],
        default="es",
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="America/Lima")
    is_staff = models.BooleanField(_("cluster team"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("person")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.full_name.strip() or self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Ask the rules alone: whoever runs the installation opens no sealed proposal either."""
        return self.is_active and bool(rules.has_perm(perm, self, obj))  # type: ignore[no-untyped-call]  # the library has no types

    def get_full_name(self) -> str:
        """Return the name that others see."""
        return self.full_name.strip() or self.email

    def get_short_name(self) -> str:
        """Return the first word of the name, or the address where there is no name."""
        return self.get_full_name().split()[0]

    @cached_property
    def role_names(self) -> frozenset[str]:
        """Cluster-wide roles, read once per request."""
        held = set(self.role_grants.values_list("role", flat=True))
        return frozenset(held | {Role.STAFF} if self.is_staff else held)


class RoleGrant(models.Model):
    """Who gave a person a cluster-wide role, and when."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=12, choices=Role.choices)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="rolegrant_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="rolegrant_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
