"""The submitted versions of a problem, and how two of them differ, for whoever may read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from minka.core.components import Text
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Problem, ProblemVersion
from minka.innovation.queries.problem_parts import PARTS, tier_of
from minka.innovation.queries.problem_reading import audience_of, label_of_field
from minka.innovation.states import Trl, Urgency
from minka.knowledge.models import Theme
from minka.methods.text_difference import Change, Piece, word_difference


@dataclass(frozen=True)
class VersionRow:
    """One submission."""

    number: int
    at: datetime
    who: str
    sha256: str


@dataclass(frozen=True)
class Changed:
    """One field that two versions say differently."""

    label: Text
    pieces: list[Piece]


def versions_of(*, viewer: Any, problem: Problem) -> list[VersionRow]:
    """Return the submissions, the newest first, to whoever may know of the problem."""
    if audience_of(viewer=viewer, problem=problem) is None:
        return []
    rows = problem.versions.select_related("by").order_by("-number")
    return [VersionRow(one.number, one.at, str(one.by), one.sha256) for one in rows]


def version_difference(
    *, viewer: Any, problem: Problem, before: int, after: int
) -> list[Changed] | None:
    """Return what differs between two versions, None where the viewer may not know of them.

    A part is compared only where `viewer` may read it now, and might have in both versions: what
    was closed then is not opened by a later choice.
    """
    audience = audience_of(viewer=viewer, problem=problem)
    found = {one.number: one for one in problem.versions.filter(number__in=(before, after))}
    if audience is None or {before, after} - set(found):
        return None
    old, new = found[before], found[after]
    themes = _labels(old, new)
    changes = []
    for key, part in PARTS.items():
        chosen: tuple[Mapping[str, Any], ...] = (problem.tiers, old.tiers, new.tiers)
        if not all(audience.reads(tier_of(part, one)) for one in chosen):
            continue
        for name in part.fields or ((key,) if key == "files" else ()):
            texts = [_shown(name, one.content.get(name), themes) for one in (old, new)]
            pieces = word_difference(*texts)
            if any(piece.change is not Change.SAME for piece in pieces):
                changes.append(Changed(label_of_field(name, part), pieces))
    return changes


def _labels(*versions: ProblemVersion) -> dict[str, str]:
    slugs = {str(one.content.get("stage") or "") for one in versions}
    for one in versions:
        slugs |= set(one.content.get("themes") or ())
    themes = Theme.every.filter(slug__in=slugs)
    return {theme.slug: localized_text(theme, "label")[0] for theme in themes}


def _shown(name: str, value: Any, themes: Mapping[str, str]) -> str:
    if name == "stage":
        return themes.get(str(value or ""), str(value or ""))
    if name in {"themes", "files"}:
        return ", ".join(themes.get(str(one), str(one)) for one in value or ())
    if name == "urgency" and value in Urgency.values:
        return str(Urgency(value).label)
    if name in {"trl_entry", "trl_exit"} and str(value).isdigit():
        return str(Trl(int(value)).label)
    return str(value or "")
