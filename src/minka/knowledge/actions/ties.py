"""Ties between organisations: stated by hand, changed, withdrawn, born of acts."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.models import User
from minka.knowledge.actions.network_jobs import measure_soon
from minka.knowledge.models import Actor, Relation
from minka.knowledge.states import (
    RELATION_BOTH_WAYS,
    ActorState,
    RelationKind,
    RelationOrigin,
    RelationState,
)


@dataclass(frozen=True, slots=True)
class TieFacts:
    """What is said of a tie besides who and what: all of it may be left open."""

    starts_on: date | None = None
    ends_on: date | None = None
    confidence: float = 1.0
    note: str = ""
    is_public: bool = True


@transaction.atomic
def state_tie(
    *,
    by: User,
    tail: Actor,
    head: Actor,
    kind: str,
    facts: "TieFacts | None" = None,
) -> Relation:
    """State that `tail` has a tie of this kind with `head`.

    Raises:
        NotAllowed: `by` is not of the team and edits neither of the two.
        InvalidInput: it would tie one to itself, or what is said makes no sense.
        Conflict: somebody has stated the same tie already.
    """
    tie = Relation(
        tail=tail,
        head=head,
        kind=kind,
        origin=RelationOrigin.ENTERED,
        stated_by=by,
        **asdict(facts or TieFacts()),
    )
    tie.note = " ".join(tie.note.split())[:500]
    require(by, "knowledge.tie_state", tie)
    _check(tie)
    if kind in RELATION_BOTH_WAYS and _by_hand(head, tail, kind).exists():
        raise Conflict(_("This tie is stated already."))
    try:
        with transaction.atomic():
            tie.save()
    except IntegrityError as error:
        raise Conflict(_("This tie is stated already.")) from error
    record(by=by, verb="knowledge.tie_state", obj=tie, data=_ends(tie))
    measure_soon()
    return tie


@transaction.atomic
def change_tie(*, by: User, tie: Relation, facts: TieFacts) -> Relation:
    """Change the dates, the confidence, the note or who may see a tie.

    Raises:
        NotAllowed: `by` is not of the team and did not and could not have stated it.
        InvalidInput: what is said makes no sense.
        WrongState: it was withdrawn.
    """
    require(by, "knowledge.tie_change", tie)
    locked = Relation.objects.select_for_update().get(pk=tie.pk)
    if locked.state != RelationState.STANDING:
        raise WrongState(_("This tie was withdrawn."))
    said = asdict(facts) | {"note": " ".join(facts.note.split())[:500]}
    changed = sorted(name for name, value in said.items() if getattr(locked, name) != value)
    for name in changed:
        setattr(locked, name, said[name])
    _check(locked)
    if changed:
        locked.save()
        data = {**_ends(locked), "fields": changed}
        record(by=by, verb="knowledge.tie_change", obj=locked, data=data)
        measure_soon()
    return locked


@transaction.atomic
def withdraw_tie(*, by: User, tie: Relation) -> Relation:
    """Say that a tie does not hold (or never did); it is kept and no longer shown.

    Raises:
        NotAllowed: `by` is not of the team and did not and could not have stated it.
        WrongState: it was withdrawn before.
    """
    require(by, "knowledge.tie_change", tie)
    now = timezone.now()
    standing = Relation.objects.filter(pk=tie.pk, state=RelationState.STANDING)
    if not standing.update(state=RelationState.WITHDRAWN, withdrawn_at=now, updated_at=now):
        raise WrongState(_("This tie was withdrawn."))
    tie.refresh_from_db()
    record(by=by, verb="knowledge.tie_withdraw", obj=tie, data=_ends(tie))
    measure_soon()
    return tie


@transaction.atomic
def tie_of_act(
    *,
    tail: Actor,
    head: Actor,
    kind: str,
    act: str,
    facts: TieFacts | None = None,
) -> Relation | None:
    """Return the tie that an act of the platform made; made once, however often it is asked for.

    Lines above call it when two organisations do something together; the same act again changes
    nothing, and a tie of it that was withdrawn stays so. None where both are one organisation.

    No person: the act itself has its author and its own entry in the ledger.

    Args:
        tail: who, as the kind reads.
        head: with, or to, whom.
        kind: one of `RelationKind`.
        act: what it was, such as `innovation.proposal:41`.
        facts: since when; public never more than the act itself is.
    """
    if tail.pk == head.pk:
        return None
    if kind in RELATION_BOTH_WAYS and tail.pk > head.pk:
        tail, head = head, tail
    tie, is_new = Relation.objects.get_or_create(
        tail=tail,
        head=head,
        kind=kind,
        act=act,
        defaults={**asdict(facts or TieFacts()), "origin": RelationOrigin.BORN},
    )
    if is_new:
        record(by=None, verb="knowledge.tie_born", obj=tie, data={**_ends(tie), "act": act})
        measure_soon()
    return tie


def _by_hand(tail: Actor, head: Actor, kind: str) -> Any:
    return Relation.objects.filter(
        tail=tail, head=head, kind=kind, source=None, act="", state=RelationState.STANDING
    )


def _check(tie: Relation) -> None:
    faults: dict[str, str] = {}
    if tie.tail_id == tie.head_id:
        faults["other"] = _("An organisation has no tie with itself. Choose another.")
    if any(end.state != ActorState.LIVE for end in (tie.tail, tie.head)):
        faults["other"] = _("This organisation was joined with another. Choose that one.")
    if tie.kind not in RelationKind.values:
        faults["kind"] = _("Choose a kind of tie.")
    if tie.starts_on and tie.ends_on and tie.ends_on < tie.starts_on:
        faults["ends_on"] = _("The tie would end before it begins.")
    if not 0 < tie.confidence <= 1:
        faults["confidence"] = _("Choose how sure this is.")
    if faults:
        raise InvalidInput(fields=faults)


def _ends(tie: Relation) -> dict[str, str]:
    return {"tail": tie.tail.public_id, "head": tie.head.public_id, "kind": tie.kind}
