"""The last minutes of a sealed call: many revisions with files at once, on the real server.

`python -m tests.bench.surge` measures this alone. `MINKA_BENCH_SURGE` says how much of the whole
(2,000 solvers, 10,000 revisions with a file of 1 to 20 MB) is done: the whole writes some 300 GB.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import quantiles

from tests.bench.figures import Figures, console
from tests.e2e.site import STATIC, Site, running_site
from tests.services.postgres import DURABLE, binaries, own_cluster

SHARE = float(os.environ.get("MINKA_BENCH_SURGE", "0.02"))
SOLVERS, REVISIONS = 2_000, 10_000
SMALLEST, LARGEST = 1_000_000, 20_000_000
AT_LEAST_OF_BARE = 0.7
CLIENTS = 4  # as many as the server has threads: more would only wait
BATCH = 24
SEED = 31
ROWS = 300
SETTINGS = "tests.bench.crowd_settings"
Act = Callable[[], None]


def measure_surge(figures: Figures, *, share: float = SHARE) -> None:
    """Add what a surge of submissions takes on each database, beside a bare endpoint."""
    for database in ("sqlite", "postgresql"):
        if database == "postgresql" and binaries() is None:
            console.print("[bold yellow]NOT MEASURED: no PostgreSQL server here.[/]")
            continue
        with tempfile.TemporaryDirectory(prefix="minka-surge-") as name, _server(database) as url:
            console.print(f"A surge on {database}: {share:.0%} of 10,000 revisions, three ways …")
            with running_site(Path(name), settings_module=SETTINGS, server=url) as site:
                _Surge(site, figures, f"surge.{database}", share).measure()


@contextmanager
def _server(database: str) -> Iterator[str]:
    """Give the address of a server that keeps what it commits; none for SQLite."""
    if database == "sqlite":
        yield ""
        return
    with own_cluster(DURABLE) as cluster:
        yield cluster.url


class _Surge:
    """One database, three ways: the bare endpoint, the editor, and sealed by the browser."""

    def __init__(self, site: Site, figures: Figures, name: str, share: float) -> None:
        self._site, self._figures, self._name = site, figures, name
        self._chance = Random(SEED)
        self._solvers = max(BATCH, round(SOLVERS * share))
        self._revisions = max(BATCH, round(REVISIONS * share))
        self._bytes = self._chance.randbytes(LARGEST)

    def measure(self) -> None:
        """Do all three and look afterwards whether anything was lost."""
        import pytest

        from tests.bench.surge_people import people
        from tests.innovation.killing import files_of, missing_receipts, unkept_parts

        with pytest.MonkeyPatch.context() as patch, files_of(self._site):
            with self._site.database():
                solvers = people(self._site, self._solvers, patch)
                rows_per_s = _insert_rate(solvers[0].user_id)
            self._add("solvers", len(solvers))
            self._add("revisions", self._revisions)
            self._add("raw_inserts_per_s", rows_per_s)
            ways = ("bare", "editor", "browser")
            speed = {way: self._one_way(way, solvers) for way in ways}
            for way in ("editor", "browser"):
                self._figures.add(
                    f"{self._name}.{way}.of_bare",
                    speed[way] / speed["bare"],
                    at_least=AT_LEAST_OF_BARE,
                )
            given = [number for solver in solvers for number in solver.given]
            with self._site.database():
                self._figures.add(f"{self._name}.receipts", len(given), equals=2 * self._revisions)
                lost = [*missing_receipts(given), *unkept_parts()]
            self._figures.add(f"{self._name}.lost", len(lost), equals=0)

    def _one_way(self, way: str, solvers: list) -> float:
        """Return MB per second; what is sealed in browsers is sealed before the clock runs."""
        latencies: list[float] = []
        wall, used, moved, left = 0.0, 0.0, 0, self._revisions
        while left:
            chosen = self._chance.sample(solvers, min(BATCH, left))
            acts: list[Act] = []
            for solver in chosen:
                content = self._file()
                moved += len(content)
                acts.append(getattr(solver, way)(content))
            before = _processor_s(self._site.port)
            began = time.perf_counter()
            with ThreadPoolExecutor(CLIENTS) as pool:
                latencies += pool.map(_timed, acts)
            wall += time.perf_counter() - began
            used += _processor_s(self._site.port) - before
            left -= len(chosen)
        mb = moved / 1e6
        self._add(f"{way}.p95_s", quantiles(latencies, n=20)[-1])
        self._add(f"{way}.revisions_per_s", self._revisions / wall)
        self._add(f"{way}.mb_per_s", mb / wall)
        self._add(f"{way}.processor_ms_per_mb", used * 1000 / mb)
        return mb / wall

    def _file(self) -> bytes:
        """Small ones are as frequent as large ones in each doubling of size."""
        size = int(SMALLEST * (LARGEST / SMALLEST) ** self._chance.random())
        start = self._chance.randrange(LARGEST - size + 1)
        return b"%PDF-1.7 " + self._bytes[start : start + size - 9]

    def _add(self, name: str, value: float) -> None:
        self._figures.add(f"{self._name}.{name}", value)


def _timed(act: Act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _processor_s(port: int) -> float:
    """Return the seconds of the processor that the web server has used, whatever else runs."""
    groups: dict[str, float] = {}
    ours = ""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue  # it has ended meanwhile
        group, used = fields[2], sum(map(int, fields[11:13]))
        groups[group] = groups.get(group, 0.0) + used
        if b"granian" in command and str(port).encode() in command:
            ours = group
    return groups.get(ours, 0.0) / os.sysconf("SC_CLK_TCK")


def _insert_rate(user_id: int) -> float:
    """Return how many rows a second the database takes, each in a transaction of its own."""
    from minka.core.models import StoredFile

    rows = [
        StoredFile(name="row", media_type="x", size_bytes=1, sha256="", uploaded_by_id=user_id)
        for _ in range(ROWS)
    ]
    began = time.perf_counter()
    for row in rows:
        row.save(force_insert=True)
    seconds = time.perf_counter() - began
    StoredFile.objects.filter(name="row").delete()
    return ROWS / seconds


def main() -> int:
    """Measure this alone."""
    os.environ.pop("MINKA_DATABASE_URL", None)
    os.environ |= {"DJANGO_SETTINGS_MODULE": SETTINGS, "MINKA_TEST_STATIC": str(STATIC)}
    import django

    django.setup()
    figures = Figures()
    measure_surge(figures)
    figures.add("surge.load", os.getloadavg()[0])
    figures.show()
    return 1 if figures.broken else 0


if __name__ == "__main__":
    sys.exit(main())
