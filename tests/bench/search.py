"""How well search finds, on public collections whose answers are known, through the site's own door."""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.bench.figures import Figures, console

HERE = Path(__file__).resolve()
FOLDER = Path(os.environ.get("MINKA_BENCH_SEARCH", HERE.parents[3] / "shared" / "data"))
EVERY = int(os.environ.get("MINKA_BENCH_SEARCH_EVERY", "1"))  # asks every n-th question alone
SETTINGS = "minka.config.settings.dev"
AT_LEAST = {
    "aliases.hit_at_1": 0.80, "acronyms.hit_at_1": 0.60, "suppliers.r_at_10": 0.50,
    "suppliers.r_at_100": 0.80, "cpv.hit_at_1": 0.13,
}  # fmt: skip
Measured = dict[str, float]


def measure_search(figures: Figures) -> None:
    """Add the figures, measured in a process and a database of their own."""
    if not (FOLDER / "matching").exists():
        console.print(f"[bold yellow]NOT MEASURED: no collections in {FOLDER}.[/]")
        return
    with tempfile.TemporaryDirectory(prefix="minka-bench-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.search"],
            env={**os.environ, "MINKA_DATA": folder, "DJANGO_SETTINGS_MODULE": SETTINGS},
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    for name, value in json.loads(done.stdout.splitlines()[-1]).items():
        figures.add(f"search.{name}", value, at_least=AT_LEAST.get(name))


def main(wanted: Sequence[str]) -> None:
    """Measure in this process; print the figures as JSON."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from minka.knowledge.sources.reference import ensure_reference_data

    call_command("migrate", verbosity=0, interactive=False)
    ensure_reference_data()
    found: Measured = {}
    for name, measure in MEASURES.items():
        if wanted and name not in wanted:
            continue
        with transaction.atomic():
            found |= measure()
            transaction.set_rollback(True)
    print(json.dumps(found))  # noqa: T201 -- for the process that started this one


def names() -> Measured:
    """Aliases, names in other languages and acronyms; an organisation has its one name alone."""
    rows = list(_table(FOLDER / "linkage" / "alias_pairs.csv"))
    keys = put_in(
        {row["ror_id"]: {"name": row["canonical_name"], "country": row["country"]} for row in rows}
    )
    ranks: dict[str, list[int]] = defaultdict(list)
    begin = perf_counter()
    asked = rows[::EVERY]
    for row in asked:
        kind = "other_names" if row["kind"] == "labels_other_lang" else row["kind"]
        ranks[kind].append(rank_of({keys[row["ror_id"]]}, row["variant"]))
    seconds = perf_counter() - begin
    figures = {
        f"{kind}.{name}": share(some, at)
        for kind, some in sorted(ranks.items())
        for name, at in (("hit_at_1", 1), ("hit_at_10", 10))
    }
    return figures | {"names.ms_per_question": 1000 * seconds / len(asked)}


def suppliers() -> Measured:
    """Later purchases against the awards before; the context of a purchase explains its text."""
    folder = FOLDER / "matching" / "suppliers_es"
    keys = put_in({
        row["_id"]: {
            "name": row["title"], "description": row["text"], "activity": ", ".join(row["rubros"]),
        }
        for row in _lines(folder / "corpus.jsonl")
    })  # fmt: skip
    relevant = _relevant(folder, keys)
    figures: Measured = {}
    for name, with_context in (("suppliers", True), ("suppliers_text_alone", False)):
        recalls: dict[int, list[float]] = {10: [], 100: []}
        for row in [one for one in _lines(folder / "queries.jsonl") if one["_id"] in relevant][
            ::EVERY
        ]:
            wanted = relevant[row["_id"]]
            found = ask(row["text"], 100, row["context"] if with_context else "")
            for size, some in recalls.items():
                some.append(len(wanted & set(found[:size])) / len(wanted))
        figures |= {f"{name}.r_at_{at}": sum(some) / len(some) for at, some in recalls.items()}
    return figures


def cpv() -> Measured:
    """Spanish names of goods and services against the English names of the same codes."""
    folder = FOLDER / "matching" / "cpv_es_en"
    keys = put_in({row["_id"]: {"name": row["text"]} for row in _lines(folder / "corpus_en.jsonl")})
    relevant = _relevant(folder, keys)
    ranks = [
        rank_of(relevant[row["_id"]], row["text"])
        for row in list(_lines(folder / "queries_es.jsonl"))[::EVERY]
    ]
    return {"cpv.hit_at_1": share(ranks, 1), "cpv.hit_at_10": share(ranks, 10)}


def challenges() -> Measured:
    """Titles of challenges against their descriptions (`tests.bench.challenges`)."""
    from tests.bench.challenges import challenges as measured

    return measured()


MEASURES = {"names": names, "suppliers": suppliers, "cpv": cpv, "challenges": challenges}


def put_in(rows: Mapping[str, Mapping[str, str]]) -> dict[str, int]:
    """Make an actor of every row and index it; return their keys."""
    from minka.knowledge.actions.search_index import index_actors
    from minka.knowledge.models import Actor
    from minka.methods.text import search_key

    made = Actor.objects.bulk_create(
        [
            Actor(**{**row, "name": row["name"][:250], "activity": row.get("activity", "")[:250],
                     "name_key": search_key(row["name"])[:250]})
            for row in rows.values()
        ],
        batch_size=500,
    )  # fmt: skip
    index_actors(actors=[actor.pk for actor in made])
    return dict(zip(rows, [actor.pk for actor in made], strict=True))


def ask(text: str, limit: int, context: str = "") -> list[int]:
    """Ask as the site does."""
    from minka.knowledge.queries.search import search

    return search(viewer=None, text=text, limit=limit, context=context)


def rank_of(wanted: Iterable[int], text: str) -> int:
    """Return the place of the first right answer among ten, from 1; 0 without one."""
    found = ask(text, 10)
    return next((at for at, key in enumerate(found, start=1) if key in set(wanted)), 0)


def share(ranks: Sequence[int], at: int) -> float:
    """Return how often the right answer was among the first."""
    return sum(0 < rank <= at for rank in ranks) / len(ranks)


def _relevant(folder: Path, keys: Mapping[str, int]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for row in _table(folder / "qrels.tsv", "\t"):
        if row["corpus-id"] in keys:
            found[row["query-id"]].add(keys[row["corpus-id"]])
    return found


def _table(path: Path, delimiter: str = ",") -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


if __name__ == "__main__":
    main(sys.argv[1:])
