"""Millions of small objects that all stay: looking through them for cycles is time for nothing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Suspend the search for cycles, which would go through every record again and again.

    A quarter of the processor's time at 100,000 records. The engine makes no cycles worth
    mentioning; whatever else does is found afterwards.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
