"""Nouns of the ecosystem map."""

from minka.knowledge.models.actor import Actor, ActorName, Identifier
from minka.knowledge.models.membership import Membership
from minka.knowledge.models.place import Place
from minka.knowledge.models.source import Record, SheetImport, Source
from minka.knowledge.models.theme import Theme

__all__ = [
    "Actor",
    "ActorName",
    "Identifier",
    "Membership",
    "Place",
    "Record",
    "SheetImport",
    "Source",
    "Theme",
]
