import pytest

from minka.methods.problem_likeness import Statement, likely_pairs

FAJA = Statement(
    1, 10, "La faja transportadora se corta dos veces al mes",
    "La faja del overland se rompe en el empalme y detiene la chancadora primaria.", 5,
    frozenset({100}),
)  # fmt: skip
BELT = Statement(
    2, 20, "Conveyor belt breaks twice a month",
    "The belt splice fails and stops the primary crusher for hours.", 5, frozenset({100}),
)  # fmt: skip
AGUA = Statement(
    3, 30, "Perdemos agua por evaporación en las pozas",
    "Cada verano se evaporan 38 litros por segundo de las pozas de solución.", 7,
    frozenset({200}),
)  # fmt: skip
FAJA_AGAIN = Statement(
    4, 10, "La faja se corta en el empalme",
    "El empalme de la faja overland falla y la chancadora se detiene.", 5, frozenset({100}),
)  # fmt: skip


def test_the_same_problem_in_two_languages_is_found_and_another_is_not():
    pairs = likely_pairs([FAJA, BELT, AGUA])
    assert [(one.left, one.right) for one in pairs] == [(1, 2)]
    assert pairs[0].concepts == (100,) and pairs[0].shares["stage"] == 1.0


def test_a_pair_says_by_which_words_it_was_found():
    (pair,) = likely_pairs([FAJA, BELT])
    assert pair.words and all(left and right for left, right in pair.words)


def test_duplicates_of_one_owner_are_marked():
    pairs = likely_pairs([FAJA, FAJA_AGAIN, BELT])
    assert pairs[0].same_owner and (pairs[0].left, pairs[0].right) == (1, 4)
    assert not any(one.same_owner for one in pairs[1:])


def test_likeness_is_a_share_and_orders_the_pairs():
    pairs = likely_pairs([FAJA, BELT, AGUA, FAJA_AGAIN], least=0)
    values = [one.likeness for one in pairs]
    assert values == sorted(values, reverse=True) and all(0 <= one <= 1 for one in values)
    assert len(pairs) == 6 and len(likely_pairs([FAJA, BELT, AGUA], least=0, most=2)) == 2


@pytest.mark.parametrize(
    "statements", [[], [FAJA], [Statement(1, 1, "", ""), Statement(2, 2, "", "")]]
)
def test_nothing_to_compare_is_nothing_alike(statements):
    assert likely_pairs(statements) == []


def test_what_one_side_does_not_say_neither_helps_nor_harms():
    silent = Statement(5, 50, BELT.title, BELT.text)
    (with_stage,) = likely_pairs([FAJA, BELT])
    (without,) = likely_pairs([FAJA, silent], least=0)
    assert set(without.shares) == {"words", "title"} < set(with_stage.shares)
