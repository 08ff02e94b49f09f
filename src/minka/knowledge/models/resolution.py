"""Which records are one actor: what was decided, what is asked, what was answered."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import AuditBand, StepKind
from minka.knowledge.states import PairVerdict as V


class ResolutionStep(models.Model):
    """One merge or split, with all it moved. Written only by `actions.identity`.

    A merge joins `other` to `actor`; a split takes `other` out of `actor`. Without `by` the
    system did it, on the `probability` it gives.
    """

    kind = models.CharField(max_length=6, choices=StepKind.choices)
    actor = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="steps")
    other = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="steps_as_other")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    probability = models.FloatField(null=True, blank=True)
    data = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("step of resolution")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_by__isnull=False),
                name="resolutionstep_undone_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(actor=F("other")), name="resolutionstep_two_actors"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


class PairQuestion(models.Model):
    """Are these two one organisation? Changed only by `actions.review` and `actions.resolution`.

    `sides` keeps both as they were when the question arose, so that a second reader and a sample
    of what was joined read what the first one read. An answer holds for whatever the two have
    become: look at `left.merged_into` and `right.merged_into`.
    """

    left = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="+")
    right = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="+")
    now_low = models.ForeignKey(
        "knowledge.Actor", models.CASCADE, null=True, related_name="+", db_index=False
    )
    now_high = models.ForeignKey("knowledge.Actor", models.CASCADE, null=True, related_name="+")
    probability = models.FloatField()
    gain = models.FloatField(default=0)  # how many pairs of rows the answer is expected to settle
    evidence = models.JSONField(default=list)
    sides = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=V.choices, default=V.WAITING)
    audit = models.CharField(max_length=6, choices=AuditBand.choices, default="", blank=True)
    stands_for = models.FloatField(default=1)  # in a sample: for how many pairs of its band
    asked_twice = models.BooleanField(default=False)
    step = models.ForeignKey(
        ResolutionStep, models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("pair to review")
        indexes = [
            models.Index(fields=["state", "-probability", "id"], name="pair_by_state"),
            models.Index(fields=["state", "-gain", "id"], name="pair_by_gain"),
            models.Index(fields=["now_low", "now_high"], name="pair_by_actors"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="pairquestion_once"),
            models.CheckConstraint(
                condition=Q(left__lt=F("right")), name="pairquestion_left_is_older"
            ),
            models.CheckConstraint(
                condition=Q(probability__gte=0, probability__lte=1),
                name="pairquestion_probability",
            ),
            models.CheckConstraint(
                condition=Q(state=V.WAITING) ^ Q(answered_at__isnull=False),
                name="pairquestion_dated_iff_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_id}–{self.right_id}: {self.get_state_display()}"


class PairAnswer(models.Model):
    """What one person said of one pair."""

    question = models.ForeignKey(PairQuestion, models.CASCADE, related_name="answers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=9, choices=V.choices)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("answer about a pair")
        constraints = [
            models.UniqueConstraint(fields=["question", "by"], name="pairanswer_once"),
            models.CheckConstraint(
                condition=~Q(verdict=V.WAITING), name="pairanswer_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.get_verdict_display()}"


class Bands(models.Model):
    """From which probability a pair is joined alone, and from which a person is asked."""

    join_from = models.FloatField(_("join alone from"), default=0.5)
    ask_from = models.FloatField(_("ask from"), default=0.2)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("bands")
        constraints = [
            models.CheckConstraint(
                condition=Q(ask_from__gt=0, ask_from__lte=F("join_from"), join_from__lte=1),
                name="bands_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ask_from}–{self.join_from}"
