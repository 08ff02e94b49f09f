"""A pair as the review page shows it: both sides line by line, with the differences marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from minka.knowledge.models import PairQuestion
from minka.knowledge.states import ActorKind
from minka.knowledge.web.evidence import Bar, bars, reason

Piece = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Line:
    """One fact on both sides, each in pieces of (text, differs)."""

    label: str
    left: Sequence[Piece]
    right: Sequence[Piece]

    @property
    def equal(self) -> bool:
        """True when both sides say the same."""
        both = bool(self.left) and bool(self.right)
        return both and not any(mark for _text, mark in (*self.left, *self.right))


@dataclass(frozen=True, slots=True)
class Pair:
    """What a reviewer sees of one question."""

    pk: int
    percent: int
    reason: str
    bars: Sequence[Bar]
    lines: Sequence[Line]
    left_id: str
    right_id: str
    second_reading: bool


def pair_of(question: PairQuestion) -> Pair:
    """Return a question as it is shown."""
    left, right = question.sides.get("left", {}), question.sides.get("right", {})
    lines = [
        Line(label, *_marked(_text(left, key), _text(right, key)))
        for key, label in _labels()
        if _text(left, key) or _text(right, key)
    ]
    return Pair(
        pk=question.pk,
        percent=min(99, round(question.probability * 100)),
        reason=reason(question.evidence),
        bars=bars(question.evidence),
        lines=lines,
        left_id=left.get("public_id", ""),
        right_id=right.get("public_id", ""),
        second_reading=question.answered_at is not None,
    )


def _labels() -> list[tuple[str, str]]:
    return [
        ("name", _("Legal name")),
        ("other_names", _("Other names")),
        ("tax_ids", _("Tax number")),
        ("tax_written", _("Number that does not check")),
        ("kind", _("Type of organisation")),
        ("place", _("Region or place")),
        ("address", _("Address")),
        ("website", _("Website")),
        ("emails", _("E-mail")),
        ("phones", _("Telephone")),
        ("activity", _("Activity")),
        ("description", _("What it does")),
    ]


def _text(side: dict[str, Any], key: str) -> str:
    value = side.get(key)
    if key == "kind":
        return str(dict(ActorKind.choices).get(str(value), ""))
    if isinstance(value, list):
        return " · ".join(map(str, value))
    return str(value or "")


def _marked(left: str, right: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces; what the other lacks is marked, letter case aside."""
    if not left or not right:
        return ([(left, False)] if left else []), ([(right, False)] if right else [])
    found = SequenceMatcher(None, left.casefold(), right.casefold(), autojunk=False)
    mine: list[Piece] = []
    yours: list[Piece] = []
    for kind, a, b, c, d in found.get_opcodes():
        if a < b:
            mine.append((left[a:b], kind != "equal"))
        if c < d:
            yours.append((right[c:d], kind != "equal"))
    return mine, yours
