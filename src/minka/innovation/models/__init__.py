"""Nouns of open innovation."""

from minka.innovation.models.challenge import Call, Challenge, Criterion
from minka.innovation.models.edition import Edition, RatingCriterion, ShortlistChoice
from minka.innovation.models.evaluation import Assignment, Decision, Score
from minka.innovation.models.intake import (
    IntakeInvitation,
    MergeConsent,
    MergeProposal,
    ProblemComment,
    ProblemFile,
    ProblemVersion,
)
from minka.innovation.models.invitation import SolverInvitation
from minka.innovation.models.problem import Problem, ProblemMove, Rating
from minka.innovation.models.proposal import Attachment, Proposal, Receipt
from minka.innovation.models.study import (
    CriteriaComparison,
    DecisionPack,
    ShortlistStudy,
    StudyOverruling,
)
from minka.innovation.models.workshop import ProblemSheet, Workshop, WorkshopCard

__all__ = [
    "Assignment",
    "Attachment",
    "Call",
    "Challenge",
    "CriteriaComparison",
    "Criterion",
    "Decision",
    "DecisionPack",
    "Edition",
    "IntakeInvitation",
    "MergeConsent",
    "MergeProposal",
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
    "Score",
    "ShortlistChoice",
    "ShortlistStudy",
    "SolverInvitation",
    "StudyOverruling",
    "Workshop",
    "WorkshopCard",
]
