"""Where knowledge comes from: a source, its imports, and every row of them as it came."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import ImportState as S


class Source(models.Model):
    """A sheet or register that is handed to the cluster, perhaps again and again."""

    name = models.CharField(_("source"), max_length=120, unique=True)
    licence = models.CharField(_("licence or permission"), max_length=200, blank=True)
    rank = models.PositiveIntegerField(default=1000)  # the lower, the more it is believed
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("source")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SheetImport(models.Model):
    """One sheet of one file, on its way into the map. Changed only by `actions.imports`."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="imports")
    file = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=120, blank=True)
    default_kind = models.CharField(max_length=24, blank=True)
    country = models.CharField(max_length=2, default="PE")
    mapping = models.JSONField(default=dict)
    mapping_origin = models.JSONField(default=dict)  # column: `last_time` or `learnt`
    corrections = models.JSONField(default=dict)  # column: what a person chose against the offer
    is_new_version = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=S.choices, default=S.UPLOADED)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    records_new = models.PositiveIntegerField(default=0)
    records_unchanged = models.PositiveIntegerField(default=0)
    records_changed = models.PositiveIntegerField(default=0)
    records_vanished = models.PositiveIntegerField(default=0)
    rows_with_problems = models.PositiveIntegerField(default=0)
    actors_new = models.PositiveIntegerField(default=0)
    times_resumed = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("import")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=S.DONE) ^ Q(finished_at__isnull=True),
                name="sheetimport_dated_iff_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} #{self.pk}"


class Record(models.Model):
    """One row as it came, for ever; `actor` is the organisation it was found to speak of.

    `cells` is a list of [column, cell] pairs: a JSON object would lose the order of the columns.
    `key` is by what the next version of the source is compared with it. A row that is not in that
    version has vanished, `replaced_by` its successor where there is one; neither is deleted.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="records")
    first_import = models.ForeignKey(
        SheetImport, models.PROTECT, null=True, blank=True, related_name="records"
    )  # none: the row is no sheet's, but what an organisation answered in a survey
    sheet = models.CharField(max_length=120, blank=True)
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    occurrence = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=160, blank=True)
    last_import = models.ForeignKey(
        SheetImport, models.PROTECT, null=True, related_name="+", db_index=False
    )
    vanished_at = models.DateTimeField(null=True, blank=True)
    vanished_in = models.ForeignKey(
        SheetImport, models.PROTECT, null=True, related_name="+", db_index=False
    )
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="predecessors", db_index=False
    )
    kind = models.CharField(max_length=24, blank=True)
    place = models.ForeignKey("knowledge.Place", models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey("knowledge.Actor", models.PROTECT, null=True, related_name="records")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("record")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "digest", "occurrence"], name="record_once_per_source"
            ),
        ]
        indexes = [
            models.Index(fields=["first_import", "line"], name="record_by_line"),
            models.Index(fields=["source", "key"], name="record_by_key"),
            models.Index(
                fields=["vanished_in"],
                condition=Q(vanished_in__isnull=False),
                name="record_by_vanishing",
            ),
            models.Index(
                fields=["replaced_by"],
                condition=Q(replaced_by__isnull=False),
                name="record_by_successor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.sheet}:{self.line}"
