"""Nouns of the ecosystem map."""

from minka.knowledge.models.actor import Actor, ActorName, Identifier
from minka.knowledge.models.claim import Claim, ClaimEvent
from minka.knowledge.models.correction import Correction, FieldChange
from minka.knowledge.models.finding import (
    DirectoryExport,
    SavedSearch,
    Shortlist,
    ShortlistEntry,
)
from minka.knowledge.models.freshness import Campaign, Confirmation
from minka.knowledge.models.indicator import IndicatorCell, IndicatorTable
from minka.knowledge.models.linkage import LinkageKey, LinkageSheet, LinkageWord
from minka.knowledge.models.map_furniture import Boundary, BoundarySet, MapLayer
from minka.knowledge.models.membership import Membership
from minka.knowledge.models.network import Community, Introduction, NetworkRun, Standing
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
from minka.knowledge.models.report import EcosystemReport
from minka.knowledge.models.resolution import Bands, PairAnswer, PairQuestion, ResolutionStep
from minka.knowledge.models.search import SearchDocument, SearchPhrase, SearchWord
from minka.knowledge.models.snapshot import Snapshot
from minka.knowledge.models.source import Record, SheetImport, Source
from minka.knowledge.models.statement import ActorField
from minka.knowledge.models.survey import (
    Condition,
    Option,
    Question,
    Questionnaire,
    Survey,
)
from minka.knowledge.models.theme import Theme, ThemeMerge, ThemeRefusal
from minka.knowledge.models.tie_import import TieImport, TieRow
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
    "Boundary",
    "BoundarySet",
    "Campaign",
    "Capability",
    "Certification",
    "Claim",
    "ClaimEvent",
    "Community",
    "Condition",
    "Confirmation",
    "Contact",
    "Correction",
    "DirectoryExport",
    "EcosystemReport",
    "FieldChange",
    "Identifier",
    "IndicatorCell",
    "IndicatorTable",
    "Introduction",
    "Link",
    "LinkageKey",
    "LinkageSheet",
    "LinkageWord",
    "MapLayer",
    "Membership",
    "NetworkRun",
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
    "SavedSearch",
    "SearchDocument",
    "SearchPhrase",
    "SearchWord",
    "SheetImport",
    "Shortlist",
    "ShortlistEntry",
    "Site",
    "Snapshot",
    "Source",
    "Standing",
    "Survey",
    "SurveySilence",
    "Theme",
    "ThemeMerge",
    "ThemeRefusal",
    "TieImport",
    "TieRow",
    "Wave",
]
