"""A search as what is wanted, each want with all the ways to say it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which a document may say what is wanted: all these roots."""

    roots: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that is asked for, with all the ways to say it.

    Args:
        count: in how many documents it is said.
        importance: 1 for what is asked, less for what only explains it.
    """

    alternatives: tuple[Alternative, ...]
    count: int
    importance: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for: the wants, the words as they stand, and those that may be acronyms."""

    wants: tuple[Want, ...]
    text: str
    letters: tuple[str, ...] = ()
