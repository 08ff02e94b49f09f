"""Kept versions of the shortlist study, for the cluster team alone."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from minka.innovation.models import (
    CriteriaComparison,
    DecisionPack,
    Edition,
    ShortlistChoice,
    ShortlistStudy,
    StudyOverruling,
)
from minka.innovation.states import StudyState


def visible_studies(*, viewer: Any) -> QuerySet[ShortlistStudy]:
    """Return the kept versions to the cluster team, newest first; none to anybody else."""
    found = ShortlistStudy.objects.select_related("by", "edition")
    return found if viewer.has_perm("innovation.study_write") else found.none()


def studies_of(*, viewer: Any, edition: Edition) -> QuerySet[ShortlistStudy]:
    """Return the versions of an edition without their long parts, with how they were adopted."""
    choices = ShortlistChoice.objects.select_related("by").order_by("-pk")
    return (
        visible_studies(viewer=viewer)
        .filter(edition=edition)
        .defer("inputs", "result", "robustness")
        .prefetch_related(Prefetch("choices", choices))
    )


def study_record(*, viewer: Any) -> QuerySet[ShortlistStudy]:
    """Return versions with what their own page shows."""
    choices = ShortlistChoice.objects.select_related("by").order_by("-pk")
    packs = DecisionPack.objects.select_related("file", "by")
    overrulings = StudyOverruling.objects.select_related("by").prefetch_related("choices")
    return visible_studies(viewer=viewer).prefetch_related(
        Prefetch("choices", choices),
        Prefetch("packs", packs),
        Prefetch("overrulings", overrulings),
    )


@dataclass(frozen=True)
class PackState:
    """The latest pack of a language, and whether one is being made."""

    language: str
    ready: DecisionPack | None
    is_waiting: bool
    has_failed: bool


def pack_states(study: ShortlistStudy) -> list[PackState]:
    """Return how the packs of a loaded version stand, one for each language."""
    found = []
    for language in ("es", "en"):
        packs = [pack for pack in study.packs.all() if pack.language == language]
        ready = next((pack for pack in packs if pack.state == StudyState.READY), None)
        last = packs[0].state if packs else ""
        found.append(
            PackState(language, ready, last == StudyState.WAITING, last == StudyState.FAILED)
        )
    return found


def visible_packs(*, viewer: Any) -> QuerySet[DecisionPack]:
    """Return the decision packs to the cluster team; none to anybody else."""
    found = DecisionPack.objects.select_related("file", "study")
    return found if viewer.has_perm("innovation.study_write") else found.none()


def last_comparison(*, viewer: Any, edition: Edition) -> CriteriaComparison | None:
    """Return the latest recorded comparison of the criteria, with who made it."""
    if not viewer.has_perm("innovation.edition_write"):
        return None
    return edition.comparisons.select_related("by").first()
