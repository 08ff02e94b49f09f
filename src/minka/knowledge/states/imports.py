"""The life of an import."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """Life of one import of one sheet."""

    UPLOADED = "uploaded", _("Columns to confirm")
    QUEUED = "queued", _("Waiting to start")
    RUNNING = "running", _("Importing")
    DONE = "done", _("Finished")
    FAILED = "failed", _("Stopped by an error")
    DISCARDED = "discarded", _("Discarded")
    CANCELLED = "cancelled", _("Cancelled")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


IMPORT_REACHED_FROM = {
    ImportState.QUEUED: {
        ImportState.UPLOADED,
        ImportState.FAILED,
        ImportState.CANCELLED,
        ImportState.UNDONE,
    },
    ImportState.RUNNING: {ImportState.QUEUED, ImportState.RUNNING},
    ImportState.DONE: {ImportState.RUNNING},
    ImportState.FAILED: {ImportState.QUEUED, ImportState.RUNNING},
    ImportState.DISCARDED: {ImportState.UPLOADED, ImportState.FAILED},
    ImportState.CANCELLED: {ImportState.QUEUED, ImportState.RUNNING},
    ImportState.UNDOING: {
        ImportState.DONE,
        ImportState.FAILED,
        ImportState.CANCELLED,
        ImportState.UNDOING,
    },
    ImportState.UNDONE: {ImportState.UNDOING},
}
