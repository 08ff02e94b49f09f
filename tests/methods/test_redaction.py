import pytest
from hypothesis import given
from hypothesis import strategies as st

from minka.methods.redaction import is_proper_name, names_in, redact

WORDS = st.text("abcdeñáé ", min_size=4, max_size=20).filter(lambda t: len(t.strip()) >= 4)


@pytest.mark.parametrize(
    "text",
    [
        "En Minera Quebrada Sillar S.A. falla la faja",
        "en MINERA QUEBRADA SILLAR falla la faja",
        "En Minera  Quebráda\nSillar falla la faja",
        "En Minera Quebrada Sillar, S.A. falla la faja",
    ],
)
def test_a_name_is_found_however_it_is_written(text):
    assert names_in(text, ["Minera Quebrada Sillar S.A."])
    assert "Sillar" not in redact(text, ["Minera Quebrada Sillar S.A."], "…")


def test_only_whole_words_are_covered():
    assert redact("El cobre de Cobreña", ["Cobre"], "…") == "El … de Cobreña"


def test_very_short_names_are_ordinary_words():
    assert redact("El SAG de la mina", ["SAG", ""], "…") == "El SAG de la mina"


def test_the_longest_name_is_covered_whole():
    assert redact("Unidad Illari Norte", ["Illari", "Unidad Illari Norte"], "…") == "…"


def test_a_name_with_signs_of_patterns_is_taken_literally():
    assert redact("Planta (B.1) y BX1", ["Planta (B.1)"], "…") == "… y BX1"


@pytest.mark.parametrize(
    ("name", "text", "covered"),
    [
        ("Compañía Minera Cerro Azul S.A.A.", "en cerro azul llueve", "en … llueve"),
        ("Unidad Kimsachata", "en Kimsachata, norte", "en …, norte"),
        ("Mina Águila", "el águila y Aguila", "el águila y …"),
        ("Planta concentradora", "la concentradora para", "la concentradora para"),
        ("Minera del Sur", "los puertos del sur", "los puertos del sur"),
    ],
)
def test_the_proper_part_of_a_name_tells_as_much_as_the_whole(name, text, covered):
    assert redact(text, [name], "…") == covered


def test_a_kind_of_place_is_no_name():
    assert [is_proper_name(text) for text in ("Tajo Norte", "Kimsachata", "Planta concentradora", "")] == [
        True, True, False, False,
    ]  # fmt: skip


@given(WORDS, WORDS)
def test_nothing_is_found_after_covering(name, around):
    covered = redact(f"{around} {name} {around}", [name], "·")
    assert names_in(covered, [name]) == []
