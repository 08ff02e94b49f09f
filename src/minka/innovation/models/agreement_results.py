"""What came of an agreement: readiness reached, figures of later years, what was learnt."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.states import Trl
from minka.innovation.states.agreements import Moment, Side


class AgreementTrl(models.Model):
    """The readiness before or after, with evidence; it counts once the user area confirmed it."""

    agreement = models.ForeignKey("innovation.Agreement", models.CASCADE, related_name="trl_marks")
    moment = models.CharField(max_length=8, choices=Moment.choices)
    level = models.PositiveSmallIntegerField(_("readiness (TRL)"), choices=Trl.choices)
    evidence = models.TextField(_("evidence"))
    file = models.OneToOneField(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("readiness in an agreement")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "moment"],
                condition=Q(replaced_at__isnull=True),
                name="agreementtrl_one_per_moment",
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=9), name="agreementtrl_in_scale"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="agreementtrl_has_evidence"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) ^ Q(confirmed_at__isnull=False),
                name="agreementtrl_dated_iff_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"TRL {self.level}"


class YearFigures(models.Model):
    """What a supplier sold and exported in a year thanks to an agreement; the team confirms it."""

    agreement = models.ForeignKey("innovation.Agreement", models.CASCADE, related_name="years")
    actor = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    sales_usd = models.DecimalField(
        _("sales (US$), exports included"), max_digits=14, decimal_places=2
    )
    exports_usd = models.DecimalField(
        _("exports (US$)"), max_digits=14, decimal_places=2, default=0
    )
    export_countries = models.CharField(_("countries of export"), max_length=120, blank=True)
    jobs = models.PositiveIntegerField(_("jobs kept or created"), default=0)
    source = models.CharField(_("source"), max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("figures of a year")
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "actor", "year"], name="yearfigures_once"),
            models.CheckConstraint(
                condition=Q(sales_usd__gte=models.F("exports_usd"), exports_usd__gte=0),
                name="yearfigures_exports_are_sales",
            ),
            models.CheckConstraint(
                condition=Q(exports_usd=0) | ~Q(export_countries=""),
                name="yearfigures_exports_go_somewhere",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="yearfigures_has_source"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) ^ Q(confirmed_at__isnull=False),
                name="yearfigures_dated_iff_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.year}"


class AgreementLesson(models.Model):
    """What the supplier or the user area learnt from an agreement."""

    agreement = models.ForeignKey("innovation.Agreement", models.CASCADE, related_name="lessons")
    side = models.CharField(max_length=10, choices=Side.choices)
    actor = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="+")
    text = models.TextField(_("what was learnt"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("lesson")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="agreementlesson_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class CapabilityMark(models.Model):
    """What a supplier could do when an agreement came into force, or when it was closed.

    `capabilities` is a list of `{"theme", "es", "en", "trl"}` as its profile had them that day.
    """

    agreement = models.ForeignKey("innovation.Agreement", models.CASCADE, related_name="marks")
    actor = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="+")
    moment = models.CharField(max_length=8, choices=Moment.choices)
    at = models.DateTimeField(default=timezone.now)
    capabilities = models.JSONField(default=list)

    class Meta:
        verbose_name = _("capability at a moment")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "actor", "moment"], name="capabilitymark_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.moment}"
