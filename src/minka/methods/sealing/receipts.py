"""Receipts: plain words signed by the server's key, which anybody can check without the server.

A receipt is JSON: what it says, the public key it was signed with and the signature (Ed25519,
RFC 8032) over the canonical form of what it says. Canonical is JSON with sorted keys, no spaces,
UTF-8, and no number that is not whole, so that every language writes the same bytes (a subset of
RFC 8785). A receipt that carries its own key proves nothing: who checks it brings the key that the
cluster publishes.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nacl.exceptions import BadSignatureError, CryptoError
from nacl.signing import SigningKey, VerifyKey

from minka.methods.sealing.failures import NotSigned, NotThisFormat
from minka.methods.sealing.keys import fingerprint

FORMAT = "minka-receipt/1"
SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class SignedReceipt:
    """A receipt as it was read: what it says, and with which key it says to be signed."""

    said: Mapping[str, Any]
    public_key: bytes
    signature: bytes


def new_signing_seed() -> bytes:
    """Return the seed (32 bytes) of a new signing key."""
    return bytes(SigningKey.generate())


def signing_public_key(seed: bytes) -> bytes:
    """Return the public key (32 bytes) that receipts signed with a seed are checked with."""
    return bytes(SigningKey(seed).verify_key)


def canonical(said: Mapping[str, Any]) -> bytes:
    """Return the bytes that are signed.

    Raises:
        ValueError: it holds a number that is not whole, or something that JSON does not know.
    """
    _only_exact(said)
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def sign_receipt(said: Mapping[str, Any], seed: bytes) -> str:
    """Return a receipt as text."""
    words = {**said, "format": FORMAT}
    signed = SigningKey(seed).sign(canonical(words))
    receipt = {
        "receipt": words,
        "signed_with": _text(signing_public_key(seed)),
        "signature": _text(signed.signature),
    }
    return json.dumps(receipt, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def read_receipt(text: str | bytes) -> SignedReceipt:
    """Return what a text says to be a receipt of; nothing is proven by it.

    Raises:
        NotThisFormat: it is no receipt, or of a version that is not known.
    """
    try:
        read = json.loads(text, object_pairs_hook=_no_twins)
        said = read["receipt"]
        keys = {"receipt", "signed_with", "signature"}
        if set(read) != keys or said["format"] != FORMAT:
            raise NotThisFormat("this is no receipt of a version that is known")
        return SignedReceipt(said, _bytes(read["signed_with"]), _bytes(read["signature"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotThisFormat("this is no receipt") from error


def check_receipt(receipt: SignedReceipt, public_key: bytes) -> None:
    """Return when a receipt was signed by the owner of a public key.

    Raises:
        NotSigned: by another key, or a sign of it was changed since.
    """
    if receipt.public_key != public_key:
        theirs, ours = fingerprint(receipt.public_key), fingerprint(public_key)
        raise NotSigned(f"it is signed with the key {theirs}, not with {ours}")
    try:
        VerifyKey(public_key).verify(canonical(receipt.said), receipt.signature)
    except (BadSignatureError, CryptoError, ValueError, TypeError) as error:
        raise NotSigned("its words are not those that were signed") from error


def key_from_text(text: str) -> bytes:
    """Return a public key written in base 64.

    Raises:
        NotThisFormat: it is none.
    """
    try:
        key = _bytes(text.strip())
    except (ValueError, TypeError) as error:
        raise NotThisFormat("this is no public key") from error
    if len(key) != SEED_BYTES:
        raise NotThisFormat("this is no public key")
    return key


def key_text(public_key: bytes) -> str:
    """Return a public key in base 64, as it is published."""
    return _text(public_key)


def _only_exact(value: object) -> None:
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("names are words")
        for one in value.values():
            _only_exact(one)
    elif isinstance(value, list | tuple):
        for one in value:
            _only_exact(one)
    elif not (value is None or isinstance(value, str | bool | int)):
        raise ValueError("a receipt holds words and whole numbers")


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that stands twice: two readers could read two receipts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    """Return bytes from the one way to write them in base 64: others could not be told apart."""
    data = base64.b64decode(text, validate=True)
    if _text(data) != text:
        raise ValueError("not as it is written")
    return data
