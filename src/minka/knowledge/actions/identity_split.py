"""Take records out of an actor, with what they alone say."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput, WrongState
from minka.knowledge.models import Actor, ActorName, Identifier, Record
from minka.knowledge.queries.identity import former_self
from minka.knowledge.queries.survivorship import record_names, record_numbers
from minka.knowledge.states import ActorState
from minka.methods.text import search_key


def take_out(*, actor: Actor, records: Sequence[int]) -> tuple[Actor, dict[str, Any]]:
    """Move records to their former actor or a new one; return it and what moved.

    No person: a step of `identity.split_actor`, which asks who may.

    Raises:
        InvalidInput: no record is named, or none would stay.
        WrongState: the actor is gone, or a record is not of it.
    """
    alive = Actor.objects.select_for_update().filter(pk=actor.pk, state=ActorState.LIVE)
    if not alive.exists():
        raise WrongState(_("It was joined to another meanwhile; reload the page."))
    theirs = list(Record.objects.select_for_update(of=("self",)).filter(actor=actor).order_by("pk"))
    wanted = set(records)
    taken = [one for one in theirs if one.pk in wanted]
    rest = [one for one in theirs if one.pk not in wanted]
    if not wanted:
        raise InvalidInput(_("Choose the rows to take out."))
    if len(taken) != len(wanted):
        raise WrongState(_("A row has moved to another organisation; reload the page."))
    if not rest:
        raise InvalidInput(_("Leave at least one row in the organisation."))
    former = former_self(actor=actor, records=sorted(wanted))
    target = former.other if former else _new(taken, actor)
    if former:
        Actor.objects.filter(pk=target.pk).update(state=ActorState.LIVE, merged_into=None)
    Record.objects.filter(pk__in=wanted).update(actor=target)
    data = {
        "records": sorted(wanted),
        "revived": bool(former),
        "identifiers": _move_numbers(actor, target, taken, rest),
        "names": _move_names(actor, target, taken, rest),
    }
    return target, data


def _new(taken: Sequence[Record], actor: Actor) -> Actor:
    names = [text for one in taken for text, _kind in record_names(one)] or [actor.name]
    return Actor.objects.create(
        name=names[0][:250], name_key=search_key(names[0])[:250], kind=actor.kind
    )


def _move_numbers(
    actor: Actor, target: Actor, taken: Sequence[Record], rest: Sequence[Record]
) -> list[int]:
    own = set().union(*(record_numbers(one) for one in taken))
    own -= set().union(*(record_numbers(one) for one in rest))
    held = Identifier.objects.filter(actor=actor, value__in=own)
    there = set(target.identifiers.values_list("scheme", flat=True))
    keys = [one.pk for one in held if one.scheme not in there]
    Identifier.objects.filter(pk__in=keys).update(actor=target)
    return keys


def _move_names(
    actor: Actor, target: Actor, taken: Sequence[Record], rest: Sequence[Record]
) -> dict[str, list[int]]:
    def said(records: Sequence[Record]) -> dict[str, tuple[str, str]]:
        return {
            search_key(text)[:250]: (text[:250], kind)
            for one in records
            for text, kind in record_names(one)
            if search_key(text)
        }

    theirs, others = said(taken), said(rest)
    there = set(target.other_names.values_list("text_key", flat=True))
    follows = ActorName.objects.filter(
        actor=actor, text_key__in=[key for key in theirs if key not in others and key not in there]
    )
    moved = list(follows.values_list("pk", flat=True))
    there.update(follows.values_list("text_key", flat=True))
    ActorName.objects.filter(pk__in=moved).update(actor=target)
    made = ActorName.objects.bulk_create(
        [
            ActorName(actor=target, text=text, text_key=key, kind=kind)
            for key, (text, kind) in theirs.items()
            if key not in there and key != target.name_key
        ]
    )
    return {"moved": moved, "made": [one.pk for one in made]}
