"""The pool of evaluators: what each knows, may bear, has an interest in; and who stands aside."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.states import EvaluatorKind, EvaluatorScope

USUAL_LOAD = 8  # proposals at a time of somebody who has not said how many


class EvaluatorProfile(models.Model):
    """What somebody of the pool can judge, and how much. Changed only by `actions.evaluators`."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="evaluator_profile"
    )
    kind = models.CharField(_("evaluates as"), max_length=12, choices=EvaluatorKind.choices)
    scope = models.CharField(
        _("comes from"), max_length=14, choices=EvaluatorScope.choices, blank=True
    )
    themes = models.ManyToManyField("knowledge.Theme", blank=True, related_name="+")
    expertise = models.TextField(_("what you know well"), blank=True)
    reads_spanish = models.BooleanField(_("reads Spanish"), default=True)
    reads_english = models.BooleanField(_("reads English"), default=False)
    max_load = models.PositiveSmallIntegerField(_("most proposals at a time"), default=USUAL_LOAD)
    available_from = models.DateField(_("available from"), null=True, blank=True)
    available_until = models.DateField(_("available until"), null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("evaluator")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=EvaluatorKind.TECHNICAL) | Q(scope=""),
                name="evaluatorprofile_scope_iff_technical",
            ),
            models.CheckConstraint(
                condition=Q(reads_spanish=True) | Q(reads_english=True),
                name="evaluatorprofile_reads_something",
            ),
            models.CheckConstraint(
                condition=Q(max_load__gte=1, max_load__lte=60), name="evaluatorprofile_load"
            ),
            models.CheckConstraint(
                condition=Q(available_from__isnull=True)
                | Q(available_until__isnull=True)
                | Q(available_until__gte=F("available_from")),
                name="evaluatorprofile_available_in_order",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def languages(self) -> frozenset[str]:
        """The languages of proposals that this person reads."""
        reads = {"es": self.reads_spanish, "en": self.reads_english}
        return frozenset(code for code, is_read in reads.items() if is_read)


class Interest(models.Model):
    """An organisation that somebody cannot judge without partiality, in their or the team's words.

    Taken back, it is kept with its date.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="interests")
    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="+")
    reason = models.TextField(_("reason"))
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("conflict of interest")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "actor"],
                condition=Q(withdrawn_at__isnull=True),
                name="interest_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="interest_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.actor}"


class ConflictWaiver(models.Model):
    """A computed conflict that was looked at and lifted, for one proposal and one evaluator.

    `grounds` are the keys of what was lifted: a ground that appears later is not covered.
    """

    proposal = models.ForeignKey("innovation.Proposal", models.PROTECT, related_name="waivers")
    evaluator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflict_waivers"
    )
    grounds = models.JSONField(default=list)
    reason = models.TextField(_("reason"))
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    waived_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("waiver of a conflict")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "evaluator"], name="conflictwaiver_once"),
            models.CheckConstraint(
                condition=~Q(waived_by=F("evaluator")), name="conflictwaiver_by_another"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="conflictwaiver_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.evaluator} · {self.proposal_id}"


class Absence(models.Model):
    """Somebody dropped out of one challenge: nothing more is assigned to them there."""

    challenge = models.ForeignKey("innovation.Challenge", models.CASCADE, related_name="absences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    reason = models.TextField(_("reason"))
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("evaluator who dropped out")
        constraints = [
            models.UniqueConstraint(fields=["challenge", "person"], name="absence_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="absence_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.challenge}"


class Discussion(models.Model):
    """The evaluations of a challenge are open to discussion: from now on averages are shown."""

    challenge = models.OneToOneField(
        "innovation.Challenge", models.PROTECT, related_name="discussion"
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    missing = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("discussion")

    def __str__(self) -> str:
        return str(self.challenge)
