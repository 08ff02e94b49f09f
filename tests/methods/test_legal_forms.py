import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minka.methods.legal_forms import COUNTRIES, split_legal_form

GLEIF = (
    Path(__file__).resolve().parents[3] / "shared" / "data" / "linkage" / "legal_forms_gleif.csv"
)


@pytest.mark.parametrize(
    ("name", "core", "form"),
    [
        ("Cía. Minera Ñaña S. A. C.", "Cía. Minera Ñaña", "sac"),
        ("ALFA S.A.C.", "ALFA", "sac"),
        ("ALFA SAC", "ALFA", "sac"),
        ("ALFA S A", "ALFA", "sa"),
        ("ALFA, S.A.", "ALFA", "sa"),
        ("ALFA Sociedad Anónima Cerrada", "ALFA", "sac"),
        ("ALFA S.A.A", "ALFA", "saa"),
        ("ALFA S.R.LTDA.", "ALFA", "srl"),
        ("ALFA S.R. LTDA", "ALFA", "srl"),
        ("ALFA S.C.R.L.", "ALFA", "srl"),
        ("ALFA Cía. Ltda.", "ALFA", "srl"),
        ("ALFA E.I.R.LTDA.", "ALFA", "eirl"),
        ("ALFA EMPRESA INDIVIDUAL DE RESPONSABILIDAD LIMITADA", "ALFA", "eirl"),
        ("S.M.R.L. DEMASIA MEGAPEEX 5", "DEMASIA MEGAPEEX 5", "smrl"),
        ("DEMASIA MEGAPEEX 5 S.M.R.L.", "DEMASIA MEGAPEEX 5", "smrl"),
        ("Sociedad Minera de Responsabilidad Limitada Tito 1", "Tito 1", "smrl"),
        ("R.G. S.A.", "R.G.", "sa"),
        ("J Y T S.A.C.", "J Y T", "sac"),
        ("Codelco SpA", "Codelco", "spa"),
        ("Grupo México S.A.B. de C.V.", "Grupo México", "sabcv"),
        ("Taladros S. de R. L. de C. V.", "Taladros", "srlcv"),
        ("Orica Australia Pty. Ltd.", "Orica Australia", "proprietary"),
        ("Vale S/A", "Vale", "sa"),
        ("Minera Sur S.A.S", "Minera Sur", "sas"),
        ("Ferreyros", "Ferreyros", ""),
        ("Casa C", "Casa C", ""),
        ("S.A.C.", "S.A.C.", ""),
        ("", "", ""),
    ],
)
def test_a_name_is_parted_from_its_form(name, core, form):
    assert split_legal_form(name) == (core, form)


def test_initials_that_are_a_form_at_home_are_only_initials_abroad():
    assert split_legal_form("Sonami A.G.", "CL") == ("Sonami", "ag")
    assert split_legal_form("Sonami A.G.", "PE") == ("Sonami A.G.", "")


@given(st.text(max_size=60))
def test_any_text_is_taken_and_a_core_is_never_empty_beside_a_form(name):
    core, form = split_legal_form(name)
    assert core if form else core == name


def gleif():
    if not GLEIF.exists():
        pytest.skip(f"NOT TESTED: the public list of legal forms {GLEIF} is not here")
    with GLEIF.open(encoding="utf-8-sig", newline="") as file:
        return [
            one for one in csv.DictReader(file) if one["Country Code (ISO 3166-1)"] in COUNTRIES
        ]


def test_every_abbreviation_of_the_public_list_is_known_in_its_country():
    unknown = []
    for one in gleif():
        country = one["Country Code (ISO 3166-1)"]
        for short in filter(None, one["Abbreviations Local language"].split(";")):
            core, form = split_legal_form(f"Andina {short.strip()}", country)
            if core != "Andina" or not form:
                unknown.append((country, short, core, form))
    assert unknown == []


def test_the_companies_of_the_public_list_are_known_by_their_full_form_too():
    known = [
        bool(
            split_legal_form(
                f"Andina {one['Entity Legal Form name Local name']}",
                one["Country Code (ISO 3166-1)"],
            )[1]
        )
        for one in gleif()
        if one["Abbreviations Local language"]
    ]
    assert sum(known) >= 0.8 * len(known)
