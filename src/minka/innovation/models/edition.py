"""An edition: one round of the programme, with the criteria its problems are rated by."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """One edition is current; new problems belong to it."""

    slug = models.SlugField(max_length=40, unique=True)
    name_es = models.CharField(_("name in Spanish"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    shortlist_size = models.PositiveSmallIntegerField(_("challenges to publish"), default=8)
    change_notice_days = models.PositiveSmallIntegerField(
        _("days that remain after a change"), default=7
    )
    appeal_days = models.PositiveSmallIntegerField(
        _("days to ask for clarification or to appeal"), default=10
    )
    appeal_answer_days = models.PositiveSmallIntegerField(
        _("days to answer what is asked or appealed"), default=15
    )
    is_current = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("edition")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="edition_one_current"
            ),
            models.CheckConstraint(
                condition=Q(shortlist_size__gte=1), name="edition_shortlists_some"
            ),
            models.CheckConstraint(
                condition=Q(change_notice_days__lte=60), name="edition_change_notice_in_reason"
            ),
            models.CheckConstraint(
                condition=Q(appeal_days__gte=1, appeal_days__lte=60, appeal_answer_days__gte=1)
                & Q(appeal_answer_days__lte=90),
                name="edition_appeal_days_in_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name_es


class RatingCriterion(models.Model):
    """What problems are rated by in one edition; weights are shares of the sum."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name_es = models.CharField(_("name in Spanish"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    meaning_es = models.CharField(_("meaning in Spanish"), max_length=300, blank=True)
    meaning_en = models.CharField(_("meaning in English"), max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"))

    class Meta:
        verbose_name = _("rating criterion")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "position"], name="ratingcriterion_position"
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="ratingcriterion_weighs"),
        ]

    def __str__(self) -> str:
        return self.name_es


class ShortlistChoice(models.Model):
    """A choice of problems as it was made: the reason, the weights, and the table it rested on.

    `weights` maps the id of a criterion to its weight; `standing` is the ranked table, a list of
    `{"problem", "mean", "spread", "raters", "calibrated", "chosen"}`, best first.
    `study` is the version of the study that was adopted, `overruling` what people wanted instead.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="choices")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(_("reason"))
    weights = models.JSONField()
    standing = models.JSONField()
    study = models.ForeignKey(
        "innovation.ShortlistStudy", models.PROTECT, null=True, blank=True, related_name="choices"
    )
    overruling = models.ForeignKey(
        "innovation.StudyOverruling", models.PROTECT, null=True, blank=True, related_name="choices"
    )

    class Meta:
        verbose_name = _("choice of a shortlist")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="shortlistchoice_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.at:%Y-%m-%d}"
