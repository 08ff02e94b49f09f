"""What is decided of two that may be one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepKind(models.TextChoices):
    """What resolution does to actors."""

    MERGE = "merge", _("Joined")
    SPLIT = "split", _("Taken apart")


class PairVerdict(models.TextChoices):
    """Whether two actors are one organisation."""

    WAITING = "waiting", _("Waiting")
    SAME = "same", _("The same")
    DIFFERENT = "different", _("Different")
    UNSURE = "unsure", _("Not known")


class AuditBand(models.TextChoices):
    """Why a pair is asked only to measure: it was joined alone, or was left apart."""

    NONE = "", _("Not part of a sample")
    JOINED = "joined", _("Sample of what was joined")
    APART = "apart", _("Sample of what was left apart")
