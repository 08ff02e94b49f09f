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


PROBLEM_REACHED_FROM = {
    ProblemState.SUBMITTED: {ProblemState.DRAFT, ProblemState.NEEDS_INFORMATION},
    ProblemState.NEEDS_INFORMATION: {ProblemState.SUBMITTED},
    ProblemState.ACCEPTED: {ProblemState.SUBMITTED, ProblemState.SHORTLISTED},
    ProblemState.DECLINED: {ProblemState.SUBMITTED, ProblemState.ACCEPTED},
    ProblemState.SHORTLISTED: {ProblemState.ACCEPTED},
    ProblemState.CHALLENGED: {ProblemState.SHORTLISTED},
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
