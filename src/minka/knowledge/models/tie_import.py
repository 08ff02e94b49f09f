"""A sheet of ties on its way in, and every row of it as it came."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import RelationKind, TieImportState, TieRowState


class TieImport(models.Model):
    """One sheet that says who has which tie with whom. Changed only by `actions.tie_imports`."""

    source = models.ForeignKey("knowledge.Source", models.PROTECT, related_name="tie_imports")
    file = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=120, blank=True)
    headers = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)  # role: place of its column
    default_kind = models.CharField(
        _("kind of tie"), max_length=20, choices=RelationKind.choices, blank=True
    )
    is_public = models.BooleanField(default=True)
    state = models.CharField(
        max_length=8, choices=TieImportState.choices, default=TieImportState.CHECKED
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import of ties")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TieImportState.CHECKED) ^ Q(taken_at__isnull=False),
                name="tieimport_dated_iff_taken",
            ),
            models.CheckConstraint(
                condition=Q(state=TieImportState.UNDONE) ^ Q(undone_at__isnull=True),
                name="tieimport_dated_iff_undone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} #{self.pk}"


class TieRow(models.Model):
    """One row of such a sheet, for ever, with what was made of it.

    `tail_candidates` and `head_candidates` are pks to choose from where a cell may mean several.
    `relation` is the tie that the row made, or found there already.
    """

    tie_import = models.ForeignKey(TieImport, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    said = models.JSONField(default=list)  # name and number of the one, then of the other
    state = models.CharField(max_length=10, choices=TieRowState.choices)
    tail = models.ForeignKey(
        "knowledge.Actor", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    head = models.ForeignKey(
        "knowledge.Actor", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    tail_candidates = models.JSONField(default=list)
    head_candidates = models.JSONField(default=list)
    kind = models.CharField(max_length=20, choices=RelationKind.choices, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    confidence = models.FloatField(default=1.0)
    source_name = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)
    faults = models.JSONField(default=list)  # [code, cell] each
    relation = models.ForeignKey(
        "knowledge.Relation", models.SET_NULL, null=True, blank=True, related_name="rows"
    )
    made_it = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("row of ties")
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["tie_import", "line"], name="tierow_once_per_line"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="tierow_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tie_import_id}:{self.line}"
