"""After an import: join what is one organisation, ask about what may be, leave the rest apart."""

import random
from collections.abc import Sequence
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import DomainError, InvalidInput
from minka.core.models import User
from minka.knowledge.actions.grouping import Grouping
from minka.knowledge.actions.identity import join
from minka.knowledge.actions.survivorship import refresh_actors
from minka.knowledge.models import Actor, Bands, PairQuestion, ResolutionStep, SheetImport
from minka.knowledge.queries.bands import bands
from minka.knowledge.queries.identity import (
    in_order_of_standing,
    lead_now,
    pairs_known,
    tax_ids_of,
)
from minka.knowledge.queries.profiles import actors_of_import, living_keys, profiles_of, side_of
from minka.knowledge.states import AuditBand, ImportState
from minka.methods.likeness import Engine, Evidence, Profile, ScoredPair, SimilarityEngine

PLAIN = SimilarityEngine()  # for who does not bring the trained one
CHUNK = 200
BATCH = 5000
EVIDENCE_KEPT = 8
TWICE = 0.1  # this share of pairs is read by a second person
AUDITED = 0.05  # this share of what was joined is looked at, and as many of what was left apart
AUDITED_AT_MOST = 25
AUDIT_FROM = 0.02  # below this nobody would find a pair


def resolve_import(*, import_id: int, engine: Engine = PLAIN) -> dict[str, int]:
    """Resolve the actors of one finished import against all; return what was done.

    Tax ids have joined their rows already when they were kept. Run again, it finds what is left:
    what is joined is not alive any more, and no pair is asked twice.

    No person: the worker does what was confirmed; every merge is a step that can be undone.
    """
    sheet_import = SheetImport.objects.filter(pk=import_id, state=ImportState.DONE).first()
    new = actors_of_import(import_id) if sheet_import else []
    if sheet_import is None or not new:
        return {"joined": 0, "asked": 0}
    _refresh_told_by_several(new)
    done = resolve_actors(new=new, engine=engine)
    with transaction.atomic():
        record(by=None, verb="knowledge.import_resolve", obj=sheet_import, data=done)
    return done


def resolve_actors(*, new: Sequence[int], engine: Engine = PLAIN) -> dict[str, int]:
    """Resolve these actors against each other and all others; return what was done.

    No person: the worker does what was confirmed; every merge is a step that can be undone.
    """
    fresh = set(new)
    ours = profiles_of(sorted(fresh))
    others = profiles_of([key for key in living_keys() if key not in fresh])
    limits, known = bands(), pairs_known()
    scored = sorted(
        engine.score(ours, others), key=lambda pair: (-pair.probability, pair.left, pair.right)
    )
    open_pairs = [pair for pair in scored if (pair.left, pair.right) not in known]
    joined = [pair for pair in open_pairs if pair.probability >= limits.join_from]
    steps = _join_all(joined, known)
    profiles = {one.key: one for one in (*ours, *others)}
    likely = [pair for pair in open_pairs if pair.probability >= limits.ask_from]
    count = _ask(_still_open(likely), profiles)
    _sample(joined, steps, scored, limits, profiles)
    return {"joined": len(steps), "asked": count}


def _refresh_told_by_several(keys: Sequence[int]) -> None:
    """Let the order of the sources decide where an actor had been heard of before."""
    for start in range(0, len(keys), BATCH):
        some = Actor.objects.filter(pk__in=keys[start : start + BATCH]).filter(
            Q(record_count__gt=1) | Q(statements__isnull=False)
        )
        refresh_actors(actors=list(some.values_list("pk", flat=True).distinct()))


def _join_all(
    pairs: Sequence[ScoredPair], known: dict[tuple[int, int], str]
) -> list[ResolutionStep]:
    """Join along the pairs, the likeliest first, never two tax ids nor what people told apart."""
    keys = {key for pair in pairs for key in (pair.left, pair.right)}
    grouping = Grouping(tax_ids_of(actors=keys), known)
    best: dict[int, float] = {}
    for pair in pairs:
        if grouping.join(pair.left, pair.right):
            for key in (pair.left, pair.right):
                best.setdefault(key, pair.probability)
    steps: list[ResolutionStep] = []
    groups = iter(grouping.groups())
    while some := list(islice(groups, CHUNK)):
        order = in_order_of_standing(actors=[key for group in some for key in group])
        rank = {key: place for place, key in enumerate(order)}
        merges = []
        for group in some:
            alive = sorted((key for key in group if key in rank), key=rank.__getitem__)
            merges += [(alive[0], gone) for gone in alive[1:]]
        steps += _join_some(merges, best)
    return steps


def _join_some(merges: Sequence[tuple[int, int]], best: dict[int, float]) -> list[ResolutionStep]:
    """Join a chunk in one transaction; if one of it is refused, each by itself."""
    if not merges:
        return []
    try:
        with transaction.atomic():
            chances = [best[gone] for _keep, gone in merges]
            return join(pairs=merges, by=None, probabilities=chances)
    except DomainError:
        if len(merges) == 1:
            return []
        return [step for merge in merges for step in _join_some([merge], best)]


def _still_open(pairs: Sequence[ScoredPair]) -> list[ScoredPair]:
    """Return the pairs that nothing has settled: no merge, no answer, no two valid tax ids.

    What is likely and could not be joined is among them: a person looks.
    """
    keys = {key for pair in pairs for key in (pair.left, pair.right)}
    now, known = lead_now(actors=keys), pairs_known()
    numbers = tax_ids_of(actors=set(now.values()))
    still_open = []
    for pair in pairs:
        one, other = sorted((now[pair.left], now[pair.right]))
        mine, yours = numbers.get(one, {}), numbers.get(other, {})
        if one == other or (one, other) in known:
            continue
        if not any(yours.get(scheme, value) != value for scheme, value in mine.items()):
            still_open.append(pair)
    return still_open


def _ask(
    pairs: Sequence[ScoredPair],
    profiles: dict[int, Profile],
    audit: str = AuditBand.NONE,
    stands_for: float = 1,
) -> int:
    """Put pairs before people, each once for ever; return how many are new."""
    made = 0
    for start in range(0, len(pairs), CHUNK):
        some = pairs[start : start + CHUNK]
        keys = {key for pair in some for key in (pair.left, pair.right)}
        actors = Actor.objects.select_related("place", "region").in_bulk(keys)
        before = PairQuestion.objects.count()
        PairQuestion.objects.bulk_create(
            [
                PairQuestion(
                    left_id=pair.left,
                    right_id=pair.right,
                    probability=pair.probability,
                    evidence=plain_evidence(pair.evidence),
                    sides={
                        side: side_of(profiles[key], actors[key])
                        for side, key in (("left", pair.left), ("right", pair.right))
                    },
                    audit=audit,
                    stands_for=stands_for,
                    asked_twice=random.random() < TWICE,  # noqa: S311 -- a sample, no secret
                )
                for pair in some
            ],
            ignore_conflicts=True,
            batch_size=100,
        )
        made += PairQuestion.objects.count() - before
    return made


def plain_evidence(evidence: Sequence[Evidence]) -> list[dict[str, str | float]]:
    """Return evidence as it is kept.

    No person: it only rewrites.
    """
    return [
        {"comparison": one.comparison, "level": one.level, "bits": round(one.bits, 2)}
        for one in evidence[:EVIDENCE_KEPT]
    ]


def _sample(
    joined: Sequence[ScoredPair],
    steps: Sequence[ResolutionStep],
    scored: Sequence[ScoredPair],
    limits: Bands,
    profiles: dict[int, Profile],
) -> None:
    """Put a random share of what was joined, and of what was left apart, before people."""
    gone = {step.other_id for step in steps}
    done = [pair for pair in joined if pair.left in gone or pair.right in gone]
    left = [pair for pair in scored if AUDIT_FROM <= pair.probability < limits.ask_from]
    for pairs, band in ((done, AuditBand.JOINED), (left, AuditBand.APART)):
        size = min(AUDITED_AT_MOST, len(pairs), round(AUDITED * len(pairs)) + 1)
        _ask(random.sample(pairs, size), profiles, band, len(pairs) / max(size, 1))


@transaction.atomic
def change_bands(*, by: User, join_from: float, ask_from: float) -> Bands:
    """Settle from which probability pairs are joined alone and from which a person is asked.

    Holds for what is resolved from now on.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: the bands are not in order.
    """
    require(by, "knowledge.actor_resolve")
    if not 0 < ask_from <= join_from <= 1:
        raise InvalidInput(
            fields={"ask_from": _("People are asked below what is joined alone; both up to 100 %.")}
        )
    limits = bands()
    limits.join_from, limits.ask_from, limits.changed_by = join_from, ask_from, by
    limits.save()
    record(
        by=by,
        verb="knowledge.bands_change",
        obj=limits,
        data={"join_from": join_from, "ask_from": ask_from},
    )
    return limits
