from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minka.methods.sealing.failures import WrongShares
from minka.methods.sealing.keys import fingerprint, new_private_key, public_key_of
from minka.methods.sealing.shares import join_shares, split_key

sizes = st.integers(2, 9).flatmap(lambda n: st.tuples(st.integers(2, n), st.just(n)))


@given(sizes, st.data())
def test_any_k_of_n_shares_give_the_key_and_fewer_never_do(size, data):
    needed, made = size
    key = new_private_key()
    shares = split_key(key, needed=needed, made=made)
    chosen = data.draw(st.permutations(shares))
    assert join_shares(chosen[:needed]) == key
    with pytest.raises(WrongShares):
        join_shares(chosen[: needed - 1])


@pytest.mark.parametrize("missing", [1, 2])
def test_whoever_says_that_fewer_are_needed_gets_no_key_either(missing):
    key = new_private_key()
    for chosen in combinations(split_key(key, needed=3, made=5), 3 - missing):
        lying = [replace(share, needed=3 - missing) for share in chosen]
        with pytest.raises(WrongShares):
            join_shares(lying)


def test_every_choice_of_three_of_five_gives_the_same_key():
    key = new_private_key()
    for chosen in combinations(split_key(key, needed=3, made=5), 3):
        assert join_shares(chosen) == key


@given(st.integers(0, 2), st.integers(0, 255))
def test_a_share_with_one_wrong_bit_is_found(which, bit):
    shares = list(split_key(new_private_key(), needed=3, made=5)[:3])
    wrong = bytearray(shares[which].secret)
    wrong[bit // 8] ^= 1 << bit % 8
    shares[which] = replace(shares[which], secret=bytes(wrong))
    with pytest.raises(WrongShares):
        join_shares(shares)


def test_one_wrong_share_among_more_than_are_needed_does_no_harm():
    key = new_private_key()
    for which in range(4):
        shares = list(split_key(key, needed=3, made=5)[:4])
        shares[which] = replace(shares[which], secret=bytes(32))
        assert join_shares(shares) == key


def test_shares_of_two_splittings_do_not_fit_together_and_each_gives_the_key():
    key = new_private_key()
    first, second = (split_key(key, needed=3, made=5) for _split in range(2))
    with pytest.raises(WrongShares):
        join_shares([*first[:2], second[2]])
    assert join_shares(first[:3]) == join_shares(second[2:]) == key


def test_the_same_share_twice_counts_once():
    first, second, _third = split_key(new_private_key(), needed=3, made=3)
    with pytest.raises(WrongShares):
        join_shares([first, second, second])


@pytest.mark.parametrize(("needed", "made"), [(1, 5), (4, 3), (2, 256), (0, 0)])
def test_a_splitting_that_protects_nothing_is_refused(needed, made):
    with pytest.raises(ValueError, match="needed"):
        split_key(new_private_key(), needed=needed, made=made)


def test_no_share_shows_its_secret_when_it_is_printed():
    share = split_key(new_private_key(), needed=2, made=3)[0]
    assert share.secret.hex() not in repr(share) and str(share.secret) not in str(share)


def test_a_fingerprint_is_the_same_every_time_and_of_one_key():
    key = public_key_of(new_private_key())
    assert fingerprint(key) == fingerprint(key) != fingerprint(public_key_of(new_private_key()))
    assert len(fingerprint(key).split()) == 8
