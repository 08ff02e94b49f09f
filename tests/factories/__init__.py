"""Makers of test data: valid by default, one line per thing that a test speaks of."""

from tests.factories.core import StoredFileFactory, UserFactory
from tests.factories.innovation import (
    AssignmentFactory,
    CallFactory,
    ChallengeFactory,
    CriterionFactory,
    DecisionFactory,
    EditionFactory,
    ProblemFactory,
    ProposalFactory,
    RatingCriterionFactory,
    RatingFactory,
    ScoreFactory,
)
from tests.factories.knowledge import (
    ActorFactory,
    MembershipFactory,
    PlaceFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    SourceFactory,
    SurveyFactory,
    ThemeFactory,
    WaveFactory,
)

__all__ = [
    "ActorFactory",
    "AssignmentFactory",
    "CallFactory",
    "ChallengeFactory",
    "CriterionFactory",
    "DecisionFactory",
    "EditionFactory",
    "MembershipFactory",
    "PlaceFactory",
    "ProblemFactory",
    "ProposalFactory",
    "QuestionFactory",
    "QuestionnaireFactory",
    "RatingCriterionFactory",
    "RatingFactory",
    "ResponseFactory",
    "ScoreFactory",
    "SourceFactory",
    "StoredFileFactory",
    "SurveyFactory",
    "ThemeFactory",
    "UserFactory",
    "WaveFactory",
]
