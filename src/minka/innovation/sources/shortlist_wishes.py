"""Wishes as people write them in one line: `company=Hudbay:1`, `pilot_usd:400000`, `P7:P12`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from math import isnan

from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput
from minka.innovation.sources.items import Items, to_number
from minka.methods.shortlist.wishes import (
    Bonus,
    Budget,
    Constraint,
    LeftOut,
    MustHave,
    NeverTogether,
    Share,
)
from minka.methods.text import search_key

_MARK = ":"


@dataclass(frozen=True, slots=True)
class Written:
    """Wishes by their kind, each a line as somebody wrote it."""

    at_least: Sequence[str] = ()
    at_most: Sequence[str] = ()
    budget: Sequence[str] = ()
    inside: Sequence[str] = ()
    outside: Sequence[str] = ()
    apart: Sequence[str] = ()
    bonus: Sequence[str] = field(default=())


def read_constraints(items: Items, written: Written) -> tuple[Constraint, ...]:
    """Return what the lines ask for, each under a name that says it as it was written.

    Raises:
        InvalidInput: a line cannot be read, or names something that is not in the sheet.
    """
    found: list[Constraint] = []
    for line in written.at_least:
        found.extend(_shares(items, line, least=True))
    for line in written.at_most:
        found.extend(_shares(items, line, least=False))
    found.extend(_budget(items, line) for line in written.budget)
    found.extend(_one(items, line) for line in written.inside)
    found.extend(LeftOut(f"without {_id(items, line)}", items.number_of(line))
                 for line in written.outside)  # fmt: skip
    found.extend(_apart(items, line) for line in written.apart)
    return tuple({constraint.name: constraint for constraint in found}.values())


def read_bonuses(items: Items, lines: Sequence[str]) -> tuple[Bonus, ...]:
    """Return what pairs of items are worth together: `P7:P12:0.5`.

    Raises:
        InvalidInput: a line cannot be read, or names no item.
    """
    found = []
    for line in lines:
        names, _mark, amount = line.rpartition(_MARK)
        value = to_number(amount)
        places = [items.number_of(name) for name in _ids(items, names)]
        if value is None or len(set(places)) != 2:
            raise _unreadable(line, "P7:P12:0.5")
        found.append(Bonus(places[0], places[1], value))
    return tuple(found)


def _shares(items: Items, line: str, *, least: bool) -> Iterator[Share]:
    """Yield one share for `column=value:n`, and one for each value for `column:n`."""
    asked, _mark, amount = line.rpartition(_MARK)
    count = to_number(amount)
    if not asked or count is None or count < 0 or count != int(count):
        raise _unreadable(line, "company=Hudbay:1")
    column, equals, value = asked.partition("=")
    tags = items.tags(column)
    wanted = [one for one in tags if search_key(one) == search_key(value)] if equals else [*tags]
    if not wanted:
        raise InvalidInput(
            _("No item has “%(value)s” in column “%(column)s”. It holds: %(values)s.")
            % {"value": value, "column": column, "values": ", ".join(sorted(tags)[:12])}
        )
    sign, number = (">=", "at_least") if least else ("<=", "at_most")
    for one in wanted:
        name = f"{column.strip()}={one} {sign} {int(count)}"
        yield Share(name, tags[one], **{number: int(count)})


def _budget(items: Items, line: str) -> Budget:
    column, _mark, amount = line.rpartition(_MARK)
    most = to_number(amount)
    if not column or most is None:
        raise _unreadable(line, "pilot_usd:400000")
    costs = items.numbers(column)
    unknown = [items.ids[at] for at, cost in enumerate(costs.tolist()) if isnan(cost)]
    if unknown:
        raise InvalidInput(
            _("These items have no cost in column “%(column)s”: %(ids)s.")
            % {"column": column, "ids": ", ".join(unknown[:10])}
        )
    return Budget(f"{column} <= {most:g}", tuple(costs.tolist()), most)


def _one(items: Items, line: str) -> MustHave:
    return MustHave(f"with {_id(items, line)}", items.number_of(line))


def _apart(items: Items, line: str) -> NeverTogether:
    names = _ids(items, line)
    places = frozenset(items.number_of(name) for name in names)
    if len(places) < 2:
        raise _unreadable(line, "P7:P12")
    return NeverTogether("not " + " with ".join(items.ids[at] for at in sorted(places)), places)


def _id(items: Items, line: str) -> str:
    return items.ids[items.number_of(line)]


def _ids(items: Items, line: str) -> list[str]:
    """Split a line at the marks, of which some may belong to an id."""
    parts = line.split(_MARK)
    for size in range(len(parts) - 1, 0, -1):
        for cuts in combinations(range(1, len(parts)), size):
            edges = [0, *cuts, len(parts)]
            names = [_MARK.join(parts[a:b]) for a, b in pairwise(edges)]
            if all(_is_known(items, name) for name in names):
                return names
    return parts


def _is_known(items: Items, name: str) -> bool:
    key = search_key(name)
    return any(one == name.strip() or (key and search_key(one) == key) for one in items.ids)


def _unreadable(line: str, example: str) -> InvalidInput:
    return InvalidInput(
        _("“%(line)s” cannot be read. Write it like this: %(example)s.")
        % {"line": line, "example": example}
    )
