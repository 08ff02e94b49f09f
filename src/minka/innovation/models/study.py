"""Versions of the shortlist study: what went in, what came out, and what people made of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.states import StudyState


class ShortlistStudy(models.Model):
    """One run that was kept. `inputs` and `result` never change, whatever becomes of the ratings.

    Changed only by `actions.studies`. `inputs` holds all that the result follows from, in the form
    of `minka.methods.shortlist.study`; `robustness` is empty until the draws are made.
    """

    edition = models.ForeignKey("innovation.Edition", models.PROTECT, related_name="studies")
    number = models.PositiveIntegerField(_("version"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    inputs = models.JSONField()
    inputs_sha256 = models.CharField(max_length=64)
    result = models.JSONField()
    robustness = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=StudyState.choices, default=StudyState.WAITING)
    draws_done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    check_asked_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    is_same = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name = _("version of the shortlist study")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="shortliststudy_number"),
            models.CheckConstraint(
                condition=Q(state=StudyState.WAITING) ^ Q(finished_at__isnull=False),
                name="shortliststudy_dated_iff_done",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True) ^ Q(is_same__isnull=False),
                name="shortliststudy_checked_iff_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.number}"


class StudyOverruling(models.Model):
    """Another set that people want, with their reason and what it costs beside the best one.

    `chosen` are ids of problems; `cost` is as `minka.methods.shortlist.study.overruled` tells it.
    """

    study = models.ForeignKey(ShortlistStudy, models.PROTECT, related_name="overrulings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    chosen = models.JSONField()
    reason = models.TextField(_("reason"))
    cost = models.JSONField()

    class Meta:
        verbose_name = _("set that people want instead")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="studyoverruling_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.study} · {self.at:%Y-%m-%d}"


class DecisionPack(models.Model):
    """The printed study for those who decide, in one language."""

    study = models.ForeignKey(ShortlistStudy, models.PROTECT, related_name="packs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2)
    state = models.CharField(max_length=8, choices=StudyState.choices, default=StudyState.WAITING)
    file = models.ForeignKey(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("decision pack")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=StudyState.READY) ^ Q(file__isnull=True),
                name="decisionpack_file_iff_ready",
            ),
            models.UniqueConstraint(
                fields=["study", "language"],
                condition=Q(state=StudyState.WAITING),
                name="decisionpack_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study} · {self.language}"


class CriteriaComparison(models.Model):
    """Answers of comparing the criteria of an edition two by two, and the weights they gave.

    `answers` holds `[one, other, ratio]` by ids of criteria, `weights` the id of a criterion and
    its weight.
    """

    edition = models.ForeignKey("innovation.Edition", models.PROTECT, related_name="comparisons")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answers = models.JSONField()
    weights = models.JSONField()
    consistency_ratio = models.FloatField()

    class Meta:
        verbose_name = _("comparison of criteria")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.edition} · {self.at:%Y-%m-%d}"
