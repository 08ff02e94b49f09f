"""The ranking as its page shows it: bands in words, one picture, what would change the order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.models import User
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Criterion
from minka.innovation.queries.ranking import SCALE_HIGH, SCALE_LOW, RankedProposal
from minka.innovation.queries.standings import Change, Judge, Place, Standings, names_of
from minka.innovation.sources.studio_picture import PictureRow, PictureWords, choice_picture

BAR_WIDTH = 100  # of the drawing's own units
PICTURE = 520.0
FAIR, GOOD = 0.5, 0.75  # of reliability; below fair a mean says little


@dataclass(frozen=True)
class Bar:
    """Where the drawing of an interval lies, from 0 to 100."""

    low: float
    width: float
    mean: float


@dataclass(frozen=True)
class Line:
    """One proposal with its figures; `place` is None where nobody scored it."""

    row: RankedProposal
    place: Place | None = None
    bar: Bar | None = None
    plain: Bar | None = None

    @property
    def percent(self) -> int:
        """How probably it is among the best, out of 100."""
        return round(100 * self.place.probability_top) if self.place else 0


@dataclass(frozen=True)
class Band:
    """Proposals whose order should not be relied on, with a sentence that says so."""

    number: int
    lines: list[Line]
    words: str
    is_tie: bool


@dataclass(frozen=True)
class Shift:
    """What would change the top: who or what, and the titles that come in and go out."""

    what: str
    inside: tuple[str, ...]
    outside: tuple[str, ...]


@dataclass(frozen=True)
class StandingView:
    """All that the page draws; `bands` without numbers where there are no figures."""

    bands: list[Band]
    picture: str = ""
    judges: list[tuple[User, Judge]] = field(default_factory=list)
    without: list[Shift] = field(default_factory=list)
    reweighed: list[Shift] = field(default_factory=list)
    reliability: str = ""


def standing_view(
    rows: Sequence[RankedProposal], criteria: Sequence[Criterion], found: Standings | None
) -> StandingView:
    """Return what the page draws of rows and their figures."""
    if found is None:
        lines = [Line(row, plain=_plain(row)) for row in rows]
        return StandingView([Band(0, lines, "", is_tie=False)] if lines else [])
    places = found.places
    ordered = sorted(
        (Line(row, p, _bar(p.low, p.quality, p.high), _plain(row))
         for row in rows if (p := places.get(row.proposal.pk))),
        key=lambda line: line.place.order if line.place else 0,
    )  # fmt: skip
    bands = []
    for number, several in groupby(ordered, key=lambda line: line.place.band if line.place else 0):
        lines = list(several)
        bands.append(Band(number, lines, _band_words(lines, found.top), is_tie=len(lines) > 1))
    if rest := [Line(row) for row in rows if row.proposal.pk not in places]:
        bands.append(Band(0, rest, _("Nobody has scored these yet."), is_tie=False))
    titles = {row.proposal.pk: row.proposal.title for row in rows}
    people = names_of(rows)
    judges = sorted(found.judges, key=lambda one: one.severity)
    return StandingView(
        bands=bands,
        picture=_picture(ordered, found.top),
        judges=[(people[one.person], one) for one in judges if one.person in people],
        without=[_shift(one, str(people.get(one.subject, "")), titles) for one in found.without],
        reweighed=_reweighed(found.reweighed, criteria, titles),
        reliability=_reliability(found),
    )


def _band_words(lines: Sequence[Line], top: int) -> str:
    """Say what the data do not separate, and whether the line of the top runs through it."""
    if len(lines) == 1:
        return _("Told apart from the rest.")
    said = ngettext(
        "The data do not separate this %(count)s proposal: to discussion.",
        "The data do not separate these %(count)s proposals: to discussion.",
        len(lines),
    ) % {"count": len(lines)}
    orders = [line.place.order for line in lines if line.place]
    if min(orders) <= top < max(orders):
        said += " " + _("The line after the best %(top)s runs through them.") % {"top": top}
    return said


def _shift(change: Change, what: str, titles: dict[int, str]) -> Shift:
    return Shift(
        what,
        tuple(titles.get(pk, "") for pk in change.inside),
        tuple(titles.get(pk, "") for pk in change.outside),
    )


def _reweighed(
    changes: Sequence[Change], criteria: Sequence[Criterion], titles: dict[int, str]
) -> list[Shift]:
    names = {one.pk: localized_text(one, "name")[0] for one in criteria}
    shifts = []
    for one in changes:
        said = _("“%(name)s” counts twice") if one.factor else _("“%(name)s” does not count")
        shifts.append(_shift(one, said % {"name": names.get(one.subject, "")}, titles))
    return shifts


def _reliability(found: Standings) -> str:
    """Say in one sentence what the mean of a proposal is worth."""
    value = found.agreement_of_mean.value
    said = {"percent": round(100 * value)}
    if value >= GOOD:
        return (
            _("%(percent)s %% of what separates the means is quality: the order is solid.") % said
        )
    if value >= FAIR:
        return _(
            "%(percent)s %% of what separates the means is quality; the rest is who happened to "
            "evaluate: the order helps, and ties have to be discussed."
        ) % said  # fmt: skip
    return _(
        "Only %(percent)s %% of what separates the means is quality: another panel would give "
        "another order. Discuss before deciding."
    ) % said  # fmt: skip


def _picture(lines: Sequence[Line], top: int) -> str:
    rows = [
        PictureRow(
            code=str(line.place.order),
            title=line.row.proposal.title,
            value=line.place.quality,
            error=(line.place.high - line.place.low) / 4,
            is_chosen=line.place.order <= top,
            share=line.place.probability_top,
            low=line.place.low,
            high=line.place.high,
        )
        for line in lines
        if line.place
    ]
    words = PictureWords(
        value=_("Quality, from 1 to 5, with its interval of 90 %"),
        firmness=_("Among the best %(top)s") % {"top": top},
    )
    return choice_picture(rows, words, width=PICTURE)


def _plain(row: RankedProposal) -> Bar | None:
    found = row.summary
    if found.mean is None or found.low is None or found.high is None:
        return None
    return _bar(found.low, found.mean, found.high)


def _bar(low: float, mean: float, high: float) -> Bar:
    def at(points: float) -> float:
        held = min(max(points, SCALE_LOW), SCALE_HIGH)
        return round(BAR_WIDTH * (held - SCALE_LOW) / (SCALE_HIGH - SCALE_LOW), 2)

    return Bar(at(low), max(at(high) - at(low), 1), at(mean))
