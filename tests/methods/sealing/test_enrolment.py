import nacl.pwhash
import pytest

from minka.methods.sealing.enrolment import enrol, open_share, seal_share
from minka.methods.sealing.failures import WrongPassphrase
from minka.methods.sealing.keys import new_private_key
from minka.methods.sealing.shares import split_key

PASSPHRASE = "cuatro llamas suben despacio"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Stretch a passphrase less: what is tested here is not how long it takes."""
    monkeypatch.setattr(nacl.pwhash.argon2id, "MEMLIMIT_MODERATE", 8192 * 1024)


def test_a_share_is_sealed_to_somebody_who_is_not_there_and_opens_with_her_passphrase():
    share = split_key(new_private_key(), needed=2, made=3)[1]
    ready = enrol(PASSPHRASE)
    sealed = seal_share(share, ready.public_half)
    assert open_share(sealed, PASSPHRASE, ready.salt) == share
    assert share.secret not in sealed
    assert share.secret.hex().encode() not in sealed


@pytest.mark.parametrize("passphrase", ["", "otra frase de paso", PASSPHRASE + " "])
def test_another_passphrase_opens_nothing(passphrase):
    share = split_key(new_private_key(), needed=2, made=3)[0]
    ready = enrol(PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        open_share(seal_share(share, ready.public_half), passphrase, ready.salt)


def test_a_changed_byte_opens_nothing():
    ready = enrol(PASSPHRASE)
    sealed = bytearray(seal_share(split_key(new_private_key(), needed=2, made=2)[0], ready[1]))
    sealed[40] ^= 1
    with pytest.raises(WrongPassphrase):
        open_share(bytes(sealed), PASSPHRASE, ready.salt)


def test_two_custodians_with_one_passphrase_are_kept_apart_by_their_salts():
    assert enrol(PASSPHRASE).public_half != enrol(PASSPHRASE).public_half


def test_a_short_passphrase_is_refused():
    with pytest.raises(ValueError, match="12"):
        enrol("once letras")
