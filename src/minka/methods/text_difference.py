"""What changed between two texts, word by word. Pure: no Django, no database, no clock.

Source: Ratcliff & Metzener (1988), "Pattern Matching: The Gestalt Approach", in `difflib`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|[^\W_]+(?:[.,'’-][^\W_]+)*|.", re.DOTALL)
SMALL_WORD = 3  # letters
MOST_WORDS = 20_000  # beyond, comparing would take seconds: the texts are shown whole


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, and whether it stayed, came or went."""

    text: str
    change: Change


def word_difference(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts in reading order.

    The pieces that are not ADDED make `before`, those that are not REMOVED make `after`. Between
    two changes a space or a small word is no reason to begin anew, so that a phrase that was
    rewritten reads as one phrase for another.
    """
    if before == after:
        return [Piece(after, Change.SAME)] if after else []
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return _joined([Piece(before, Change.REMOVED), Piece(after, Change.ADDED)])
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(old[i1:i2]), Change.SAME))
            continue
        pieces.append(Piece("".join(old[i1:i2]), Change.REMOVED))
        pieces.append(Piece("".join(new[j1:j2]), Change.ADDED))
    return _joined(pieces)


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Put what went and what came of one place together, across spaces that stayed."""
    found: list[Piece] = []
    gone = come = ""
    for at, piece in enumerate(pieces):
        is_gap = (
            piece.change is Change.SAME
            and _is_slight(piece.text)
            and bool(gone and come)
            and at + 1 < len(pieces)
        )
        if piece.change is Change.SAME and not is_gap:
            found += _both(gone, come)
            gone = come = ""
            found.append(piece)
            continue
        gone += piece.text if piece.change is not Change.ADDED else ""
        come += piece.text if piece.change is not Change.REMOVED else ""
    found += _both(gone, come)
    return [one for one in found if one.text]


def _is_slight(text: str) -> bool:
    """Whether what stayed between two changes is only a space or a small word: “de”, “con”."""
    return len(text.split()) <= 1 and len(text.strip()) <= SMALL_WORD


def _both(gone: str, come: str) -> list[Piece]:
    return [Piece(gone, Change.REMOVED), Piece(come, Change.ADDED)]
