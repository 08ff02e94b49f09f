"""Labelled collections to resolve: made-up ones, and given ones where they are there."""

import csv
import os
from pathlib import Path

from minka.knowledge.sources.cleaning import clean_row
from minka.knowledge.sources.fields import Field
from minka.knowledge.sources.labelled import Labelled, collection, made_of
from minka.knowledge.sources.linkable import cut_length, read_file, to_record

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "linkage"
FOLDER = Path(os.environ.get("MINKA_BENCH_LINKAGE", BESIDE))
MADE_UP_ROWS = 3000
MADE_UP_SEEDS = (9001, 9002, 9003, 9004, 9005)  # none of those that the weights were fitted on
PLAIN_LIST = {
    "name": Field.NAME, "ruc": Field.TAX_ID, "departamento": Field.REGION,
    "distrito": Field.DISTRICT, "actor_type": Field.KIND,
}  # fmt: skip


def made_up() -> dict[str, Labelled]:
    given = made_of()
    return {f"made_up_{seed}": collection(MADE_UP_ROWS, seed, given) for seed in MADE_UP_SEEDS}


def given_sheets() -> Labelled:
    """The seven sheets, read as files."""
    with (FOLDER / "sheets_truth.csv").open(encoding="utf-8") as file:
        truth = {row["row_id"]: row for row in csv.DictReader(file)}
    found = Labelled()
    for path in sorted((FOLDER / "sheets").glob("*.csv")):
        for source, record in read_file(path):
            row = truth[f"{source.sheet}:{source.line}"]
            found.records.append(record)
            found.entities.append(row["entity_id"])
            found.ops.append(row["ops"].split() or ["clean"])
            found.families.append([one.split(":")[0] for one in row["families"].split()])
    return found


def plain_list() -> Labelled:
    """The list of names with a few tax numbers."""
    with (FOLDER / "peru_dups.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    cleaned = [clean_row({key: row[key] for key in PLAIN_LIST}, PLAIN_LIST) for row in rows]
    cut = cut_length(clean.text(Field.NAME) for clean in cleaned)
    return Labelled(
        [to_record(r["row_id"], clean, cut=cut) for r, clean in zip(rows, cleaned, strict=True)],
        [row["cluster_id"] for row in rows],
        [row["noise_ops"].split(",") or ["clean"] for row in rows],
        [[] for _row in rows],
    )
