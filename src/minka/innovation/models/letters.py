"""What a solver is told and may ask afterwards; and the sets that the panel compared."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.models.panel_states import AppealKind, AppealState, Finding
from minka.innovation.states import Outcome


class DecisionLetter(models.Model):
    """The letter on one proposal: `content` never changes; the PDF is made of it once, and kept."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey("innovation.Proposal", models.PROTECT, related_name="letters")
    version = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=2)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    appeal_until = models.DateTimeField()
    file = models.ForeignKey(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("letter to a solver")
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "version"], name="decisionletter_version"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} · {self.version}"


class FormerDecision(models.Model):
    """A decision as it was told before an appeal led to another."""

    proposal = models.ForeignKey(
        "innovation.Proposal", models.PROTECT, related_name="former_decisions"
    )
    letter = models.OneToOneField(DecisionLetter, models.PROTECT, related_name="decision_told")
    appeal = models.OneToOneField("innovation.Appeal", models.PROTECT, related_name="former")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reason = models.TextField()
    strengths = models.TextField(blank=True)
    feedback = models.TextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("former decision")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_outcome_display()


class Appeal(models.Model):
    """What the solver's people ask about the decision, and what impartial people answer.

    Changed only by `actions.appeals`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    letter = models.ForeignKey(DecisionLetter, models.PROTECT, related_name="appeals")
    kind = models.CharField(max_length=14, choices=AppealKind.choices)
    text = models.TextField(_("what you ask"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=AppealState.choices, default=AppealState.RECEIVED
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="appeals_handled",
    )  # fmt: skip
    taken_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=10, choices=Finding.choices, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("clarification or appeal")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "kind"], name="appeal_one_of_a_kind"),
            models.CheckConstraint(
                condition=Q(state=AppealState.ANSWERED) ^ Q(answered_at__isnull=True),
                name="appeal_dated_iff_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state=AppealState.ANSWERED) | ~Q(answer="") & ~Q(finding=""),
                name="appeal_answered_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=AppealState.RECEIVED) ^ Q(handler__isnull=False),
                name="appeal_handled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.letter}"


class FundingScenario(models.Model):
    """A set of proposals under conditions as it was reckoned; `inputs` hold all it follows from."""

    challenge = models.ForeignKey("innovation.Challenge", models.PROTECT, related_name="scenarios")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(_("what it is for"), max_length=200, blank=True)
    inputs = models.JSONField()
    inputs_sha256 = models.CharField(max_length=64)
    result = models.JSONField()

    class Meta:
        verbose_name = _("funding scenario")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "number"], name="fundingscenario_number"),
        ]

    def __str__(self) -> str:
        return f"{self.challenge} · {self.number}"
