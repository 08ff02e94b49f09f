from minka.methods.pairing import pair_rows


def test_rows_of_one_name_belong_together_in_their_order():
    before = [(1, "Uno SAC"), (2, "Dos SAC"), (3, "Tres")]
    after = [("a", "dos sac"), ("b", "Uno SAC"), ("c", "uno sac")]
    assert list(pair_rows(before, after)) == [(1, "b"), (2, "a"), (3, "c")]


def test_what_is_left_is_one_pair_only_if_nothing_else_is_left():
    assert list(pair_rows([(1, "Uno")], [("a", "Otro")])) == [(1, "a")]
    assert list(pair_rows([(1, "Uno"), (2, "Dos")], [("a", "Otro")])) == []
    assert list(pair_rows([(1, "Uno")], [])) == []
