"""How a custodian is ready for her share before it exists, and takes it when it does.

Custodians do not sit in one room when the key of a call is made, and the maker of the key must not
know their passphrases. So each chooses hers first: a key pair (X25519) is derived from it by
Argon2id, and only its public half and the salt are kept. When the key is made, each share is sealed
to the public half of its custodian (libsodium's crypto_box_seal) in the same breath; whoever holds
what is kept can do nothing with it but guess passphrases.
"""

import json
from dataclasses import asdict
from typing import NamedTuple
from unicodedata import normalize

import nacl.pwhash
import nacl.utils
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from minka.methods.sealing.armour import SHORTEST_PASSPHRASE
from minka.methods.sealing.failures import WrongPassphrase
from minka.methods.sealing.shares import Share

_BYTES_OF = ("split", "public_key", "secret")


class Enrolment(NamedTuple):
    """What is kept of a custodian who is ready: nothing in it opens anything."""

    salt: bytes
    public_half: bytes


def enrol(passphrase: str) -> Enrolment:
    """Return what a share can be sealed to so that only the passphrase opens it.

    Raises:
        ValueError: the passphrase is shorter than 12 characters.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise ValueError(f"a passphrase has at least {SHORTEST_PASSPHRASE} characters")
    salt = nacl.utils.random(nacl.pwhash.argon2id.SALTBYTES)
    return Enrolment(salt, bytes(_pair(passphrase, salt).public_key))


def seal_share(share: Share, public_half: bytes) -> bytes:
    """Return a share that only the passphrase behind a public half opens."""
    said = asdict(share) | {name: getattr(share, name).hex() for name in _BYTES_OF}
    return bytes(SealedBox(PublicKey(public_half)).encrypt(json.dumps(said).encode()))


def open_share(sealed: bytes, passphrase: str, salt: bytes) -> Share:
    """Return the share.

    Raises:
        WrongPassphrase: the passphrase is another, or what was sealed was changed.
    """
    try:
        said = json.loads(SealedBox(_pair(passphrase, salt)).decrypt(sealed))
    except (CryptoError, ValueError, TypeError) as error:
        raise WrongPassphrase("the passphrase does not open this share") from error
    return Share(**{**said, **{name: bytes.fromhex(said[name]) for name in _BYTES_OF}})


def _pair(passphrase: str, salt: bytes) -> PrivateKey:
    seed = nacl.pwhash.argon2id.kdf(
        PrivateKey.SEED_SIZE,
        normalize("NFKC", passphrase).encode(),
        salt,
        opslimit=nacl.pwhash.argon2id.OPSLIMIT_MODERATE,
        memlimit=nacl.pwhash.argon2id.MEMLIMIT_MODERATE,
    )
    return PrivateKey.from_seed(seed)
