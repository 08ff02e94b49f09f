"""What concerns one person: each line says what it holds of them and how it forgets them.

Lines register in `AppConfig.ready()`, so that the core imports no line.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from minka.core.models import User


@dataclass(frozen=True)
class Holding:
    """What one part of the house holds of people.

    Args:
        collect: gives what concerns the person as plain values that JSON can hold.
        forget: takes out what names them, inside the transaction of the erasure.
    """

    collect: Callable[[User], Any]
    forget: Callable[[User, User], None] | None = None


_holdings: dict[str, Holding] = {}


def register_holding(name: str, holding: Holding) -> None:
    """Let a line's part be in every export and every erasure."""
    _holdings[name] = holding


def collected(*, person: User) -> dict[str, Any]:
    """Return everything that concerns the person, by where it is held."""
    return {name: holding.collect(person) for name, holding in sorted(_holdings.items())}


def forgotten(*, by: User, person: User) -> None:
    """Let every part forget the person."""
    for holding in _holdings.values():
        if holding.forget is not None:
            holding.forget(by, person)
