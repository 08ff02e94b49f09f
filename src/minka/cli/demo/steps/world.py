"""What the later steps of the demonstration need from the earlier ones."""

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from minka.core.models import User
from minka.innovation.models import Challenge, Problem
from minka.knowledge.models import Actor

SEED = 20261120


@dataclass
class World:
    """People, organisations, problems and challenges by the key that the content gives them."""

    staff: User
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 -- repeatable fiction
    people: dict[str, User] = field(default_factory=dict)
    attendance: int = 0  # the import of the sheet that is resolved
    companies: list[Actor] = field(default_factory=list)
    solvers: dict[str, Actor] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)
    challenges: dict[str, Challenge] = field(default_factory=dict)


def days(count: float) -> timedelta:
    """Return so many days."""
    return timedelta(days=count)


def by_key(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the rows under their `key`."""
    return {row["key"]: row for row in rows}
