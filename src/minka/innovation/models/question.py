"""Who follows a challenge, and what is asked about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.states import QuestionState

S = QuestionState


class ChallengeFollower(models.Model):
    """Somebody who is told what changes. Who stopped by a choice stays here, and is not told.

    The row stays so that taking part later does not begin the letters again.
    """

    challenge = models.ForeignKey("innovation.Challenge", models.CASCADE, related_name="followers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("follower of a challenge")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "user"], name="challengefollower_once"),
        ]

    def __str__(self) -> str:
        return f"{self.challenge} #{self.pk}"


class ChallengeQuestion(models.Model):
    """Asked privately, published without who asked. Change `state` only by `actions.questions`.

    `text` is what the asker wrote, for the asker and the cluster team. Everybody else, and the
    user area that answers, reads other words: `question_*` and `answer_*`. Nothing that is
    written of it anywhere, `__str__` and the ledger included, says who asked.
    """

    challenge = models.ForeignKey("innovation.Challenge", models.PROTECT, related_name="questions")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("question"))
    language = models.CharField(_("language"), max_length=2, default="es")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=S.choices, default=S.WAITING)
    revision = models.PositiveIntegerField(default=0)
    question_es = models.TextField(_("question in Spanish"), blank=True)
    question_en = models.TextField(_("question in English"), blank=True)
    answer_es = models.TextField(_("answer in Spanish"), blank=True)
    answer_en = models.TextField(_("answer in English"), blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("question about a challenge")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "number"], name="challengequestion_number_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="challengequestion_asks"),
            models.CheckConstraint(
                condition=(
                    Q(state=S.PUBLISHED, published_at__isnull=False, number__isnull=False)
                    & ~Q(question_es="")
                    & ~Q(question_en="")
                    & ~Q(answer_es="")
                    & ~Q(answer_en="")
                )
                | (~Q(state=S.PUBLISHED) & Q(published_at__isnull=True, number__isnull=True)),
                name="challengequestion_whole_iff_published",
            ),
            models.CheckConstraint(
                condition=(Q(state=S.DECLINED, declined_at__isnull=False) & ~Q(decline_reason=""))
                | (~Q(state=S.DECLINED) & Q(declined_at__isnull=True)),
                name="challengequestion_reason_iff_declined",
            ),
        ]
        indexes = [models.Index(fields=["challenge", "state"], name="challengequestion_state")]

    def __str__(self) -> str:
        return f"{self.challenge} · {self.number or '…'}"
