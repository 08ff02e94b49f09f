"""The last minutes of a sealed call: many revisions with files at once, on the real server.

`python -m tests.bench.surge` measures this alone. `MINKA_BENCH_SURGE` says how much of the whole
(2,000 solvers, 10,000 revisions with a file of 1 to 20 MB) is done: the whole writes some 520 GB.

The bare endpoint keeps the bytes as Django gives them; the second one seals them and does nothing
else. Web server and worker run as in production.

A revision is one request with its words and its file, in the editor as in the browser's sealing. A
solver who replaces what was handed in has pressed "Replace it" before, when the writing began.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from statistics import quantiles

from minka.cli.worker import GIVES_WAY
from tests.bench.figures import Figures, console
from tests.e2e.site import STATIC, Site, running_site
from tests.services.postgres import DURABLE, binaries, own_cluster

SHARE = float(os.environ.get("MINKA_BENCH_SURGE", "0.02"))
SOLVERS, REVISIONS = 2_000, 10_000
SMALLEST, LARGEST = 1_000_000, 20_000_000
AT_LEAST_OF_BARE = 0.7
PROCESSES = 2  # of the web server, as docs/operate starts it
CLIENTS = 4 * PROCESSES  # as many as the server has threads: more would only wait
BATCH = 24
SEED = 31
ROWS = 300
WAYS = ("bare", "bare_sealed", "editor", "browser")
MEASURED = ("editor", "browser")
SETTINGS = "tests.bench.crowd_settings"
Act = Callable[[], None]


def measure_surge(figures: Figures, *, share: float = SHARE) -> None:
    """Add what a surge of submissions takes on each database, beside a bare endpoint."""
    for database in ("sqlite", "postgresql"):
        if database == "postgresql" and binaries() is None:
            console.print("[bold yellow]NOT MEASURED: no PostgreSQL server here.[/]")
            continue
        with (
            tempfile.TemporaryDirectory(prefix="minka-surge-") as name,
            _server(database) as url,
            _processes(),
        ):
            console.print(f"A surge on {database}: {share:.0%} of 10,000 revisions, four ways …")
            with running_site(
                Path(name), settings_module=SETTINGS, server=url, worker_nice=GIVES_WAY
            ) as site:
                _Surge(site, figures, f"surge.{database}", share).measure()


@contextmanager
def _server(database: str) -> Iterator[str]:
    """Give the address of a server that keeps what it commits; none for SQLite."""
    if database == "sqlite":
        yield ""
        return
    with own_cluster(DURABLE) as cluster:
        yield cluster.url


@contextmanager
def _processes() -> Iterator[None]:
    """Let the web server run as in production."""
    import pytest

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRANIAN_WORKERS", str(PROCESSES))
        yield


@dataclass
class _Tally:
    """What one way of handing in took so far."""

    latencies: list[float] = field(default_factory=list)
    wall_s: float = 0.0
    processor_s: float = 0.0
    bytes: int = 0

    @property
    def mb_per_s(self) -> float:
        return self.bytes / 1e6 / self.wall_s


class _Surge:
    """One database, four ways: two bare endpoints, the editor, and sealed by the browser.

    The ways take turns, batch by batch, so that what else the machine does falls on all of them.
    They are given the same files. What was handed in is compared with its receipt after each batch,
    and its bytes are let go then, or the whole would fill the disk.
    """

    def __init__(self, site: Site, figures: Figures, name: str, share: float) -> None:
        self._site, self._figures, self._name = site, figures, name
        self._chance = Random(SEED)
        self._solvers = max(BATCH, round(SOLVERS * share))
        self._revisions = max(BATCH, round(REVISIONS * share))
        self._bytes = self._chance.randbytes(LARGEST)
        self._tallies = {way: _Tally() for way in WAYS}
        self._lost: list[str] = []

    def measure(self) -> None:
        """Do all of them and say whether anything was lost."""
        import pytest

        from tests.bench.surge_people import people
        from tests.innovation.killing import files_of, missing_receipts, whole_ledger

        with pytest.MonkeyPatch.context() as patch, files_of(self._site):
            with self._site.database():
                solvers = people(self._site, self._solvers, patch)
                rows_per_s = _insert_rate(solvers[0].user_id)
            self._add("solvers", len(solvers))
            self._add("revisions", self._revisions)
            self._add("raw_inserts_per_s", rows_per_s)
            for way in WAYS:  # the first requests of a process load what all later ones find
                self._batch(way, self._files(CLIENTS), solvers, _Tally())
            done = 0
            for number in count():
                size = min(BATCH, self._revisions - done)
                if not size:
                    break
                files = self._files(size)
                for place in range(len(WAYS)):
                    way = WAYS[(number + place) % len(WAYS)]
                    self._batch(way, files, solvers, self._tallies[way])
                done += size
            self._tell()
            given = [number for solver in solvers for number in solver.given]
            handed_in = 2 * (self._revisions + CLIENTS)
            self._figures.add(f"{self._name}.receipts", len(given), equals=handed_in)
            with self._site.database():
                self._lost += [*missing_receipts(given), *whole_ledger()]
        for fault in self._lost:
            console.print(f"[bold red]{fault}[/]")
        self._figures.add(f"{self._name}.lost", len(self._lost), equals=0)

    def _batch(self, way: str, files: list[bytes], solvers: list, tally: _Tally) -> None:
        """Hand each file in; what is sealed in browsers is sealed before the clock runs."""
        from tests.bench.surge_people import let_go

        chosen = self._chance.sample(solvers, len(files))
        acts = [
            getattr(solver, way)(content) for solver, content in zip(chosen, files, strict=True)
        ]
        before = _processor_s(self._site.port)
        began = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            tally.latencies += pool.map(_timed, acts)
        tally.wall_s += time.perf_counter() - began
        tally.processor_s += _processor_s(self._site.port) - before
        tally.bytes += sum(map(len, files))
        with self._site.database():
            self._lost += let_go(chosen if way in MEASURED else [])

    def _tell(self) -> None:
        for way, tally in self._tallies.items():
            self._add(f"{way}.p95_s", quantiles(tally.latencies, n=20)[-1])
            self._add(f"{way}.revisions_per_s", self._revisions / tally.wall_s)
            self._add(f"{way}.mb_per_s", tally.mb_per_s)
            self._add(f"{way}.processor_ms_each", tally.processor_s * 1000 / self._revisions)
        of_bare = {
            way: tally.mb_per_s / self._tallies["bare"].mb_per_s
            for way, tally in self._tallies.items()
        }
        self._add("bare_sealed.of_bare", of_bare["bare_sealed"])
        for way in MEASURED:
            name = f"{self._name}.{way}.of_bare"
            self._figures.add(name, of_bare[way], at_least=AT_LEAST_OF_BARE)

    def _files(self, count: int) -> list[bytes]:
        return [self._file() for _place in range(count)]

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
