"""Made-up sheets, imported and resolved one after the other, become the organisations they are of."""

import csv
import io
from collections import defaultdict

import pytest

from minka.knowledge.actions.resolution import resolve_import
from minka.knowledge.models import Record
from minka.knowledge.sources.engine import LinkageEngine
from minka.knowledge.sources.labelled import made_of
from minka.methods.linkage.training.sheets import generate
from tests.bench.resolve import pairwise
from tests.bench.site import two_ids
from tests.knowledge.sheets import imported

SEED = 9001  # none of those that the weights were fitted on


def as_csv(rows) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0].cells))
    writer.writeheader()
    writer.writerows(row.cells for row in rows)
    return out.getvalue()


@pytest.mark.django_db
def test_sheet_by_sheet_few_are_joined_wrongly_and_few_are_missed(team, places):
    sheets = defaultdict(list)
    for row in generate(350, SEED, made_of()):
        sheets[row.sheet].append(row)
    truth, became = [], []
    for name, rows in sheets.items():
        done = imported(by=team, content=as_csv(rows), source=name, name=f"{name}.csv")
        resolve_import(import_id=done.pk, engine=LinkageEngine())
    for name, rows in sheets.items():
        kept = Record.objects.filter(source__name=name).order_by("line")
        became += kept.values_list("actor_id", flat=True)
        truth += [str(row.entity.id) for row in rows]
    found = pairwise(truth, became)
    assert found["precision"] >= 0.95
    assert found["f1"] >= 0.9
    assert two_ids() == 0
