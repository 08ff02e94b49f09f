"""What a reader of the ledger's page may not learn of an entry: each line says which, and of what.

The entry itself stays where it is, with its act, its instant and its fingerprint: the chain can be
followed by everybody who reads the ledger.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum

from minka.core.models import LedgerEntry, User


class Cover(Enum):
    """How much of an entry is left out; what comes later leaves out more."""

    NOTHING = 0
    AUTHOR = 1  # who acted, until it is opened
    CONFLICT = 2  # who acted and on what, from whoever has a conflict of interest


Veil = Callable[[User, Sequence[LedgerEntry]], Mapping[int, Cover]]
_veils: dict[str, Veil] = {}


def register_veil(name: str, veil: Veil) -> None:
    """Let a line say what of some entries is covered for a person, by position."""
    _veils[name] = veil


def covered(*, viewer: User, entries: Sequence[LedgerEntry]) -> list[tuple[LedgerEntry, Cover]]:
    """Return some entries, each with what of it `viewer` does not learn: the most that is said."""
    said = [veil(viewer, entries) for veil in _veils.values()]
    return [
        (
            entry,
            max(
                (found.get(entry.position, Cover.NOTHING) for found in said),
                key=lambda cover: cover.value,
                default=Cover.NOTHING,
            ),
        )
        for entry in entries
    ]
