"""Weights are fitted the same way every time, and never against reason."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from minka.cli.train_resolver import command
from minka.knowledge.sources.labelled import collection, made_of, training_links, training_pairs
from minka.methods.linkage import model
from minka.methods.linkage.comparisons import COMPARISONS
from minka.methods.linkage.model import Weights, settings
from minka.methods.linkage.second_look import CONSTANT, FEATURES
from minka.methods.linkage.training.fit import LabelledPairs, fit
from minka.methods.linkage.training.second_fit import fit_links
from minka.methods.linkage.training.sheets import KINDS, generate
from minka.methods.linkage.training.universe import Given

PLACES = [(f"region{n % 14}", f"province{n}", f"district{n}") for n in range(200)]
GIVEN = Given(PLACES)


def test_the_same_seed_makes_the_same_sheets():
    first = [(row.cells, row.entity.id) for row in generate(300, 5, GIVEN)]
    assert first == [(row.cells, row.entity.id) for row in generate(300, 5, GIVEN)]
    assert first != [(row.cells, row.entity.id) for row in generate(300, 6, GIVEN)]


def test_sheets_hold_every_kind_and_several_rows_of_one_organisation():
    rows = list(generate(600, 1, GIVEN))
    assert {row.sheet for row in rows} == {kind.name for kind in KINDS}
    assert len({row.entity.id for row in rows}) < len(rows) * 0.8
    assert {"typo", "truncated", "ruc_bad_check", "legal_drop"} <= {
        op for r in rows for op in r.ops
    }


def test_no_sample_turns_reason_round():
    chance = np.random.default_rng(3)
    sizes = [len(one.levels) for one in COMPARISONS]
    levels = np.stack([chance.integers(0, size, 4000) for size in sizes], axis=1).astype(np.int8)
    weights = fit([LabelledPairs(levels, chance.random(4000) < 0.3)])
    assert all(weights.of(key, "same") >= 0 for key in ("email", "domain", "phone", "street"))
    assert weights.of("differ", "rank") <= 0
    assert weights.of("tax", "apart") <= 0


def test_weights_can_be_written_and_read():
    shipped = Weights.shipped()
    again = Weights.read(shipped.write(pairs=1))
    assert again == shipped


def test_the_model_handed_over_has_the_weights_as_ratios():
    made = settings(Weights.shipped())
    assert [c["output_column_name"] for c in made["comparisons"]] == [c.key for c in COMPARISONS]
    level = made["comparisons"][0]["comparison_levels"][0]
    bits = np.log2(level["m_probability"] / level["u_probability"])
    assert round(float(bits), 6) == Weights.shipped().of("name", level["label_for_charts"])


def test_training_is_the_same_every_time_to_the_last_digit():
    given = made_of()

    def trained() -> str:
        made = collection(150, 3, given)
        weights = fit([training_pairs(made)])
        links = fit_links([training_links(made, weights)])
        return replace(weights, links=links).write()

    first = trained()
    assert first == trained()
    assert set(Weights.read(first).links) == {CONSTANT, *FEATURES}


def test_the_shipped_weights_are_those_of_the_command_as_it_comes():
    about = json.loads((Path(model.__file__).parent / "weights.json").read_text("utf-8"))["about"]
    defaults = {option.name: option.default for option in command.params}
    assert about["collections"] == defaults["seeds"]
    assert [about[key] for key in ("registers", "rows")] == [
        defaults[key] for key in ("registers", "rows")
    ]
    assert about["borrowed_names"] == 0
