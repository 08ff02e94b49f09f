"""How proposals are scored: terms of a challenge, checks, doubts, notes, and what changed."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.models.locked_words import lock, unlock
from minka.innovation.states import BlindMode, CheckKind, InquiryState

S = InquiryState


class EvaluationTerms(models.Model):
    """Who knows whom, and until when is evaluated. Changed only by `actions.evaluation_terms`.

    A challenge without a row is evaluated single-blind.
    """

    challenge = models.OneToOneField(
        "innovation.Challenge", models.CASCADE, related_name="evaluation_terms"
    )
    mode = models.CharField(
        _("who knows whom"), max_length=6, choices=BlindMode.choices, default=BlindMode.SINGLE
    )
    due_on = models.DateField(_("evaluations due"), null=True, blank=True)

    class Meta:
        verbose_name = _("terms of the evaluation")

    def __str__(self) -> str:
        return self.get_mode_display()


class EvaluationCheck(models.Model):
    """A question of safety or of purchase that is answered with yes or no, and why."""

    challenge = models.ForeignKey("innovation.Challenge", models.CASCADE, related_name="checks")
    kind = models.CharField(_("kind"), max_length=11, choices=CheckKind.choices)
    position = models.PositiveSmallIntegerField()
    text_es = models.CharField(_("question in Spanish"), max_length=300)
    text_en = models.CharField(_("question in English"), max_length=300)

    class Meta:
        verbose_name = _("check")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "position"], name="evaluationcheck_position"
            ),
            models.CheckConstraint(
                condition=~Q(text_es="") & ~Q(text_en=""), name="evaluationcheck_asks"
            ),
        ]

    def __str__(self) -> str:
        return self.text_es


class CheckAnswer(models.Model):
    """Whether a check is passed, by one evaluator; empty while they still think."""

    assignment = models.ForeignKey(
        "innovation.Assignment", models.CASCADE, related_name="check_answers"
    )
    question = models.ForeignKey(EvaluationCheck, models.PROTECT, related_name="answers")
    is_met = models.BooleanField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer to a check")
        ordering = ["question__position"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "question"], name="checkanswer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.is_met}"


class PrivateNote(models.Model):
    """What an evaluator notes for themselves: locked with the server's key, read by nobody else.

    It goes with the evaluation: taken back, with a conflict, or when its writer empties it.
    """

    assignment = models.OneToOneField(
        "innovation.Assignment", models.CASCADE, related_name="private_note"
    )
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    locked = models.BinaryField(default=bytes)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("private note")

    def __str__(self) -> str:
        return str(self.assignment_id)

    @property
    def words(self) -> str:
        """What was noted."""
        said: dict[str, Any] = unlock(bytes(self.locked), belongs_to=self.uid)
        return str(said["note"])

    def keep(self, words: str) -> None:
        """Put words in the place of what was noted; saving is for the caller."""
        self.locked = lock({"note": words}, belongs_to=self.uid)


class ScoreChange(models.Model):
    """Points that were changed after the discussion: what they were, and why they are others now.

    The score itself holds what counts.
    """

    score = models.ForeignKey("innovation.Score", models.CASCADE, related_name="changes")
    points_before = models.PositiveSmallIntegerField()
    points_after = models.PositiveSmallIntegerField()
    reason_before = models.TextField()
    why = models.TextField(_("reason for the change"))
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("changed score")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(points_before=models.F("points_after")), name="scorechange_changes"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="scorechange_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.points_before} → {self.points_after}"


class Inquiry(models.Model):
    """A question of an evaluator to the solver, carried by the team so that neither is named.

    `text` and the asker are for the asker and the team; `wording` is what the solver reads;
    `answer` what the solver wrote; `shown` what every evaluator of the proposal reads of it.
    """

    proposal = models.ForeignKey("innovation.Proposal", models.PROTECT, related_name="inquiries")
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="asked_inquiries"
    )
    state = models.CharField(max_length=9, choices=S.choices, default=S.ASKED)
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(default=timezone.now)
    wording = models.TextField(_("question as the solver reads it"), blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    forwarded_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    declined = models.TextField(_("why it was not forwarded"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    shown = models.TextField(_("answer as evaluators read it"), blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("question to the solver")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[S.ASKED, S.DECLINED])
                | Q(forwarded_at__isnull=False, due_at__isnull=False) & ~Q(wording=""),
                name="inquiry_forwarded_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.DECLINED) | ~Q(declined=""), name="inquiry_declined_with_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=S.SHOWN) | Q(shown_at__isnull=False) & ~Q(shown=""),
                name="inquiry_shown_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.get_state_display()}"

    @property
    def may_be_answered(self) -> bool:
        """Whether the solver still has time."""
        return (
            self.state == S.FORWARDED and self.due_at is not None and timezone.now() < self.due_at
        )


class RedactedCopy(models.Model):
    """What evaluators read in place of a proposal whose authors they must not know.

    `words` is being written by the team, by the keys of its parts; `shown` is what was confirmed.
    """

    proposal = models.OneToOneField(
        "innovation.Proposal", models.PROTECT, related_name="redacted_copy"
    )
    words = models.JSONField(default=dict)
    shown = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("redacted copy")

    def __str__(self) -> str:
        return str(self.shown.get("title") or self.words.get("title") or self.pk)


class RedactedFile(models.Model):
    """A file from which the team took what gives its authors away."""

    copy = models.ForeignKey(RedactedCopy, models.CASCADE, related_name="files")
    instead_of = models.OneToOneField(
        "innovation.Attachment", models.CASCADE, related_name="redacted"
    )
    file = models.OneToOneField("core.StoredFile", models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("redacted file")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)
