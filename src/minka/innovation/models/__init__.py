"""Nouns of open innovation."""

from minka.innovation.models.challenge import Call, Challenge, Criterion
from minka.innovation.models.edition import Edition, RatingCriterion, ShortlistChoice
from minka.innovation.models.evaluation import Assignment, Decision, Score
from minka.innovation.models.problem import Problem, ProblemMove, Rating
from minka.innovation.models.proposal import Attachment, Proposal, Receipt

__all__ = [
    "Assignment",
    "Attachment",
    "Call",
    "Challenge",
    "Criterion",
    "Decision",
    "Edition",
    "Problem",
    "ProblemMove",
    "Proposal",
    "Rating",
    "RatingCriterion",
    "Receipt",
    "Score",
    "ShortlistChoice",
]
