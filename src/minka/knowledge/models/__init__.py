"""Nouns of the ecosystem map."""

from minka.knowledge.models.actor import Actor, ActorName, Identifier
from minka.knowledge.models.claim import Claim, ClaimEvent
from minka.knowledge.models.correction import Correction, FieldChange
from minka.knowledge.models.freshness import Campaign, Confirmation
from minka.knowledge.models.membership import Membership
from minka.knowledge.models.place import Place
from minka.knowledge.models.profile import (
    ActorActivity,
    Capability,
    Certification,
    Contact,
    Link,
    Product,
    Site,
)
from minka.knowledge.models.relation import Relation
from minka.knowledge.models.resolution import Bands, PairAnswer, PairQuestion, ResolutionStep
from minka.knowledge.models.source import Record, SheetImport, Source
from minka.knowledge.models.statement import ActorField
from minka.knowledge.models.survey import (
    Condition,
    Option,
    Question,
    Questionnaire,
    Survey,
)
from minka.knowledge.models.theme import Theme, ThemeRefusal
from minka.knowledge.models.wave import (
    AnonymousAnswer,
    Answer,
    Quota,
    Response,
    SurveySilence,
    Wave,
)

__all__ = [
    "Actor",
    "ActorActivity",
    "ActorField",
    "ActorName",
    "AnonymousAnswer",
    "Answer",
    "Bands",
    "Campaign",
    "Capability",
    "Certification",
    "Claim",
    "ClaimEvent",
    "Condition",
    "Confirmation",
    "Contact",
    "Correction",
    "FieldChange",
    "Identifier",
    "Link",
    "Membership",
    "Option",
    "PairAnswer",
    "PairQuestion",
    "Place",
    "Product",
    "Question",
    "Questionnaire",
    "Quota",
    "Record",
    "Relation",
    "ResolutionStep",
    "Response",
    "SheetImport",
    "Site",
    "Source",
    "Survey",
    "SurveySilence",
    "Theme",
    "ThemeRefusal",
    "Wave",
]
