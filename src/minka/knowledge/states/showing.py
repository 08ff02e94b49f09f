"""What is drawn, exported and reported."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states.organisations import PlaceLevel


class BoundaryState(models.TextChoices):
    """How a set of boundaries stands. Of a country and level one set is in use."""

    DRAFT = "draft", _("Draft")
    LIVE = "live", _("In use")
    REPLACED = "replaced", _("Replaced")


BOUNDARY_LEVELS = (PlaceLevel.DEPARTMENT, PlaceLevel.PROVINCE, PlaceLevel.DISTRICT)


class LayerCategory(models.TextChoices):
    """What a layer of the map shows; each is drawn in its own way."""

    MINE = "mine", _("Mines and projects")
    PORT = "port", _("Ports")
    RAIL = "rail", _("Railways")
    CORRIDOR = "corridor", _("Corridors and roads")
    ENERGY = "energy", _("Energy and water")
    OTHER = "other", _("Other")


class AlertEvery(models.TextChoices):
    """How often somebody is told of what a saved search newly finds."""

    NEVER = "", _("Never")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every Monday")


class ExportState(models.TextChoices):
    """Life of a file that is made in the background."""

    QUEUED = "queued", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")
    EXPIRED = "expired", _("No longer kept")


class ReportAudience(models.TextChoices):
    """Who reads an edition of the report: it holds nothing that one of them may not see."""

    BOARD = "board", _("The board")
    PUBLIC = "public", _("Anybody")


class ReportState(models.TextChoices):
    """Life of a report that is written in the background."""

    QUEUED = "queued", _("Being written")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be written")


REPORT_REACHED_FROM = {
    ReportState.READY: {ReportState.QUEUED},
    ReportState.FAILED: {ReportState.QUEUED},
    ReportState.QUEUED: {ReportState.FAILED},
}
