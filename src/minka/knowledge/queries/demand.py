"""What somebody needs, told by every line that knows of needs, each for whoever looks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from minka.knowledge.models import Answer, Theme
from minka.knowledge.rules import member_actors
from minka.knowledge.states import QuestionKind, ResponseState

NEEDS_QUESTION = "challenge_themes"  # “On which themes do you look for solutions?”


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that somebody needs, and that the viewer may know of.

    Args:
        key: what it is, the same whoever tells of it, such as `innovation.problem:41`.
        themes: pks of concepts, where in the value chain among them.
        regions: pks of the regions it is told to be of; none where that is not for the viewer.
    """

    key: str
    title: str
    detail: str
    url: str
    themes: frozenset[int]
    regions: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class DemandProvider:
    """A kind of need. `tell` takes the viewer first and gives what they may know of."""

    label: str | Promise
    tell: Callable[[Any], Iterable[Need]]


_providers: dict[str, DemandProvider] = {}


def register_demand(name: str, provider: DemandProvider) -> None:
    """Let a line tell of needs; call it in `AppConfig.ready()`."""
    _providers[name] = provider


def needs(*, viewer: Any) -> dict[str, list[Need]]:
    """Return the needs that `viewer` may know of, by the name of who tells of them.

    Never remembered for anybody else: a count alone would tell of what is not theirs to know.
    """
    told: set[str] = set()
    found: dict[str, list[Need]] = {}
    for name, provider in _providers.items():
        fresh = [one for one in provider.tell(viewer) if one.key not in told]
        told |= {one.key for one in fresh}
        found[name] = fresh
    return found


def demand_label(name: str) -> str:
    """Return what a kind of need is called."""
    return str(_providers[name].label)


def declared_needs(viewer: Any) -> list[Need]:
    """Return the themes in which organisations say they look for solutions, answered in surveys.

    The team sees all, members those of their own organisation. Two SQL statements.
    """
    if not viewer.is_authenticated:
        return []
    answers = Answer.objects.filter(
        question__code=NEEDS_QUESTION,
        question__kind=QuestionKind.THEMES,
        question__is_anonymous=False,
        response__state=ResponseState.FINISHED,
        response__set_aside=False,
    )
    if not viewer.has_perm("knowledge.survey_run"):
        answers = answers.filter(response__actor__in=member_actors(viewer))
    rows = answers.order_by("response__actor", "-response__finished_at").values_list(
        "response__actor",
        "response__actor__name",
        "response__actor__public_id",
        "response__actor__region",
        "response__wave__name",
        "value",
    )
    known = dict(Theme.objects.values_list("slug", "pk"))
    latest: dict[int, Need] = {}
    for actor, name, public_id, region, wave, value in rows:
        themes = frozenset(known[slug] for slug in value or () if slug in known)
        if themes and actor not in latest:
            latest[actor] = Need(
                key=f"knowledge.declared:{actor}",
                title=_("%(organisation)s looks for solutions") % {"organisation": name},
                detail=wave,
                url=reverse("knowledge:actor", args=[public_id]),
                themes=themes,
                regions=frozenset({region} - {None}),
            )
    return list(latest.values())
