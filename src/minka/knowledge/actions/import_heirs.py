"""Rows of a newer version that take the place of rows without a number in the one before."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Protocol

from minka.knowledge.models import Record, SheetImport


class _Row(Protocol):
    @property
    def key(self) -> str: ...

    @property
    def values(self) -> dict[str, Any]: ...


class Heirs:
    """Whose place the rows of one chunk take. Rows with a tax number need none: that identifies.

    A row takes the place of one that had the same key, once each, so that an organisation whose
    telephone changed stays the organisation it was.
    """

    def __init__(self, sheet_import: SheetImport, rows: Sequence[_Row]) -> None:
        """Read the rows before with the keys of `rows`; none unless it is a newer version."""
        self._left: dict[str, list[int]] = defaultdict(list)
        if not sheet_import.is_new_version:
            return
        before = (
            Record.objects.filter(
                source_id=sheet_import.source_id,
                sheet=sheet_import.sheet,
                key__in={row.key for row in rows if not row.values.get("tax_id")} - {""},
                vanished_at=None,
                actor__isnull=False,
            )
            .exclude(last_import=sheet_import)
            .order_by("pk")
        )
        for key, actor in before.values_list("key", "actor_id"):
            if actor is not None:
                self._left[key].append(actor)

    @property
    def actors(self) -> set[int]:
        """The actors that a row may inherit."""
        return {actor for actors in self._left.values() for actor in actors}

    def take(self, key: str, values: dict[str, Any]) -> int:
        """Return the actor of the row whose place this one takes, or 0."""
        if values.get("tax_id") or not self._left.get(key):
            return 0
        return self._left[key].pop(0)
