"""Fifty times kill -9 in the middle of submissions: no receipt that was given may be lost.

`python -m tests.bench.killing` does this alone.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import Figures, console
from tests.e2e.site import STATIC
from tests.services.postgres import DURABLE, binaries, own_cluster

SEED = 2014_24_4
VICTIMS = {
    "postgresql": {"web": 8, "worker": 7, "database": 10, "backend": 5},
    "sqlite": {"web": 12, "worker": 8},
}


def measure_killing(figures: Figures) -> None:
    """Add what was killed, and what of all that was promised is not there afterwards."""
    from tests.innovation.killing import kill_rounds

    for database, victims in VICTIMS.items():
        killed = [name for name, times in victims.items() for _ in range(times)]
        with tempfile.TemporaryDirectory(prefix="minka-killing-") as name:
            if database == "sqlite":
                found = kill_rounds(Path(name), victims=killed, seed=SEED)
            elif binaries() is None:
                console.print("[bold yellow]NOT MEASURED: no PostgreSQL server here.[/]")
                continue
            else:
                with own_cluster(DURABLE) as cluster:
                    found = kill_rounds(Path(name), victims=killed, seed=SEED, cluster=cluster)
        for fault in found.faults:
            console.print(f"[bold red]{fault}[/]")
        figures.add(f"killing.{database}.rounds", found.rounds.total(), equals=len(killed))
        figures.add(f"killing.{database}.receipts", found.receipts, at_least=len(killed))
        figures.add(f"killing.{database}.faults", len(found.faults), equals=0)
        figures.add(f"killing.{database}.seconds", found.seconds)


def main() -> int:
    """Do this alone."""
    os.environ.pop("MINKA_DATABASE_URL", None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "MINKA_TEST_STATIC": str(STATIC),
    }
    import django

    django.setup()
    figures = Figures()
    measure_killing(figures)
    figures.show()
    return 1 if figures.broken else 0


if __name__ == "__main__":
    sys.exit(main())
