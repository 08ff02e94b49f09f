"""Keep what the engine of resolution remembers of rows, so that it need not read them again."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import connections, router, transaction
from django.db.models import Model, Q

from minka.knowledge.models import Actor, LinkageKey, LinkageSheet, LinkageWord

BATCH = 2000
Counts = Mapping[str, tuple[int, int]]  # of each word: names, rows


@transaction.atomic
def remember(
    *,
    actors: Sequence[int],
    keys: Iterable[tuple[int, int, int, int]],
    words: Counts,
    sheets: Mapping[int, tuple[int, str]],
) -> None:
    """Keep what was learnt of the rows of these actors; all of it, or nothing.

    It takes the place of what was kept of them, and of those that were merged into them.

    No person: what is compared, which nobody reads.

    Args:
        actors: whose rows are remembered from now on.
        keys: key, region, beginning of the name, and actor.
        words: how many more names and rows have each.
        sheets: by their import, where names are cut and how often one is named again.
    """
    _drop_keys(actors)
    _write(
        LinkageKey,
        # another job may remember the same actors at this moment: the same rows, once
        "(key, region, start, actor_key) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        sorted(keys),  # neighbours of the index are written one after the other
    )
    _count(words)
    LinkageSheet.objects.bulk_create(
        [
            LinkageSheet(sheet_import_id=key, cut=cut, repeating=repeating)
            for key, (cut, repeating) in sheets.items()
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    for start in range(0, len(actors), BATCH):
        Actor.objects.filter(pk__in=actors[start : start + BATCH]).update(is_remembered=True)


def forget_rows(*, actors: Iterable[int]) -> None:
    """Let the rows of these actors be read again by the next job: they are not as they were.

    No person: a consequence of other acts.
    """
    Actor.objects.filter(pk__in=list(actors)).update(is_remembered=False)


def _drop_keys(actors: Sequence[int]) -> None:
    for start in range(0, len(actors), BATCH):
        some = actors[start : start + BATCH]
        families = Actor.objects.filter(Q(pk__in=some) | Q(merged_into__in=some)).values("pk")
        LinkageKey.objects.filter(actor_key__in=families).delete()


def _count(words: Counts) -> None:
    table = connections[router.db_for_write(LinkageWord)].ops.quote_name(LinkageWord._meta.db_table)
    _write(
        LinkageWord,
        "(word, names, seen) VALUES (%s, %s, %s) ON CONFLICT (word) DO UPDATE"
        f" SET names = {table}.names + excluded.names, seen = {table}.seen + excluded.seen",
        [(word, *counts) for word, counts in sorted(words.items())],
    )


def _write(model: type[Model], columns: str, rows: Sequence[tuple[int | str, ...]]) -> None:
    connection = connections[router.db_for_write(model)]
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(model._meta.db_table)
        for start in range(0, len(rows), BATCH * 10):
            some = rows[start : start + BATCH * 10]
            cursor.executemany(f"INSERT INTO {table} {columns}", some)
