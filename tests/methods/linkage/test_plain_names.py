"""What is compared by the thousand, or by several processes, comes out as it does one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minka.methods.linkage import parsing
from minka.methods.linkage.evidence import Names, compare_names, with_cross
from minka.methods.linkage.names import Name, parse_names
from minka.methods.linkage.pairs import spelled
from minka.methods.linkage.plain_names import NOT_PLAIN, PlainNames
from minka.methods.linkage.records import Record, lay_out
from minka.methods.linkage.vocabulary import Vocabulary, learn_vocabulary

PLACES = {"puno", "tacna", "cusco"}
WORD = st.sampled_from(
    ("minera", "mineria", "qoripuna", "qoripunas", "koripuna", "wayrana", "auto", "motriz",
     "automotriz", "transportes", "transp", "puno", "tacna", "cusco", "grupo", "provincial",
     "distrital", "norte", "sur", "chile", "peru", "1", "2", "ii", "iii", "a", "b", "de", "jn",
     "inversiones", "inverciones", "grau", "grao", "sol", "sal", "mqs", "hermanos", "hnos")
)  # fmt: skip
TEXT = st.lists(WORD, min_size=1, max_size=5).map(" ".join)
LEGAL = st.sampled_from(("", " sac", " s.a.", " eirl", " srl"))
CELL = st.tuples(st.builds("".join, st.tuples(TEXT, LEGAL)), st.booleans())


def is_place(text: str) -> bool:
    return text in PLACES


def named(cells: list[tuple[str, bool]]) -> list[Names]:
    """Every third name has another one beside it."""
    mains = [parse_names(text, is_place=is_place, cut=cut).main for text, cut in cells]
    return [Names(main, (mains[at - 1],) if at % 3 == 2 else ()) for at, main in enumerate(mains)]


def vocabulary_of(names: list[Names]) -> Vocabulary:
    found = learn_vocabulary([one.main for one in names], {})
    found.places = PLACES & set(found.counts)
    return found


@given(st.lists(CELL, min_size=2, max_size=12))
def test_many_names_at_once_are_compared_as_each_pair_alone(cells):
    names = sorted(set(named(cells)), key=spelled)
    vocabulary = vocabulary_of(names)
    a, b = np.triu_indices(len(names))
    plain = PlainNames(names, vocabulary)
    crossed = plain.crossed(a, b)
    for at, code in enumerate(plain.codes(a, b).tolist()):
        one, other = names[a[at]], names[b[at]]
        if code != NOT_PLAIN:
            found = with_cross(code, one, other, vocabulary) if crossed[at] else code
            assert found == compare_names(one, other, vocabulary).code


def test_most_names_have_nothing_special_about_them():
    names = named([("minera wayrana", False), ("ferreteria wayrana", False), ("hotel sol", False)])
    a, b = np.triu_indices(3)
    assert NOT_PLAIN not in PlainNames(names, vocabulary_of(names)).codes(a, b).tolist()


def test_a_name_without_words_is_left_to_the_comparison_one_by_one():
    names = [Names(Name()), Names(Name(words=("sol",), glued="sol"))]
    one, other = np.array([0]), np.array([1])
    assert PlainNames(names, Vocabulary()).codes(one, other).tolist() == [NOT_PLAIN]


@pytest.fixture
def cells_in_small_chunks(monkeypatch):
    monkeypatch.setattr(parsing, "_ALONE", 1)
    monkeypatch.setattr(parsing, "_CHUNK", 2)


@pytest.mark.usefixtures("cells_in_small_chunks")
def test_two_processes_take_names_apart_as_one_does():
    records = [
        Record(key, name, trade_name="Miyasa", name_cut=cut)
        for key, name, cut in (
            ("1", "Minera Yanac II S.A.C. (Sucursal Puno) / MIYASA", False),
            ("2", "Grupo Ñusta y Hnos, S R L", False),
            ("3", "Empresa de Transportes Generales Wayr", True),
            ("4", "", False),
        )
    ]
    alone = lay_out(records, is_place=is_place)
    apart = lay_out(records, is_place=is_place, processes=2)
    assert apart.names == alone.names
