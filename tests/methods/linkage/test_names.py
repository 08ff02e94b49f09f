"""Names are taken apart however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minka.methods.linkage.acronyms import acronym_bits
from minka.methods.linkage.alignment import Kind
from minka.methods.linkage.evidence import Cross, NameEvidence, Names, compare_names
from minka.methods.linkage.names import Name, parse_names
from minka.methods.linkage.tokens import Relation, relate
from minka.methods.linkage.vocabulary import learn_vocabulary

WORDS = st.text("abcdeilmnorstu", min_size=1, max_size=12)
FILLERS = learn_vocabulary([], {})


@pytest.mark.parametrize(
    ("written", "words", "legal"),
    [
        ("EMPR. MINERA AMANECER E.I.R.L.", ("empr", "minera", "amanecer"), "eirl"),
        ("YANAC SOCIEDAD ANONIMA CERRRADA", ("yanac",), "sac"),
        ("S.M.R.L. DEMASIA MEGA", ("demasia", "mega"), "smrl"),
        ("LABOR .SA.C", ("labor",), "sac"),
        ("Grúas Ñusta, S R L", ("gruas", "nusta"), "srl"),
        ("Sur Drilling Pty Ltd", ("sur", "drilling"), "ltda"),
    ],
)
def test_a_legal_form_is_found_however_it_is_written(written, words, legal):
    main = parse_names(written).main
    assert (main.words, main.legal) == (words, legal)


def test_an_alias_a_branch_and_a_number_are_told_from_the_name():
    named = parse_names("Minera Yanac II S.A.C. (Sucursal Juliaca) / MIYASA")
    assert named.main.words == ("minera", "yanac")
    assert named.main.ranks == {"2"}
    assert named.main.branch == "juliaca"
    assert [alias.words for alias in named.aliases] == [("miyasa",)]


@given(st.text(max_size=60))
def test_whatever_stands_in_a_cell_is_taken_apart(text):
    named = parse_names(text)
    assert all(isinstance(name, Name) for name in (named.main, *named.aliases))


@given(WORDS, WORDS)
def test_words_relate_both_ways_alike(one, other):
    assert relate(one, other) == relate(other, one)
    assert relate(one, one) is Relation.SAME


@given(st.lists(WORDS, min_size=1, max_size=4), st.lists(WORDS, min_size=1, max_size=4))
def test_equal_names_are_exact_and_every_code_can_be_read_back(one, other):
    first, second = (Names(parse_names(" ".join(words)).main) for words in (one, other))
    assert compare_names(first, first, FILLERS).kind is Kind.EXACT
    found = compare_names(first, second, FILLERS)
    assert NameEvidence.of_code(found.code) == found


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Transportes Wayrana", "Transp. Wayrana SAC", Kind.NEAR),
        ("Minera Qolla", "Minera Kolla", Kind.NEAR),
        ("Wayrana Transportes", "Transportes Wayrana", Kind.ORDER),
        ("Ferreteria Pumasol", "Ferreteria Pumarsol", Kind.SLIP),
        ("Ferreteria Pumasol", "Hotel Pumasol", Kind.OTHER_TRADE),
        ("Ferreteria Pumasol", "Ferreteria Inkarri", Kind.DIFFERENT),
    ],
)
def test_kinds_of_likeness(one, other, kind):
    first, second = (Names(parse_names(text).main) for text in (one, other))
    assert compare_names(first, second, FILLERS).kind is kind
    assert compare_names(second, first, FILLERS).kind is kind


def test_an_acronym_is_made_of_beginnings():
    full = parse_names("Construcciones Cella S.A.").main
    assert acronym_bits(parse_names("CONCELSA").main, full) > 0
    assert acronym_bits(parse_names("CONTELSA").main, full) == 0
    found = compare_names(Names(parse_names("CONCELSA").main), Names(full), FILLERS)
    assert found.cross is Cross.ACRONYM
