"""Entries of the ledger whose actor and subject a reader may not learn: each line says which.

The entry itself stays where it is, with its act, its instant and its fingerprint: the chain can be
followed by everybody who reads the ledger.
"""

from collections.abc import Callable

from django.db.models import Q

from minka.core.models import User

Veil = Callable[[User], Q]
_veils: dict[str, Veil] = {}


def register_veil(name: str, veil: Veil) -> None:
    """Say, for a line, which entries are veiled for a person."""
    _veils[name] = veil


def veiled_for(viewer: User) -> Q:
    """Match the entries of which `viewer` learns neither who acted nor on what."""
    wanted = Q(pk__in=[])
    for veil in _veils.values():
        wanted |= veil(viewer)
    return wanted
