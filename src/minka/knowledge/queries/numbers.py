"""Numbers of organisations, for whoever looks: those of natural persons are not told to strangers.

A person who works under their own name has a tax number that holds the number of their identity
card (docs/adr/0015). The team and those who belong to the organisation see it; to everybody else it
is said that there is one. Search finds it where the whole number is typed.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from minka.knowledge.models import Actor, Identifier
from minka.knowledge.rules import member_actors
from minka.methods.identifiers import of_person


class ToldNumber(NamedTuple):
    """A number; of one that is withheld the value is empty."""

    scheme: str
    value: str
    is_withheld: bool = False


def told_number(scheme: str, value: str, *, personal: bool) -> ToldNumber:
    """Return a number as it may be told; `personal` where those of natural persons may be."""
    if personal or not of_person(scheme, value):
        return ToldNumber(scheme, value)
    return ToldNumber(scheme, "", is_withheld=True)


def told_numbers(
    *, viewer: Any, actor: Actor, identifiers: Iterable[Identifier]
) -> list[ToldNumber]:
    """Return the numbers of one actor as `viewer` may see them."""
    personal = viewer.has_perm("knowledge.record_view", actor)
    return [told_number(one.scheme, one.value, personal=personal) for one in identifiers]


class NumberSight:
    """What one viewer sees of the numbers of many actors. One SQL statement at most."""

    def __init__(self, *, viewer: Any) -> None:
        """Remember who looks."""
        self._viewer = viewer
        self._sees_all = viewer.has_perm("knowledge.actor_resolve")

    def tell(self, owner: int, scheme: str, value: str) -> ToldNumber:
        """Return a number of the actor `owner` as it may be told."""
        if self._sees_all or not of_person(scheme, value):
            return ToldNumber(scheme, value)
        return told_number(scheme, value, personal=owner in member_actors(self._viewer))
