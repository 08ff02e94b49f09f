"""Titles of real challenges against their descriptions: is the text found that belongs to a title?

The same door that finds solvers for a challenge (`knowledge.queries.search`), asked the other way
round: public challenges of Challenge.gov in English (223 of 318 have a description), every
description a profile, every title a question. A title that its description repeats is taken out.
"""

import csv
import random
import re

from tests.bench.search import EVERY, FOLDER, Measured, put_in, rank_of, share

SEED = 318


def challenges() -> Measured:
    """Return how often the description of a title is the first, and among the first ten."""
    path = FOLDER / "challenges" / "challenge_gov.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file) if row["description"].strip()}
    keys = put_in(
        {
            key: {"name": f"{place:04}", "description": without_title(row)}
            for place, (key, row) in enumerate(_shuffled(rows))
        }
    )
    ranks = [rank_of({keys[key]}, row["title"]) for key, row in list(rows.items())[::EVERY]]
    return {
        "challenges.questions": float(len(ranks)),
        "challenges.hit_at_1": share(ranks, 1),
        "challenges.hit_at_10": share(ranks, 10),
    }


def without_title(row: dict[str, str]) -> str:
    """Return the description of a challenge without its title, in whatever case it stands there."""
    return re.sub(re.escape(row["title"].strip()), " ", row["description"], flags=re.IGNORECASE)


def _shuffled(rows: dict[str, dict[str, str]]) -> list[tuple[str, dict[str, str]]]:
    """Return the rows in an order that is no hint: among equals the first made would win."""
    return random.Random(SEED).sample(list(rows.items()), len(rows))
