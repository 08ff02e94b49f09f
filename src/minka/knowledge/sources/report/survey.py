"""What a closed survey found out, for the board: never an answer, only what many answered."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.charts import Span, span_chart
from minka.core.templatetags.formats import localized_text, number
from minka.knowledge.models import Wave
from minka.knowledge.queries.survey_results import (
    FEWEST,
    QuestionResult,
    earlier_waves,
    wave_results,
)
from minka.knowledge.queries.waves import visible_waves
from minka.knowledge.sources.report.blocks import (
    HALF_PT,
    Block,
    Chapter,
    Edition,
    Table,
    columns,
    long_date,
    note,
    text,
)
from minka.knowledge.states import WaveState

SHOWN = 8
CHOICES = 6
TICKS = ((0, "0"), (50, "50"), (100, "100 %"))


def answered(edition: Edition) -> Chapter:
    """The newest closed wave, question by question, of all who answered together.

    Only questions with choices; none of whose answers fewer than `FEWEST` gave, and none that all
    answered alike, for then everybody's answer would be known. No words, names or groups.
    """
    chapter = Chapter("survey", _("What organisations answered"))
    if not edition.is_board or not edition.reader.has_perm("knowledge.survey_run"):
        chapter.blocks = [
            note(
                _("Not in this edition"),
                _(
                    "Answers were given to the cluster team. What many answered together is told "
                    "in the edition for the board."
                ),
            )
        ]
        return chapter
    closed = visible_waves(viewer=edition.reader).filter(state=WaveState.CLOSED)
    wave = closed.order_by("-closes_at", "-pk").first()
    if wave is None:
        chapter.blocks = [
            note(_("No survey is closed yet"), _("Results are told once a survey is closed."))
        ]
        return chapter
    _write(chapter, edition, wave)
    return chapter


def may_be_told(one: QuestionResult) -> bool:
    """Return whether people outside the team may read what was answered to a question."""
    if one.hidden or one.whole.n < FEWEST or not one.whole.choices:
        return False
    return all(choice.count < one.whole.n for choice in one.whole.choices)


def _write(chapter: Chapter, edition: Edition, wave: Wave) -> None:
    results = wave_results(viewer=edition.reader, wave=wave)
    every = [one for part in results for one in part.results]
    told = [one for one in every if may_be_told(one)]
    # what goes into profiles is told with them already
    told.sort(key=lambda one: bool(one.question.feeds))
    finished = sum(part.finished for part in results)
    title = localized_text(wave.survey, "title")[0]
    facts = {
        "survey": title,
        "wave": wave.name,
        "day": long_date(wave.closes_at),
        "count": number(finished),
    }
    chapter.lead = (
        ngettext(
            "%(count)s organisation finished “%(survey)s” (%(wave)s, closed on %(day)s).",
            "%(count)s organisations finished “%(survey)s” (%(wave)s, closed on %(day)s).",
            finished,
        )
        % facts
    )
    chapter.sentences = [chapter.lead, *map(_most, told[:2])]
    source = _("%(survey)s, %(wave)s") % facts
    # neighbours of like height
    shown = sorted(told[:SHOWN], key=lambda one: min(len(one.whole.choices), CHOICES))
    drawn = [_question(chapter, at, one, source) for at, one in enumerate(shown)]
    chapter.blocks = [_told(min(len(told), SHOWN), len(every))]
    chapter.blocks += [columns(drawn[at : at + 1], drawn[at + 1 : at + 2])
                      for at in range(0, len(drawn), 2)]  # fmt: skip
    if earlier_waves(viewer=edition.reader, wave=wave).exists():
        chapter.blocks.append(
            text(_("The survey was asked before; the team can compare the two in its results."))
        )


def _most(one: QuestionResult) -> str:
    choice = max(one.whole.choices, key=lambda choice: choice.count)
    return _("“%(question)s” Most often: %(answer)s (%(share)s).") % {
        "question": one.text,
        "answer": choice.label,
        "share": f"{choice.share.percent:.0f}\u00a0%",
    }


def _told(shown: int, whole: int) -> Block:
    return text(
        _(
            "Told are %(shown)s of %(all)s questions: those with choices that at least %(fewest)s "
            "organisations answered, not all alike. Written answers, names and groups are not for "
            "this report."
        )
        % {"shown": number(shown), "all": number(whole), "fewest": FEWEST}
    )


def _question(chapter: Chapter, at: int, one: QuestionResult, source: str) -> Block:
    choices = sorted(one.whole.choices, key=lambda choice: -choice.count)
    if one.has_mean:  # a scale keeps its order
        choices = list(one.whole.choices)
    spans = [
        Span(c.label, c.share.percent, c.share.low_percent, c.share.high_percent,
             f"{number(c.count)} · {c.share.percent:.0f}\u00a0%")
        for c in choices[:CHOICES]
    ]  # fmt: skip
    return chapter.picture(
        f"question-{at}",
        span_chart(spans, width=HALF_PT, label_width=96, ticks=TICKS),
        title=one.text,
        reading=ngettext(
            "%(n)s answer; the bar is the interval of 95 %%.",
            "%(n)s answers; the bar is the interval of 95 %%.",
            one.whole.n,
        )
        % {"n": number(one.whole.n)},
        source=source,
        table=Table(
            one.text,
            [_("Answer"), _("Organisations"), _("Share"), _("Interval")],
            [
                [c.label, number(c.count), f"{c.share.percent:.1f}\u00a0%",
                 f"{c.share.low_percent:.0f}–{c.share.high_percent:.0f}\u00a0%"]
                for c in choices
            ],
            "lrrr",
            f"{source}; n\u00a0=\u00a0{number(one.whole.n)}",
        ),
    )  # fmt: skip
