"""Rankings of simulated juries beside plain means, whether intervals hold, and the time of many."""

import csv
import os
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from scipy.stats import spearmanr

from minka.methods.ranking.reviews import Reviews
from minka.methods.ranking.standing import rank
from tests.bench.figures import Figures, console

QUALITY, SEVERITY, NOISE = 1.278, 0.240, 1.268  # variances measured at NIPS 2014
SIZES = {20: 8, 42: 12, 100: 30, 200: 60}  # items: people
REVIEWS = ((3, 3), (3, 6), (6, 6))
JURIES = int(os.environ.get("MINKA_BENCH_JURIES", "40"))
SEED = 2026
_ERRORS = 3.0  # standard errors within which a difference is none
_LIBRARY = Path(__file__).resolve().parents[3] / "shared" / "data" / "scores"


def measure_ranking(figures: Figures) -> None:
    """Add correlation with the truth, recall of the top and coverage by setting."""
    covered = [
        _setting(figures, severity, items, people, each)
        for severity in (SEVERITY, 0.0)
        for items, people in SIZES.items()
        for each in REVIEWS
    ]
    for what in ("correlation", "recall"):
        gains = [
            value
            for name, value in figures.values.items()
            if name.startswith("ranking.severe.") and name.endswith(f"{what}_gain")
        ]
        least = 0.003 if what == "correlation" else 0.0
        figures.add(f"ranking.severe.{what}_gain", float(np.mean(gains)), at_least=least)
    figures.add("ranking.coverage", float(np.mean(covered)), at_least=0.87, at_most=0.93)
    _real(figures)


def _setting(
    figures: Figures, severity: float, items: int, people: int, each: tuple[int, int]
) -> float:
    random = np.random.default_rng(SEED + items + each[1])  # the same juries with and without
    rows = np.array([_jury(random, severity, items, people, each) for _jury_ in range(JURIES)])
    name = f"{'severe' if severity else 'alike'}.{items}.{each[0]}to{each[1]}"
    gains = rows[:, 1] - rows[:, 2], rows[:, 3] - rows[:, 4]
    for what, gain in zip(("correlation", "recall"), gains, strict=True):
        figures.keep(f"ranking.{name}.{what}_gain_error", float(gain.std() / JURIES**0.5))
    figures.keep(f"ranking.{name}.correlation", float(rows[:, 1].mean()))
    figures.keep(f"ranking.{name}.recall", float(rows[:, 3].mean()))
    # without severity the plain order is right: at most the chance of few juries is below it
    least = [-_ERRORS * float(gain.std() / JURIES**0.5) - 1e-3 for gain in gains]
    if severity:
        least[0] = 0.0
    figures.add(f"ranking.{name}.correlation_gain", float(gains[0].mean()), at_least=least[0])
    figures.add(f"ranking.{name}.recall_gain", float(gains[1].mean()), at_least=least[1])
    figures.add(f"ranking.{name}.coverage", float(rows[:, 0].mean()))
    return float(rows[:, 0].mean())


def _jury(
    random: np.random.Generator, severity: float, items: int, people: int, each: tuple[int, int]
) -> tuple[float, ...]:
    """Return coverage, and correlation and recall of the model and of plain means."""
    quality = random.normal(0, QUALITY**0.5, items)
    harsh = random.normal(0, 1, people) * severity**0.5
    eager = random.dirichlet(np.full(people, 2.0))  # some review much, others little
    pairs = [
        (item, person)
        for item in range(items)
        for person in random.choice(people, random.integers(each[0], each[1] + 1), False, eager)
    ]
    item, person = np.array(pairs).T
    score = 5 + quality[item] + harsh[person] + random.normal(0, NOISE**0.5, len(item))
    reviews = Reviews(item, person, score, items, people)
    top = max(3, items // 5)
    found = rank(reviews, top=top, draws=1_000)
    truth = quality + 5
    best = set(np.argsort(-truth)[:top].tolist())
    plain = np.argsort(-reviews.means, kind="stable")[:top]
    return (
        float(((found.low <= truth) & (truth <= found.high)).mean()),
        float(spearmanr(found.quality, truth)[0]), float(spearmanr(reviews.means, truth)[0]),
        len(best & set(found.order[:top].tolist())) / top, len(best & set(plain.tolist())) / top,
    )  # fmt: skip


def _real(figures: Figures) -> None:
    """Time the ratings of a real conference, whose reviewers are not named."""
    folder = Path(os.environ.get("MINKA_BENCH_SCORES", _LIBRARY))
    path = folder / "iclr2020_ratings.csv"
    if not path.is_file():
        console.print(f"No ratings in {folder}: not measured (MINKA_BENCH_SCORES names the folder)")
        return
    with path.open(encoding="utf-8", newline="") as file:
        given = [row["ratings"].split(",") for row in csv.DictReader(file)]
    item = np.repeat(np.arange(len(given)), [len(one) for one in given])
    score = np.array([float(text) for one in given for text in one])
    for name, people in {"unnamed": len(score), "pool": 1_500}.items():
        random = np.random.default_rng(SEED)
        who = [random.choice(people, len(one), replace=False) for one in given]
        person = np.arange(len(score)) if name == "unnamed" else np.concatenate(who)
        reviews = Reviews(item, person, score, len(given), people)
        begin, begun = perf_counter(), process_time()
        rank(reviews, top=100)
        bound = 5.0 if name == "unnamed" else None
        figures.add(f"ranking.iclr.{name}.processor", process_time() - begun)
        figures.add(f"ranking.iclr.{name}.seconds", perf_counter() - begin, at_most=bound)


if __name__ == "__main__":
    alone = Figures()
    measure_ranking(alone)
    alone.show()
