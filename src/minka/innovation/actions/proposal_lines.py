"""The lines of a proposal's tables: what may be kept of them, and what the budget comes to."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from minka.innovation.actions.rates import CENT, in_dollars, rate_of
from minka.innovation.models.proposal_parts import COLUMNS, MOST_LINES, Column

MOST_MONEY = Decimal(9_999_999_999)
MOST_RATE = Decimal(1_000_000)
EARLIEST_YEAR = 1950
Line = dict[str, Any]


class _Unfit(Exception):
    """Says why a value cannot be kept."""


def clean_lines(
    table: str, lines: Iterable[Mapping[str, Any]]
) -> tuple[list[Line] | None, dict[str, str]]:
    """No person: return the lines as they are kept, or what is wrong, by cell.

    A line may be incomplete; one in which nothing is written is left out. None when all are.
    """
    kept: list[Line] = []
    wrong: dict[str, str] = {}
    for place, line in enumerate(lines):
        if _is_blank(table, line):
            continue
        found: Line = {}
        for column in COLUMNS[table]:
            try:
                found[column.name] = _value(column, line.get(column.name))
            except _Unfit as reason:
                wrong[f"{table}-{place}-{column.name}"] = str(reason)
        if not wrong:
            wrong |= {f"{table}-{place}-{n}": why for n, why in _finish(table, found).items()}
        kept.append(found)
    if len(kept) > MOST_LINES:
        wrong[f"{table}-0-{COLUMNS[table][0].name}"] = _("At most %(most)s lines.") % {
            "most": MOST_LINES
        }
    return (kept or None), wrong


def requested_of(budget: Sequence[Mapping[str, Any]] | None) -> Decimal | None:
    """No person: return what a budget asks for in US dollars; None where there is no budget."""
    if not budget:
        return None
    asked = [one for one in budget if one.get("paid_by") != "own"]
    total = sum((Decimal(one["usd"]) for one in asked if one.get("usd")), Decimal(0))
    return total or None


def _is_blank(table: str, line: Mapping[str, Any]) -> bool:
    """True when nothing was written; choices always say something, and count for nothing."""
    typed = [c.name for c in COLUMNS[table] if c.kind not in {"choice", "yes"}]
    return not any(str(line.get(name) or "").strip() for name in typed)


def _value(column: Column, given: Any) -> Any:
    if column.kind == "yes":
        return given in {True, "on", "1", "true", "True"}
    text = str(given if given is not None else "").strip()
    if column.kind == "choice":
        allowed = [str(value) for value, _label in column.choices]
        if text and text not in allowed:
            raise _Unfit(_("Choose one of the list."))
        return text or allowed[0]
    if not text:
        return None if column.kind in {"number", "money", "rate"} else ""
    if column.kind == "number":
        return _number(column, text)
    if column.kind in {"money", "rate"}:
        return _decimal(text, is_rate=column.kind == "rate")
    if len(text) > column.most:
        raise _Unfit(_("At most %(most)s characters.") % {"most": column.most})
    if column.kind == "link":
        _check_link(text)
    return text


def _number(column: Column, text: str) -> int:
    least = EARLIEST_YEAR if column.name == "year" else 0
    if column.name in {"starts", "ends"}:
        least = 1
    if not text.isdecimal() or len(text) > 4 or not least <= int(text) <= column.most:
        raise _Unfit(
            _("Write a number from %(least)s to %(most)s.") % {"least": least, "most": column.most}
        )
    return int(text)


def _decimal(text: str, *, is_rate: bool) -> str:
    plain = text.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise _Unfit(_("Write a number, with a point before the cents.")) from None
    if not value.is_finite() or not 0 < value <= (MOST_RATE if is_rate else MOST_MONEY):
        raise _Unfit(_("Write an amount above zero."))
    if is_rate:
        return f"{value.normalize():f}"
    return f"{value.quantize(CENT)}"


def _check_link(text: str) -> None:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        raise _Unfit(_("Write a whole address, beginning with https://.")) from None


def _finish(table: str, line: Line) -> dict[str, str]:
    """Complete a line with what follows from it; return what its values say against each other."""
    if table == "timeline" and line["starts"] and line["ends"] and line["ends"] < line["starts"]:
        return {"ends": _("It would end before it begins.")}
    if table == "budget":
        rate = rate_of(line["currency"], Decimal(line["rate"]) if line["rate"] else None)
        line["rate"] = f"{rate.normalize():f}" if rate else None
        line["usd"] = None
        if line["amount"] and rate:
            line["usd"] = f"{in_dollars(Decimal(line['amount']), rate)}"
        elif line["amount"]:
            return {"rate": _("Say how much of this currency one US dollar costs.")}
    return {}
