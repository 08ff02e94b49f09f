"""Tables of employment, sales or companies by activity, region and year, version after version."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# what a column of such a table holds
ACTIVITY, REGION, YEAR, VALUE, OF_YEAR = "activity", "region", "year", "value", "year:"
ROLES = {
    ACTIVITY: _("Activity (ISIC)"),
    REGION: _("Region"),
    YEAR: _("Year"),
    VALUE: _("Figure"),
}


class Measure(models.TextChoices):
    """What a table counts."""

    EMPLOYMENT = "employment", _("Employment")
    COMPANIES = "companies", _("Companies")
    SALES = "sales", _("Sales")


COUNTED = frozenset({Measure.EMPLOYMENT, Measure.COMPANIES})  # units, so that chance has a law


class TableState(models.TextChoices):
    """A table is looked at, taken, and can be taken back."""

    CHECKED = "checked", _("Looked at, not taken yet")
    TAKEN = "taken", _("Taken")
    UNDONE = "undone", _("Taken back")


class IndicatorTable(models.Model):
    """One sheet of figures as its source gave it. Changed only by `actions.indicators`.

    The newest that is taken of a source and measure is the one in force; the others are kept, and
    come back into force when it is taken back.
    """

    source = models.ForeignKey("knowledge.Source", models.PROTECT, related_name="indicator_tables")
    measure = models.CharField(_("what it counts"), max_length=12, choices=Measure.choices)
    unit = models.CharField(_("unit"), max_length=60)
    licence = models.CharField(_("licence or permission"), max_length=200)
    address = models.URLField(_("where it was published"), max_length=250, blank=True)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=120, blank=True)
    mapping = models.JSONField(default=dict)  # column: what it is
    state = models.CharField(max_length=8, choices=TableState.choices, default=TableState.CHECKED)
    version = models.PositiveIntegerField(default=0)  # of those taken of this source and measure
    cells = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)  # [line, code, cell] of the first rows left out
    faults_count = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("table of figures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TableState.CHECKED) ^ Q(taken_at__isnull=False),
                name="indicatortable_dated_iff_taken",
            ),
            models.CheckConstraint(
                condition=Q(state=TableState.UNDONE) ^ Q(undone_at__isnull=True),
                name="indicatortable_dated_iff_undone",
            ),
            models.UniqueConstraint(
                fields=["source", "measure", "version"],
                condition=~Q(version=0),
                name="indicatortable_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.get_measure_display()} · {self.version}"


class IndicatorCell(models.Model):
    """One figure. No activity means all of them, no region the whole country.

    A cell that the source leaves open has no value: it is missing, which is not zero.
    """

    table = models.ForeignKey(IndicatorTable, models.CASCADE, related_name="rows")
    activity = models.CharField(max_length=4, blank=True)
    region = models.ForeignKey(
        "knowledge.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )
    year = models.PositiveSmallIntegerField()
    value = models.FloatField(null=True)

    class Meta:
        verbose_name = _("figure")
        constraints = [
            models.UniqueConstraint(
                fields=["table", "activity", "region", "year"],
                condition=Q(region__isnull=False),
                name="indicatorcell_once",
            ),
            models.UniqueConstraint(
                fields=["table", "activity", "year"],
                condition=Q(region__isnull=True),
                name="indicatorcell_once_in_country",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="indicatorcell_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity or '*'} {self.region_id or '*'} {self.year}: {self.value}"
