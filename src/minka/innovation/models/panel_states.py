"""Lives of a panel, its motions, its minutes and of what solvers ask afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from minka.methods.assembly import MajorityRule, QuorumRule


class PanelState(models.TextChoices):
    """A session is prepared, called, held and closed."""

    PREPARING = "preparing", _("Being prepared")
    CALLED = "called", _("Called")
    OPEN = "open", _("In session")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


PANEL_REACHED_FROM = {
    PanelState.CALLED: {PanelState.PREPARING},
    PanelState.OPEN: {PanelState.CALLED},
    PanelState.CLOSED: {PanelState.OPEN},
    PanelState.CANCELLED: {PanelState.PREPARING, PanelState.CALLED},
}
PANEL_BEFORE = {PanelState.PREPARING, PanelState.CALLED}


class QuorumChoice(models.TextChoices):
    """Who has to be there, of those with the right to vote."""

    MORE_THAN_HALF = QuorumRule.MORE_THAN_HALF.value, _("More than half of those with a vote")
    TWO_THIRDS = QuorumRule.TWO_THIRDS.value, _("Two thirds of those with a vote")
    ALL = QuorumRule.ALL.value, _("All who have a vote")


class MajorityChoice(models.TextChoices):
    """What carries a motion."""

    SIMPLE = MajorityRule.SIMPLE.value, _("More votes for than against")
    PRESENT = MajorityRule.PRESENT.value, _("More than half of those present with a vote")
    TWO_THIRDS = MajorityRule.TWO_THIRDS.value, _("Two thirds of the votes for and against")
    UNANIMOUS = MajorityRule.UNANIMOUS.value, _("Nobody against")


class Office(models.TextChoices):
    """What somebody does at the table."""

    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")
    MEMBER = "member", _("Member")
    GUEST = "guest", _("Guest")


class Attendance(models.TextChoices):
    """Where somebody is while the panel sits."""

    EXPECTED = "expected", _("Expected")
    PRESENT = "present", _("Present in the room")
    REMOTE = "remote", _("Present by link")
    ABSENT = "absent", _("Absent")
    LEFT = "left", _("Left during the session")


THERE = {Attendance.PRESENT, Attendance.REMOTE}
CAME = {*THERE, Attendance.LEFT}


class ItemState(models.TextChoices):
    """What became of an item of the agenda."""

    WAITING = "waiting", _("To be dealt with")
    RESOLVED = "resolved", _("Resolved")
    POSTPONED = "postponed", _("Postponed")


class MotionState(models.TextChoices):
    """A motion is voted on, and carried or not."""

    OPEN = "open", _("Being voted on")
    CARRIED = "carried", _("Carried")
    TIED = "tied", _("Not carried: a tie")
    LOST = "lost", _("Not carried")


class Ballot(models.TextChoices):
    """How one votes."""

    FOR = "for", _("In favour")
    AGAINST = "against", _("Against")
    ABSTAIN = "abstain", _("Abstention")


class MinutesState(models.TextChoices):
    """Minutes are written, and fixed when everybody who was there has approved them."""

    DRAFT = "draft", _("Draft, to be approved")
    FIXED = "fixed", _("Approved and fixed")


class AppealKind(models.TextChoices):
    """What a solver asks for after the decision."""

    CLARIFICATION = "clarification", _("Clarification")
    APPEAL = "appeal", _("Appeal")


class AppealState(models.TextChoices):
    """Received, being looked at, answered."""

    RECEIVED = "received", _("Received")
    IN_REVIEW = "in_review", _("In review")
    ANSWERED = "answered", _("Answer given")


APPEAL_REACHED_FROM = {
    AppealState.IN_REVIEW: {AppealState.RECEIVED, AppealState.IN_REVIEW},
    AppealState.ANSWERED: {AppealState.IN_REVIEW},
}


class Finding(models.TextChoices):
    """What was found about what was asked."""

    EXPLAINED = "explained", _("Explained")
    UPHELD = "upheld", _("Upheld")
    PARTLY = "partly", _("Upheld in part")
    DISMISSED = "dismissed", _("Dismissed")


FINDINGS = {
    AppealKind.CLARIFICATION: {Finding.EXPLAINED},
    AppealKind.APPEAL: {Finding.UPHELD, Finding.PARTLY, Finding.DISMISSED},
}
REOPENS = {Finding.UPHELD, Finding.PARTLY}
