"""What a source tells: of which country its rows are, and whether it names anybody twice."""

import pytest

from minka.knowledge.sources.linkable import is_place, registry_id, usual_country
from minka.methods.linkage.engine import resolve
from minka.methods.linkage.provenance import NEVER, OFTEN, country_of_domain
from minka.methods.linkage.records import Record, prepare


def never(_text: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("host", "country"),
    [("unsa.edu.pe", "PE"), ("x.co", ""), ("x.com.co", "CO"), ("x.ac.uk", "GB"), ("x.com", "")],
)
def test_a_domain_tells_its_country_unless_it_is_sold_to_all(host, country):
    assert country_of_domain(host) == country


def test_a_source_that_repeats_nobody_is_told_from_one_that_does():
    tax = [f"pe.ruc:20{number:09d}" for number in range(300)]
    clean = [Record(f"a{i}", f"Uno {i}", tax_id=one, source="a") for i, one in enumerate(tax)]
    twice = [Record(f"b{i}", f"Dos {i}", tax_id=tax[i % 280], source="b") for i in range(len(tax))]
    found = prepare([*clean, *twice], is_place=never)
    assert set(found.repeating[:300]) == {NEVER}
    assert set(found.repeating[300:]) == {OFTEN}


def test_two_identifiers_of_one_world_register_are_never_one_organisation():
    ids = [registry_id(f"https://ror.org/0{n}bf3n463") for n in (4, 5)]
    assert all(ids) and not registry_id("04bf3n463") and not registry_id("17")
    records = [
        Record(str(n), "Universidad del Pacífico Sur", tax_id=one, website="https://ups.cl")
        for n, one in enumerate(ids)
    ]
    assert resolve(records, is_place=is_place).groups.labels() == [0, 1]


def test_the_rows_of_a_sheet_are_of_the_country_that_nearly_all_tell():
    told = [Record(str(i), "X", website=f"https://x{i}.cl") for i in range(20)]
    silent = [Record(f"s{i}", "Y") for i in range(20)]
    assert usual_country([*told, *silent]) == "CL"
    assert usual_country([*told, *(Record(f"p{i}", "Z", country="PE") for i in range(9))]) == ""
    assert usual_country(silent) == ""


def test_offices_told_apart_by_their_place_alone_stay_apart():
    names = ["UGEL PUNO", "UGEL AREQUIPA", "Unidad de Gestión Educativa Local - Puno (UGEL-P)",
             "UGEL San Román", "Municipalidad Distrital de San Miguel",
             "Municipalidad Distrital de San Miguel de El Faique"]  # fmt: skip
    records = [Record(str(n), name) for n, name in enumerate(names)]
    labels = resolve(records, is_place=is_place).groups.labels()
    assert len({labels[n] for n in (0, 1, 3, 4, 5)}) == 5
    assert labels[2] in (0, 2)
