"""An operational problem, stated by the user area of a mining company."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.models.problem_details import ProblemDetails
from minka.innovation.states import ProblemState as S


class Problem(ProblemDetails):
    """Change `state` only through `minka.innovation.actions.problems` and `shortlist`.

    Without an author it is with whoever holds the link of `invitation`. A problem that several
    companies joined has `parents`, and all but the first of its companies as `partners`.
    """

    edition = models.ForeignKey("innovation.Edition", models.PROTECT, related_name="problems")
    company = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="problems")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    invitation = models.ForeignKey(
        "innovation.IntakeInvitation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="problems",
    )
    handed_over_at = models.DateTimeField(null=True, blank=True)
    parents = models.ManyToManyField("self", symmetrical=False, related_name="joined_in")
    partners = models.ManyToManyField("knowledge.Actor", related_name="joint_problems")
    site = models.CharField(_("site"), max_length=120, blank=True)
    user_area = models.CharField(_("user area"), max_length=80, blank=True)
    sponsor = models.CharField(_("sponsor in the company"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=200)
    what_happens = models.TextField(_("what happens"), blank=True)
    stage = models.ForeignKey(
        "knowledge.Theme",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("where in the value chain"),
    )
    themes = models.ManyToManyField("knowledge.Theme", blank=True, related_name="problems")
    yearly_cost_usd = models.DecimalField(
        _("cost per year (US$)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    cost_basis = models.TextField(_("how the cost is known"), blank=True)
    pilot_usd = models.DecimalField(
        _("cost of a pilot (US$)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    tried = models.TextField(_("what was tried and why it failed"), blank=True)
    constraints_text = models.TextField(_("constraints"), blank=True)
    success_measure = models.TextField(_("how success is measured"), blank=True)
    language = models.CharField(max_length=2, default="es")
    state = models.CharField(max_length=18, choices=S.choices, default=S.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    triage_reason = models.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("problem")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="problem_has_title"),
            models.CheckConstraint(
                condition=Q(yearly_cost_usd__isnull=True) | Q(yearly_cost_usd__gte=0),
                name="problem_cost_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(pilot_usd__isnull=True) | Q(pilot_usd__gte=0),
                name="problem_pilot_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(state=S.DRAFT) | Q(submitted_at__isnull=False),
                name="problem_dated_once_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.DECLINED, S.NEEDS_INFORMATION]) | ~Q(triage_reason=""),
                name="problem_reason_iff_answered",
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=False) | Q(state=S.DRAFT, invitation__isnull=False),
                name="problem_somebody_answers_for_it",
            ),
            models.CheckConstraint(
                condition=(Q(trl_entry__isnull=True) | Q(trl_entry__gte=1, trl_entry__lte=9))
                & (Q(trl_exit__isnull=True) | Q(trl_exit__gte=1, trl_exit__lte=9)),
                name="problem_trl_in_scale",
            ),
        ]
        indexes = [models.Index(fields=["edition", "state"], name="problem_by_state")]

    def __str__(self) -> str:
        return self.title


class ProblemMove(models.Model):
    """One step in the life of a problem: what it became, by whom, when, and in what words."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=18, choices=S.choices)
    words = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("step of a problem")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_state_display()} ({self.at:%Y-%m-%d})"


class Rating(models.Model):
    """What one representative makes of one problem by one criterion, 1 to 5."""

    problem = models.ForeignKey(Problem, models.CASCADE, related_name="ratings")
    criterion = models.ForeignKey(
        "innovation.RatingCriterion", models.PROTECT, related_name="ratings"
    )
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    comment = models.CharField(max_length=500, blank=True)
    rated_at = models.DateTimeField(default=timezone.now)
    is_own_company = models.BooleanField(
        default=False, help_text="The rater acted for the company that has the problem."
    )

    class Meta:
        verbose_name = _("rating")
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "criterion", "rater"], name="rating_once_per_rater"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=1, points__lte=5), name="rating_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points}"
