"""Results as rows of a chart that is its own table: bars, intervals and dots in one scale."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from minka.knowledge.models import Question
from minka.knowledge.queries.survey_results import (
    ChoiceShare,
    QuestionnaireResult,
    QuestionResult,
    Summary,
)
from minka.knowledge.queries.survey_words import is_year, mean_words, middle_words
from minka.methods.survey_figures import Mean

WIDTH = 100.0


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One row: label, figures, and where they are drawn on a scale of 0 to 100."""

    label: str
    count: int
    percent: float | None = None
    low: float = 0.0
    high: float = 0.0
    x: float = 0.0
    x_low: float = 0.0
    x_high: float = 0.0
    x_earlier: float | None = None
    earlier: float | None = None
    middle: str = ""
    mean: str = ""
    interval: str = ""


@dataclass(slots=True)
class Drawn:
    """A question as the page shows it."""

    result: QuestionResult
    rows: list[ChartRow] = field(default_factory=list)
    groups: list[tuple[str, int, list[ChartRow]]] = field(default_factory=list)
    means: list[ChartRow] = field(default_factory=list)


def drawn(part: QuestionnaireResult, labels: Mapping[str, Any]) -> list[Drawn]:
    """Return the questions of a questionnaire with what is drawn of them."""
    return [_drawn(one, labels) for one in part.results]


def _drawn(result: QuestionResult, labels: Mapping[str, Any]) -> Drawn:
    found = Drawn(result, [_share_row(one) for one in result.whole.choices])
    named = [
        (str(labels.get(one, one)) or _("Not known"), summary) for one, summary in result.groups
    ]
    found.groups = [
        (label, summary.n, [_share_row(one) for one in summary.choices])
        for label, summary in named
        if summary.choices
    ]
    if result.has_mean:
        everybody = [(_("Everybody"), result.whole)]
        before = [(_("Earlier wave"), result.earlier)] if result.earlier else []
        found.means = _mean_rows(result.question, [*everybody, *before, *named])
    return found


def _share_row(one: ChoiceShare) -> ChartRow:
    share = one.share
    return ChartRow(
        label=one.label,
        count=one.count,
        percent=100 * share.value,
        low=100 * share.low,
        high=100 * share.high,
        x=round(WIDTH * share.value, 2),
        x_low=round(WIDTH * share.low, 2),
        x_high=round(WIDTH * share.high, 2),
        x_earlier=round(WIDTH * one.earlier.value, 2) if one.earlier else None,
        earlier=100 * one.earlier.value if one.earlier else None,
    )


def _mean_rows(question: Question, named: list[tuple[str, Summary]]) -> list[ChartRow]:
    """Return the means of groups on one scale: it holds every interval and zero, but for years."""
    means = [(label, one.n, one.mean) for label, one in named if one.mean]
    ends = [] if is_year(question) else [0.0]
    for _label, _n, mean in means:
        ends += [mean.value, *(end for end in (mean.low, mean.high) if end is not None)]
    bottom = min(ends, default=0.0)
    span = (max(ends, default=0.0) - bottom) or 1.0

    def at(value: float) -> float:
        return round(WIDTH * (value - bottom) / span, 2)

    return [
        ChartRow(
            label=label,
            count=n,
            x=at(mean.value),
            x_low=at(mean.value if mean.low is None else mean.low),
            x_high=at(mean.value if mean.high is None else mean.high),
            middle=middle_words(question, mean.middle),
            mean=mean_words(question, mean.value),
            interval=_interval(question, mean),
        )
        for label, n, mean in means
    ]


def _interval(question: Question, mean: Mean) -> str:
    if mean.low is None:
        return "—"
    return f"{mean_words(question, mean.low)} – {mean_words(question, mean.high)}"
