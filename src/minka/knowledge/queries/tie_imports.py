"""Sheets of ties and their rows, for the team."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from minka.knowledge.models import Actor, TieImport, TieRow
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.states import TieRowState


def tie_imports_of(*, viewer: Any) -> QuerySet[TieImport]:
    """Return the sheets, newest first; nothing to others than the team.

    Their rows are counted: `row_count`, `made_count`, `open_count`.
    """
    found = TieImport.objects.select_related("source", "file", "started_by").order_by("-pk")
    if not viewer.has_perm("knowledge.ties_import"):
        return found.none()
    waiting = Q(rows__state__in=[TieRowState.AMBIGUOUS, TieRowState.UNKNOWN, TieRowState.FAULTY])
    return found.annotate(
        row_count=Count("rows"),
        made_count=Count("rows", filter=Q(rows__made_it=True)),
        open_count=Count("rows", filter=waiting),
    )


def row_counts(*, viewer: Any, tie_import: TieImport) -> dict[str, int]:
    """Return how many rows of a sheet there are in each state."""
    found = tie_rows_of(viewer=viewer, tie_import=tie_import).order_by().values_list("state")
    return dict(found.annotate(count=Count("pk")))


def tie_rows_of(*, viewer: Any, tie_import: TieImport) -> QuerySet[TieRow]:
    """Return the rows of a sheet in its order."""
    found = TieRow.objects.filter(tie_import=tie_import).select_related("tail", "head")
    if not viewer.has_perm("knowledge.ties_import"):
        return found.none()
    return found.order_by("line")


def candidates_of(*, viewer: Any, rows: Sequence[TieRow]) -> dict[int, Actor]:
    """Return the organisations that rows could mean, by pk. One SQL statement."""
    pks = {pk for row in rows for pk in [*row.tail_candidates, *row.head_candidates]}
    return visible_actors(viewer=viewer).select_related("region").in_bulk(pks)
