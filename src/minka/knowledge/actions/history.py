"""Keep what every field of a profile was before, who changed it and in whose voice."""

from collections.abc import Iterable
from typing import Any

from minka.core.models import User
from minka.knowledge.models import Actor, FieldChange
from minka.knowledge.queries.fields import shown
from minka.knowledge.rules import is_editor, is_owner
from minka.knowledge.states import Voice

Change = tuple[str, Any, Any]


def note_changes(
    *, by: User, actor: Actor, changes: Iterable[Change], voice: str = "", why: str = ""
) -> list[FieldChange]:
    """Keep (field, before, after) of each field that is really another one now.

    `voice` is who says so; left empty it follows from what `by` is to the actor. The caller has
    checked that they may, and holds the transaction.
    """
    voice = voice or voice_of(by=by, actor=actor)
    made = [
        FieldChange(
            actor=actor,
            field=field[:40],
            before=old,
            after=new,
            voice=voice,
            by=by,
            why=why[:500],
        )
        for field, old, new in (
            (field, shown(field, before), shown(field, after)) for field, before, after in changes
        )
        if old != new
    ]
    return FieldChange.objects.bulk_create(made)


def voice_of(*, by: User, actor: Actor) -> str:
    """Return in whose voice a person speaks of an actor."""
    if is_owner(by, actor):
        return Voice.CLAIM
    if is_editor(by, actor):
        return Voice.CLAIM if actor.owner_id else Voice.PERSON
    return Voice.TEAM
