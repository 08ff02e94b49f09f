"""The key that the proposals of a call are sealed to, who holds its shares, and its openings."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.innovation.states import Envelope, SessionKind
from minka.innovation.states import KeyState as S

NEEDED, MADE = 3, 5  # custodians who open, and custodians there are, unless a call says otherwise


class CallKey(models.Model):
    """The public half of a call's key; the private half exists in shares that are not here.

    `code` names it on shares and in sealed objects. Change `state` only through
    `minka.innovation.actions.ceremony` and `opening`.
    """

    challenge = models.OneToOneField("innovation.Challenge", models.CASCADE, related_name="key")
    code = models.CharField(max_length=20, unique=True)
    needed = models.PositiveSmallIntegerField(_("custodians who open together"), default=NEEDED)
    state = models.CharField(max_length=10, choices=S.choices, default=S.PREPARING)
    public_key = models.CharField(max_length=64, blank=True)
    split = models.CharField(max_length=16, blank=True)
    trial = models.BinaryField(default=bytes, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    rehearsed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    economic_opened_at = models.DateTimeField(null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("key of a call")
        constraints = [
            models.CheckConstraint(condition=Q(needed__gte=2), name="callkey_two_at_least"),
            models.CheckConstraint(
                condition=Q(state=S.PREPARING, public_key="")
                | ~Q(state=S.PREPARING) & ~Q(public_key=""),
                name="callkey_made_iff_past_preparing",
            ),
            models.CheckConstraint(
                condition=Q(state=S.OPENED) ^ Q(opened_at__isnull=True),
                name="callkey_dated_iff_opened",
            ),
            models.CheckConstraint(
                condition=Q(economic_opened_at__isnull=True) | Q(opened_at__isnull=False),
                name="callkey_economic_after_opened",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def holders(self) -> "models.QuerySet[Custodian]":
        """Return whose shares are in force: those of the last round that was completed."""
        return Custodian.objects.filter(key=self, round=self.round).select_related(
            "user", "organisation"
        )


class Custodian(models.Model):
    """Somebody who holds a share. `salt` and `public_half` come of her passphrase.

    `sealed_share` waits here, locked to her, from the making of the key until she has proven that
    she holds her own copy; then it is gone. `round` counts how often shares were made of the key.
    """

    key = models.ForeignKey(CallKey, models.CASCADE, related_name="custodians")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="custodies")
    organisation = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    named_at = models.DateTimeField(auto_now_add=True)
    salt = models.CharField(max_length=64, blank=True)
    public_half = models.CharField(max_length=64, blank=True)
    enrolled_at = models.DateTimeField(null=True, blank=True)
    sealed_share = models.BinaryField(default=bytes, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("custodian")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "round", "user"],
                name="custodian_once_per_round",
                violation_error_message=_("This person is a custodian already."),
            ),
            models.UniqueConstraint(
                fields=["key", "round", "organisation"],
                name="custodian_one_per_organisation_and_round",
                violation_error_message=_("This organisation has a custodian already."),
            ),
            models.UniqueConstraint(
                fields=["key", "round", "number"], name="custodian_number_in_round"
            ),
            models.CheckConstraint(
                condition=Q(enrolled_at__isnull=True, public_half="")
                | Q(enrolled_at__isnull=False) & ~Q(public_half="") & ~Q(salt=""),
                name="custodian_enrolled_with_public_half",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(sealed_share=b""),
                name="custodian_leaves_no_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.user} ({self.organisation})"


class SealedPart(models.Model):
    """One sealed object of a submission: its text, or one of its files. Never changed."""

    receipt = models.ForeignKey("innovation.Receipt", models.PROTECT, related_name="sealed_parts")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    revision = models.PositiveIntegerField()
    file = models.OneToOneField("core.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("sealed part")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["receipt", "position"], name="sealedpart_position"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} · {self.name}"


class OpeningSession(models.Model):
    """A rehearsal or an opening: who was there, whose shares were used, what opened, what not."""

    key = models.ForeignKey(CallKey, models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=10, choices=SessionKind.choices)
    envelope = models.CharField(max_length=10, choices=Envelope.choices, default=Envelope.WHOLE)
    at = models.DateTimeField()
    led_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_by = models.JSONField(default=list)
    present = models.TextField(_("who is present"), blank=True)
    minute = models.TextField(_("minute"), blank=True)
    opened = models.JSONField(default=list)
    failures = models.JSONField(default=list)

    class Meta:
        verbose_name = _("opening session")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"


class DeadlineException(models.Model):
    """More time for one organisation, by a named person and for a reason."""

    challenge = models.ForeignKey(
        "innovation.Challenge", models.PROTECT, related_name="deadline_exceptions"
    )
    lead = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="+")
    until = models.DateTimeField(_("new deadline"))
    reason = models.TextField(_("reason"))
    authorised_by = models.CharField(_("authorised by (name and office)"), max_length=200)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("exception to a deadline")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.lead}: {self.until:%Y-%m-%d %H:%M}"
