"""Real registers, resolved together; `python -m tests.bench.registers` draws pairs to be judged."""

import os
import random
from collections import defaultdict
from pathlib import Path
from time import perf_counter

from minka.knowledge.sources.linkable import is_place, read_file
from minka.methods.linkage.clustering import Merge
from minka.methods.linkage.engine import Resolution, resolve
from minka.methods.linkage.names import parse_names
from minka.methods.linkage.records import Record
from tests.bench.figures import Figures, console

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "actors"
FOLDER = Path(os.environ.get("MINKA_BENCH_REGISTERS", BESIDE))
SEED, DRAWN = 2027, 20
NEAR_BITS = -2.0  # from the line of the band for review


def measure_registers(figures: Figures) -> None:
    """Add how many rows and groups there are, groups with two tax ids, and the time taken."""
    if not any(FOLDER.glob("*.csv")):
        console.print(
            f"[bold yellow]NOT MEASURED: no registers in {FOLDER}"
            " (MINKA_BENCH_REGISTERS names their folder).[/]"
        )
        return
    begin = perf_counter()
    resolution = resolve(_records(), is_place=is_place)
    labels = resolution.groups.labels()
    resolution.verdicts()
    figures.add("resolve.registers.seconds", perf_counter() - begin)
    figures.add("resolve.registers.rows", len(labels))
    figures.add("resolve.registers.groups", len(set(labels)))
    figures.add("resolve.registers.two_ids", _with_two_ids(resolution, labels), equals=0)


def _records() -> list[Record]:
    files = [*sorted(FOLDER.glob("*.csv")), *sorted((FOLDER / "raw").glob("*.csv"))]
    return [record for path in files for _source, record in read_file(path)]


def _with_two_ids(resolution: Resolution, labels: list[int]) -> int:
    held: dict[tuple[int, str], set[str]] = defaultdict(set)
    for label, record in zip(labels, resolution.prepared.records, strict=True):
        if record.tax_id:
            held[label, record.tax_id.partition(":")[0]].add(record.tax_id)
    return sum(len(ids) > 1 for ids in held.values())


def drawn(resolution: Resolution) -> dict[str, tuple[list[Merge], int]]:
    """Draw merges, merges of unlike names, and links just not joined, with how many there were.

    Merges by tax number are not among them: they are no matter of evidence.
    """
    merges = resolution.outcome.merges
    populations = {
        "merges": merges,
        "merges of unlike names": [link for link in merges if not _alike(resolution, link)],
        "near misses": [
            link for link in resolution.outcome.open_links if link.link_bits >= NEAR_BITS
        ],
    }
    rng = random.Random(SEED)
    return {
        title: (rng.sample(links, min(DRAWN, len(links))), len(links))
        for title, links in populations.items()
    }


def _alike(resolution: Resolution, link: Merge) -> bool:
    one, other = (
        parse_names(resolution.prepared.records[row].name).main.key
        for row in (link.left, link.right)
    )
    return one == other


def main() -> None:
    resolution = resolve(_records(), is_place=is_place)
    for title, (links, size) in drawn(resolution).items():
        console.print(f"\n{title}: {len(links)} of {size}")
        for link in sorted(links, key=lambda one: -one.link_bits):
            console.print(f"{link.link_bits:+.1f} bits, {link.left_size}×{link.right_size}")
            for row in (link.left, link.right):
                console.print(f"   {_shown(resolution.prepared.records[row])}", markup=False)


def _shown(record: Record) -> str:
    said = (
        record.name, record.trade_name, *record.other_names, record.acronym, record.tax_id,
        record.website, *record.emails, record.region, record.province, record.district,
        record.activity,
    )  # fmt: skip
    source = record.key.partition(":")[0]
    return " | ".join([source, *(text for text in said if text)])[:220]


if __name__ == "__main__":
    from minka.cli import start_words

    start_words("en")
    main()
