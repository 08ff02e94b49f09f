"""Problems that come in by the dozen: typed in a room, or read from a sheet."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Workshop(models.Model):
    """A session in which a facilitator types the problems of one company as they are said."""

    edition = models.ForeignKey("innovation.Edition", models.PROTECT, related_name="+")
    company = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="+")
    user_area = models.CharField(_("user area"), max_length=80, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("workshop")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.company_id} {self.opened_at:%Y-%m-%d}"


class WorkshopCard(models.Model):
    """The place of one problem among the cards of a workshop."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="cards")
    problem = models.OneToOneField(
        "innovation.Problem", models.CASCADE, related_name="workshop_card"
    )
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("card of a workshop")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.workshop_id}.{self.position}"


class ProblemSheet(models.Model):
    """A sheet of problems that was uploaded: looked at first, then taken in, once."""

    company = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="+")
    file = models.OneToOneField("core.StoredFile", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sheet of problems")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.company_id} {self.uploaded_at:%Y-%m-%d}"
