"""Count work instead of time: a machine that is busy does as much of it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Calls:
    """How many calls were made of functions that are written in Python."""

    made: int = 0


@contextmanager
def counted_calls() -> Iterator[Calls]:
    """Count the calls that this thread makes within."""
    calls = Calls()

    def note(_frame: object, event: str, _argument: object) -> None:
        if event == "call":
            calls.made += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(before)
