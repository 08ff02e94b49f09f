"""A file somebody handed in. Private: who may read it is decided by what it is attached to."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def storage_name(instance: "StoredFile", _filename: str) -> str:
    """Return a name that says nothing of the content and cannot be guessed."""
    return f"{instance.uid.hex[:2]}/{instance.uid.hex}"


class StoredFile(models.Model):
    """The bytes live in the default storage (folder or S3) under a random name."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    content = models.FileField(upload_to=storage_name, max_length=120)
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(max_length=120)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size_bytes__gt=0), name="storedfile_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.name
