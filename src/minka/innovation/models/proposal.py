"""A proposal answers one challenge on behalf of one lead organisation."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.states import ProposalState as S
from minka.innovation.states import Trl


class Proposal(models.Model):
    """Change `state` only through `minka.innovation.actions.proposals`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    challenge = models.ForeignKey("innovation.Challenge", models.PROTECT, related_name="proposals")
    lead = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="proposals")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    approach = models.TextField(_("what you propose and how it works"), blank=True)
    evidence = models.TextField(_("evidence that it works"), blank=True)
    team = models.TextField(_("team"), blank=True)
    requested_usd = models.DecimalField(
        _("amount requested (US$)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    duration_months = models.PositiveSmallIntegerField(
        _("duration (months)"), null=True, blank=True
    )
    trl_now = models.PositiveSmallIntegerField(_("TRL today"), null=True, blank=True)
    trl_after = models.PositiveSmallIntegerField(_("TRL at the end"), null=True, blank=True)
    language = models.CharField(max_length=2, default="es")
    state = models.CharField(max_length=10, choices=S.choices, default=S.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("proposal")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "lead"],
                condition=~Q(state=S.WITHDRAWN),
                name="proposal_one_live_per_lead",
                violation_error_message=_("This organisation already has a live proposal here."),
            ),
            models.CheckConstraint(
                condition=Q(requested_usd__isnull=True) | Q(requested_usd__gt=0),
                name="proposal_usd_positive",
            ),
            models.CheckConstraint(
                condition=Q(trl_now__isnull=True) | Q(trl_now__gte=1, trl_now__lte=9),
                name="proposal_trl_now_in_scale",
            ),
            models.CheckConstraint(
                condition=Q(trl_after__isnull=True) | Q(trl_after__gte=1, trl_after__lte=9),
                name="proposal_trl_after_in_scale",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.SUBMITTED)
                | Q(submitted_at__isnull=False, requested_usd__isnull=False) & ~Q(title=""),
                name="proposal_complete_iff_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.DRAFT) | Q(submitted_at__isnull=True),
                name="proposal_undated_while_draft",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled draft"))

    @property
    def trl_now_name(self) -> str:
        """What the readiness level of today means."""
        return str(Trl(self.trl_now).label) if self.trl_now else ""

    @property
    def trl_after_name(self) -> str:
        """What the readiness level at the end means."""
        return str(Trl(self.trl_after).label) if self.trl_after else ""


class Attachment(models.Model):
    """A file that belongs to a proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments")
    file = models.OneToOneField("core.StoredFile", models.PROTECT, related_name="+")
    attached_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)


class Receipt(models.Model):
    """What the solver holds in hand after submitting; one for every time it was handed in."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="receipts")
    number = models.CharField(max_length=20, unique=True)
    issued_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    content_sha256 = models.CharField(max_length=64)
    parts = models.JSONField(default=list)
    ledger_position = models.BigIntegerField()

    class Meta:
        verbose_name = _("receipt")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__lt=models.F("deadline_at")), name="receipt_in_time"
            ),
        ]

    def __str__(self) -> str:
        return self.number
