"""What people keep of the directory: searches, lists of organisations, files taken along."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import AlertEvery, ExportState


def new_token() -> str:
    """Return what a link carries that nobody can guess."""
    return secrets.token_urlsafe(24)


class SavedSearch(models.Model):
    """A filter of the directory under a name. Changed only by `actions.searches`.

    With an alert, `known` holds whom it found so far, packed by `methods.number_sets`; `looks` is
    the number of the next look: a job that carries another does nothing.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(_("name"), max_length=120)
    note = models.CharField(_("note"), max_length=500, blank=True)
    address = models.TextField(blank=True)  # as `queries.filter_address` writes it
    alert = models.CharField(
        _("tell me of new ones"), max_length=6, choices=AlertEvery.choices, blank=True, default=""
    )
    for_team = models.BooleanField(_("the cluster team sees it"), default=False)
    token = models.CharField(max_length=40, unique=True, null=True, blank=True)
    known = models.BinaryField(default=bytes, editable=False)
    looks = models.PositiveIntegerField(default=0, editable=False)
    looked_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved search")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="savedsearch_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="savedsearch_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Shortlist(models.Model):
    """Organisations that somebody chose, in an order. Changed only by `actions.shortlists`.

    Whoever has the link of `token` reads it; without a token there is no link.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shortlists")
    name = models.CharField(_("name"), max_length=120)
    note = models.CharField(_("what it is for"), max_length=500, blank=True)
    for_team = models.BooleanField(_("the cluster team sees it"), default=False)
    token = models.CharField(max_length=40, unique=True, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("list of organisations")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="shortlist_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="shortlist_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ShortlistEntry(models.Model):
    """One organisation of a list. Of two that a merge makes one, both notes stay.

    The entry that had no room follows the organisation that went: it comes back if they part.
    """

    shortlist = models.ForeignKey(Shortlist, models.CASCADE, related_name="entries")
    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="listed")
    position = models.PositiveIntegerField(default=0)
    note = models.CharField(_("note"), max_length=500, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("organisation of a list")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["shortlist", "actor"], name="shortlistentry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.shortlist}: {self.actor_id}"


class DirectoryExport(models.Model):
    """A file of the directory that is made in the background. Changed by `actions.exports`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    format = models.CharField(max_length=8)
    address = models.TextField(blank=True)
    shortlist = models.ForeignKey(
        Shortlist, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=2, default="es")
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.QUEUED)
    rows = models.PositiveIntegerField(default=0)
    file = models.ForeignKey(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("export of the directory")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ExportState.READY) ^ Q(file__isnull=True),
                name="directoryexport_file_iff_ready",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format} #{self.pk}"
