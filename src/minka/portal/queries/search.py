"""One search over what the lines hold, each through its own viewer-first query."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minka.innovation.models import Challenge
from minka.innovation.queries.agreements import search_agreements
from minka.innovation.queries.challenges import search_challenges
from minka.innovation.queries.problems import search_problems
from minka.knowledge.queries.suggest import Hit, search_actors, suggest

ON_PAGE, WHILE_TYPING = 10, 3


@dataclass(frozen=True)
class SearchSection:
    """The hits of one kind, and where all of them are."""

    label: str
    hits: list[Hit]
    more_url: str = ""


def search_everything(*, viewer: Any, words: str) -> list[SearchSection]:
    """Return the sections that have hits `viewer` may see, challenges first."""
    more = urlencode({"q": words})
    sections = [
        SearchSection(
            _("Challenges"),
            _challenges(viewer, words, ON_PAGE),
            f"{reverse('innovation:challenges')}?{more}",
        ),
        SearchSection(_("Problems"), _problems(viewer, words)),
        SearchSection(_("Agreements"), _agreements(viewer, words)),
        SearchSection(
            _("Organisations"),
            search_actors(viewer=viewer, text=words, limit=ON_PAGE),
            f"{reverse('knowledge:directory')}?{more}",
        ),
    ]
    return [section for section in sections if section.hits]


def suggestions(*, viewer: Any, words: str) -> list[Hit]:
    """Return the first few hits while somebody types; two SQL statements."""
    return [*_challenges(viewer, words, WHILE_TYPING), *suggest(viewer=viewer, text=words)]


def _challenges(viewer: Any, words: str, limit: int) -> list[Hit]:
    found = search_challenges(viewer=viewer, words=words, limit=limit)
    return [
        Hit(
            title=_title(challenge),
            detail=_("Challenge"),
            url=reverse("innovation:challenge", args=[challenge.slug]),
            icon="lightbulb",
        )
        for challenge in found
    ]


def _problems(viewer: Any, words: str) -> list[Hit]:
    return [
        Hit(
            title=problem.title,
            detail=problem.get_state_display(),
            url=reverse("innovation:problem", args=[problem.pk]),
            icon="circle-alert",
        )
        for problem in search_problems(viewer=viewer, words=words, limit=ON_PAGE)
    ]


def _agreements(viewer: Any, words: str) -> list[Hit]:
    return [
        Hit(
            title=agreement.title,
            detail=agreement.get_kind_display(),
            url=reverse("innovation:agreement", args=[agreement.public_id]),
            icon="handshake",
        )
        for agreement in search_agreements(viewer=viewer, words=words, limit=ON_PAGE)
    ]


def _title(challenge: Challenge) -> str:
    english = (get_language() or "").startswith("en") and challenge.title_en
    return challenge.title_en if english else challenge.title_es
