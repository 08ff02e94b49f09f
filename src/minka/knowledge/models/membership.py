"""Who belongs to which organisation."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import MemberRole
from minka.knowledge.states import MembershipState as S


class Membership(models.Model):
    """A person's place in one organisation. Changed only by `actions.memberships`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=MemberRole.choices, default=MemberRole.MEMBER)
    user_area = models.CharField(_("user area"), max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=S.choices, default=S.REQUESTED)
    is_editor = models.BooleanField(_("edits the profile"), default=False)
    message = models.CharField(_("message"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "actor"],
                condition=Q(state__in=[S.REQUESTED, S.ACTIVE]),
                name="membership_one_live",
            ),
            models.CheckConstraint(
                condition=Q(state=S.REQUESTED) ^ Q(answered_at__isnull=False),
                name="membership_dated_iff_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.actor}"
