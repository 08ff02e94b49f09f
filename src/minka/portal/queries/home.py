"""What the home page shows: open challenges, the funnel of the edition, the figures of the map."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minka.core.components import Bar, Figure
from minka.core.templatetags.formats import number
from minka.innovation.models import Challenge
from minka.innovation.queries.challenges import published_challenges
from minka.innovation.queries.funnel import Funnel, edition_funnel
from minka.innovation.states import CallPhase
from minka.knowledge.queries.figures import MapFigures, map_figures
from minka.knowledge.states import ActorKind
from minka.portal.queries.work import count_waiting

OPEN_SHOWN = 4
STEPS: tuple[tuple[str, Promise | str, Promise | str], ...] = (
    ("problems", gettext_lazy("problems"), gettext_lazy("stated by user areas of the mines")),
    ("accepted", gettext_lazy("accepted"), gettext_lazy("clear enough to be rated")),
    ("shortlisted", gettext_lazy("shortlisted"), gettext_lazy("chosen to become challenges")),
    ("challenges", gettext_lazy("challenges"), gettext_lazy("published for everybody to answer")),
    ("proposals", gettext_lazy("proposals"), gettext_lazy("handed in before the deadline")),
    ("evaluated", gettext_lazy("evaluated"), gettext_lazy("scored by at least one evaluator")),
    ("decided", gettext_lazy("decided"), gettext_lazy("with a decision and its reason")),
    ("selected", gettext_lazy("selected"), gettext_lazy("on their way to a pilot")),
)


@dataclass(frozen=True)
class FunnelStep:
    """One step of the funnel; `value` counts problems, challenges or proposals."""

    value: int
    label: Promise | str
    sentence: Promise | str


def home_figures(*, viewer: Any) -> dict[str, Any]:
    """Return what the home page needs for `viewer`; the same number of statements at any size."""
    funnel = edition_funnel(viewer=viewer)
    figures = map_figures(viewer=viewer)
    steps = funnel_steps(funnel)
    return {
        "edition": funnel.edition,
        "funnel": steps,
        "largest": max((step.value for step in steps), default=0) or 1,
        "open_challenges": _open_challenges(),
        "map_figures": map_cards(figures),
        "kind_bars": _kind_bars(figures),
        "waiting_count": count_waiting(viewer=viewer),
    }


def funnel_steps(funnel: Funnel) -> list[FunnelStep]:
    """No person: the funnel is made for its viewer; return the steps that it shows."""
    if funnel.edition is None:
        return []
    values = [(getattr(funnel, name), label, sentence) for name, label, sentence in STEPS]
    return [FunnelStep(*step) for step in values if step[0] is not None]


def map_cards(figures: MapFigures) -> list[Figure]:
    """No person: the figures are made for their viewer; return them as cards."""
    directory = reverse("knowledge:directory")
    return [
        Figure(
            value=number(figures.actors),
            unit=_("organisations"),
            sentence=_("known to the cluster, each with one record of its own"),
            url=directory,
        ),
        Figure(
            value=number(figures.records),
            unit=_("rows read"),
            sentence=_("kept as they came, so that one can see who says what"),
            source=ngettext("%(count)s source", "%(count)s sources", figures.sources)
            % {"count": figures.sources},
        ),
        Figure(
            value=figures.regions,
            unit=_("regions"),
            sentence=_("with at least one organisation on the map"),
            url=reverse("knowledge:map"),
        ),
        Figure(
            value=f"{figures.located_percent} %",
            unit=_("located"),
            sentence=_("have a place on the map, by address or by district"),
        ),
    ]


def _kind_bars(figures: MapFigures) -> list[Bar]:
    directory = reverse("knowledge:directory")
    return [
        Bar(label=ActorKind(kind).label, value=count, url=f"{directory}?kind={kind}")
        for kind, count in figures.by_kind
    ]


def _open_challenges() -> list[Challenge]:
    """The open ones, those that close soonest first."""
    published = published_challenges().select_related("call").order_by("call__closes_at", "pk")
    return [c for c in published if c.call.phase == CallPhase.OPEN][:OPEN_SHOWN]
