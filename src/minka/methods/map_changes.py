"""What changed between two states of a map. Pure: lines in, differences out.

Lines are JSON lists as `knowledge.sources.snapshot_file` describes them. The earlier state is held
as bytes, one entry per organisation and tie; the later one passes by as a stream, so that two maps
of 100,000 organisations fit in some tens of megabytes. Lines that are equal are never parsed.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Changed:
    """One organisation of both states: field → (before, after)."""

    public_id: str
    name: str
    fields: dict[str, tuple[Any, Any]]


@dataclass(slots=True)
class MapChanges:
    """Every difference, by name. A tie is (public id, kind, public id)."""

    came: list[tuple[str, str, str]] = field(default_factory=list)  # public id, name, kind
    went: list[tuple[str, str, str]] = field(default_factory=list)
    merged: list[tuple[str, str, str, str]] = field(default_factory=list)  # id, name, into, name
    changed: list[Changed] = field(default_factory=list)
    formed: list[tuple[str, str, str]] = field(default_factory=list)
    ended: list[tuple[str, str, str]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # of who has a tie that formed or ended
    same: int = 0


@dataclass(slots=True)
class _State:
    """The earlier state as bytes, and what the later one has shown so far."""

    actors: dict[str, bytes] = field(default_factory=dict)
    ties: set[bytes] = field(default_factory=set)
    kept_ties: set[bytes] = field(default_factory=set)
    new_ties: set[bytes] = field(default_factory=set)
    here: dict[str, str] = field(default_factory=dict)  # names of who came or changed
    same: set[str] = field(default_factory=set)
    arrows: dict[str, str] = field(default_factory=dict)

    def name_of(self, public_id: str) -> str:
        """Return the newest name known of an organisation."""
        old = self.actors.get(public_id)
        return self.here.get(public_id) or (str(json.loads(old)[2]) if old else public_id)


def compare(before: Iterable[bytes], after: Iterable[bytes], fields: Sequence[str]) -> MapChanges:
    """Return what changed.

    Whoever is gone because it was merged is told as merged, not as gone, and the ties that it took
    along neither ended nor formed.

    Args:
        before: lines of the earlier state.
        after: lines of the later state.
        fields: names of what follows the public id in the line of an organisation.
    """
    state, found = _State(), MapChanges()
    for line in before:
        if line.startswith(b'["a"'):
            state.actors[_id_of(line)] = line
        elif line.startswith(b'["t"'):
            state.ties.add(line)
    for line in after:
        if line.startswith(b'["a"'):
            _meet(state, found, line, fields)
        elif line.startswith(b'["t"'):
            if line in state.ties:
                state.ties.discard(line)
                state.kept_ties.add(line)
            else:
                state.new_ties.add(line)
        elif line.startswith(b'["g"'):
            _kind, gone, into = json.loads(line)
            state.arrows[gone] = into
    found.same = len(state.same)
    _leavers(state, found)
    _ties(state, found)
    for several in (found.came, found.went, found.merged):
        several.sort(key=lambda one: (one[1].casefold(), one[0]))
    found.changed.sort(key=lambda one: (one.name.casefold(), one.public_id))
    return found


def _meet(state: _State, found: MapChanges, line: bytes, fields: Sequence[str]) -> None:
    public_id = _id_of(line)
    old = state.actors.get(public_id)
    if old == line:
        state.same.add(public_id)
        return
    row = json.loads(line)
    state.here[public_id] = row[2]
    if old is None:
        found.came.append((public_id, row[2], row[3]))
    else:
        found.changed.append(_changed(json.loads(old), row, fields))


def _leavers(state: _State, found: MapChanges) -> None:
    for public_id, line in state.actors.items():
        if public_id in state.same or public_id in state.here:
            continue
        row = json.loads(line)
        into = state.arrows.get(public_id)
        if into is None:
            found.went.append((public_id, row[2], row[3]))
        else:
            found.merged.append((public_id, row[2], into, state.name_of(into)))


def _ties(state: _State, found: MapChanges) -> None:
    """Tell ties by who has them now: what a merge carried over is neither new nor ended."""
    ended = {_tie(line, state.arrows) for line in state.ties}
    formed = {_tie(line, state.arrows) for line in state.new_ties}
    # the same tie may be told with other dates, too: then it stands
    stands = {_tie(line, state.arrows) for line in state.kept_ties} if ended or formed else set()
    found.ended = sorted(one for one in ended - formed - stands if one[0] != one[2])
    found.formed = sorted(formed - ended - stands)
    ends = {end for one, _k, other in (*found.formed, *found.ended) for end in (one, other)}
    found.names = {public_id: state.name_of(public_id) for public_id in ends}


def _tie(line: bytes, arrows: dict[str, str]) -> tuple[str, str, str]:
    _letter, one, kind, other, *_dates = json.loads(line)
    return arrows.get(one, one), kind, arrows.get(other, other)


def _changed(old: list[Any], new: list[Any], fields: Sequence[str]) -> Changed:
    differences = {
        name: (one, other)
        for name, one, other in zip(fields, old[2:], new[2:], strict=True)
        if one != other
    }
    return Changed(new[1], new[2], differences)


def _id_of(line: bytes) -> str:
    # `["a","` is six bytes long; a public id holds nothing that JSON would write otherwise
    return line[6 : line.index(b'"', 6)].decode()
