"""The key pair of a call: anybody seals to the public half; the private half is split at once."""

import hashlib

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

from minka.methods.sealing.failures import NotThisFormat

KEY_BYTES = 32
_FINGERPRINT_DIGITS = 32
_GROUP = 4


def new_private_key() -> bytes:
    """Return a private key (X25519, 32 bytes) from the system's source of chance."""
    return clamped(bytes(PrivateKey.generate()))


def clamped(private_key: bytes) -> bytes:
    """Return the one way to write a private key: X25519 (RFC 7748) ignores five of its bits."""
    first, last = private_key[0] & 248, private_key[-1] & 127 | 64
    return bytes([first]) + private_key[1:-1] + bytes([last])


def public_key_of(private_key: bytes) -> bytes:
    """Return the public key (32 bytes) of a private one.

    Raises:
        NotThisFormat: it is no private key.
    """
    try:
        return bytes(PrivateKey(private_key).public_key)
    except (CryptoError, TypeError, ValueError) as error:
        raise NotThisFormat("a private key has 32 bytes") from error


def fingerprint(public_key: bytes) -> str:
    """Return 128 bits of the SHA-256 of a public key as groups of hexadecimal digits.

    Long enough that nobody finds another key with the same, short enough to be read aloud.
    """
    digits = hashlib.sha256(public_key).hexdigest()[:_FINGERPRINT_DIGITS]
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))
