"""The figures of one run: flat dotted names and numbers, shown as a table and kept as JSON."""

import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

TARGET = Path(__file__).resolve().parents[2] / "build" / "bench.json"
console = Console(highlight=False)


class Figures:
    """Collects figures; a bound that is not kept is shown, and makes the run fail."""

    def __init__(self) -> None:
        self.values: dict[str, float] = {}
        self.bounds: dict[str, str] = {}
        self.broken: list[str] = []
        self.quiet: set[str] = set()

    def add(
        self,
        name: str,
        value: float,
        *,
        at_most: float | None = None,
        at_least: float | None = None,
        equals: float | None = None,
    ) -> None:
        """Keep a figure, and what it has to be."""
        self.values[name] = round(value, 4)
        if at_most is not None:
            self._bound(name, f"≤ {at_most:g}", kept=value <= at_most)
        if at_least is not None:
            self._bound(name, f"≥ {at_least:g}", kept=value >= at_least)
        if equals is not None:
            self._bound(name, f"= {equals:g}", kept=value == equals)

    def keep(self, name: str, value: float) -> None:
        """Keep a figure in the file only: a table of its own shows it."""
        self.values[name] = round(value, 4)
        self.quiet.add(name)

    def _bound(self, name: str, text: str, *, kept: bool) -> None:
        self.bounds[name] = text
        if not kept:
            self.broken.append(name)

    def show(self) -> None:
        """Print the table."""
        table = Table(title="Figures", title_justify="left")
        for heading in ("figure", "value", "bound"):
            table.add_column(heading, justify="right" if heading == "value" else "left")
        for name, value in self.values.items():
            if name in self.quiet:
                continue
            colour = "red" if name in self.broken else "green" if name in self.bounds else "white"
            table.add_row(name, f"[{colour}]{value:,.4g}[/]", self.bounds.get(name, ""))
        console.print(table)

    def write(self) -> None:
        """Show everything and write build/bench.json."""
        self.show()
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(json.dumps(self.values, indent=2, sort_keys=True) + "\n")
        console.print(f"Written to {TARGET.relative_to(TARGET.parents[1])}")
