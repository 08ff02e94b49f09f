"""What changed since the map was last frozen; for the board, who may compare snapshots."""

from tempfile import TemporaryFile
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.charts import change_chart
from minka.core.templatetags.formats import number
from minka.knowledge.models import Snapshot
from minka.knowledge.queries.snapshots import snapshot_rows, visible_snapshots
from minka.knowledge.sources.report.blocks import (
    WIDTH_PT,
    Chapter,
    Edition,
    Table,
    heading,
    list_table,
    long_date,
    note,
    text,
)
from minka.knowledge.sources.snapshot_file import ACTOR_FIELDS, iter_lines, write_lines
from minka.knowledge.states import ActorKind
from minka.methods.map_changes import MapChanges, compare

NAMED = 12


def grown(edition: Edition) -> Chapter:
    """What came, went and changed since the newest snapshot of an earlier day."""
    chapter = Chapter("growth", _("What has changed"))
    if not edition.is_board:
        chapter.blocks = [
            note(
                _("Not in this edition"),
                _("What changed since an earlier day is told in the edition for the board."),
            )
        ]
        return chapter
    found = visible_snapshots(viewer=edition.reader)
    former = found.filter(taken_at__date__lt=edition.made_at.date()).first()
    if former is None:
        chapter.blocks = [
            note(
                _("There is nothing to compare with yet"),
                _(
                    "The map was not frozen on any day before this one. From the next snapshot on, "
                    "this chapter tells who came, who went and which ties formed."
                ),
            )
        ]
        return chapter
    now: dict[str, Any] = {}
    changes = _changes(former, edition, now)
    before: dict[str, Any] = former.figures
    day = long_date(former.taken_at)
    rows = _rows(before, now)
    delta = now["actors"] - before.get("actors", 0)
    chapter.lead = _("Since %(day)s: %(came)s organisations came, %(went)s went, %(ties)s.") % {
        "day": day,
        "came": number(len(changes.came)),
        "went": number(len(changes.went)),
        "ties": ngettext("%(n)s tie formed", "%(n)s ties formed", len(changes.formed))
        % {"n": number(len(changes.formed))},
    }
    chapter.sentences = [chapter.lead]
    chapter.figures = [(_signed(delta), _("since the last snapshot"))]
    chapter.blocks = [
        chapter.picture(
            "change",
            change_chart(
                [(label, one, other, f"{number(other)} ({_signed(other - one)})")
                 for label, one, other in rows],
                width=WIDTH_PT,
            ),
            title=_("From %(day)s to today") % {"day": day},
            reading=_("The ring is the snapshot, the dot today."),
            source=_("snapshot of %(day)s and the map of today, as anybody may see them")
            % {"day": day},
            table=Table(
                _("From %(day)s to today") % {"day": day},
                [_("What"), _("Before"), _("Today"), _("Change")],
                [[label, number(one), number(other), _signed(other - one)]
                 for label, one, other in rows],
                "lrrr",
                _("snapshot of %(day)s") % {"day": day},
                _("Of the whole map, whatever the filter of this edition."),
            ),
        ),
        _moves(changes),
    ]  # fmt: skip
    if changes.came:
        chapter.blocks += [heading(_("Who came")), _who_came(changes)]
    return chapter


def _changes(former: Snapshot, edition: Edition, now: dict[str, Any]) -> MapChanges:
    with TemporaryFile() as today, former.content.open("rb") as file:
        write_lines(today, snapshot_rows(now), taken_at=edition.made_at)
        today.seek(0)
        return compare(iter_lines(file), iter_lines(today), ACTOR_FIELDS)


def _rows(before: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, float, float]]:
    names = {
        "actors": _("Organisations"),
        "verified": _("Verified by the cluster team"),
        "claimed": _("Claimed by the organisation"),
        "located": _("With a position"),
        "with_themes": _("With themes"),
        "ties": _("Ties"),
    }
    rows = [(label, before.get(name, 0), now.get(name, 0)) for name, label in names.items()]
    old, new = before.get("kinds", {}), now.get("kinds", {})
    moved = sorted(
        (kind for kind in {*old, *new} if old.get(kind, 0) != new.get(kind, 0)),
        key=lambda kind: -abs(new.get(kind, 0) - old.get(kind, 0)),
    )
    labels = dict(ActorKind.choices)
    rows += [(str(labels.get(k, k)), old.get(k, 0), new.get(k, 0)) for k in moved[:6]]
    return [(label, float(one), float(other)) for label, one, other in rows]


def _moves(changes: MapChanges) -> dict[str, Any]:
    return text(
        _(
            "%(merged)s organisations turned out to be another that was there already and were "
            "joined with it; of %(changed)s something changed that anybody may see, and %(same)s "
            "are as they were. %(ended)s ties ended."
        )
        % {
            "merged": number(len(changes.merged)),
            "changed": number(len(changes.changed)),
            "same": number(changes.same),
            "ended": number(len(changes.ended)),
        }
    )


def _who_came(changes: MapChanges) -> dict[str, Any]:
    labels = dict(ActorKind.choices)
    rows = [[name, str(labels.get(kind, kind))] for _id, name, kind in changes.came[:NAMED]]
    left = len(changes.came) - len(rows)
    if left:
        rows.append([_("and %(count)s more") % {"count": number(left)}, ""])
    return list_table(
        [_("Organisation"), _("Type of organisation")], rows, align="ll", widths=["2fr", "1fr"]
    )


def _signed(value: float) -> str:
    return f"+{number(value)}" if value > 0 else number(value).replace("-", "\u2212")
