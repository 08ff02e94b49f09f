"""What becomes of the responses to surveys when two organisations turn out to be one, and back.

Of two responses in one wave the one that has come further counts, and stands with the actor that
lives; the other is set aside with the one that goes. Everything that counts leaves it out.
"""

from collections.abc import Sequence
from typing import Any

from minka.knowledge.models import Actor, Response
from minka.knowledge.states import ResponseState

FURTHER = [
    ResponseState.UNREACHED,
    ResponseState.INVITED,
    ResponseState.REFUSED,
    ResponseState.STARTED,
    ResponseState.FINISHED,
]


def with_responses(actors: Sequence[int]) -> set[int]:
    """Return which of the actors were ever asked in a survey.

    No person: a step of the acts of `identity`.
    """
    found = Response.objects.filter(actor__in=actors)
    return set(found.values_list("actor_id", flat=True))


def reconcile_responses(keep: Actor, gone: Actor) -> dict[str, Any]:
    """Let responses follow; of two in one wave the further one counts. Return what changed.

    No person: a step of the acts of `identity`.
    """
    changed: dict[str, Any] = {}
    counted = Response.objects.select_for_update().filter(set_aside=False).order_by("pk")
    here = {one.wave_id: one for one in counted.filter(actor=keep)}
    for theirs in counted.filter(actor=gone):
        own = here.get(theirs.wave_id)
        if own is None:
            _put(theirs, changed, actor=keep.pk, aside=False)
        elif _rank(theirs) > _rank(own):
            _put(own, changed, actor=gone.pk, aside=True)  # first: one place, one response
            _put(theirs, changed, actor=keep.pk, aside=False)
        else:
            _put(theirs, changed, actor=gone.pk, aside=True)
    return changed


def restore_responses(changed: dict[str, Any]) -> None:
    """Undo `reconcile_responses`; what was moved again since stays where it is.

    No person: a step of the acts of `identity`.
    """
    found = Response.objects.select_for_update().in_bulk([int(pk) for pk in changed])
    back = [one for pk, one in found.items() if _picture(one) == changed[str(pk)]["after"]]
    Response.objects.filter(pk__in=[one.pk for one in back]).update(set_aside=True)
    for one in back:  # all are out of the way now, so that none stands in another's place
        one.actor_id, one.set_aside = changed[str(one.pk)]["before"]
        taken = Response.objects.filter(wave=one.wave_id, actor=one.actor_id, set_aside=False)
        one.set_aside = one.set_aside or taken.exists()
        one.save(update_fields=["actor", "set_aside"])


def _put(one: Response, changed: dict[str, Any], *, actor: int, aside: bool) -> None:
    before = _picture(one)
    one.actor_id, one.set_aside = actor, aside
    one.save(update_fields=["actor", "set_aside"])
    changed[str(one.pk)] = {"before": before, "after": _picture(one)}


def _picture(one: Response) -> list[Any]:
    return [one.actor_id, one.set_aside]


def _rank(one: Response) -> tuple[int, float]:
    """How far a response has come; of two finished the later one says more."""
    at = one.finished_at or one.started_at or one.invited_at
    return FURTHER.index(ResponseState(one.state)), at.timestamp() if at else 0.0
