"""The whole engine on small collections: what is one organisation, and what is not."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minka.methods.linkage.engine import Resolution, extend, resolve
from minka.methods.linkage.reasons import SAME_TAX_ID, reasons
from minka.methods.linkage.records import Record
from minka.methods.linkage.review import Answers

RUCS = ("pe.ruc:20354744148", "pe.ruc:20613849832", "pe.ruc:20100010721")


def no_place(_text: str) -> bool:
    return False


def run(records: list[Record], **more) -> Resolution:
    return resolve(records, is_place=no_place, **more)


def partition(records: list[Record], resolution: Resolution) -> set[frozenset[str]]:
    found: dict[int, set[str]] = {}
    for record, label in zip(records, resolution.groups.labels(), strict=True):
        found.setdefault(label, set()).add(record.key)
    return {frozenset(keys) for keys in found.values()}


NAMES = (
    "Transportes Wayrana SAC", "TRANSP. WAYRANA S.A.C.", "Ferretería Pumasol",
    "FERRETERIA PUMASOL EIRL", "Hotel Inkarri", "Hotel Inkari S.R.L.", "Minera Qoripuna II",
    "Minera Qoripuna",
)  # fmt: skip
RECORD = st.builds(
    Record,
    key=st.just(""),
    name=st.sampled_from((*NAMES, "")),
    tax_id=st.sampled_from(("", "", "", *RUCS)),
    tax_written=st.sampled_from(("", "", "20354744147")),
    emails=st.sampled_from(((), ("ventas@wayrana.pe",), ("estudio@gmail.com",))),
    phones=st.sampled_from(((), (), ("+51999888777",))),
    region=st.sampled_from(("", "puno", "cusco")),
)


@settings(max_examples=8)
@given(st.lists(RECORD, max_size=14), st.randoms(use_true_random=False))
def test_rows_in_are_rows_out_never_with_two_ids_and_in_any_order(drawn, chance):
    records = [replace(record, key=str(number)) for number, record in enumerate(drawn)]
    resolution = run(records)
    verdicts = resolution.verdicts()
    assert len(verdicts) == len(records)
    assert all(0 <= verdict.probability <= 1 for verdict in verdicts)
    held: dict[int, set[str]] = {}
    for record, verdict in zip(records, verdicts, strict=True):
        held.setdefault(verdict.actor, set()).update({record.tax_id} - {""})
    assert all(len(ids) <= 1 for ids in held.values())
    shuffled = records[:]
    chance.shuffle(shuffled)
    assert partition(shuffled, run(shuffled)) == partition(records, resolution)


def test_namesakes_with_different_ids_stay_apart_and_a_new_row_finds_its_own():
    records = [
        Record("a", "Hotel Sanluis Equier S.R.L.", tax_id=RUCS[0], region="arequipa"),
        Record("b", "Hotel Sanluis Equier S.R.L.", tax_id=RUCS[1], region="apurimac"),
        Record("c", "Minera Qoripuna S.A.C.", tax_id=RUCS[2]),
    ]
    first = run(records)
    assert first.groups.labels() == [0, 1, 2]
    fresh = Record("d", "Minera Qoripuna SAC", phones=("+51999888777",))
    later = extend(first, [fresh], is_place=no_place)
    assert later.groups.labels() == [0, 1, 2, 2]


def test_an_id_with_a_slip_is_compared_and_not_trusted():
    records = [
        Record("a", "Constructora Aspitia S.A.C.", tax_id="pe.ruc:20100162076", region="lima"),
        Record("b", "CONSTRUCTORA ASPITIA SAC", tax_written="20100162075", region="lima"),
    ]
    resolution = run(records)
    assert resolution.groups.labels() == [0, 0]
    found = {(one.comparison, one.level) for one in resolution.explain([(0, 1)])[0]}
    assert ("tax", "near") in found


def test_a_shared_id_is_reason_enough():
    records = [Record("a", "Yanac", tax_id=RUCS[0]), Record("b", "Otro nombre", tax_id=RUCS[0])]
    resolution = run(records)
    assert [verdict.band for verdict in resolution.verdicts()] == ["automatic", "automatic"]
    assert reasons(resolution.explain([(0, 1)])[0]) == [SAME_TAX_ID]


@pytest.mark.parametrize(("same", "groups"), [(True, [0, 0]), (False, [0, 1])])
def test_what_a_person_said_holds(same, groups):
    records = [
        Record("a", "Transportes Wayrana SAC", region="puno"),
        Record("b", "Transportes Wayrana SAC", region="puno"),
    ]
    said = Answers([(0, 1)], []) if same else Answers([], [(0, 1)])
    assert run(records, answers=said).groups.labels() == groups


def test_no_rows_are_no_organisations():
    assert run([]).verdicts() == []


def test_the_order_of_a_larger_collection_does_not_change_it():
    chance = random.Random(7)
    records = [
        Record(str(number), f"{chance.choice(NAMES)} {chance.choice(('', 'Andina', 'del Sur'))}",
               region=chance.choice(("puno", "cusco", "")), tax_id=chance.choice(("", "", "", *RUCS)))
        for number in range(150)
    ]  # fmt: skip
    first = partition(records, run(records))
    chance.shuffle(records)
    assert partition(records, run(records)) == first
