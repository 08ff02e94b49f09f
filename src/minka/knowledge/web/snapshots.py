"""Snapshots of the map: the list with its curves, taking one, and any two side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from minka.core.access import require
from minka.core.errors import InvalidInput
from minka.core.http import SignedInRequest
from minka.core.templatetags.formats import number
from minka.knowledge.actions.snapshots import take_snapshot
from minka.knowledge.models import Snapshot, Theme
from minka.knowledge.queries.fields import field_label
from minka.knowledge.queries.snapshots import visible_snapshots
from minka.knowledge.sources.snapshot_changes import changes_between, changes_shown
from minka.knowledge.sources.snapshot_file import write_lines
from minka.knowledge.sources.survey_sheet import as_csv
from minka.knowledge.states import ActorKind, RelationKind, SizeBand
from minka.knowledge.web.filters import theme_label
from minka.knowledge.web.lines import chart_top, line_chart
from minka.methods.map_changes import Changed, MapChanges

FIELD_WORDS = {
    "verified": gettext_lazy("verified"),
    "claimed": gettext_lazy("claimed"),
    "themes": gettext_lazy("themes"),
    "certifications": gettext_lazy("certifications"),
    "position": gettext_lazy("position on the map"),
    "country": gettext_lazy("country"),
    "place": gettext_lazy("place"),
}
METRICS: dict[str, tuple[Any, int]] = {  # name, decimals
    "actors": (gettext_lazy("Organisations"), 0),
    "verified": (gettext_lazy("Verified by the cluster team"), 0),
    "claimed": (gettext_lazy("Claimed profiles"), 0),
    "located": (gettext_lazy("On the map"), 0),
    "with_themes": (gettext_lazy("With themes"), 0),
    "ties": (gettext_lazy("Public ties"), 0),
    "network.density": (gettext_lazy("Density of the network"), 5),
    "network.isolated": (gettext_lazy("Organisations without a public tie"), 0),
    "network.components": (gettext_lazy("Pieces of the network"), 0),
    "network.largest": (gettext_lazy("Organisations in the largest piece"), 0),
    "network.reciprocity": (gettext_lazy("Reciprocity"), 3),
    "network.ei": (gettext_lazy("E-I index: ties between types (1) or within (−1)"), 3),
    "network.communities": (gettext_lazy("Communities"), 0),
    "network.modularity": (gettext_lazy("Modularity"), 3),
    "network.highest_core": (gettext_lazy("Highest k-core"), 0),
    "network.articulation": (gettext_lazy("Organisations that hold pieces together"), 0),
    "network.bridges": (gettext_lazy("Bridges"), 0),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """One measure in both snapshots; None where it was not known."""

    label: str
    before: float | None
    after: float | None
    decimals: int

    @property
    def difference(self) -> str:
        """How much it rose or fell, with its sign."""
        if self.before is None or self.after is None:
            return "—"
        change = self.after - self.before
        if not change:
            return "="
        return f"{'+' if change > 0 else '−'}{number(abs(change), self.decimals)}"


class NoteForm(forms.Form):
    """Why a snapshot is taken."""

    note = forms.CharField(
        label=gettext_lazy("Why it is taken"),
        max_length=200,
        help_text=gettext_lazy("For example: before the merge of the two registers."),
    )


@require_GET
def snapshots_page(request: SignedInRequest) -> HttpResponse:
    """Every snapshot, and how the map has grown from one to the next."""
    snapshots = list(visible_snapshots(viewer=request.user))
    oldest_first = snapshots[::-1]
    series: list[tuple[str, list[float | None]]] = [
        (_("Organisations"), [float(one.actors) for one in oldest_first]),
        (_("Public ties"), [float(one.ties) for one in oldest_first]),
    ]
    top = chart_top(series)
    labels = [f"{one.taken_at:%d/%m/%y}" for one in oldest_first]
    context = {
        "snapshots": snapshots,
        "chart": line_chart(labels, series, words=["0", number(top / 2), number(top)]),
        "form": NoteForm(),
        "may_take": request.user.has_perm("knowledge.snapshot_take"),
        "may_compare": request.user.has_perm("knowledge.snapshot_compare"),
    }
    return render(request, "knowledge/snapshots/list.html", context)


@require_POST
def snapshot_new(request: SignedInRequest) -> HttpResponse:
    """Freeze the map now."""
    try:
        take_snapshot(by=request.user, note=request.POST.get("note", ""), write=write_lines)
    except InvalidInput as error:
        messages.warning(request, " ".join(str(text) for text in error.fields.values()))
    else:
        messages.success(request, _("The map is kept as it stands now."))
    return redirect("knowledge:snapshots")


@require_GET
def snapshots_compare(request: SignedInRequest) -> HttpResponse:
    """Who came, went, was merged or changed, which ties formed or ended, what measures did."""
    require(request.user, "knowledge.snapshot_compare")
    snapshots = list(visible_snapshots(viewer=request.user))
    if len(snapshots) < 2:
        return redirect("knowledge:snapshots")
    after = _asked(request, "a", snapshots[0])
    before = _asked(request, "de", snapshots[1])
    if before.taken_at > after.taken_at:
        before, after = after, before
    if request.GET.get("formato") == "csv":
        return _download(before, after)
    shown = changes_shown(before=before, after=after)
    found = shown.changes
    themes = {one.slug: theme_label(one) for one in Theme.every.all()}
    context = {
        "snapshots": snapshots,
        "before": before,
        "after": after,
        "counts": shown.counts,
        "came": [(one, name, ActorKind(kind).label) for one, name, kind in found.came],
        "went": [(one, name, ActorKind(kind).label) for one, name, kind in found.went],
        "merged": found.merged,
        "changed": [(one, list(_field_changes(one, themes))) for one in found.changed],
        "formed": _ties(found, found.formed),
        "ended": _ties(found, found.ended),
        "metrics": _metrics(before, after),
        "kinds": _by_name(before, after, "kinds", dict(ActorKind.choices)),
        "regions": _by_name(before, after, "regions", {}),
        "csv_url": f"?de={before.pk}&a={after.pk}&formato=csv",
    }
    return render(request, "knowledge/snapshots/compare.html", context)


def _asked(request: SignedInRequest, name: str, default: Snapshot) -> Snapshot:
    code = request.GET.get(name, "")
    if not code.isdecimal():
        return default
    return get_object_or_404(visible_snapshots(viewer=request.user), pk=int(code[:18]))


def _field_changes(one: Changed, themes: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for name, (before, after) in one.fields.items():
        label = str(FIELD_WORDS[name]) if name in FIELD_WORDS else str(field_label(name))
        if name == "description":
            yield label, "", _("was rewritten") if before and after else (
                _("was written") if after else _("was taken out")
            )  # fmt: skip
        elif isinstance(before, list) and isinstance(after, list) and name != "position":
            words = themes if name == "themes" else {}
            gone = [str(words.get(x, x)) for x in before if x not in after]
            new = [str(words.get(x, x)) for x in after if x not in before]
            yield label, ", ".join(gone), ", ".join(new)
        else:
            yield label, _said(name, before), _said(name, after)


def _said(name: str, value: Any) -> str:
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "kind":
        return str(dict(ActorKind.choices).get(value, value))
    if name == "size_band":
        return str(dict(SizeBand.choices).get(value, value))
    if isinstance(value, list):
        return " ".join(str(part) for part in value)
    return str(value)


def _ties(
    found: MapChanges, several: list[tuple[str, str, str]]
) -> list[tuple[str, str, str, str, str]]:
    words = dict(RelationKind.choices)
    return [
        (one, found.names.get(one, one), str(words.get(kind, kind)), other,
         found.names.get(other, other))
        for one, kind, other in several
    ]  # fmt: skip


def _metrics(before: Snapshot, after: Snapshot) -> list[Moved]:
    def figure(snapshot: Snapshot, path: str) -> float | None:
        value: Any = snapshot.figures
        for part in path.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        return value if isinstance(value, int | float) else None

    moved = [
        Moved(str(label), figure(before, path), figure(after, path), decimals)
        for path, (label, decimals) in METRICS.items()
    ]
    return [one for one in moved if one.before is not None or one.after is not None]


def _by_name(before: Snapshot, after: Snapshot, name: str, words: dict[str, Any]) -> list[Moved]:
    one, other = before.figures.get(name, {}), after.figures.get(name, {})
    moved = [
        Moved(str(words.get(key, key)) or _("Not known"), one.get(key, 0), other.get(key, 0), 0)
        for key in {*one, *other}
    ]
    return sorted(moved, key=lambda row: (-(row.after or 0), row.label))


def _download(before: Snapshot, after: Snapshot) -> HttpResponse:
    found = changes_between(before=before, after=after)
    themes = {one.slug: theme_label(one) for one in Theme.every.all()}
    rows: list[list[Any]] = [[_("What happened"), _("Organisation"), "id", _("What"), _("Before"),
                              _("After")]]  # fmt: skip
    rows += [[_("came"), name, one, "", "", ""] for one, name, _kind in found.came]
    rows += [[_("went"), name, one, "", "", ""] for one, name, _kind in found.went]
    rows += [[_("was merged"), name, one, "", "", into] for one, name, _id, into in found.merged]
    for changed in found.changed:
        rows += [
            [_("changed"), changed.name, changed.public_id, *parts]
            for parts in _field_changes(changed, themes)
        ]
    for words, several in ((_("tie formed"), found.formed), (_("tie ended"), found.ended)):
        rows += [
            [words, name, one, kind, "", other_name]
            for one, name, kind, _other, other_name in _ties(found, several)
        ]
    answer = HttpResponse(as_csv(rows), content_type="text/csv")
    name = f"cambios-{before.taken_at:%Y-%m-%d}-{after.taken_at:%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
