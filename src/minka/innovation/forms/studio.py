"""The conditions of a run: plain fields, so that an address tells all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.forms import DomainForm
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Edition
from minka.innovation.queries.shortlist import Candidate, Ranking
from minka.innovation.queries.studio import code_of, places_left
from minka.methods.shortlist.study import KINDS, Json

PAIRS_BLANK = 2
PAIRS_MOST = 30
BONUS_MOST = 10
SHORT_NUMBER = 100_000


@dataclass(frozen=True)
class LimitRow:
    """One company, theme or stage with the two fields of its limits."""

    label: str
    count: int
    least: Any
    most: Any
    suppliers: int | None = None


@dataclass(frozen=True)
class LimitGroup:
    """The limits of every company, theme or stage, and of each."""

    kind: str
    heading: str
    least: Any
    most: Any
    rows: list[LimitRow]

    @property
    def is_open(self) -> bool:
        """True where a limit of one of them is set."""
        return any(row.least.value() or row.most.value() for row in self.rows)


def _count(label: Any, **attrs: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", **attrs})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=1000, widget=widget
    )


class ConditionsForm(DomainForm):
    """How many to choose, and what is wished of the choice."""

    size = forms.IntegerField(label=gettext_lazy("Problems to choose"), min_value=1, max_value=100)
    budget_usd = forms.DecimalField(
        label=gettext_lazy("All pilots together cost at most (US$)"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    suppliers_per_challenge = forms.IntegerField(
        label=gettext_lazy("Suppliers that a challenge needs"),
        help_text=gettext_lazy(
            "Of each theme at most as many problems are chosen as the map has suppliers of it, "
            "divided by this number."
        ),
        required=False,
        min_value=1,
        max_value=1000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, data: Any, *, ranking: Ranking, edition: Edition) -> None:
        self.rows = [row for row in ranking.rows if row.calibrated is not None]
        if not data:
            size = min(places_left(edition) or edition.shortlist_size, len(self.rows))
            data = MultiValueDict({"size": [str(max(size, 1))]})
        super().__init__(data)
        self.fields["size"].widget.attrs["inputmode"] = "numeric"
        self.values_of = {kind: _values(self.rows, kind) for kind in KINDS}
        problems = [(row.problem.pk, str(row.problem.pk)) for row in self.rows]
        for name in ("inside", "outside"):
            self.fields[name] = forms.TypedMultipleChoiceField(
                choices=problems, coerce=int, required=False
            )
        self._add_limits()
        self._add_pairs()

    @property
    def address(self) -> str:
        """Return the address of these conditions."""
        return urlencode(self.data, doseq=True)

    @property
    def held(self) -> set[int]:
        """Return the problems that are ticked as having to be in."""
        return _ids(self["inside"].value())

    @property
    def barred(self) -> set[int]:
        """Return the problems that are ticked as left out."""
        return _ids(self["outside"].value())

    def groups(self, suppliers: Mapping[str, int]) -> list[LimitGroup]:
        """Return the limits as the page draws them; `suppliers` are those of each theme."""
        headings = {
            "company": _("Companies"), "theme": _("Themes"), "stage": _("Value chain stages"),
        }  # fmt: skip
        return [
            LimitGroup(
                kind,
                headings[kind],
                self[f"{kind}_least"],
                self[f"{kind}_most"],
                [
                    LimitRow(
                        label,
                        count,
                        self[f"{kind}_{pk}_least"],
                        self[f"{kind}_{pk}_most"],
                        suppliers.get(str(pk), 0) if kind == "theme" else None,
                    )
                    for pk, (label, count) in self.values_of[kind].items()
                ],
            )
            for kind in KINDS
        ]

    def pairs(self) -> Iterator[tuple[Any, Any]]:
        """Yield the fields of pairs that are never together."""
        for at in range(self.pair_count):
            yield self[f"apart_{at}_a"], self[f"apart_{at}_b"]

    def bonuses(self) -> Iterator[tuple[Any, Any, Any]]:
        """Yield the fields of pairs that are worth more together."""
        for at in range(self.bonus_count):
            yield self[f"bonus_{at}_a"], self[f"bonus_{at}_b"], self[f"bonus_{at}_value"]

    def clean(self) -> dict[str, Any]:
        """Refuse a budget that cannot be reckoned, and pairs of one."""
        cleaned = super().clean() or {}
        if cleaned.get("budget_usd") is not None:
            unknown = [row.problem.pk for row in self.rows if row.problem.pilot_usd is None]
            if unknown:
                told = ", ".join(map(code_of, unknown[:12])) + ("…" if len(unknown) > 12 else "")
                self.add_error(
                    "budget_usd",
                    _("The cost of a pilot is not known of: %(codes)s.") % {"codes": told},
                )
        for kind, count in (("apart", self.pair_count), ("bonus", self.bonus_count)):
            for at in range(count):
                self._check_pair(cleaned, f"{kind}_{at}", needs_value=kind == "bonus")
        return cleaned

    def conditions(self) -> Json:
        """Return what was asked for, as a study keeps it; only what is set is there."""
        told = self.cleaned_data
        found: Json = {}
        each = {kind: [told[f"{kind}_least"], told[f"{kind}_most"]] for kind in KINDS}
        found["each"] = {kind: pair for kind, pair in each.items() if pair != [None, None]}
        found["named"] = [
            [kind, pk, told[f"{kind}_{pk}_least"], told[f"{kind}_{pk}_most"]]
            for kind in KINDS
            for pk in self.values_of[kind]
            if (told[f"{kind}_{pk}_least"], told[f"{kind}_{pk}_most"]) != (None, None)
        ]
        budget = told["budget_usd"]
        found["budget_usd"] = None if budget is None else float(budget)
        found["suppliers_per_challenge"] = told["suppliers_per_challenge"]
        found["inside"], found["outside"] = sorted(told["inside"]), sorted(told["outside"])
        pairs = [
            sorted((told[f"apart_{at}_a"], told[f"apart_{at}_b"]))
            for at in range(self.pair_count)
            if told[f"apart_{at}_a"]
        ]
        found["apart"] = [list(pair) for pair in dict.fromkeys(map(tuple, pairs))]
        found["bonuses"] = [
            [told[f"bonus_{at}_a"], told[f"bonus_{at}_b"], float(told[f"bonus_{at}_value"])]
            for at in range(self.bonus_count)
            if told[f"bonus_{at}_a"]
        ]
        return {name: value for name, value in found.items() if value not in (None, [], {})}

    def _add_limits(self) -> None:
        for kind in KINDS:
            self.fields[f"{kind}_least"] = _count(_("At least of each"))
            self.fields[f"{kind}_most"] = _count(_("At most of each"))
            for pk, (label, _count_of) in self.values_of[kind].items():
                self.fields[f"{kind}_{pk}_least"] = _count(
                    _("%(name)s: at least") % {"name": label}
                )
                self.fields[f"{kind}_{pk}_most"] = _count(_("%(name)s: at most") % {"name": label})

    def _add_pairs(self) -> None:
        named = [("", "—"), *((pk, f"{code_of(pk)} · {title}") for pk, title in _titles(self.rows))]
        self.pair_count = self._filled("apart")
        self.bonus_count = self._filled("bonus")
        for kind, count in (("apart", self.pair_count), ("bonus", self.bonus_count)):
            for at in range(count):
                for side, label in (("a", _("One problem")), ("b", _("The other problem"))):
                    self.fields[f"{kind}_{at}_{side}"] = forms.TypedChoiceField(
                        label=label, choices=named, coerce=int, empty_value=None, required=False
                    )
        for at in range(self.bonus_count):
            self.fields[f"bonus_{at}_value"] = forms.DecimalField(
                label=_("Points more together"),
                required=False,
                min_value=-BONUS_MOST,
                max_value=BONUS_MOST,
                decimal_places=3,
                widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
            )

    def _filled(self, kind: str) -> int:
        """Return how many lines to draw: those that are filled, and some to fill."""
        data: Any = self.data
        filled = [at for at in range(PAIRS_MOST) if data.get(f"{kind}_{at}_a")]
        return min((max(filled) + 1 if filled else 0) + PAIRS_BLANK, PAIRS_MOST)

    def _check_pair(self, told: dict[str, Any], name: str, *, needs_value: bool) -> None:
        one, other = told.get(f"{name}_a"), told.get(f"{name}_b")
        if (one is None) != (other is None) or (one is not None and one == other):
            self.add_error(f"{name}_b", _("Choose two problems."))
        elif needs_value and one is not None and told.get(f"{name}_value") is None:
            self.add_error(f"{name}_value", _("Say how many points more."))


def address_of(inputs: Json) -> str:
    """Return the address of the studio with the conditions that a version was kept with."""
    asked, told = inputs["conditions"], MultiValueDict[str, str]()
    told["size"] = str(inputs["size"])
    for name in ("budget_usd", "suppliers_per_challenge"):
        if asked.get(name) is not None:
            told[name] = f"{asked[name]:g}" if asked[name] < SHORT_NUMBER else f"{asked[name]:.2f}"
    each = list(asked.get("each", {}).items())
    named = [(f"{kind}_{pk}", limits) for kind, pk, *limits in asked.get("named", ())]
    for prefix, (least, most) in [*each, *named]:
        for side, limit in (("least", least), ("most", most)):
            if limit is not None:
                told[f"{prefix}_{side}"] = str(limit)
    for name in ("inside", "outside"):
        told.setlist(name, [str(pk) for pk in asked.get(name, ())])
    for at, (one, other) in enumerate(asked.get("apart", ())):
        told[f"apart_{at}_a"], told[f"apart_{at}_b"] = str(one), str(other)
    for at, (one, other, value) in enumerate(asked.get("bonuses", ())):
        told[f"bonus_{at}_a"], told[f"bonus_{at}_b"] = str(one), str(other)
        told[f"bonus_{at}_value"] = f"{value:g}"
    return urlencode(told, doseq=True)


def _values(rows: list[Candidate], kind: str) -> dict[int, tuple[str, int]]:
    """Return the companies, themes or stages of the problems with how many there are of each."""
    labels: dict[int, str] = {}
    counts: dict[int, int] = {}
    for row in rows:
        one = row.problem
        several: list[Any] = {
            "company": lambda one: [one.company, *one.partners.all()],
            "stage": lambda one: [one.stage],
            "theme": lambda one: list(one.themes.all()),
        }[kind](one)
        for value in filter(None, several):
            label = _label(value, kind)
            labels[value.pk] = label
            counts[value.pk] = counts.get(value.pk, 0) + 1
    order = sorted(
        labels, key=lambda pk: (-counts[pk], labels[pk]) if kind == "theme" else (0, labels[pk])
    )
    return {pk: (labels[pk], counts[pk]) for pk in order}


def _label(value: Any, kind: str) -> str:
    if kind == "company":
        return str(value.name)
    return localized_text(value, "label")[0]


def _titles(rows: list[Candidate]) -> list[tuple[int, str]]:
    return sorted((row.problem.pk, row.problem.title) for row in rows)


def _ids(values: Any) -> set[int]:
    return {int(value) for value in values or () if str(value).isdigit()}
