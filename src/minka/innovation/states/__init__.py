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


class ChallengePart(models.TextChoices):
    """Who reads a part of a challenge."""

    PUBLIC = "public", _("Public")
    NDA = "nda", _("Confidential")


class Purchase(models.TextChoices):
    """What follows for a solver whose pilot works."""

    NONE = "none", _("None is promised")
    TALKS = "talks", _("Negotiation with preference")
    CONTRACT = "contract", _("Commitment to buy")


class ApprovalSeat(models.TextChoices):
    """In whose name a challenge is approved before it is published."""

    USER_AREA = "user_area", _("User area")
    REPRESENTATIVE = "representative", _("Representative of the company")
    TEAM = "team", _("Cluster team")


class ApprovalAnswer(models.TextChoices):
    """What a seat answers to a draft."""

    APPROVED = "approved", _("Approved")
    CHANGES = "changes", _("Changes asked for")


class CallPhase(models.TextChoices):
    """Where the clock stands for a published challenge; computed, never stored."""

    UPCOMING = "upcoming", _("Opens soon")
    OPEN = "open", _("Open to proposals")
    CLOSED = "closed", _("In evaluation")
    DECIDED = "decided", _("Decided")


class Protection(models.TextChoices):
    """What keeps the proposals to a call unread until it has closed."""

    SEALED = "sealed", _("Sealed by encryption until the opening")
    ACCESS = "access", _("Hidden by a rule of access until the call closes")


class KeyState(models.TextChoices):
    """The key of a call, from naming its custodians to the opening."""

    PREPARING = "preparing", _("Custodians being named")
    MADE = "made", _("Shares being taken")
    REHEARSED = "rehearsed", _("Rehearsed")
    IN_FORCE = "in_force", _("In force")
    OPENED = "opened", _("Opened")


KEY_REACHED_FROM = {
    KeyState.PREPARING: {KeyState.MADE, KeyState.REHEARSED},
    KeyState.MADE: {KeyState.PREPARING},
    KeyState.REHEARSED: {KeyState.MADE},
    KeyState.IN_FORCE: {KeyState.REHEARSED},
    KeyState.OPENED: {KeyState.IN_FORCE},
}


class SessionKind(models.TextChoices):
    """What custodians come together for."""

    REHEARSAL = "rehearsal", _("Rehearsal")
    OPENING = "opening", _("Opening")


class Envelopes(models.TextChoices):
    """Whether the parts of a proposal open together, or the economic ones later."""

    ONE = "one", _("Everything opens together")
    TWO = "two", _("Economic parts open after the technical evaluation")


class Envelope(models.TextChoices):
    """What a session opens."""

    WHOLE = "whole", _("Whole proposals")
    TECHNICAL = "technical", _("Technical parts")
    ECONOMIC = "economic", _("Economic parts")


class OpeningFailure(models.TextChoices):
    """Why something does not open; none of it says what it holds."""

    NO_RECEIPT = "no_receipt", _("it has no receipt")
    NOT_SIGNED = "not_signed", _("its receipt is not signed by this server")
    RECEIPT_DIFFERS = "receipt_differs", _("its signed receipt says something else than its row")
    NO_ENTRY = "no_entry", _("the ledger has no entry where its receipt says")
    ENTRY_DIFFERS = "entry_differs", _("the entry of the ledger is not the one of its receipt")
    PARTS_DIFFER = "parts_differ", _("its sealed parts are not those of its receipt")
    BYTES_DIFFER = "bytes_differ", _("a sealed part is not the one that was received")
    WRONG_CONTEXT = "wrong_context", _("a sealed part belongs to another proposal or revision")
    DAMAGED = "damaged", _("a sealed part was changed, or is sealed to another key")
    UNREADABLE = "unreadable", _("what was sealed cannot be read")
    LOST = "lost", _("the ledger says that it was received, and it is gone")
    OLDER = "older", _("the ledger knows of a later submission than the one that is here")
    HIDDEN = "hidden", _("the ledger says that it stands, and its row says otherwise")
    LEDGER_BROKEN = "ledger_broken", _("the ledger is not whole")


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


class PartnerState(models.TextChoices):
    """Whether an organisation is in a consortium."""

    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    LEFT = "left", _("Left")


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


SET_ASIDE_FROM = {  # by the team, who found a conflict; scores that were given then do not count
    AssignmentState.ASSIGNED,
    AssignmentState.CLEARED,
    AssignmentState.SCORED,
}
ASSIGNMENT_OPEN = {AssignmentState.ASSIGNED, AssignmentState.CLEARED}


class EvaluatorKind(models.TextChoices):
    """From which side somebody looks at a proposal."""

    TECHNICAL = "technical", _("Technical: an expert")
    OPERATIONAL = "operational", _("Operational: a user area")


class Gate(models.TextChoices):
    """What an evaluator says whether it is feasible: each side has its own criteria."""

    TECHNICAL = "technical", _("Technical feasibility")
    OPERATIONAL = "operational", _("Operational feasibility")


class Confidence(models.IntegerChoices):
    """How sure an evaluator is of what they gave."""

    LOW = 1, _("Little: it is at the edge of what I know")
    MEDIUM = 2, _("Fair: I know the subject")
    HIGH = 3, _("High: it is what I work on")


class CheckKind(models.TextChoices):
    """What a check is about."""

    HSE = "hse", _("Health, safety and environment")
    PROCUREMENT = "procurement", _("Procurement")


class BlindMode(models.TextChoices):
    """Who knows whom while proposals are evaluated, and after."""

    OPEN = "open", _("Open: the solver reads who evaluated, once decisions are released")
    SINGLE = "single", _("Single-blind: the solver never learns who evaluated")
    DOUBLE = "double", _("Double-blind: nor do evaluators learn whose proposal it is")


class InquiryState(models.TextChoices):
    """A question to the solver on its way through the team, and back."""

    ASKED = "asked", _("With the cluster team")
    FORWARDED = "forwarded", _("With the solver")
    ANSWERED = "answered", _("Answered, being redacted")
    SHOWN = "shown", _("Answer given")
    DECLINED = "declined", _("Not forwarded")


INQUIRY_REACHED_FROM = {
    InquiryState.FORWARDED: {InquiryState.ASKED},
    InquiryState.DECLINED: {InquiryState.ASKED},
    InquiryState.ANSWERED: {InquiryState.FORWARDED},
    InquiryState.SHOWN: {InquiryState.FORWARDED, InquiryState.ANSWERED},
}


class EvaluatorScope(models.TextChoices):
    """Where an expert comes from."""

    NATIONAL = "national", _("National expert")
    INTERNATIONAL = "international", _("International expert")


class Ground(models.TextChoices):
    """What makes a conflict of interest, the gravest first."""

    ORGANISATION = "organisation", _("belongs to the organisation")
    PARTNER = "partner", _("belongs to a partner of the consortium")
    GROUP = "group", _("belongs to the same group of companies")
    DECLARED = "declared", _("was declared")
    MAIL = "mail", _("has an e-mail address of the organisation")
    CO_PROPOSAL = "co_proposal", _("proposed together")
    CONTRACT = "contract", _("has or had a contract")
    TIE = "tie", _("has a tie on the map")


WAIVABLE = frozenset(Ground) - {Ground.ORGANISATION, Ground.PARTNER, Ground.DECLARED}


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


class QuestionState(models.TextChoices):
    """A question about a challenge: nothing written yet, an answer drafted, public, or declined."""

    WAITING = "waiting", _("Waiting for an answer")
    DRAFTED = "drafted", _("Answer drafted")
    PUBLISHED = "published", _("Published with its answer")
    DECLINED = "declined", _("Not answered in public")


QUESTION_REACHED_FROM = {
    QuestionState.DRAFTED: {QuestionState.WAITING, QuestionState.DRAFTED},
    QuestionState.PUBLISHED: {QuestionState.WAITING, QuestionState.DRAFTED},
    QuestionState.DECLINED: {QuestionState.WAITING, QuestionState.DRAFTED},
}
QUESTION_OPEN = {QuestionState.WAITING, QuestionState.DRAFTED}
