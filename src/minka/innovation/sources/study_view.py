"""A study as pages and the decision pack show it: rows in order, prices, alternatives, picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.utils.translation import gettext as _

from minka.innovation.queries.shortlist import Interval
from minka.innovation.sources.shortlist_words import NEGLIGIBLE
from minka.innovation.sources.studio_picture import PictureRow, PictureWords, choice_picture
from minka.innovation.sources.studio_words import condition_words, names_of, reasons, text_of
from minka.methods.shortlist.study import Json

DRAWN = 60  # rows of the picture at most, the chosen always among them
WIDTH = 490.0


@dataclass(frozen=True)
class StudyRow:
    """One problem of a study; `share` is in what part of the draws it is in the best set."""

    id: int
    code: str
    title: str
    language: str
    company: str
    stage: str
    themes: tuple[str, ...]
    pilot_usd: float | None
    plain: float
    value: float
    error: float
    spread: float | None
    raters: int
    is_chosen: bool
    why: str
    share: float | None
    share_error: float | None

    @property
    def share_text(self) -> str:
        """Return in what share of the draws it stays in."""
        return percent(self.share)

    @property
    def share_error_text(self) -> str:
        """Return the standard error of that share."""
        return percent(self.share_error, places=1)

    @property
    def interval(self) -> Interval | None:
        """Where the value and twice its error are drawn."""
        return Interval.around(self.value, 2 * self.error)


@dataclass(frozen=True)
class PriceRow:
    """A condition and what it costs; without it `comes_in` would replace `goes_out`."""

    condition: str
    value: float
    comes_in: tuple[str, ...]
    goes_out: tuple[str, ...]


@dataclass(frozen=True)
class OtherSet:
    """Another allowed set, and in what share of the draws it is the best one."""

    rank: int
    loss: float
    value: float
    comes_in: tuple[str, ...]
    goes_out: tuple[str, ...]
    share: float | None

    @property
    def share_text(self) -> str:
        """Return in what share of the draws it is the best set; of rare ones it is not kept."""
        return percent(self.share)


@dataclass(frozen=True)
class StudyView:
    """What is shown of a study; `prices` are of what costs something, the dearest first."""

    rows: list[StudyRow]
    size: int
    value: float
    cost: float
    budget_used: float | None
    prices: list[PriceRow]
    free_conditions: list[str]
    others: list[OtherSet]
    same_set: float | None
    draws: int
    unrated: list[Json]

    @property
    def same_text(self) -> str:
        """Return in what share of the draws this very set is the best."""
        return percent(self.same_set)

    @property
    def chosen(self) -> list[StudyRow]:
        """Return what is in, the most valued first."""
        return [row for row in self.rows if row.is_chosen]

    @property
    def left_out(self) -> list[StudyRow]:
        """Return what is out, the most valued first."""
        return [row for row in self.rows if not row.is_chosen]

    def picture(self, *, width: float = WIDTH, titles: float = 0.38) -> str:
        """Return the picture as SVG."""
        words = PictureWords(_("Calibrated value, from 1 to 5"), _("Stays in"))
        return choice_picture(
            [
                PictureRow(row.code, row.title, row.value, row.error, row.is_chosen, row.share)
                for row in self.drawn
            ],
            words,
            width=width,
            titles=titles,
        )

    @property
    def drawn(self) -> list[StudyRow]:
        """Return the rows of the picture: all, or of very many the chosen and the nearest."""
        near = {row.id for row in self.left_out[: max(DRAWN - self.size, 0)]}
        return [row for row in self.rows if row.is_chosen or row.id in near]


def percent(share: float | None, *, places: int = 0) -> str:
    """Return a share as it is written."""
    return "—" if share is None else f"{100 * share:.{places}f}\u00a0%"


def study_view(inputs: Json, result: Json, robustness: Json | None = None) -> StudyView:
    """Return a study in the language in use."""
    told, names = reasons(inputs, result), names_of(inputs)
    say = condition_words(inputs)
    firm = robustness or {}
    held = set(result["chosen"])
    rows = [_row(one, told, held, firm) for one in inputs["problems"]]
    rows.sort(key=lambda row: (-row.value, row.id))

    def called(several: Sequence[int]) -> tuple[str, ...]:
        return tuple(names[pk] for pk in several)

    prices = [
        PriceRow(
            say(one["name"]),
            one["value"],
            called(sorted(set(one["chosen"]) - held)),
            called(sorted(held - set(one["chosen"]))),
        )
        for one in result["prices"]
    ]
    shares = {tuple(one["chosen"]): one["share"] for one in firm.get("sets", ())}
    others = [
        OtherSet(
            rank,
            one["loss"],
            one["value"],
            called(one["comes_in"]),
            called(one["goes_out"]),
            shares.get(tuple(one["chosen"])),
        )
        for rank, one in enumerate(result["alternatives"], start=2)
    ]
    costs = [row.pilot_usd for row in rows if row.is_chosen]
    known = [cost for cost in costs if cost is not None]
    return StudyView(
        rows=rows,
        size=inputs["size"],
        value=result["value"],
        cost=max(result["free_value"] - result["value"], 0.0),
        budget_used=sum(known) if known and len(known) == len(costs) else None,
        prices=sorted(
            (one for one in prices if one.value >= NEGLIGIBLE), key=lambda one: -one.value
        ),
        free_conditions=[one.condition for one in prices if one.value < NEGLIGIBLE],
        others=others,
        same_set=firm.get("same_set"),
        draws=firm.get("draws", 0),
        unrated=inputs.get("unrated", []),
    )


def _row(one: Json, told: dict[int, str], held: set[int], firm: dict[str, Any]) -> StudyRow:
    share = firm.get("stays", {}).get(str(one["id"]))
    far = _("Out: many others are worth more; it was not looked at one by one.")
    return StudyRow(
        id=one["id"],
        code=one["code"],
        title=one["title"],
        language=one["language"],
        company=" · ".join(text_of(company) for company in (one["company"], *one["partners"])),
        stage=text_of(one["stage"]) if one["stage"] else "",
        themes=tuple(text_of(theme) for theme in one["themes"]),
        pilot_usd=one["pilot_usd"],
        plain=one["plain"],
        value=one["value"],
        error=one["error"],
        spread=one["spread"],
        raters=one["raters"],
        is_chosen=one["id"] in held,
        why=told.get(one["id"], far),
        share=share,
        share_error=None if share is None else sqrt(share * (1 - share) / firm["draws"]),
    )
