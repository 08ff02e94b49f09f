"""Problems that are likely the same, for the cluster team alone."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Edition, MergeConsent, Problem
from minka.innovation.queries.problem_reading import Audience, Reading, reading_for
from minka.innovation.queries.problems import loaded
from minka.innovation.states import MergeState, ProblemState
from minka.knowledge.models import Theme
from minka.knowledge.queries.themes import vocabulary
from minka.methods.problem_likeness import Pair, Statement, likely_pairs
from minka.methods.theme_matching import find_themes

MERGEABLE = (ProblemState.SUBMITTED, ProblemState.NEEDS_INFORMATION, ProblemState.ACCEPTED)
COMPARED = ("what_happens", "tried", "sought", "success_measure", "constraints_text", "systems")


@dataclass(frozen=True)
class LikelyPair:
    """Two problems side by side, with sentences that say why."""

    left: Reading
    right: Reading
    percent: int
    same_company: bool
    reasons: tuple[str, ...]

    @property
    def sides(self) -> tuple[Reading, Reading]:
        """Return both problems."""
        return self.left, self.right


def likely_common(*, viewer: Any, edition: Edition) -> list[LikelyPair]:
    """Return the pairs of an edition that are alike, the likeliest first; nothing but to the team.

    Compared is what the team reads. Pairs that companies were asked about are left out.
    """
    if not viewer.has_perm("innovation.merge_propose"):
        return []
    problems = list(
        loaded(Problem.objects.filter(edition=edition, state__in=MERGEABLE)).order_by("pk")
    )
    readings = {one.pk: reading_for(Audience.TEAM, one) for one in problems}
    companies = {one.pk: one.company_id for one in problems}
    labels = dict[int, Theme]()
    statements = _statements(problems, readings, companies, labels)
    asked = _asked_together(edition)
    return [
        LikelyPair(
            left=readings[pair.left],
            right=readings[pair.right],
            percent=round(100 * pair.likeness),
            same_company=pair.same_owner,
            reasons=_reasons(pair, readings[pair.left], labels),
        )
        for pair in likely_pairs(statements)
        if frozenset((pair.left, pair.right)) not in asked
    ]


def _statements(
    problems: list[Problem],
    readings: dict[int, Reading],
    companies: dict[int, int],
    labels: dict[int, Theme],
) -> list[Statement]:
    words, themes = vocabulary()
    labels.update(themes)
    made = []
    for one in problems:
        reading = readings[one.pk]
        text = "\n".join(reading.text(name) for name in COMPARED)
        named = {match.key for match in find_themes(f"{reading.title}\n{text}", words)}
        stage = one.stage_id if "stage" in reading.lines else None
        concepts = frozenset((named | reading.theme_ids) - {stage or 0})
        title = f"{one.title}\n{one.title_other}"
        made.append(Statement(one.pk, companies[one.pk], title, text, stage, concepts))
    return made


def _reasons(pair: Pair, left: Reading, labels: dict[int, Theme]) -> tuple[str, ...]:
    found = []
    if pair.concepts:
        names = [localized_text(labels[k], "label")[0] for k in pair.concepts if k in labels]
        found.append(_("Both name: %(names)s.") % {"names": ", ".join(names[:5])})
    if pair.words:
        words = [a if a == b else f"{a} / {b}" for a, b in pair.words]
        found.append(_("Words in common: %(words)s.") % {"words": ", ".join(words)})
    if pair.shares.get("stage"):
        place = left.text("stage")
        found.append(_("Same place in the value chain: %(place)s.") % {"place": place})
    return tuple(found)


def _asked_together(edition: Edition) -> set[frozenset[int]]:
    """Return the pairs that stand or stood in one proposal that was not taken back."""
    rows = MergeConsent.objects.filter(proposal__edition=edition).exclude(
        proposal__state=MergeState.WITHDRAWN
    )
    groups: dict[int, list[int]] = {}
    for proposal, problem in rows.values_list("proposal_id", "problem_id"):
        groups.setdefault(proposal, []).append(problem)
    return {frozenset((a, b)) for group in groups.values() for a in group for b in group if a < b}
