"""A panel session: who sits, what is dealt with, what was moved, how it was voted, its minutes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.models.panel_states import (
    CAME,
    THERE,
    Attendance,
    Ballot,
    ItemState,
    MajorityChoice,
    MinutesState,
    MotionState,
    Office,
    PanelState,
    QuorumChoice,
)
from minka.innovation.states import Outcome


class PanelSession(models.Model):
    """Changed only by `actions.panels` and `actions.panel_votes`."""

    edition = models.ForeignKey("innovation.Edition", models.PROTECT, related_name="panels")
    challenges = models.ManyToManyField("innovation.Challenge", related_name="panels")
    title = models.CharField(_("title"), max_length=160)
    starts_at = models.DateTimeField(_("date and time"))
    place = models.CharField(_("meeting place"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=300, blank=True)
    quorum_rule = models.CharField(
        _("quorum"), max_length=16, choices=QuorumChoice.choices,
        default=QuorumChoice.MORE_THAN_HALF,
    )  # fmt: skip
    majority_rule = models.CharField(
        _("majority"), max_length=16, choices=MajorityChoice.choices,
        default=MajorityChoice.SIMPLE,
    )  # fmt: skip
    is_named = models.BooleanField(_("votes are kept by name"), default=True)
    state = models.CharField(
        max_length=10, choices=PanelState.choices, default=PanelState.PREPARING
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    called_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("panel session")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=PanelState.CLOSED) | Q(closed_at__isnull=False),
                name="panelsession_dated_when_closed",
            ),
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(link=""), name="panelsession_is_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PanelSeat(models.Model):
    """Somebody at the table, with or without a vote, and where they were."""

    session = models.ForeignKey(PanelSession, models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="panel_seats")
    office = models.CharField(_("office"), max_length=10, choices=Office.choices)
    votes = models.BooleanField(_("has a vote"), default=True)
    attendance = models.CharField(
        max_length=10, choices=Attendance.choices, default=Attendance.EXPECTED
    )
    attended_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("seat at a panel")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="panelseat_once"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(office=Office.CHAIR), name="panelseat_one_chair"
            ),
            models.CheckConstraint(
                condition=~Q(office=Office.GUEST) | Q(votes=False), name="panelseat_guests_listen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.session}"

    @property
    def is_there(self) -> bool:
        """True while they take part."""
        return self.attendance in THERE

    @property
    def came(self) -> bool:
        """True for whoever was there at all."""
        return self.attendance in CAME


class AgendaItem(models.Model):
    """A proposal, or a free item. `standing` is where the proposal stood when it was put there."""

    session = models.ForeignKey(PanelSession, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    proposal = models.ForeignKey(
        "innovation.Proposal", models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    standing = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.WAITING)
    said = models.TextField(_("what was said and resolved"), blank=True)
    reason = models.TextField(_("why it was postponed"), blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("item of the agenda")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "proposal"], name="agendaitem_once"),
            models.CheckConstraint(
                condition=Q(proposal__isnull=False) | ~Q(title=""), name="agendaitem_is_something"
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.POSTPONED) | ~Q(reason=""),
                name="agendaitem_postponed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.proposal)


class PanelRecusal(models.Model):
    """Somebody left for one item, and why, in both languages."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="recusals")
    seat = models.ForeignKey(PanelSeat, models.CASCADE, related_name="recusals")
    why_es = models.TextField()
    why_en = models.TextField()
    is_declared = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("interest declared at a panel")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "seat"], name="panelrecusal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seat} · {self.item}"


class Motion(models.Model):
    """What is proposed to be decided on a proposal, and how it was voted."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="motions")
    outcome = models.CharField(_("decision"), max_length=12, choices=Outcome.choices)
    reason = models.TextField(_("reason, for the record"))
    strengths = models.TextField(_("what convinced"), blank=True)
    feedback = models.TextField(_("advice for the supplier"))
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    put_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=MotionState.choices, default=MotionState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    in_favour = models.PositiveSmallIntegerField(null=True, blank=True)
    against = models.PositiveSmallIntegerField(null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(null=True, blank=True)
    present = models.PositiveSmallIntegerField(null=True, blank=True)
    entitled = models.PositiveSmallIntegerField(null=True, blank=True)
    needed = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("motion")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state=MotionState.OPEN), name="motion_one_open"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state=MotionState.CARRIED), name="motion_one_carried"
            ),
            models.CheckConstraint(
                condition=Q(state=MotionState.OPEN) ^ Q(closed_at__isnull=False),
                name="motion_dated_iff_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_outcome_display()}"


class PanelVote(models.Model):
    """One vote of one member on one motion; the first one counts and stays."""

    motion = models.ForeignKey(Motion, models.CASCADE, related_name="votes")
    seat = models.ForeignKey(PanelSeat, models.PROTECT, related_name="votes_given")
    ballot = models.CharField(max_length=8, choices=Ballot.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("vote")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["motion", "seat"], name="panelvote_once"),
        ]

    def __str__(self) -> str:
        return self.get_ballot_display()


class PanelMinutes(models.Model):
    """The minutes of a session; fixed when all who were there have approved the last revision."""

    session = models.OneToOneField(PanelSession, models.PROTECT, related_name="minutes")
    state = models.CharField(max_length=8, choices=MinutesState.choices, default=MinutesState.DRAFT)
    number = models.PositiveSmallIntegerField(default=0)
    fixed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("minutes")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MinutesState.FIXED) ^ Q(fixed_at__isnull=True),
                name="panelminutes_dated_iff_fixed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.session)


class MinutesRevision(models.Model):
    """The minutes as they stood once: `content` in plain values, in no language of its own."""

    minutes = models.ForeignKey(PanelMinutes, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    why = models.TextField(_("what was corrected"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("revision of minutes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="minutesrevision_number"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} · {self.number}"


class MinutesApproval(models.Model):
    """Somebody who was there approved one revision."""

    revision = models.ForeignKey(MinutesRevision, models.PROTECT, related_name="approvals")
    seat = models.ForeignKey(PanelSeat, models.PROTECT, related_name="approvals")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("approval of minutes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "seat"], name="minutesapproval_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seat} · {self.revision}"
