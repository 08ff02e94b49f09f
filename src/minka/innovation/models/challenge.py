"""A challenge: one or more problems, published for answers during a call."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.models.challenge_details import ChallengeDetails
from minka.innovation.states import (
    CallPhase,
    ChallengeState,
    Envelopes,
    Gate,
    Protection,
    Trl,
)

S = ChallengeState


class Challenge(ChallengeDetails):
    """Change `state` only through `minka.innovation.actions.challenges` and `decisions`."""

    edition = models.ForeignKey("innovation.Edition", models.PROTECT, related_name="challenges")
    problems = models.ManyToManyField("innovation.Problem", related_name="challenges")
    slug = models.SlugField(max_length=90, unique=True)
    title_es = models.CharField(_("title in Spanish"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    summary_es = models.TextField(_("summary in Spanish"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    background_es = models.TextField(_("background in Spanish"), blank=True)
    background_en = models.TextField(_("background in English"), blank=True)
    sought_es = models.TextField(_("what is sought, in Spanish"), blank=True)
    sought_en = models.TextField(_("what is sought, in English"), blank=True)
    not_sought_es = models.TextField(_("what is not sought, in Spanish"), blank=True)
    not_sought_en = models.TextField(_("what is not sought, in English"), blank=True)
    success_es = models.TextField(_("measure of success, in Spanish"), blank=True)
    success_en = models.TextField(_("measure of success, in English"), blank=True)
    incentives_es = models.TextField(_("incentives, in Spanish"), blank=True)
    incentives_en = models.TextField(_("incentives, in English"), blank=True)
    terms_es = models.TextField(_("terms, in Spanish"), blank=True)
    terms_en = models.TextField(_("terms, in English"), blank=True)
    themes = models.ManyToManyField("knowledge.Theme", blank=True, related_name="challenges")
    trl_minimum = models.PositiveSmallIntegerField(
        _("readiness asked for (TRL)"), choices=Trl.choices, null=True, blank=True
    )
    names_company = models.BooleanField(_("name the company in public"), default=False)
    state = models.CharField(max_length=10, choices=S.choices, default=S.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    appeal_days = models.PositiveSmallIntegerField(
        _("days to ask for clarification or to appeal"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("challenge")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(trl_minimum__isnull=True) | Q(trl_minimum__gte=1, trl_minimum__lte=9),
                name="challenge_trl_in_scale",
            ),
            models.CheckConstraint(
                condition=Q(state=S.DRAFT) ^ Q(published_at__isnull=False),
                name="challenge_dated_iff_published",
            ),
            models.CheckConstraint(
                condition=Q(state=S.DECIDED) ^ Q(released_at__isnull=True),
                name="challenge_released_iff_decided",
            ),
            models.CheckConstraint(
                condition=Q(pilot_budget_usd__isnull=True) | Q(pilot_budget_usd__gt=0),
                name="challenge_pilot_budget_positive",
            ),
            models.CheckConstraint(
                condition=Q(partners_max__isnull=True)
                | Q(partners_max__gte=1, consortium_allowed=True),
                name="challenge_partners_iff_consortium",
            ),
        ]

    def __str__(self) -> str:
        return self.title_es


class Call(models.Model):
    """The window in which proposals are accepted: from `opens_at` until before `closes_at`.

    The days around it are what is promised to solvers; they bind nobody but the cluster.
    """

    challenge = models.OneToOneField(Challenge, models.CASCADE, related_name="call")
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    questions_until = models.DateTimeField(_("questions until"), null=True, blank=True)
    evaluation_until = models.DateField(_("evaluation until"), null=True, blank=True)
    decision_on = models.DateField(_("decision announced"), null=True, blank=True)
    pilot_from = models.DateField(_("pilot starts"), null=True, blank=True)
    protection = models.CharField(
        _("how proposals are protected"),
        max_length=8,
        choices=Protection.choices,
        default=Protection.SEALED,
    )
    envelopes = models.CharField(
        _("what opens when"), max_length=4, choices=Envelopes.choices, default=Envelopes.ONE
    )
    economic_from = models.DateTimeField(_("economic parts not before"), null=True, blank=True)
    shows_count = models.BooleanField(
        _("tell everybody how many proposals were received"), default=False
    )

    class Meta:
        verbose_name = _("call")
        constraints = [
            models.CheckConstraint(
                condition=Q(envelopes=Envelopes.ONE) | Q(protection=Protection.SEALED),
                name="call_envelopes_only_if_sealed",
            ),
            models.CheckConstraint(
                condition=Q(economic_from__isnull=True) | Q(envelopes=Envelopes.TWO),
                name="call_economic_date_only_with_envelopes",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(questions_until__isnull=True) | Q(questions_until__lt=F("closes_at")),
                name="call_questions_end_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(evaluation_until__isnull=True)
                | Q(decision_on__isnull=True)
                | Q(decision_on__gte=F("evaluation_until")),
                name="call_decides_after_evaluating",
            ),
            models.CheckConstraint(
                condition=Q(decision_on__isnull=True)
                | Q(pilot_from__isnull=True)
                | Q(pilot_from__gte=F("decision_on")),
                name="call_pilot_after_deciding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opens_at:%Y-%m-%d} – {self.closes_at:%Y-%m-%d}"

    def is_open(self) -> bool:
        """True while proposals are accepted; the instant of closing is already too late."""
        return self.opens_at <= timezone.now() < self.closes_at

    @property
    def is_sealed(self) -> bool:
        """True when proposals are sealed by encryption, not only hidden."""
        return self.protection == Protection.SEALED

    @property
    def has_envelopes(self) -> bool:
        """True when the economic parts open later than the others."""
        return self.envelopes == Envelopes.TWO

    @property
    def phase(self) -> CallPhase:
        """Where the clock stands for a challenge that is published."""
        if self.challenge.state == S.DECIDED:
            return CallPhase.DECIDED
        now = timezone.now()
        if now < self.opens_at:
            return CallPhase.UPCOMING
        return CallPhase.OPEN if now < self.closes_at else CallPhase.CLOSED


class Criterion(models.Model):
    """What the proposals to a challenge are scored by; weights are shares of the sum.

    `gate` says who scores by it; empty, everybody does.
    """

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name_es = models.CharField(_("name in Spanish"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    meaning_es = models.CharField(_("meaning in Spanish"), max_length=300, blank=True)
    meaning_en = models.CharField(_("meaning in English"), max_length=300, blank=True)
    low_es = models.CharField(_("1 means, in Spanish"), max_length=200, blank=True)
    low_en = models.CharField(_("1 means, in English"), max_length=200, blank=True)
    high_es = models.CharField(_("5 means, in Spanish"), max_length=200, blank=True)
    high_en = models.CharField(_("5 means, in English"), max_length=200, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"))
    gate = models.CharField(_("gate"), max_length=11, choices=Gate.choices, blank=True)

    class Meta:
        verbose_name = _("criterion")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "position"], name="criterion_position"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="criterion_weighs"),
        ]

    def __str__(self) -> str:
        return self.name_es
