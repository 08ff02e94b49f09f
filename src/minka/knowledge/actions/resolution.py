"""After an import: join what is one organisation, ask about what may be, leave the rest apart.

Only the worker imports this, and only for its job: what it compares with takes long to load.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q

from minka.core.audit import record
from minka.core.errors import DomainError
from minka.core.jobs import take_out, waiting
from minka.knowledge.actions.asking import ask, sides_of
from minka.knowledge.actions.decision import Decision, Link, decide
from minka.knowledge.actions.identity import join
from minka.knowledge.actions.imports import RESOLVE
from minka.knowledge.actions.survivorship import refresh_actors
from minka.knowledge.models import Actor, Bands, ResolutionStep, SheetImport
from minka.knowledge.queries.bands import bands
from minka.knowledge.queries.identity import (
    in_order_of_standing,
    lead_now,
    pairs_asked,
    pairs_known,
)
from minka.knowledge.queries.profiles import actors_of_imports, living_keys, rows_of
from minka.knowledge.states import AuditBand, ImportState
from minka.methods.likeness import Compared, Engine, SimilarityEngine
from minka.methods.linkage.collecting import uncollected

PLAIN = SimilarityEngine()  # for who does not bring the trained one
CHUNK = 1000  # merges of one transaction
BATCH = 5000
AUDITED = 0.05  # this share of what was joined is looked at, and as many of what was left apart
AUDITED_AT_MOST = 25
AUDIT_FROM = 0.02  # below this nobody would find a pair


def resolve_import(*, import_id: int, engine: Engine = PLAIN) -> dict[str, int]:
    """Resolve the actors of one finished import against all; return what was done.

    Tax ids have joined their rows already when they were kept. Run again, it finds what is left:
    what is joined is not alive any more, and no pair is asked twice.

    No person: the worker does what was confirmed; every merge is a step that can be undone.
    """
    return _resolve({import_id}, (), engine)


def resolve_waiting(*, import_id: int, engine: Engine = PLAIN) -> dict[str, int]:
    """Resolve an import, and with it those whose own job waits: the map is read once for all.

    Their jobs leave the queue together with the entries in the ledger, so that a worker that is
    killed on the way leaves every one of them there.

    No person: the worker does what was confirmed; every merge is a step that can be undone.
    """
    jobs = waiting(RESOLVE)
    return _resolve({import_id, *(key for (key,) in jobs.values())}, jobs, engine)


def _resolve(imports: Iterable[int], jobs: Iterable[Any], engine: Engine) -> dict[str, int]:
    done = {"joined": 0, "asked": 0}
    finished = list(SheetImport.objects.filter(pk__in=imports, state=ImportState.DONE))
    if new := actors_of_imports([one.pk for one in finished]):
        with uncollected():
            _refresh_told_by_several(new)
            done = resolve_actors(new=new, engine=engine)
        with transaction.atomic():
            together = {"imports": len(finished)} if len(finished) > 1 else {}
            for one in finished:
                data = done | together
                record(by=None, verb="knowledge.import_resolve", obj=one, data=data)
            take_out(jobs)
    return done


def resolve_actors(*, new: Sequence[int], engine: Engine = PLAIN) -> dict[str, int]:
    """Resolve these actors against each other and all others; return what was done.

    The groups that there are stay as they are: actors join them, or they each other.

    No person: the worker does what was confirmed; every merge is a step that can be undone.
    """
    fresh = set(new)
    told = rows_of(sorted(fresh))
    near = engine.near(told)
    others = rows_of([key for key in living_keys() if key not in fresh] if near is None else near)
    rows = [*others, *told]
    compared = engine.compare(rows, first=len(others), whole=near is None)
    limits = bands()
    paired = {rows[row].key for side in (compared.left, compared.right) for row in side.tolist()}
    decision = decide(
        rows,
        compared,
        apart=pairs_known(actors=paired),
        join_from=limits.join_from,
        tell_from=min(AUDIT_FROM, limits.ask_from),
    )
    sample = _Sample(decision.joined, compared)
    steps = _join_all(decision)
    sample.ask(AuditBand.JOINED, of=len(decision.joined))
    return {"joined": len(steps), "asked": _ask_about(decision.open, compared, limits)}


def _refresh_told_by_several(keys: Sequence[int]) -> None:
    """Let the order of the sources decide where an actor had been heard of before."""
    for start in range(0, len(keys), BATCH):
        some = Actor.objects.filter(pk__in=keys[start : start + BATCH]).filter(
            Q(record_count__gt=1) | Q(statements__isnull=False)
        )
        several = list(some.values_list("pk", flat=True).distinct())
        refresh_actors(actors=several, only_fields=True)


def _join_all(decision: Decision) -> list[ResolutionStep]:
    """Join each group to the actor of it that stands highest."""
    steps: list[ResolutionStep] = []
    chances = decision.chances
    merges = _merges(decision.groups)
    while some := list(islice(merges, CHUNK)):
        steps += _join_some(some, chances)
    return steps


def _merges(groups: Sequence[set[int]]) -> Iterator[tuple[int, int]]:
    for start in range(0, len(groups), CHUNK):
        some = groups[start : start + CHUNK]
        order = in_order_of_standing(actors=[key for group in some for key in group])
        rank = {key: place for place, key in enumerate(order)}
        for group in some:
            alive = sorted((key for key in group if key in rank), key=rank.__getitem__)
            yield from ((alive[0], gone) for gone in alive[1:])


def _join_some(
    merges: Sequence[tuple[int, int]], chances: Mapping[int, float]
) -> list[ResolutionStep]:
    """Join a chunk in one transaction; if one of it is refused, all but that one."""
    try:
        with transaction.atomic():
            probabilities = [chances[gone] for _keep, gone in merges]
            return join(pairs=merges, by=None, probabilities=probabilities)
    except DomainError:
        if len(merges) == 1:
            return []
        half = len(merges) // 2
        return [*_join_some(merges[:half], chances), *_join_some(merges[half:], chances)]


def _ask_about(links: Sequence[Link], compared: Compared, limits: Bands) -> int:
    """Ask about what is likely, and about a sample of what is not; return how many likely ones.

    What is likely and could not be joined is among them: a person looks.
    """
    keys = {key for link in links for key in (link.left, link.right)}
    now, asked = lead_now(actors=keys), pairs_asked(actors=keys)
    still_open: dict[tuple[int, int], Link] = {}
    for link in sorted(links, key=lambda link: (-link.probability, link.left, link.right)):
        low, high = sorted((now[link.left], now[link.right]))
        if low != high and (low, high) not in asked:
            still_open.setdefault((low, high), replace(link, left=low, right=high))
    likely = [link for link in still_open.values() if link.probability >= limits.ask_from]
    rest = [link for link in still_open.values() if link.probability < limits.ask_from]
    count = ask(links=likely, evidence=compared.explain([link.rows for link in likely]))
    _Sample(rest, compared).ask(AuditBand.APART, of=len(rest))
    return count


class _Sample:
    """A random share of some links, with both sides as they are when it is drawn."""

    def __init__(self, links: Sequence[Link], compared: Compared) -> None:
        size = min(AUDITED_AT_MOST, len(links), round(AUDITED * len(links)) + 1)
        self._links = random.sample(links, size)
        self._evidence = compared.explain([link.rows for link in self._links])
        self._sides = sides_of(key for link in self._links for key in (link.left, link.right))

    def ask(self, band: AuditBand, *, of: int) -> None:
        """Put the sample before people; it stands for so many links."""
        ask(
            links=self._links,
            evidence=self._evidence,
            sides=self._sides,
            audit=band,
            stands_for=of / max(1, len(self._links)),
        )
