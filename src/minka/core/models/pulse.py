"""That a worker lives, as it says itself every few seconds."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WorkerPulse(models.Model):
    """The last sign of life of one worker; jobs of a worker without a pulse are run again."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("worker")

    def __str__(self) -> str:
        return self.worker_id
