"""What changed between two snapshots, read from their files and remembered: they never change."""

from contextlib import closing
from dataclasses import dataclass

from django.utils.translation import gettext as _

from minka.core.errors import Conflict
from minka.core.remembering import cache
from minka.knowledge.models import Snapshot
from minka.knowledge.sources.snapshot_file import ACTOR_FIELDS, iter_lines
from minka.methods.map_changes import MapChanges, compare

SHOWN = 50
REMEMBERED_S = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class ChangesShown:
    """The first of each kind of change, and how many there are."""

    changes: MapChanges
    counts: dict[str, int]


def changes_between(*, before: Snapshot, after: Snapshot) -> MapChanges:
    """Return every change.

    Raises:
        Conflict: a file is gone or damaged.
    """
    try:
        with closing(before.content.open("rb")) as one, closing(after.content.open("rb")) as other:
            return compare(iter_lines(one), iter_lines(other), ACTOR_FIELDS)
    except (OSError, EOFError, ValueError) as error:
        raise Conflict(_("The file of a snapshot is missing or damaged.")) from error


def changes_shown(*, before: Snapshot, after: Snapshot) -> ChangesShown:
    """Return the first changes of each kind with their numbers; remembered for a week.

    Raises:
        Conflict: a file is gone or damaged.
    """
    key = f"snapshots:1:{before.sha256[:32]}:{after.sha256[:32]}"
    made: ChangesShown | None = cache.get(key)
    if made is None:
        found = changes_between(before=before, after=after)
        counts = {
            name: len(getattr(found, name))
            for name in ("came", "went", "merged", "changed", "formed", "ended")
        } | {"same": found.same}
        names: dict[str, str] = {}
        for name in ("came", "went", "merged", "changed", "formed", "ended"):
            setattr(found, name, getattr(found, name)[:SHOWN])
        for one, _kind, other in (*found.formed, *found.ended):
            names |= {end: found.names.get(end, end) for end in (one, other)}
        found.names = names
        made = ChangesShown(found, counts)
        cache.set(key, made, REMEMBERED_S)
    return made
