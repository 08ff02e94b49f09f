"""What changed in a profile and who says so; what others propose to change."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import CorrectionState as S
from minka.knowledge.states import Voice


class FieldChange(models.Model):
    """One field of one actor, before and after. Written by `actions.history`, never changed.

    Values are kept as people read them; a contact that is not public is named, not told.
    """

    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="field_changes")
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    voice = models.CharField(max_length=10, choices=Voice.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("change of a field")
        indexes = [models.Index(fields=["actor", "-at"], name="fieldchange_of_actor")]

    def __str__(self) -> str:
        return f"{self.actor}: {self.field}"


class Correction(models.Model):
    """Somebody says that a field is wrong.

    Changed only by `actions.corrections` and `actions.visitor_corrections`. A visitor has no
    account: they are known by an address, which the team alone sees and which is forgotten.
    """

    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    why = models.CharField(_("why"), max_length=500)
    state = models.CharField(max_length=10, choices=S.choices, default=S.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    by_visitor = models.BooleanField(default=False)
    email = models.EmailField(_("e-mail"), blank=True)  # of a visitor, in small letters
    language = models.CharField(max_length=2, default="es")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    link_sent_at = models.DateTimeField(null=True, blank=True)
    answer_sent_at = models.DateTimeField(null=True, blank=True)
    proposed_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("correction")
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "field", "proposed_by"],
                condition=Q(state=S.PROPOSED),
                name="correction_one_open_per_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.UNCHECKED, S.PROPOSED]) ^ Q(answered_at__isnull=False),
                name="correction_dated_iff_answered",
            ),
            models.CheckConstraint(
                condition=Q(by_visitor=True) ^ Q(proposed_by__isnull=False),
                name="correction_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(by_visitor=True) | (~Q(state=S.UNCHECKED) & Q(email="")),
                name="correction_address_of_visitors",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.field}"
