"""The second look: what competes with a link, and who waits for a person."""

import random

from minka.knowledge.sources.labelled import collection, made_of
from minka.knowledge.sources.linkable import is_place
from minka.methods.linkage.engine import Resolution, resolve
from minka.methods.linkage.records import Record
from minka.methods.linkage.review import Answers, Trial, known_groups, simulate
from minka.methods.linkage.second_look import merge_links


def groups_of(resolution: Resolution) -> set[frozenset[str]]:
    found: dict[int, set[str]] = {}
    for record, label in zip(resolution.prepared.records, resolution.groups.labels(), strict=True):
        found.setdefault(label, set()).add(record.key)
    return {frozenset(one) for one in found.values()}


def test_the_order_of_the_rows_changes_nothing():
    records = collection(250, 5, made_of()).records
    mixed = random.Random(7).sample(records, len(records))
    assert groups_of(resolve(records, is_place=is_place)) == groups_of(
        resolve(mixed, is_place=is_place)
    )


def test_each_merge_is_weighed_again_as_the_groups_were_then():
    resolution = resolve(collection(250, 5, made_of()).records, is_place=is_place)
    known = known_groups(resolution.tax, Answers())
    looked = merge_links(known, resolution.settling.found, resolution.outcome)
    assert len(looked.told) == len(resolution.outcome.merges) > 0
    assert known.labels() == resolution.groups.labels()


def test_who_fits_two_that_cannot_be_one_waits():
    units = [
        Record(
            f"unit:{n}", f"Gobierno Regional de Puno - Salud {name}", tax_id=f"pe.ruc:{ruc}",
            source="a",
        )
        for n, (name, ruc) in enumerate((("Sandia", "20100162076"), ("Lampa", "20100362598")))
    ]  # fmt: skip
    above = Record("above", "Gobierno Regional de Puno", source="b")
    resolution = resolve([*units, above], is_place=is_place)
    assert len(groups_of(resolution)) == 3


def test_a_reviewer_is_never_shown_more_rows_than_agreed_and_makes_it_better():
    made = collection(400, 5, made_of())
    resolution = resolve(made.records, is_place=is_place)

    def wrong(labels: list[int]) -> int:
        rows = range(len(labels))
        return sum(
            (labels[a] == labels[b]) != (made.entities[a] == made.entities[b])
            for a in rows
            for b in range(a)
        )

    groups, answers = simulate(
        resolution.tax, resolution.settling,
        lambda a, b: made.entities[a] == made.entities[b], Trial(20, batch=5),
    )  # fmt: skip
    assert 0 < len(answers.rows()) <= 20
    assert wrong(groups.labels()) < wrong(resolution.groups.labels())
