"""An agreement: what a company and the organisations that answered it promise each other."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.states import ApprovalAnswer
from minka.innovation.states.agreements import (
    AgreementKind,
    AgreementOutcome,
    PartyRole,
    SeatKind,
    TextState,
)
from minka.innovation.states.agreements import AgreementState as S


class Agreement(models.Model):
    """Change `state` and `text_state` only through the actions of agreements.

    `text` is the version that is worked on or, once all signed, the one in force (`signed_text`).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=AgreementKind.choices)
    title = models.CharField(_("title"), max_length=200)
    decision = models.ForeignKey(
        "innovation.Decision", models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    edition = models.ForeignKey(
        "innovation.Edition", models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    language = models.CharField(_("language"), max_length=2, default="es")
    value_usd = models.DecimalField(
        _("value (US$)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=S.choices, default=S.DRAFT)
    text_state = models.CharField(
        max_length=10, choices=TextState.choices, default=TextState.WRITING
    )
    text = models.ForeignKey(
        "innovation.AgreementVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_text = models.ForeignKey(
        "innovation.AgreementVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    document = models.OneToOneField(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=AgreementOutcome.choices, blank=True)
    outcome_reason = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("agreement")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="agreement_has_title"),
            models.CheckConstraint(
                condition=Q(state__in=[S.DRAFT, S.CANCELLED]) ^ Q(in_force_at__isnull=False),
                name="agreement_dated_iff_in_force",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at__isnull=True) ^ Q(signed_on__isnull=False),
                name="agreement_signed_iff_in_force",
            ),
            models.CheckConstraint(
                condition=Q(state=S.CLOSED) ^ Q(closed_at__isnull=True),
                name="agreement_dated_iff_closed",
            ),
            models.CheckConstraint(
                condition=Q(state=S.CLOSED) ^ Q(outcome=""), name="agreement_outcome_iff_closed"
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | ~Q(outcome_reason=""), name="agreement_outcome_says_why"
            ),
            models.CheckConstraint(
                condition=Q(value_usd__isnull=True) | Q(value_usd__gte=0),
                name="agreement_value_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="agreement_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_registered(self) -> bool:
        """True when it was signed elsewhere and its document was uploaded."""
        return self.document_id is not None

    @property
    def is_amended(self) -> bool:
        """True while another text than the one in force is worked on."""
        return self.state == S.IN_FORCE and self.text_state != TextState.SIGNED


class AgreementParty(models.Model):
    """An organisation that agrees, or the cluster; `shows_at`: it may be told in public."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=8, choices=PartyRole.choices)
    actor = models.ForeignKey(
        "knowledge.Actor", models.PROTECT, null=True, blank=True, related_name="agreement_parties"
    )
    shows_at = models.DateTimeField(null=True, blank=True)
    shows_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("party to an agreement")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "actor"], name="agreementparty_once"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(role=PartyRole.CLUSTER),
                name="agreementparty_one_cluster",
            ),
            models.CheckConstraint(
                condition=Q(role=PartyRole.CLUSTER) ^ Q(actor__isnull=False),
                name="agreementparty_actor_but_for_cluster",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the party is called."""
        return self.actor.name if self.actor else str(settings.MINKA_CLUSTER_NAME)


class AgreementVersion(models.Model):
    """The text as it was saved; once signed it never changes, and neither does its PDF.

    `seal` is the signed statement of the server on the PDF, in the form of a receipt.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    is_amendment = models.BooleanField(default=False)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField(null=True, blank=True)
    pdf = models.OneToOneField(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    seal = models.TextField(blank=True)

    class Meta:
        verbose_name = _("version of an agreement")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreementversion_once"),
            models.CheckConstraint(
                condition=Q(is_amendment=False) | ~Q(reason=""), name="agreementversion_says_why"
            ),
            models.CheckConstraint(
                condition=Q(pdf__isnull=True) | Q(signed_at__isnull=False) & ~Q(seal=""),
                name="agreementversion_printed_iff_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} v{self.number}"

    @property
    def slug(self) -> str:
        """How an address names it."""
        return f"v{self.number}"


class AgreementApproval(models.Model):
    """What one seat of a party answered to a text; void once the text changed."""

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="approvals")
    party = models.ForeignKey(AgreementParty, models.CASCADE, related_name="approvals")
    seat = models.CharField(max_length=16, choices=SeatKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, choices=ApprovalAnswer.choices)
    reason = models.TextField(_("reason"), blank=True)
    content_sha256 = models.CharField(max_length=64)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("approval of an agreement")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer=ApprovalAnswer.CHANGES) | ~Q(reason=""),
                name="agreementapproval_changes_have_reason",
            ),
            models.UniqueConstraint(
                fields=["version", "party", "seat"],
                condition=Q(voided_at__isnull=True),
                name="agreementapproval_one_per_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.seat} {self.answer}"


class AgreementSignature(models.Model):
    """One person signed one text in the name of one party; void when the text is opened again."""

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="signatures")
    party = models.ForeignKey(AgreementParty, models.PROTECT, related_name="signatures")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(_("name of the signer"), max_length=150)
    post = models.CharField(_("post of the signer"), max_length=120)
    at = models.DateTimeField(default=timezone.now)
    content_sha256 = models.CharField(max_length=64)
    ledger_position = models.BigIntegerField()
    ledger_sha256 = models.CharField(max_length=64)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("signature of an agreement")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "party"],
                condition=Q(voided_at__isnull=True),
                name="agreementsignature_one_per_party",
            ),
            models.UniqueConstraint(
                fields=["version", "by"],
                condition=Q(voided_at__isnull=True),
                name="agreementsignature_one_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.name}"
