"""A typed tie between two actors, who says so, and since when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import RelationKind, RelationOrigin, RelationState


class Relation(models.Model):
    """`tail` does to `head` what the kind says; kinds without direction are read both ways.

    Several sources may say the same tie; each is a row. A tie that is withdrawn is kept.
    `act` names what in the platform it was born from, such as `innovation.proposal:41`.
    """

    tail = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="ties_out")
    head = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="ties_in")
    kind = models.CharField(_("kind of tie"), max_length=20, choices=RelationKind.choices)
    starts_on = models.DateField(_("since"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    confidence = models.FloatField(_("confidence"), default=1.0)
    note = models.CharField(_("note"), max_length=500, blank=True)
    is_public = models.BooleanField(_("public"), default=True)
    state = models.CharField(
        max_length=10, choices=RelationState.choices, default=RelationState.STANDING
    )
    origin = models.CharField(max_length=8, choices=RelationOrigin.choices)
    source = models.ForeignKey(
        "knowledge.Source", models.PROTECT, null=True, blank=True, related_name="ties"
    )
    act = models.CharField(max_length=80, blank=True)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("tie")
        constraints = [
            models.CheckConstraint(condition=~Q(tail=F("head")), name="relation_between_two"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="relation_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(confidence__gt=0, confidence__lte=1), name="relation_confidence"
            ),
            models.CheckConstraint(
                condition=Q(state=RelationState.STANDING) ^ Q(withdrawn_at__isnull=False),
                name="relation_dated_iff_withdrawn",
            ),
            models.UniqueConstraint(
                fields=["tail", "head", "kind", "act"],
                condition=~Q(act=""),
                name="relation_once_per_act",
            ),
            models.UniqueConstraint(
                fields=["tail", "head", "kind", "source"],
                condition=Q(source__isnull=False, state=RelationState.STANDING),
                name="relation_once_per_source",
            ),
            models.UniqueConstraint(
                fields=["tail", "head", "kind"],
                condition=Q(source__isnull=True, act="", state=RelationState.STANDING),
                name="relation_once_by_hand",
            ),
        ]
        indexes = [
            models.Index(fields=["head", "kind"], name="relation_by_head"),
            models.Index(fields=["tail", "kind"], name="relation_by_tail"),
            models.Index(fields=["updated_at"], name="relation_by_change"),
        ]

    def __str__(self) -> str:
        return f"{self.tail_id} {self.kind} {self.head_id}"
