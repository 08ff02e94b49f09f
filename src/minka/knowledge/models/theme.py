"""A concept of the bilingual thesaurus, and what people answered when one was suggested."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LiveThemes(models.Manager["Theme"]):
    """The concepts in use: those that were merged into another are left out."""

    def get_queryset(self) -> models.QuerySet["Theme"]:
        """Return the concepts that stand for themselves."""
        return super().get_queryset().filter(replaced_by=None)


class Theme(models.Model):
    """Spanish and English label of one concept, with synonyms and its broader concept.

    A concept that was merged stays under its address and leads to the one that took its place.
    """

    slug = models.SlugField(max_length=80, unique=True)
    label_es = models.CharField(_("label in Spanish"), max_length=120, unique=True)
    label_en = models.CharField(_("label in English"), max_length=120)
    synonyms_es = models.JSONField(default=list, blank=True)
    synonyms_en = models.JSONField(default=list, blank=True)
    broader = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="narrower"
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="former", editable=False
    )

    objects = LiveThemes()
    every = models.Manager["Theme"]()

    class Meta:
        verbose_name = _("theme")
        ordering = ["label_es"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(broader__isnull=True) | ~models.Q(broader=models.F("id")),
                name="theme_not_under_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(replaced_by__isnull=True)
                | ~models.Q(replaced_by=models.F("id")),
                name="theme_not_replaced_by_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.label_es


class ThemeMerge(models.Model):
    """One concept merged into another, with all that it moved, so that it can be undone exactly.

    Written by `actions.theme_merging`, undone by `actions.theme_unmerging`.
    """

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="merges")
    into = models.ForeignKey(Theme, models.CASCADE, related_name="merges_taken")
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("merge of two themes")
        constraints = [
            models.UniqueConstraint(
                fields=["theme"],
                condition=models.Q(undone_at__isnull=True),
                name="thememerge_one_live",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True) ^ models.Q(undone_by__isnull=False),
                name="thememerge_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme} → {self.into}"


class ThemeRefusal(models.Model):
    """A theme that was suggested for an actor and is not its own: it is not suggested again."""

    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="theme_refusals")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="+")
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "theme"], name="themerefusal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} ≠ {self.theme}"
