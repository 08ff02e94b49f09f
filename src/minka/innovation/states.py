"""Lives of problems, challenges, proposals and evaluations: what may follow what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProblemState(models.TextChoices):
    """From a user area's draft to a published challenge."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("To be triaged")
    NEEDS_INFORMATION = "needs_information", _("More information asked for")
    ACCEPTED = "accepted", _("Accepted for rating")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    CHALLENGED = "challenged", _("Became a challenge")
    DECLINED = "declined", _("Not taken up")
    MERGED = "merged", _("Joined with others")


PROBLEM_REACHED_FROM = {
    ProblemState.SUBMITTED: {ProblemState.DRAFT, ProblemState.NEEDS_INFORMATION},
    ProblemState.NEEDS_INFORMATION: {ProblemState.SUBMITTED},
    ProblemState.ACCEPTED: {ProblemState.SUBMITTED, ProblemState.SHORTLISTED},
    ProblemState.DECLINED: {ProblemState.SUBMITTED, ProblemState.ACCEPTED},
    ProblemState.SHORTLISTED: {ProblemState.ACCEPTED},
    ProblemState.CHALLENGED: {ProblemState.SHORTLISTED},
    ProblemState.MERGED: {
        ProblemState.SUBMITTED,
        ProblemState.NEEDS_INFORMATION,
        ProblemState.ACCEPTED,
    },
}
PROBLEM_EDITABLE = {ProblemState.DRAFT, ProblemState.NEEDS_INFORMATION}


class ChallengeState(models.TextChoices):
    """A challenge is drafted, published, and its decisions are released; the call has its dates."""

    DRAFT = "draft", _("In preparation")
    PUBLISHED = "published", _("Published")
    DECIDED = "decided", _("Decided")


CHALLENGE_REACHED_FROM = {
    ChallengeState.PUBLISHED: {ChallengeState.DRAFT},
    ChallengeState.DECIDED: {ChallengeState.PUBLISHED},
}


class CallPhase(models.TextChoices):
    """Where the clock stands for a published challenge; computed, never stored."""

    UPCOMING = "upcoming", _("Opens soon")
    OPEN = "open", _("Open to proposals")
    CLOSED = "closed", _("In evaluation")
    DECIDED = "decided", _("Decided")


class ProposalState(models.TextChoices):
    """From a draft to an answer."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PROPOSAL_REACHED_FROM = {
    ProposalState.SUBMITTED: {ProposalState.DRAFT},
    ProposalState.DRAFT: {ProposalState.SUBMITTED},
    ProposalState.WITHDRAWN: {ProposalState.DRAFT, ProposalState.SUBMITTED},
}


class AssignmentState(models.TextChoices):
    """An evaluator declares first, reads after, scores last."""

    ASSIGNED = "assigned", _("Declaration of interests pending")
    CLEARED = "cleared", _("To be scored")
    CONFLICTED = "conflicted", _("Conflict of interest declared")
    SCORED = "scored", _("Scored")


ASSIGNMENT_REACHED_FROM = {
    AssignmentState.CLEARED: {AssignmentState.ASSIGNED},
    AssignmentState.CONFLICTED: {AssignmentState.ASSIGNED, AssignmentState.CLEARED},
    AssignmentState.SCORED: {AssignmentState.CLEARED},
}


class Outcome(models.TextChoices):
    """What was decided on a proposal."""

    SELECTED = "selected", _("Selected")
    RESERVE = "reserve", _("Reserve list")
    NOT_SELECTED = "not_selected", _("Not selected")


class Trl(models.IntegerChoices):
    """Technology readiness levels, as ISO 16290 and Horizon Europe name them."""

    PRINCIPLES = 1, _("1 · Basic principles observed")
    CONCEPT = 2, _("2 · Concept formulated")
    PROOF = 3, _("3 · Proof of concept")
    LABORATORY = 4, _("4 · Validated in the laboratory")
    RELEVANT = 5, _("5 · Validated in a relevant environment")
    DEMONSTRATED = 6, _("6 · Demonstrated in a relevant environment")
    PROTOTYPE = 7, _("7 · Prototype demonstrated in operation")
    QUALIFIED = 8, _("8 · Complete and qualified")
    PROVEN = 9, _("9 · Proven in operation")


class Urgency(models.TextChoices):
    """How soon an answer is needed, each with what it means."""

    LOW = "low", _("Low: it can wait for the next edition")
    MEDIUM = "medium", _("Medium: within eighteen months")
    HIGH = "high", _("High: within a year; losses grow meanwhile")
    CRITICAL = "critical", _("Critical: within six months; safety or continuity is at stake")


class Tier(models.TextChoices):
    """Who reads a part of a problem, from the fewest to the most."""

    COMPANY = "company", _("Only your company")
    TEAM = "team", _("Your company and the cluster team")
    SOLVERS = "solvers", _("Also solvers who accepted confidentiality")
    PUBLIC = "public", _("Everybody, once the challenge is published")

    @property
    def breadth(self) -> int:
        """How wide it is: 0 for the company alone."""
        return list(Tier).index(self)


class MergeState(models.TextChoices):
    """A proposal to join problems: being asked, agreed by all, refused by somebody, taken back."""

    ASKING = "asking", _("Waiting for answers")
    AGREED = "agreed", _("All agreed")
    REFUSED = "refused", _("Somebody did not agree")
    WITHDRAWN = "withdrawn", _("Taken back")


MERGE_REACHED_FROM = {
    MergeState.AGREED: {MergeState.ASKING},
    MergeState.REFUSED: {MergeState.ASKING},
    MergeState.WITHDRAWN: {MergeState.ASKING},
}


class ConsentState(models.TextChoices):
    """What one company answers about joining forces."""

    ASKED = "asked", _("No answer yet")
    YES = "yes", _("Agrees")
    NO = "no", _("Does not agree")


class StudyState(models.TextChoices):
    """What is made in the background of a shortlist study: its draws, its decision pack."""

    WAITING = "waiting", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")


STUDY_REACHED_FROM = {
    StudyState.READY: {StudyState.WAITING},
    StudyState.FAILED: {StudyState.WAITING},
    StudyState.WAITING: {StudyState.FAILED},
}
