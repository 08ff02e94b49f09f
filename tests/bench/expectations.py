"""What to expect of each line from which actors are joined: the table of the page of the bands.

`python -m tests.bench.expectations` imports and resolves the seven labelled sheets one after the
other, as `tests.bench.site` does, once for each line, and prints the rows for
`minka.knowledge.sources.expectations`. It needs a prepared, empty data folder (`MINKA_DATA`) and
leaves it as it was. To be taken again whenever the weights change.
"""

import csv
from pathlib import Path

from tests.bench import truth as given
from tests.bench.figures import console
from tests.bench.resolve import pairwise
from tests.bench.site import against, resolve, take_in

LINES = (0.40, 0.50, 0.60, 0.70, 0.80, 0.90, 0.95, 0.99)


def expected(line: float, sheets: Path, truth: dict[str, str]) -> dict[str, float]:
    """Return how well the sheets are resolved with this line; nothing of it is kept."""
    from django.db import transaction

    from minka.knowledge.models import Bands

    with transaction.atomic():
        Bands.objects.all().delete()
        Bands.objects.create(join_from=line, ask_from=0.2)
        for path in sorted(sheets.glob("*.csv")):
            resolve(take_in(path.name, path.read_bytes()))
        found = pairwise(*against(truth))
        transaction.set_rollback(True)
    return found


def main() -> None:
    import django

    django.setup()
    with (given.FOLDER / "sheets_truth.csv").open(encoding="utf-8") as file:
        truth = {row["row_id"]: row["entity_id"] for row in csv.DictReader(file)}
    for line in LINES:
        found = expected(line, given.FOLDER / "sheets", truth)
        told = f"    Expectation({line:.2f}, {found['precision']:.3f}, {found['recall']:.3f}),"
        console.print(told, highlight=False)


if __name__ == "__main__":
    main()
