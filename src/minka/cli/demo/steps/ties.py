"""Ties between the organisations of the demonstration, all of them invented and marked so."""

import random
from datetime import date

from minka.cli.demo.steps.world import World
from minka.knowledge.actions.network import measure
from minka.knowledge.models import Actor, Relation, Source
from minka.knowledge.states import ActorKind as A
from minka.knowledge.states import ActorState, RelationKind, RelationOrigin

SOURCE = "Vínculos de demostración"
MARK = "Vínculo inventado para la demostración."
SEED = 20_261_122
FIRST_YEAR, LAST_YEAR = 2012, 2026
HOME = 0.75  # share of ties that stay in one's own region

# kind, who, with whom, how many: one of the two is always an invented company
PLAN = (
    (RelationKind.SUPPLIES, A.SUPPLIER, A.MINING_COMPANY, 260),
    (RelationKind.SUPPLIES, A.SUPPLIER, A.SUPPLIER, 90),
    (RelationKind.MEMBER_OF, A.SUPPLIER, A.CHAMBER, 90),
    (RelationKind.MEMBER_OF, A.SUPPLIER, A.TRADE_ASSOCIATION, 70),
    (RelationKind.MEMBER_OF, A.MINING_COMPANY, A.TRADE_ASSOCIATION, 14),
    (RelationKind.RESEARCHES_WITH, A.UNIVERSITY, A.MINING_COMPANY, 26),
    (RelationKind.RESEARCHES_WITH, A.UNIVERSITY, A.SUPPLIER, 24),
    (RelationKind.RESEARCHES_WITH, A.RESEARCH_CENTRE, A.MINING_COMPANY, 16),
    (RelationKind.TRAINS, A.UNIVERSITY, A.SUPPLIER, 34),
    (RelationKind.FUNDS, A.GOVERNMENT, A.SUPPLIER, 18),
    (RelationKind.PARTNER_IN, A.INCUBATOR, A.SUPPLIER, 14),
    (RelationKind.PARTNER_IN, A.SUPPLIER, A.SUPPLIER, 30),
)


def state_ties(_world: World) -> None:
    """Tie some hundred organisations, most to near ones, a few of them to many; then measure."""
    chance = random.Random(SEED)  # noqa: S311 -- the same demonstration everywhere
    pools = _pools(chance)
    source = Source.objects.create(
        name=SOURCE, licence="Datos inventados. No describen a nadie.", rank=9000
    )
    ties: dict[tuple[int, int, str], Relation] = {}
    for kind, tail_kind, head_kind, wanted in PLAN:
        tails, heads = pools.get(tail_kind, []), pools.get(head_kind, [])
        if not tails or not heads:
            continue
        for _number in range(wanted):
            tail = _one_of(tails, chance)
            near = [one for one in heads if one.region_id == tail.region_id]
            head = _one_of(near if near and chance.random() < HOME else heads, chance)
            if tail.pk != head.pk:
                ties.setdefault((tail.pk, head.pk, kind), _tie(tail, head, kind, source, chance))
    Relation.objects.bulk_create(ties.values(), batch_size=500)
    measure(force=True)


def _pools(chance: random.Random) -> dict[str, list[Actor]]:
    """Return the organisations that have ties, by type: of suppliers some hundred."""
    pools: dict[str, list[Actor]] = {}
    for actor in Actor.objects.filter(state=ActorState.LIVE).order_by("name_key", "pk"):
        pools.setdefault(actor.kind, []).append(actor)
    for kind, pool in pools.items():
        chance.shuffle(pool)
        pools[kind] = pool[: 220 if kind == A.SUPPLIER else 40]
    return pools


def _one_of(pool: list[Actor], chance: random.Random) -> Actor:
    """Return one, those at the front far more often: a few have many ties."""
    return pool[int(len(pool) * chance.random() ** 2)]


def _tie(tail: Actor, head: Actor, kind: str, source: Source, chance: random.Random) -> Relation:
    since = date(chance.randint(FIRST_YEAR, LAST_YEAR - 1), chance.randint(1, 12), 1)
    ends = chance.random() < 0.12
    until = date(chance.randint(since.year, LAST_YEAR - 1), 12, 31) if ends else None
    return Relation(
        tail=tail,
        head=head,
        kind=kind,
        starts_on=since,
        ends_on=until,
        confidence=chance.choice((1.0, 1.0, 0.9, 0.6)),
        note=MARK,
        origin=RelationOrigin.IMPORTED,
        source=source,
    )
