"""Passphrases are stretched with much memory on purpose: not endlessly, and few at a time.

Called before a transaction begins: what takes a second holds no lock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from minka.core.errors import TooOften
from minka.core.models import User
from minka.core.throttle import within_limit

MOST_TRIES, TRIES_SECONDS = 20, 600  # of one person: typing from paper goes wrong now and then
_AT_ONCE = BoundedSemaphore(2)  # each needs 256 MiB


@contextmanager
def a_turn(*, by: User) -> Iterator[None]:
    """Wait for a turn to stretch passphrases.

    Raises:
        TooOften: `by` has tried more often than a person does.
    """
    if not within_limit(key=f"passphrase:{by.pk}", most=MOST_TRIES, seconds=TRIES_SECONDS):
        raise TooOften
    with _AT_ONCE:
        yield
