"""A scenario in words: rows in and out, other sets, and which conditions clash."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from minka.core.templatetags.formats import number
from minka.methods.shortlist.funding import QUALITY, Json


@dataclass(frozen=True)
class Row:
    """One proposal: whether it is in the best set, and in what share of draws it would be."""

    title: str
    lead: str
    challenge: str
    cost_usd: float | None
    value: float
    percent: int
    is_in: bool


@dataclass(frozen=True)
class Other:
    """A next-best set, by what it differs from the best."""

    comes_in: list[str]
    goes_out: list[str]
    loss: float
    cost_usd: float


@dataclass(frozen=True)
class ScenarioView:
    """All that a page shows of a scenario; `clashes` where no set is allowed."""

    rows: list[Row]
    others: list[Other]
    clashes: list[list[str]]
    apart: list[str]
    conditions: list[str]
    measure: str
    value: float
    cost_usd: float
    count: int
    same_percent: int
    draws: int
    is_one_challenge: bool


def scenario_view(inputs: Json, result: Json) -> ScenarioView:
    """Return what the page shows of inputs and of what follows from them."""
    names = {one["id"]: one["title"] for one in inputs["proposals"]}
    chosen = result["chosen"] or []
    titles = {one["id"]: _own(one) for one in inputs["challenges"]}
    rows = [
        Row(
            title=one["title"], lead=one["lead"], challenge=titles[one["challenge"]],
            cost_usd=one["cost_usd"],
            value=result.get("values", {}).get(str(one["id"]), 0.0),
            percent=round(100 * result.get("stays", {}).get(str(one["id"]), 0.0)),
            is_in=one["id"] in chosen,
        )
        for one in inputs["proposals"]
    ]  # fmt: skip
    rows.sort(key=lambda row: (not row.is_in, -row.value, row.title))
    say = _Words(inputs, names)
    return ScenarioView(
        rows=rows,
        others=[
            Other([names[pk] for pk in one["comes_in"]], [names[pk] for pk in one["goes_out"]],
                  one["loss"], one["cost_usd"])
            for one in result.get("others", ())
        ],
        clashes=[[say(name) for name in several] for several in result.get("clashes", ())],
        apart=[f"{one['title']} ({one['lead']})" for one in inputs["apart"]],
        conditions=say.all(),
        measure=_("quality above %(bar)s points") % {"bar": number(inputs["bar"], 2)}
        if inputs["measure"] == QUALITY
        else _("probability of being among the best of its challenge"),
        value=result.get("value", 0.0),
        cost_usd=result.get("cost_usd", 0.0),
        count=len(chosen),
        same_percent=round(100 * result.get("same_set", 0.0)),
        draws=result.get("draws", 0),
        is_one_challenge=len(inputs["challenges"]) == 1,
    )  # fmt: skip


LIMITS = {
    "budget": "budget_usd",
    "organisation": "per_organisation",
    "challenge": "per_challenge",
}


class _Words:
    """Turns names of conditions into sentences."""

    def __init__(self, inputs: Json, names: dict[int, str]) -> None:
        self.asked, self.names, self.inputs = inputs["conditions"], names, inputs

    def __call__(self, name: str) -> str:
        kind, _colon, which = name.partition(":")
        if kind == "in":
            return _("“%(title)s” has to be in") % {"title": self.names[int(which)]}
        if kind == "out":
            return _("“%(title)s” may not be in") % {"title": self.names[int(which)]}
        return self._sentence(LIMITS[kind])

    def _sentence(self, name: str) -> str:
        value: Any = self.asked.get(name)
        said = {"count": value}
        return {
            "budget_usd": lambda: _("at most US$ %(amount)s in all") % {"amount": number(value)},
            "least": lambda: (
                ngettext("at least %(count)s proposal", "at least %(count)s proposals", value)
                % said
            ),
            "most": lambda: (
                ngettext("at most %(count)s proposal", "at most %(count)s proposals", value) % said
            ),
            "per_organisation": lambda: _("at most %(count)s of one organisation") % said,
            "per_challenge": lambda: _("at most %(count)s of one challenge") % said,
        }[name]()

    def all(self) -> list[str]:
        """Return every condition that was asked for."""
        found = [
            self._sentence(name)
            for name in ("budget_usd", "least", "most", "per_organisation", "per_challenge")
            if self.asked.get(name) is not None
        ]
        found += [self(f"in:{pk}") for pk in self.asked.get("inside", ())]
        return [*found, *(self(f"out:{pk}") for pk in self.asked.get("outside", ()))]


def _own(both: Json) -> str:
    return str(both["en"] if (get_language() or "es").startswith("en") else both["es"])
