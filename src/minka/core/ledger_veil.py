"""Whose act it was is nobody's business yet: lines say of which entries, the pages leave it out.

The ledger itself keeps every name, and its chain proves them; only who reads the page waits.
"""

from collections.abc import Callable, Collection, Sequence

from minka.core.models import LedgerEntry

Veil = Callable[[Sequence[LedgerEntry]], Collection[int]]

_veils: dict[str, Veil] = {}


def register_veil(name: str, veil: Veil) -> None:
    """Let a line say which of some entries hide who acted; registering twice changes nothing."""
    _veils[name] = veil


def veiled(entries: Sequence[LedgerEntry]) -> set[int]:
    """Return the positions of the entries whose author is not told yet."""
    return {position for veil in _veils.values() for position in veil(entries)}
