"""What surrounds a problem on its way in: versions, comments, files, invitations, joining."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.states import ConsentState, MergeState


class ProblemVersion(models.Model):
    """What was submitted, kept as it was: every submission is one version.

    `content` holds texts by the name of the column; `tiers` who could read each part then.
    """

    problem = models.ForeignKey("innovation.Problem", models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    content = models.JSONField()
    tiers = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("version of a problem")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["problem", "number"], name="problemversion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id} v{self.number}"


class ProblemComment(models.Model):
    """One contribution to the conversation between a company and the cluster team."""

    problem = models.ForeignKey("innovation.Problem", models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("comment"))
    from_team = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("comment on a problem")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="problemcomment_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class ProblemFile(models.Model):
    """A file that a company attached to its problem."""

    problem = models.ForeignKey("innovation.Problem", models.CASCADE, related_name="files")
    file = models.OneToOneField("core.StoredFile", models.PROTECT, related_name="+")
    attached_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file of a problem")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)


class IntakeInvitation(models.Model):
    """A person without an account is asked to state problems of one company by a personal link."""

    company = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="+")
    edition = models.ForeignKey("innovation.Edition", models.PROTECT, related_name="+")
    email = models.EmailField(_("e-mail"))
    person = models.CharField(_("name of the person"), max_length=120, blank=True)
    user_area = models.CharField(_("user area"), max_length=80, blank=True)
    words = models.TextField(_("words that go with the invitation"), blank=True)
    language = models.CharField(max_length=2, default="es")
    takes_several = models.BooleanField(_("several problems"), default=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)  # its letter; given up after that
    opened_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to state problems")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("invited_at")),
                name="intakeinvitation_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company_id}: {self.invited_at:%Y-%m-%d}"

    def is_open(self, *, at: datetime | None = None) -> bool:
        """Whether the link opens at this moment (or `at` another)."""
        return self.revoked_at is None and (at or timezone.now()) < self.expires_at


class MergeProposal(models.Model):
    """The team proposes that problems of several companies become one; each is asked apart."""

    edition = models.ForeignKey("innovation.Edition", models.PROTECT, related_name="+")
    title = models.CharField(_("title of the joint problem"), max_length=200)
    state = models.CharField(max_length=10, choices=MergeState.choices, default=MergeState.ASKING)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    result = models.OneToOneField(
        "innovation.Problem", models.PROTECT, null=True, blank=True, related_name="made_by"
    )

    class Meta:
        verbose_name = _("proposal to join problems")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MergeState.AGREED, result__isnull=False)
                | ~Q(state=MergeState.AGREED) & Q(result__isnull=True),
                name="mergeproposal_result_iff_agreed",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MergeConsent(models.Model):
    """What the company of one problem is asked, and answers, about joining forces."""

    proposal = models.ForeignKey(MergeProposal, models.CASCADE, related_name="consents")
    problem = models.ForeignKey("innovation.Problem", models.PROTECT, related_name="consents")
    state = models.CharField(max_length=8, choices=ConsentState.choices, default=ConsentState.ASKED)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("answer about joining forces")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "problem"], name="mergeconsent_once"),
            models.CheckConstraint(
                condition=Q(state=ConsentState.ASKED) ^ Q(answered_at__isnull=False),
                name="mergeconsent_dated_iff_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.problem_id} {self.state}"
