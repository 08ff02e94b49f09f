import pytest

from minka.methods.sealing.at_rest import draft_key, files_key, lock_draft, unlock_draft
from minka.methods.sealing.failures import SealingFailure

KEY = draft_key(b"a secret of the server, long enough")
DRAFT = b"Usamos vinagre"


def test_a_draft_comes_back_with_the_key_of_the_server():
    locked = lock_draft(DRAFT, KEY, belongs_to="draft:1")
    assert DRAFT not in locked and unlock_draft(locked, KEY, belongs_to="draft:1") == DRAFT


def test_it_opens_as_no_other_draft_and_with_no_other_key():
    locked = lock_draft(DRAFT, KEY, belongs_to="draft:1")
    with pytest.raises(SealingFailure):
        unlock_draft(locked, KEY, belongs_to="draft:2")
    with pytest.raises(SealingFailure):
        unlock_draft(locked, draft_key(bytes(32)), belongs_to="draft:1")


def test_every_bit_that_is_flipped_is_found():
    locked = lock_draft(DRAFT, KEY, belongs_to="draft:1")
    for bit in range(len(locked) * 8):
        wrong = bytearray(locked)
        wrong[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealingFailure):
            unlock_draft(bytes(wrong), KEY, belongs_to="draft:1")


def test_a_short_secret_makes_no_key():
    with pytest.raises(ValueError, match="short"):
        draft_key(b"secret")


def test_words_and_files_are_locked_with_keys_of_their_own():
    secret = bytes(range(32))
    assert files_key(secret) != draft_key(secret)
    assert files_key(secret) == files_key(secret)
    with pytest.raises(ValueError, match="short"):
        files_key(secret[:31])
