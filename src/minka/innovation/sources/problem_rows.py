"""Read a sheet of problems: each row becomes a draft, and what does not fit stays as its text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput
from minka.core.models import StoredFile
from minka.innovation.actions.problem_content import COST_MAX_USD, FIGURE_MAX, ProblemContent
from minka.innovation.actions.problem_drafts import MOST_ROWS
from minka.innovation.models import Problem
from minka.innovation.queries.problems import value_chain
from minka.innovation.sources.problem_columns import columns_of
from minka.innovation.states import Urgency
from minka.knowledge.models import Theme
from minka.knowledge.sources.tables import open_table
from minka.methods.text import search_key

URGENCY = {
    "baja": Urgency.LOW, "low": Urgency.LOW, "media": Urgency.MEDIUM, "medium": Urgency.MEDIUM,
    "alta": Urgency.HIGH, "high": Urgency.HIGH, "critica": Urgency.CRITICAL,
    "critical": Urgency.CRITICAL, "muy alta": Urgency.CRITICAL,
}  # fmt: skip
FIGURES = {
    "yearly_cost_usd": COST_MAX_USD,
    "baseline_value": FIGURE_MAX,
    "success_value": FIGURE_MAX,
}
TITLE_WORDS = 14
_MONEY = re.compile(r"^(?:us\$|usd|\$|s/)?\s*(-?[\d.,\s']+?)\s*(?:usd|us\$|dolares|dollars)?$")


@dataclass
class ProblemRow:
    """One row as a draft: what fits, what is kept as text, and what a person should know."""

    line: int
    content: ProblemContent
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ReadSheet:
    """A sheet as it was understood."""

    columns: list[tuple[str, str]]  # header, column of a problem or nothing
    rows: list[ProblemRow]
    empty: int


def read_sheet(*, stored: StoredFile) -> ReadSheet:
    """Return what a stored sheet says.

    Raises:
        InvalidInput: it is no table, has no column that could be a problem, or too many rows.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        with stored.content.open("rb") as file:
            path.write_bytes(file.read())
        sheet = open_table(path, stored.name)[0]
        headers = [one.strip() for one in sheet.headers]
        columns = columns_of(headers)
        if not {"title", "what_happens"} & set(columns):
            raise InvalidInput(
                _("No column looks like a problem. Name one “Problem” or “Description”.")
            )
        reader = _Reader(headers, columns)
        rows, empty = [], 0
        for row in sheet.iter_rows():
            made = reader.read(row.line, row.cells)
            if made is None:
                empty += 1
                continue
            rows.append(made)
            if len(rows) > MOST_ROWS:
                raise InvalidInput(_("The sheet has too many rows."))
    return ReadSheet(list(zip(headers, columns, strict=True)), rows, empty)


class _Reader:
    """Knows the columns and the vocabulary of one sheet."""

    def __init__(self, headers: Sequence[str], columns: Sequence[str]) -> None:
        self.headers, self.columns = headers, columns
        self.stages = _by_label(value_chain())
        self.themes = _by_label(Theme.objects.all())

    def read(self, line: int, cells: Sequence[str]) -> ProblemRow | None:
        """Return a row as a draft, None where it says nothing."""
        values: dict[str, Any] = {}
        kept: list[str] = []
        notes: list[str] = []
        for index, cell in enumerate(cells):
            text = cell.strip()
            if not text:
                continue
            column = self.columns[index] if index < len(self.columns) else ""
            header = self.headers[index] if index < len(self.headers) else ""
            value = self._value(column, text) if column else None
            if value is None:
                kept.append(f"{header}: {text}" if header else text)
                if column:
                    notes.append(_("“%(header)s”: “%(text)s” is kept as text.")
                                 % {"header": header, "text": text[:60]})  # fmt: skip
            else:
                values[column] = value
        if not values and not kept:
            return None
        self._entitle(values, kept, notes)
        if kept:
            before = values.get("what_happens", "")
            rest = _("From the sheet:") + "\n" + "\n".join(kept)
            values["what_happens"] = f"{before}\n\n{rest}" if before else rest
        if values.get("trl_entry") and values.get("trl_exit", 9) < values["trl_entry"]:
            values["trl_entry"], values["trl_exit"] = values["trl_exit"], values["trl_entry"]
            notes.append(_("The two levels of readiness were the wrong way round."))
        return ProblemRow(line, ProblemContent(**values), notes)

    def _entitle(self, values: dict[str, Any], kept: list[str], notes: list[str]) -> None:
        limit = Problem._meta.get_field("title").max_length or 200
        title = values.get("title", "")
        if len(title) > limit:
            kept.append(title)
            values["title"] = title[: limit - 1].rstrip() + "…"
            notes.append(_("The title was too long; the whole of it is kept as text."))
        if not title:
            words = values.get("what_happens") or next(iter(kept), "") or _("Untitled")
            values["title"] = " ".join(str(words).split()[:TITLE_WORDS])[:limit]
            notes.append(_("There is no title; it was made of the first words."))

    def _value(self, column: str, text: str) -> Any:
        """Return what a cell means in its column, None where it does not fit."""
        if column in FIGURES:
            number = as_number(text)
            low = 0 if column == "yearly_cost_usd" else -FIGURES[column]
            return number if number is not None and low <= number <= FIGURES[column] else None
        if column == "stage":
            return self.stages.get(search_key(text))
        if column == "themes":
            found = [self.themes.get(search_key(one)) for one in re.split(r"[;,/|]", text)]
            return None if None in found else found
        if column == "urgency":
            value = URGENCY.get(search_key(text))
            return value.value if value else None
        if column in {"trl_entry", "trl_exit"}:
            digits = re.fullmatch(r"(?:trl\s*)?([1-9])", text.strip().lower())
            return int(digits[1]) if digits else None
        limit = getattr(Problem._meta.get_field(column), "max_length", None)
        return None if limit and column != "title" and len(text) > limit else text


def as_number(text: str) -> Decimal | None:
    """Read an amount as people write it: `1 200 000`, `1.200.000,50`, `US$ 1,200,000.50`."""
    match = _MONEY.match(text.strip().lower())
    if not match:
        return None
    digits = re.sub(r"[\s']", "", match[1])
    comma, point = digits.rfind(","), digits.rfind(".")
    mark = max(comma, point)
    is_decimal = (comma >= 0 and point >= 0) or (mark >= 0 and len(digits) - mark - 1 != 3)
    if is_decimal and digits.count(digits[mark]) == 1:
        whole = re.sub(r"[.,]", "", digits[:mark])
        digits = f"{whole}.{digits[mark + 1 :]}"
    else:
        digits = re.sub(r"[.,]", "", digits)
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return None
    return number.quantize(Decimal("0.01")) if abs(number) < COST_MAX_USD else None


def _by_label(themes: Any) -> Mapping[str, Theme]:
    found: dict[str, Theme] = {}
    for theme in themes:
        labels = (theme.label_es, theme.label_en, *theme.synonyms_es, *theme.synonyms_en)
        for label in labels:
            found.setdefault(search_key(label), theme)
    return found
