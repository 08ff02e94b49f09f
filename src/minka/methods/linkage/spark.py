"""The linkage engine on Spark, for a register that one machine cannot compare in time.

Names, contacts, blocking, comparison and scores are worked out by the cluster. Groups are made by
whoever drives it, by the same two looks as elsewhere (`settling`), from the
links that weigh enough: `docs/operate/spark.md` says what that takes.

Needs the extra `minka[spark]` and Java; nothing else of the package imports this.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from minka.methods.linkage import spark_rows as rows
from minka.methods.linkage.clustering import Lines, Outcome
from minka.methods.linkage.engine import (
    MARGIN_BITS,
    Evidence,
    Options,
    Progress,
    evidence_of,
)
from minka.methods.linkage.groups import Groups
from minka.methods.linkage.model import Ints, Levels, Scored
from minka.methods.linkage.names import IsPlace
from minka.methods.linkage.profiles import Profiles
from minka.methods.linkage.records import Record, ranks_by_key
from minka.methods.linkage.review import Answers, Question, known_groups, questions
from minka.methods.linkage.second_look import Found, Origins
from minka.methods.linkage.settling import Settling
from minka.methods.linkage.verdicts import Verdict, verdicts

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from minka.methods.linkage.spark_frames import Frames


class SparkMissing(RuntimeError):
    """Spark cannot run here; the message says what to install."""


def _silent(_step: str) -> None:
    pass


@contextmanager
def spark_session(
    master: str = "local[*]", *, configuration: Mapping[str, str] | None = None
) -> "Iterator[SparkSession]":
    """Open a session, and close it in the end; one that is open already is taken and left so.

    Args:
        master: of a cluster (`spark://…`, `yarn`, `k8s://…`), or `local[n]` for n processors here.
        configuration: settings of Spark that come before ours.

    Raises:
        SparkMissing: the extra or Java is not installed.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkMissing("Spark is not installed: pip install minka[spark]") from error
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise SparkMissing("Spark needs Java 17 or newer: install it, or let JAVA_HOME name it")
    if (running := SparkSession.getActiveSession()) is not None:
        yield running
        return
    chosen = dict(_CONFIGURATION)
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        chosen |= _LOCAL
    builder = SparkSession.builder.appName("minka").master(master)
    for key, value in {**chosen, **(configuration or {})}.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()


_CONFIGURATION = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "5000",
}
_LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
    "spark.driver.memory": "2g",
}


@dataclass(slots=True)
class SparkResolution:
    """What was decided; `explain` asks the cluster again, so its session has to be open."""

    tax: list[str]
    groups: Groups
    pairs: Scored
    outcome: Outcome
    options: Options
    frames: "Frames" = field(repr=False)
    settling: Settling = field(repr=False)

    def questions(self) -> list[Question]:
        """Return what to ask a person, the most telling first."""
        return questions(self.appraised(Answers()))

    def appraised(self, answers: Answers) -> Outcome:
        """Return the outcome with each merge as likely as it looks beside all others."""
        return self.settling.appraise(known_groups(self.tax, answers), self.outcome)

    def explain(self, pairs: Sequence[tuple[int, int]]) -> list[list[Evidence]]:
        """Return the evidence about each pair of records, the heaviest first.

        What both records leave unsaid is left out.
        """
        from minka.methods.linkage.spark_frames import find_levels

        ordered = np.array([sorted(pair) for pair in pairs], dtype=np.int64).reshape(-1, 2)
        levels = find_levels(self.frames, ordered[:, 0], ordered[:, 1])
        return evidence_of(levels, self.options.weights)

    def verdicts(self) -> list[Verdict]:
        """Return the decision about each record, in order."""
        return verdicts(
            self.groups, self.pairs, self.outcome.open_links,
            tax=self.tax, review_bits=self.options.bands.review_bits,
        )  # fmt: skip

    def table(self) -> "DataFrame":
        """Return the decision about each record as a table of Spark.

        Its columns: i and key of the record, actor (the lowest i of its organisation), band,
        probability, and partner (the i of the record that speaks for it, if any does).
        """
        from minka.methods.linkage.spark_frames import decided

        return decided(self.frames, self.verdicts())


class SparkLinkageEngine:
    """Resolves records as `engine.resolve` does, with the same model, on a Spark session."""

    def __init__(self, session: "SparkSession", *, options: Options | None = None) -> None:
        self._session = session
        self._options = options or Options()

    def resolve(
        self,
        records: "Sequence[Record] | DataFrame",
        *,
        is_place: IsPlace,
        answers: Answers | None = None,
        progress: Progress = _silent,
    ) -> SparkResolution:
        """Find out which records are one organisation.

        Args:
            records: of all sources together, cleaned; or a table of Spark with the columns of
                `Record`, whose rows are numbered in the order of their keys.
            is_place: tells whether a text is the name of a place. The workers import it.
            answers: what people said before; never asked again.
            progress: called with the name of each step as it begins.
        """
        from minka.methods.linkage import spark_frames as frames

        progress("names")
        loaded = frames.load(self._session, self._numbered(records), is_place=is_place)
        tax = frames.tax_ids(loaded)
        groups = known_groups(tax, answers or Answers())
        progress("candidates")
        pairs = frames.candidate_pairs(loaded)
        progress("comparison of names")
        coded = frames.coded_pairs(loaded, pairs)
        progress("scores")
        bands, weights = self._options.bands, self._options.weights
        scored = frames.score_pairs(loaded, coded, weights, least_bits=bands.least_bits)
        progress("groups")
        ranks = np.arange(len(tax))  # a table is in order
        if isinstance(records, Sequence):
            ranks = ranks_by_key(records)

        def find(chosen: Ints) -> Levels:
            return frames.find_levels(loaded, scored.left[chosen], scored.right[chosen])

        profiles = Profiles(weights, find, len(scored.left))
        found = Found(scored, profiles, Origins(*frames.origins(loaded)), ranks)
        lines = Lines(bands.join_bits, bands.review_bits - MARGIN_BITS)
        settling = Settling(found, lines, weights.links, bands.second_bits)
        outcome = settling.settle(groups)
        return SparkResolution(tax, groups, scored, outcome, self._options, loaded, settling)

    def _numbered(self, records: "Sequence[Record] | DataFrame") -> "DataFrame":
        from minka.methods.linkage import spark_frames as frames

        if isinstance(records, Sequence):
            schema = frames.ddl(rows.RECORD)
            return self._session.createDataFrame(rows.record_rows(records), schema)
        return frames.numbered(records)
