import pytest
from hypothesis import given
from hypothesis import strategies as st

from minka.methods.text import search_key, tidy


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("  Compañía  Minera ÑAÑA, S.A.C. ", "compania minera nana s a c"),
        ("PERÚ / Perú", "peru peru"),
        ("Nº 1_2", "no 1 2"),
        ("Straße", "strasse"),
        ("\u200b—", ""),
    ],
)
def test_spellings_meet_under_one_key(written, key):
    assert search_key(written) == key


@given(st.text())
def test_a_key_is_its_own_key_and_holds_only_words(text):
    key = search_key(text)
    assert search_key(key) == key
    assert all(c.isalnum() or c == " " for c in key)
    assert key == " ".join(key.split())


@given(st.text())
def test_case_and_padding_do_not_change_a_key(text):
    assert search_key(f" \t{text} ") == search_key(text)
    assert search_key(search_key(text).upper()) == search_key(text)


@given(st.text())
def test_tidy_text_is_tidy(text):
    assert tidy(tidy(text)) == tidy(text)
    assert "\0" not in tidy(text) and "  " not in tidy(text)


def test_tidy_keeps_case_and_accents():
    assert tidy(" \ufeffMina\n  Ñaupa\u0301\x00 ") == "Mina Ñaupá"
