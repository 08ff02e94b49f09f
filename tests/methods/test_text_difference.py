from hypothesis import given
from hypothesis import strategies as st

from minka.methods.text_difference import MOST_WORDS, Change, Piece, word_difference

SAME, ADDED, REMOVED = Change.SAME, Change.ADDED, Change.REMOVED


def test_a_word_that_changed_is_shown_as_gone_and_come():
    assert word_difference("dura tres meses", "dura seis meses") == [
        Piece("dura ", SAME),
        Piece("tres", REMOVED),
        Piece("seis", ADDED),
        Piece(" meses", SAME),
    ]


def test_a_phrase_that_was_rewritten_reads_as_one_phrase_for_another():
    pieces = word_difference("se para dos veces por turno", "se detiene cada hora por turno")
    assert [(one.text, one.change) for one in pieces] == [
        ("se ", SAME),
        ("para dos veces", REMOVED),
        ("detiene cada hora", ADDED),
        (" por turno", SAME),
    ]


def test_figures_with_points_are_one_word():
    assert [one.text for one in word_difference("3,1 h", "3,2 h")] == ["3,1", "3,2", " h"]


def test_nothing_changed_or_nothing_was_there():
    assert word_difference("igual", "igual") == [Piece("igual", SAME)]
    assert word_difference("", "") == []
    assert word_difference("", "nuevo") == [Piece("nuevo", ADDED)]
    assert word_difference("viejo", "") == [Piece("viejo", REMOVED)]


@given(st.text(alphabet="ab \n.", max_size=60), st.text(alphabet="ab \n.", max_size=60))
def test_the_pieces_make_both_texts_again(before, after):
    pieces = word_difference(before, after)
    assert "".join(one.text for one in pieces if one.change != ADDED) == before
    assert "".join(one.text for one in pieces if one.change != REMOVED) == after


def test_a_text_too_long_to_compare_is_shown_whole():
    long = "palabra " * MOST_WORDS
    assert [one.change for one in word_difference(long, long + "más")] == [REMOVED, ADDED]
