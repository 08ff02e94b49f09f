"""What a solver that was not selected could do next: other challenges, partners, funds.

Only of what is public: nobody's answers to the challenge play any part in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.templatetags.formats import in_zone, localized_text
from minka.innovation.models import Challenge, Proposal
from minka.innovation.queries.problems_themes import label_of
from minka.innovation.queries.solvers import fitting_challenges
from minka.innovation.states import ChallengeState, ProposalState
from minka.knowledge.models import Actor
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.states import ActorKind

SHOWN = 3
PARTNERS = (
    ActorKind.SUPPLIER,
    ActorKind.UNIVERSITY,
    ActorKind.RESEARCH_CENTRE,
    ActorKind.CENTRE_OF_EXCELLENCE,
)
FUNDERS = (ActorKind.FUND, ActorKind.MULTILATERAL, ActorKind.GOVERNMENT, ActorKind.INCUBATOR)


@dataclass(frozen=True)
class Suggestion:
    """Something to look at, why, and where it is."""

    name: str
    why: str
    path: str


@dataclass(frozen=True)
class Suggestions:
    """What to try next; any part may be empty."""

    challenges: list[Suggestion]
    partners: list[Suggestion]
    funders: list[Suggestion]

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to suggest."""
        return not (self.challenges or self.partners or self.funders)


def suggestions_for(*, viewer: Any, proposal: Proposal) -> Suggestions:
    """Return what to suggest to the organisation that leads a proposal, in the active language.

    `viewer` is whoever reads the directory, None for a letter: it is public either way.
    """
    themes = list(proposal.challenge.themes.all())
    return Suggestions(
        challenges=_challenges(proposal),
        partners=_actors(viewer, proposal, themes, PARTNERS),
        funders=_actors(viewer, proposal, themes, FUNDERS),
    )


def _challenges(proposal: Proposal) -> list[Suggestion]:
    now = timezone.now()
    answered = Proposal.objects.filter(lead=proposal.lead_id).exclude(state=ProposalState.WITHDRAWN)
    opened = (
        Challenge.objects.filter(
            state=ChallengeState.PUBLISHED, call__opens_at__lte=now, call__closes_at__gt=now
        )
        .exclude(pk__in=answered.values("challenge"))
        .select_related("call")
        .prefetch_related("themes")
    )
    found = fitting_challenges(actor=proposal.lead, challenges=opened)
    return [
        Suggestion(
            localized_text(one, "title")[0],
            "; ".join(
                [
                    *reasons[:2],
                    _("open until %(until)s")
                    % {"until": in_zone(one.call.closes_at, ZoneInfo(settings.TIME_ZONE))},
                ]
            ),
            reverse("innovation:challenge", args=[one.slug]),
        )
        for one, _fit, reasons in found[:SHOWN]
    ]


def _actors(
    viewer: Any, proposal: Proposal, themes: Iterable[Any], kinds: Iterable[ActorKind]
) -> list[Suggestion]:
    wanted = [theme.pk for theme in themes]
    near = Q(themes__in=wanted)
    found = (
        visible_actors(viewer=viewer)
        .filter(near, kind__in=list(kinds))
        .exclude(pk=proposal.lead_id)
        .annotate(shared=Count("themes", filter=near, distinct=True))
        .prefetch_related("themes")
        .order_by("-shared", "name_key", "pk")[:SHOWN]
    )
    return [
        Suggestion(
            one.name,
            f"{one.get_kind_display()}: {_shared(one, wanted)}",
            reverse("knowledge:actor", args=[one.public_id]),
        )
        for one in found
    ]


def _shared(actor: Actor, wanted: list[int]) -> str:
    names = sorted(label_of(theme) for theme in actor.themes.all() if theme.pk in wanted)
    return _("works in %(themes)s") % {"themes": ", ".join(names)}
