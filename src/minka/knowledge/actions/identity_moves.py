"""What belongs to an actor, moved to another and back. The acts themselves are in `identity`."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connections, models, router, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.errors import WrongState
from minka.knowledge.models import (
    Actor,
    ActorName,
    Introduction,
    Membership,
    PairQuestion,
    Record,
    ResolutionStep,
    Response,
    SearchDocument,
    Standing,
)
from minka.knowledge.states import MemberRole, NameKind
from minka.knowledge.states import MembershipState as M
from minka.methods.identifiers import SCHEMES

LIVE = (M.ACTIVE, M.REQUESTED)
STRENGTH = [MemberRole.MEMBER, MemberRole.USER_AREA, MemberRole.REPRESENTATIVE]
STAYS = (  # by hand, or never: what is reckoned or composed is made again
    Actor, ResolutionStep, PairQuestion, Membership, ActorName, Response, Standing, Introduction,
    SearchDocument,
)  # fmt: skip

Moved = dict[str, list[int]]


class DoubledError(WrongState):
    """Both organisations have something of which there may be only one."""

    code = "doubled"


def relations() -> Iterator[tuple[str, type[models.Model], str, bool]]:
    """Yield name, model and column of everything that points to an actor, in any line.

    The last value says whether it is a part of the actor (it would go with it) rather than an act
    of somebody.

    No person: it only looks at the models.
    """
    for relation in Actor._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        model, column = relation.related_model, relation.field.name
        if isinstance(model, str) or issubclass(model, STAYS):
            continue
        part = relation.on_delete is models.CASCADE
        yield f"{model._meta.label_lower}.{column}", model, column, part


def move_relations(pairs: Sequence[tuple[Actor, Actor]]) -> list[Moved]:
    """Let everything follow from the second to the first of each pair; return what moved.

    Those that go lead to those that stay already. A part of which both have the same (a product,
    a theme) stays with the one that goes.

    No person: a step of the acts of `identity`.

    Raises:
        DoubledError: an act of somebody cannot follow because the other has the same.
    """
    moved: list[Moved] = [{} for _pair in pairs]
    position = {gone.pk: number for number, (_keep, gone) in enumerate(pairs)}
    pointing = _pointing_to(list(position))
    for name, model, column, part in relations():
        found = pointing.get(name, {})
        if found and not _move_all(model, column, list(found)):
            found = {
                gone: _move(model, column, keys, pairs[position[gone]][0].pk, part=part)
                for gone, keys in found.items()
            }
        for gone, keys in found.items():
            if keys:
                moved[position[gone]][name] = keys
    return moved


def _pointing_to(gone: Sequence[int]) -> dict[str, dict[int, list[int]]]:
    """Return by the name of a relation what points to each of these actors. One SQL statement.

    There are more than fifty relations, and one statement each, with all the keys, takes longer
    to compose than all of them to answer.
    """
    every = list(relations())
    connection = connections[router.db_for_write(Actor)]
    quote = connection.ops.quote_name
    asked = " UNION ALL ".join(
        f"SELECT {number}, {quote(str(model._meta.pk.column))}, {quote(column)} "  # noqa: S608 -- names of our own tables and columns
        f"FROM {quote(model._meta.db_table)} WHERE {quote(column)} IN (SELECT id FROM gone)"
        for number, (_name, model, field, _part) in enumerate(every)
        for column in [str(model._meta.get_field(field).column)]  # type: ignore[union-attr]  # names are those of columns
    )
    found: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    with connection.cursor() as cursor:
        places = ", ".join(["(%s)"] * len(gone))
        cursor.execute(f"WITH gone (id) AS (VALUES {places}) {asked} ORDER BY 1, 2", gone)
        for number, pk, actor in cursor.fetchall():
            found[every[number][0]][actor].append(pk)
    return found


def led_to(column: str) -> Subquery:
    """Return to whom the actor in a column leads.

    No person: a piece of a statement.
    """
    actor = Actor.objects.filter(pk=OuterRef(column))
    return Subquery(actor.values("merged_into_id")[:1])


def _move_all(model: type[models.Model], column: str, gone: Sequence[int]) -> bool:
    """Move everything of all in one statement; return False if some of it has no room there."""
    try:
        with transaction.atomic():
            rows = model._base_manager.filter(**{f"{column}__in": gone})
            rows.update(**{column: led_to(f"{column}_id")})
    except IntegrityError:
        return False
    return True


def move_back(moved: Moved, *, here: int, back: int) -> None:
    """Return what moved and is still here; what has no room there any more stays.

    No person: a step of the acts of `identity`.
    """
    for name, keys in moved.items():
        label, _dot, column = name.rpartition(".")
        model = apps.get_model(label)
        rows = model._base_manager.filter(pk__in=keys, **{column: here}).order_by("pk")
        _move(model, column, list(rows.values_list("pk", flat=True)), back, part=True)


def _move(
    model: type[models.Model], column: str, keys: Sequence[int], to: int, *, part: bool
) -> list[int]:
    if not keys:
        return []
    rows = model._base_manager
    try:
        with transaction.atomic():
            rows.filter(pk__in=keys).update(**{column: to})
    except IntegrityError as error:
        if not part:
            what = model._meta.verbose_name
            raise DoubledError(
                _("Both organisations have the same here: %(what)s. Settle that first.")
                % {"what": what}
            ) from error
    else:
        return list(keys)
    if len(keys) == 1:
        return []
    half = len(keys) // 2
    return [
        *_move(model, column, keys[:half], to, part=True),
        *_move(model, column, keys[half:], to, part=True),
    ]


def move_names(pairs: Sequence[tuple[Actor, Actor]]) -> list[Moved]:
    """Let those that stay be known by every name that either ever had; return what moved and came.

    The own name of both is kept, too: which of them is shown may change with the next record.

    No person: a step of the acts of `identity`.
    """
    everyone = [actor.pk for pair in pairs for actor in pair]
    names: dict[int, list[Any]] = defaultdict(list)
    held = ActorName.objects.filter(actor__in=everyone).order_by("pk")
    for one in held.values_list("pk", "actor_id", "text_key", named=True):
        names[one.actor_id].append(one)
    known = {keep.pk: {one.text_key for one in names[keep.pk]} for keep, _gone in pairs}
    moved: list[list[Any]] = []
    made: list[list[ActorName]] = []
    for keep, gone in pairs:
        follows = [one for one in names[gone.pk] if one.text_key not in known[keep.pk]]
        known[keep.pk].update(one.text_key for one in follows)
        own = {actor.name_key: actor.name for actor in (keep, gone)}
        fresh = {key: name for key, name in own.items() if key not in known[keep.pk]}
        known[keep.pk].update(fresh)
        moved.append(follows)
        made.append(
            [
                ActorName(actor=keep, text=name, text_key=key, kind=NameKind.ALIAS)
                for key, name in fresh.items()
            ]
        )
    follow = [one.pk for some in moved for one in some]
    ActorName.objects.filter(pk__in=follow).update(actor=led_to("actor_id"))
    ActorName.objects.bulk_create([one for some in made for one in some], batch_size=500)
    return [
        {"moved": [one.pk for one in follows], "made": [one.pk for one in fresh]}
        for follows, fresh in zip(moved, made, strict=True)
    ]


def give_names_back(names: Moved, *, here: int, back: int) -> None:
    """Undo `move_names` for one pair.

    No person: a step of the acts of `identity`.
    """
    ActorName.objects.filter(pk__in=names["made"], actor=here).delete()
    there = set(ActorName.objects.filter(actor=back).values_list("text_key", flat=True))
    ActorName.objects.filter(pk__in=names["moved"], actor=here).exclude(text_key__in=there).update(
        actor=back
    )


def with_people(actors: Sequence[int]) -> set[int]:
    """Return which of the actors anybody belongs to, or ever did.

    No person: a step of the acts of `identity`.
    """
    found = Membership.objects.filter(actor__in=actors)
    return set(found.values_list("actor_id", flat=True))


def reconcile_memberships(keep: Actor, gone: Actor) -> dict[str, Any]:
    """Let people follow; who belongs to both belongs once, in the stronger role.

    No person: a step of the acts of `identity`.
    """
    changed: dict[str, Any] = {}
    here = {m.user_id: m for m in keep.memberships.select_for_update().filter(state__in=LIVE)}
    for one in gone.memberships.select_for_update().order_by("pk"):
        other = here.get(one.user_id) if one.state in LIVE else None
        before, theirs = _picture(one), _picture(other) if other else None
        if other is not None:
            if _strength(one) > _strength(other):
                for name in ("role", "user_area", "state", "answered_by_id", "answered_at"):
                    setattr(other, name, getattr(one, name))
                other.is_editor = other.is_editor or one.is_editor
                other.save()
                changed[str(other.pk)] = {"before": theirs, "after": _picture(other)}
            one.state = M.ENDED
            one.answered_at = one.answered_at or timezone.now()
        one.actor = keep
        one.save()
        changed[str(one.pk)] = {"before": before, "after": _picture(one)}
    return changed


def restore_memberships(changed: dict[str, Any]) -> None:
    """Undo `reconcile_memberships`; what people changed since stays as they left it.

    No person: a step of the acts of `identity`.
    """
    found = Membership.objects.select_for_update().in_bulk([int(pk) for pk in changed])
    for pk, one in found.items():
        before, after = changed[str(pk)]["before"], changed[str(pk)]["after"]
        if _picture(one) == after:
            for name, value in before.items():
                setattr(one, name, _moment(value) if name == "answered_at" else value)
        elif before["actor_id"] != after["actor_id"] and one.actor_id == after["actor_id"]:
            one.actor_id = before["actor_id"]
        one.save()


def _picture(one: Membership) -> dict[str, Any]:
    names = ("actor_id", "role", "user_area", "state", "is_editor", "answered_by_id")
    at = one.answered_at.isoformat() if one.answered_at else None
    return {name: getattr(one, name) for name in names} | {"answered_at": at}


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _strength(one: Membership) -> tuple[bool, int]:
    return one.state == M.ACTIVE, STRENGTH.index(MemberRole(one.role))


def follow_numbers(*, here: Actor, back: Actor, since: datetime) -> None:
    """Let records that came after a merge follow the tax id by which they came.

    No person: a step of the acts of `identity`.
    """
    numbers = set(back.identifiers.filter(scheme__in=SCHEMES).values_list("value", flat=True))
    later = Record.objects.filter(actor=here, created_at__gt=since)
    keys = [one.pk for one in later if one.values.get("tax_id") in numbers]
    Record.objects.filter(pk__in=keys).update(actor=back)
