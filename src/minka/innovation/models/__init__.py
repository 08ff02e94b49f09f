"""Nouns of open innovation."""

from minka.innovation.models.agreement import (
    Agreement,
    AgreementApproval,
    AgreementParty,
    AgreementSignature,
    AgreementVersion,
)
from minka.innovation.models.agreement_plan import (
    BudgetLine,
    HseCondition,
    Kpi,
    KpiReading,
    Milestone,
    MilestoneChange,
    MilestoneReport,
    Payment,
    ReportFile,
    Risk,
)
from minka.innovation.models.agreement_results import (
    AgreementLesson,
    AgreementTrl,
    CapabilityMark,
    YearFigures,
)
from minka.innovation.models.challenge import Call, Challenge, Criterion
from minka.innovation.models.challenge_papers import (
    ChallengeApproval,
    ChallengeDocument,
    ChallengeVersion,
    NdaAcceptance,
    NdaOpening,
    NdaText,
)
from minka.innovation.models.consortium import (
    Partner,
    PartnerLetter,
    PartnerMessage,
    PartnerPost,
)
from minka.innovation.models.draft_together import DraftVersion, Presence
from minka.innovation.models.edition import Edition, RatingCriterion, ShortlistChoice
from minka.innovation.models.eligibility import (
    CorrectionFile,
    CorrectionRequest,
    EligibilityCheck,
)
from minka.innovation.models.evaluation import Assignment, Decision, Score
from minka.innovation.models.evaluators import (
    Absence,
    ConflictWaiver,
    Discussion,
    EvaluatorProfile,
    Interest,
)
from minka.innovation.models.intake import (
    IntakeInvitation,
    MergeConsent,
    MergeProposal,
    ProblemComment,
    ProblemFile,
    ProblemVersion,
)
from minka.innovation.models.invitation import SolverInvitation
from minka.innovation.models.letters import (
    Appeal,
    DecisionLetter,
    FormerDecision,
    FundingScenario,
)
from minka.innovation.models.panel import (
    AgendaItem,
    MinutesApproval,
    MinutesRevision,
    Motion,
    PanelMinutes,
    PanelRecusal,
    PanelSeat,
    PanelSession,
    PanelVote,
)
from minka.innovation.models.presentation import ChallengePresentation
from minka.innovation.models.problem import Problem, ProblemMove, Rating
from minka.innovation.models.proposal import Attachment, Proposal, Receipt
from minka.innovation.models.question import ChallengeFollower, ChallengeQuestion
from minka.innovation.models.resharing import Resharing
from minka.innovation.models.scoring import (
    CheckAnswer,
    EvaluationCheck,
    EvaluationTerms,
    Inquiry,
    PrivateNote,
    RedactedCopy,
    RedactedFile,
    ScoreChange,
)
from minka.innovation.models.sealing import (
    CallKey,
    Custodian,
    DeadlineException,
    OpeningSession,
    SealedPart,
)
from minka.innovation.models.study import (
    CriteriaComparison,
    DecisionPack,
    ShortlistStudy,
    StudyOverruling,
)
from minka.innovation.models.workshop import ProblemSheet, Workshop, WorkshopCard

__all__ = [
    "Absence",
    "AgendaItem",
    "Agreement",
    "AgreementApproval",
    "AgreementLesson",
    "AgreementParty",
    "AgreementSignature",
    "AgreementTrl",
    "AgreementVersion",
    "Appeal",
    "Assignment",
    "Attachment",
    "BudgetLine",
    "Call",
    "CallKey",
    "CapabilityMark",
    "Challenge",
    "ChallengeApproval",
    "ChallengeDocument",
    "ChallengeFollower",
    "ChallengePresentation",
    "ChallengeQuestion",
    "ChallengeVersion",
    "CheckAnswer",
    "ConflictWaiver",
    "CorrectionFile",
    "CorrectionRequest",
    "CriteriaComparison",
    "Criterion",
    "Custodian",
    "DeadlineException",
    "Decision",
    "DecisionLetter",
    "DecisionPack",
    "Discussion",
    "DraftVersion",
    "Edition",
    "EligibilityCheck",
    "EvaluationCheck",
    "EvaluationTerms",
    "EvaluatorProfile",
    "FormerDecision",
    "FundingScenario",
    "HseCondition",
    "Inquiry",
    "IntakeInvitation",
    "Interest",
    "Kpi",
    "KpiReading",
    "MergeConsent",
    "MergeProposal",
    "Milestone",
    "MilestoneChange",
    "MilestoneReport",
    "MinutesApproval",
    "MinutesRevision",
    "Motion",
    "NdaAcceptance",
    "NdaOpening",
    "NdaText",
    "OpeningSession",
    "PanelMinutes",
    "PanelRecusal",
    "PanelSeat",
    "PanelSession",
    "PanelVote",
    "Partner",
    "PartnerLetter",
    "PartnerMessage",
    "PartnerPost",
    "Payment",
    "Presence",
    "PrivateNote",
    "Problem",
    "ProblemComment",
    "ProblemFile",
    "ProblemMove",
    "ProblemSheet",
    "ProblemVersion",
    "Proposal",
    "Rating",
    "RatingCriterion",
    "Receipt",
    "RedactedCopy",
    "RedactedFile",
    "ReportFile",
    "Resharing",
    "Risk",
    "Score",
    "ScoreChange",
    "SealedPart",
    "ShortlistChoice",
    "ShortlistStudy",
    "SolverInvitation",
    "StudyOverruling",
    "Workshop",
    "WorkshopCard",
    "YearFigures",
]
