"""Put pairs of actors before people."""

import random
from collections.abc import Iterable, Mapping, Sequence

from minka.knowledge.actions.decision import Link
from minka.knowledge.models import Actor, PairQuestion
from minka.knowledge.queries.identity import lead_now
from minka.knowledge.queries.profiles import profiles_of, side_of
from minka.knowledge.states import AuditBand
from minka.methods.likeness import Evidence

CHUNK = 500
EVIDENCE_KEPT = 8
TWICE = 0.1  # this share of pairs is read by a second person

Sides = dict[int, dict[str, object]]


def sides_of(actors: Iterable[int]) -> Sides:
    """Return actors as a reviewer reads them.

    No person: what is shown is kept with a question, which only the team reads.
    """
    keys = sorted(set(actors))
    found = Actor.objects.select_related("place", "region").in_bulk(keys)
    return {one.key: side_of(one, found[one.key]) for one in profiles_of(keys)}


def ask(
    *,
    links: Sequence[Link],
    evidence: Sequence[Sequence[Evidence]],
    sides: Sides | None = None,
    audit: str = AuditBand.NONE,
    stands_for: float = 1,
) -> int:
    """Ask about actors, of each pair once for ever; return how many questions are new.

    No person: the worker does what was confirmed.

    Args:
        links: of different actors, the older first.
        evidence: of each link.
        sides: both as they were, where that is not what they are now.
        audit: the sample that they are of, if they are.
        stands_for: for how many links of the sample's band each speaks.
    """
    made = 0
    for start in range(0, len(links), CHUNK):
        some = links[start : start + CHUNK]
        keys = {key for link in some for key in (link.left, link.right)}
        shown, now = sides or sides_of(keys), lead_now(actors=keys)
        rows = dict(Actor.objects.filter(pk__in=keys).values_list("pk", "record_count"))
        before = PairQuestion.objects.count()
        PairQuestion.objects.bulk_create(
            [
                PairQuestion(
                    left_id=link.left,
                    right_id=link.right,
                    now_low_id=min(now[link.left], now[link.right]),
                    now_high_id=max(now[link.left], now[link.right]),
                    probability=link.probability,
                    gain=_gain(link, rows, joined=audit == AuditBand.JOINED),
                    evidence=plain_evidence(evidence[start + number]),
                    sides={"left": shown[link.left], "right": shown[link.right]},
                    audit=audit,
                    stands_for=stands_for,
                    asked_twice=random.random() < TWICE,  # noqa: S311 -- a sample, no secret
                )
                for number, link in enumerate(some)
            ],
            ignore_conflicts=True,
            batch_size=CHUNK,
        )
        made += PairQuestion.objects.count() - before
    return made


def _gain(link: Link, rows: Mapping[int, int], *, joined: bool) -> float:
    """Return how many pairs of rows the answer is expected to set right.

    As in `methods.linkage.review`: an open link of actors of m and n rows hides m·n pairs with its
    probability, what was joined has as many wrong with the complement.
    """
    pairs = max(rows.get(link.left, 1), 1) * max(rows.get(link.right, 1), 1)
    return (1 - link.probability if joined else link.probability) * pairs


def plain_evidence(evidence: Sequence[Evidence]) -> list[dict[str, str | float]]:
    """Return evidence as it is kept.

    No person: it only rewrites.
    """
    return [
        {"comparison": one.comparison, "level": one.level, "bits": round(one.bits, 2)}
        for one in evidence[:EVIDENCE_KEPT]
    ]
