"""What a person says of a field of an actor; what sources say is in their records."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import Origin


class ActorField(models.Model):
    """One field of one actor as its people or the team state it; written by `actions.survivorship`.

    An empty value is a statement, too: somebody took out what was wrong.
    """

    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="statements")
    field = models.CharField(max_length=24)
    value = models.JSONField(null=True)
    origin = models.CharField(max_length=6, choices=Origin.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("statement")
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "field", "origin"], name="actorfield_once_per_origin"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=[Origin.CLAIM, Origin.STAFF]), name="actorfield_of_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id}.{self.field}"
