"""Notices that their reader may not read any more: each line says which; they stay on record.

What was told rightly can be closed to a person later, by a conflict of interest that is declared or
found. Then the inbox, the archive of own data and the e-mail that waits say no word of it.
"""

from collections.abc import Callable, Collection, Sequence

from minka.core.models import Notice, User

Closing = Callable[[User, Sequence[str]], Collection[str]]
_closings: dict[str, Closing] = {}


def register_closing(name: str, closing: Closing) -> None:
    """Let a line say which of some subjects, as notices name them, are closed to a person."""
    _closings[name] = closing


def withheld(*, viewer: User, notices: Sequence[Notice]) -> set[int]:
    """Return ids of the notices that `viewer` may not read now; no SQL where none is about any."""
    subjects = sorted({one.about for one in notices if one.about})
    if not subjects:
        return set()
    closed = {one for closing in _closings.values() for one in closing(viewer, subjects)}
    return {one.pk for one in notices if one.about in closed}
