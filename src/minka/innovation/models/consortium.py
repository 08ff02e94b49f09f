"""Who proposes together, and where organisations look for each other."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.states import PartnerState as S
from minka.innovation.states.partners import LetterEnd


class Partner(models.Model):
    """An organisation asked into a proposal. What is not the partners' share is the lead's.

    `counts` says that it was in the consortium when the proposal was last handed in, which is what
    evaluation goes by. Change `state` only through `minka.innovation.actions.consortium`.
    """

    proposal = models.ForeignKey("innovation.Proposal", models.CASCADE, related_name="partners")
    actor = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="partnerships")
    share = models.PositiveSmallIntegerField(_("share of the work (%)"))
    does = models.CharField(_("what it does in the work"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=S.choices, default=S.ASKED)
    counts = models.BooleanField(default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("partner of a proposal")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "actor"],
                condition=Q(state__in=[S.ASKED, S.ACCEPTED]),
                name="partner_once",
                violation_error_message=_("This organisation has been asked already."),
            ),
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=99), name="partner_share_of_a_hundred"
            ),
        ]

    def __str__(self) -> str:
        return str(self.actor)


class PartnerLetter(models.Model):
    """Somebody is asked by e-mail to bring an organisation into a proposal, by a link that ends.

    The link opens a page; only the address that was written to answers for an organisation. The
    address is kept while the letter waits for its answer, and not a moment longer.
    """

    proposal = models.ForeignKey(
        "innovation.Proposal", models.CASCADE, related_name="partner_letters"
    )
    organisation = models.CharField(_("organisation"), max_length=250)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="es")
    share = models.PositiveSmallIntegerField(_("share of the work (%)"))
    does = models.CharField(_("what it does in the work"), max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)  # given up after that
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=LetterEnd.choices, blank=True)
    partner = models.OneToOneField(
        Partner, models.PROTECT, null=True, blank=True, related_name="letter"
    )

    class Meta:
        verbose_name = _("letter to a partner")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "proposal",
                Lower("email"),
                condition=Q(ended_at__isnull=True),
                name="partnerletter_once_per_address",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) ^ Q(email=""),
                name="partnerletter_address_until_its_end",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) ^ ~Q(ending=""),
                name="partnerletter_ends_somehow",
            ),
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=99), name="partnerletter_share_of_a_hundred"
            ),
        ]

    def __str__(self) -> str:
        return self.organisation

    def is_open(self, *, at: datetime | None = None) -> bool:
        """Whether it can still be answered at this moment (or `at` another)."""
        return self.ended_at is None and (at or timezone.now()) < self.expires_at


class PartnerPost(models.Model):
    """What an organisation offers and looks for, to answer one challenge together."""

    challenge = models.ForeignKey(
        "innovation.Challenge", models.CASCADE, related_name="partner_posts"
    )
    actor = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="partner_posts")
    offers = models.TextField(_("what you offer"))
    seeks = models.TextField(_("what you look for"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("search for a partner")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "actor"],
                condition=Q(removed_at__isnull=True),
                name="partnerpost_one_per_organisation",
            )
        ]

    def __str__(self) -> str:
        return str(self.actor)


class PartnerMessage(models.Model):
    """One message between whoever posted and one other organisation; only these two read it."""

    post = models.ForeignKey(PartnerPost, models.CASCADE, related_name="messages")
    other = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="+")
    is_answer = models.BooleanField(default=False)
    text = models.TextField(_("message"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("message about a partner")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.post} · {self.other}"
