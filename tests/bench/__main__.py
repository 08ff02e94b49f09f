"""`make bench`: measure everything in one run; the exit code says whether every bound is kept."""

import os
import sys
import tempfile
from pathlib import Path

from tests.bench.assignment import measure_assignment
from tests.bench.figures import Figures, console
from tests.bench.killing import measure_killing
from tests.bench.ranking import measure_ranking
from tests.bench.shortlist import measure_shortlist
from tests.bench.surge import measure_surge
from tests.e2e.site import running_site

SETTINGS = "tests.bench.settings"


def main() -> int:
    """Run every benchmark against a site of its own on SQLite."""
    os.environ.pop("MINKA_DATABASE_URL", None)
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="minka-bench-") as name:
        console.print("Starting a site with the demonstration cluster …")
        with running_site(Path(name), settings_module=SETTINGS) as site:
            os.environ.update(site.environment)
            import django

            django.setup()
            from tests.bench.crowded import crowded_site, measure_crowded
            from tests.bench.floor import measure_pages
            from tests.bench.map import measure_map
            from tests.bench.network import measure_network
            from tests.bench.registers import measure_registers
            from tests.bench.resolve import measure_resolution
            from tests.bench.scale import measure_scale
            from tests.bench.search import measure_search
            from tests.bench.sheets import measure_import
            from tests.bench.site import measure_site

            console.print("Asking for pages …")
            measure_pages(site, figures)
            console.print("Importing a real sheet …")
            measure_import(site, figures)
    console.print("Asking for pages and the map of a hundred thousand …")
    with crowded_site() as crowd:
        measure_crowded(crowd, figures)
        measure_map(crowd, figures)
    console.print("Resolving many rows, beside Splink alone …")
    measure_scale(figures)
    console.print("Resolving labelled sheets …")
    measure_resolution(figures)
    console.print("Resolving real registers …")
    measure_registers(figures)
    console.print("Searching …")
    measure_search(figures)
    _measure_choosing(figures)
    console.print("Measuring a network …")
    measure_network(figures)
    console.print("Importing and resolving them in a site …")
    measure_site(figures)
    console.print("Handing in all at once, and while processes are killed …")
    measure_surge(figures)
    measure_killing(figures)
    figures.write()
    if figures.broken:
        console.print(f"[bold red]Out of bounds: {', '.join(figures.broken)}[/]")
    return 1 if figures.broken else 0


def _measure_choosing(figures: Figures) -> None:
    console.print("Choosing shortlists, beside choosing from the top …")
    measure_shortlist(figures)
    console.print("Assigning evaluators, beside taking the best pairs one by one …")
    measure_assignment(figures)
    console.print("Ranking simulated juries, beside plain means …")
    measure_ranking(figures)


if __name__ == "__main__":
    sys.exit(main())
