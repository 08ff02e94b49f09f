"""Which rows are one organisation: how well, how much is left to people, and how long it takes."""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable
from time import perf_counter

from rich.table import Table

from minka.knowledge.sources.labelled import Labelled
from minka.knowledge.sources.linkable import is_place, read_file
from minka.methods.linkage.engine import Resolution, resolve
from minka.methods.linkage.review import Trial, simulate
from tests.bench import truth as given
from tests.bench.figures import Figures, console
from tests.bench.rivals import exact, plain_splink

SHARES_ASKED = {"asked_2_5": 0.025, "asked_5": 0.05}  # rows that any question shows, of all
SHOWN_FROM = 10  # rows of a kind of noise
AT_MOST_S = 10.0
Labels = list[int]


def measure_resolution(figures: Figures) -> None:
    """Add precision, recall and F1 of every method on every collection, and the time taken."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    collections = given.made_up()
    if (given.FOLDER / "sheets_truth.csv").exists():
        _measure_time(figures)
        collections = {
            "sheets": given.given_sheets(), "plain_list": given.plain_list(), **collections
        }  # fmt: skip
    else:
        console.print(
            f"[bold yellow]NOT MEASURED: no labelled sheets in {given.FOLDER}"
            " (MINKA_BENCH_LINKAGE names their folder).[/]"
        )
    for name, data in collections.items():
        _measure(f"resolve.{name}", data, figures)


def _measure_time(figures: Figures) -> None:
    begin = perf_counter()
    files = sorted((given.FOLDER / "sheets").glob("*.csv"))
    records = [record for path in files for _source, record in read_file(path)]
    figures.add("resolve.sheets.read_s", perf_counter() - begin)
    resolve(records, is_place=is_place).verdicts()
    figures.add("resolve.sheets.seconds", perf_counter() - begin, at_most=AT_MOST_S)


def _measure(name: str, data: Labelled, figures: Figures) -> None:
    methods: dict[str, Callable[[], Labels]] = {
        "exact": lambda: exact(data.records),
        "splink": lambda: plain_splink(data.records),
    }
    labels = {method: run() for method, run in methods.items()}
    resolution = resolve(data.records, is_place=is_place)
    labels["minka"] = resolution.groups.labels()
    for key, share in SHARES_ASKED.items():
        labels[f"minka_{key}"], asked = _reviewed(data, resolution, share)
        figures.keep(f"{name}.minka_{key}.questions", asked)
    for method, found in labels.items():
        for measure, value in pairwise(data.entities, found).items():
            figures.add(f"{name}.{method}.{measure}", value)
        mixed = _with_two_ids(data, found)
        bound = 0 if method.startswith("minka") else None
        figures.add(f"{name}.{method}.two_ids", mixed, equals=bound)
    bands = [verdict.band for verdict in resolution.verdicts()]
    figures.add(f"{name}.minka.review", bands.count("review") / len(bands))
    _measure_kinds(name, data, labels, bands, figures)


def _reviewed(data: Labelled, resolution: Resolution, share: float) -> tuple[Labels, int]:
    """Resolve again with the answers of a reviewer who is never wrong; tell how many there were."""
    trial = Trial(round(share * len(data.records)), batch=5)

    def is_same(one: int, other: int) -> bool:
        return data.entities[one] == data.entities[other]

    groups, answers = simulate(resolution.tax, resolution.settling, is_same, trial)
    return groups.labels(), len(answers.same) + len(answers.apart)


def pairwise(truth: list[str], labels: Labels) -> dict[str, float]:
    """Return precision, recall and F1 over pairs of rows."""
    wanted, joined = _pairs(Counter(truth)), _pairs(Counter(labels))
    right = _pairs(Counter(zip(truth, labels, strict=True)))
    precision, recall = right / max(1, joined), right / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": precision, "recall": recall, "f1": f1}


def _pairs(sizes: Counter[object] | Counter[str] | Counter[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _with_two_ids(data: Labelled, labels: Labels) -> int:
    held: dict[tuple[int, str], set[str]] = defaultdict(set)
    for label, record in zip(labels, data.records, strict=True):
        if record.tax_id:
            held[label, record.tax_id.split(":")[0]].add(record.tax_id)
    return sum(len(ids) > 1 for ids in held.values())


def _measure_kinds(
    name: str, data: Labelled, labels: dict[str, Labels], bands: list[str], figures: Figures
) -> None:
    """Add for each kind of noise how many partners of such rows are found, and the review load."""
    rows: dict[str, list[int]] = defaultdict(list)
    for index, (ops, families) in enumerate(zip(data.ops, data.families, strict=True)):
        for kind in {*ops, *(f"trap_{family}" for family in families)}:
            rows[kind].append(index)
    table = Table(title=f"{name}: partners found", title_justify="left")
    methods = ("exact", "splink", "minka")
    for heading in ("noise of the row", "rows", *methods, "review"):
        table.add_column(heading, justify="left" if heading.startswith("noise") else "right")
    sizes = Counter(data.entities)
    cells = {m: Counter(zip(data.entities, labels[m], strict=True)) for m in methods}
    for kind, members in sorted(rows.items()):
        partners = sum(sizes[data.entities[i]] - 1 for i in members)
        if len(members) < SHOWN_FROM or not partners:
            continue
        shown = []
        for method in methods:
            mine = labels[method]
            found = sum(cells[method][data.entities[i], mine[i]] - 1 for i in members) / partners
            figures.keep(f"{name}.{method}.recall_of.{kind}", found)
            shown.append(f"{found:.3f}")
        load = sum(bands[i] == "review" for i in members) / len(members)
        figures.keep(f"{name}.minka.review_of.{kind}", load)
        table.add_row(kind, str(len(members)), *shown, f"{load:.1%}")
    console.print(table)
