"""Drafts at rest: locked with a key of the server, so that a copy of the database reads nothing.

It keeps no secret from whoever runs the server: that is what sealing to the call is for. XChaCha20-
Poly1305, bound to what the value belongs to; the key is derived from the server's (BLAKE2b), so
that one secret has one use.
"""

import nacl.encoding
import nacl.hash
import nacl.secret
from nacl.exceptions import CryptoError

from minka.methods.sealing.failures import Damaged, NotThisFormat
from minka.methods.sealing.keys import clamped

VERSION = b"\x01"
_PURPOSE = b"minka drafts 1"
_PURPOSE_OF_FILES = b"minka files 1"


def draft_key(server_secret: bytes) -> bytes:
    """Return the key (32 bytes) of drafts, derived from a secret of the server.

    Raises:
        ValueError: the secret has fewer than 32 bytes.
    """
    return _derived(server_secret, _PURPOSE)


def files_key(server_secret: bytes) -> bytes:
    """Return the private key (X25519, 32 bytes) that files of drafts are sealed to.

    A file is too large for one piece: it is kept as a sealed object (`container`), which the server
    itself can open.

    Raises:
        ValueError: the secret has fewer than 32 bytes.
    """
    return clamped(_derived(server_secret, _PURPOSE_OF_FILES))


def lock_draft(content: bytes, key: bytes, *, belongs_to: str) -> bytes:
    """Return content that only the key opens, as what it belongs to and nothing else."""
    return VERSION + bytes(nacl.secret.Aead(key).encrypt(content, aad=belongs_to.encode()))


def unlock_draft(locked: bytes, key: bytes, *, belongs_to: str) -> bytes:
    """Return the content.

    Raises:
        NotThisFormat: it is of a version that is not known.
        Damaged: it was changed, belongs to something else, or the key is another.
    """
    if locked[:1] != VERSION:
        raise NotThisFormat("this version of locked drafts is not known here")
    try:
        return bytes(nacl.secret.Aead(key).decrypt(locked[1:], aad=belongs_to.encode()))
    except (CryptoError, ValueError) as error:
        raise Damaged("the draft does not open with this key") from error


def _derived(server_secret: bytes, purpose: bytes) -> bytes:
    if len(server_secret) < nacl.secret.Aead.KEY_SIZE:
        raise ValueError("the secret is too short")
    digest = nacl.hash.blake2b(
        server_secret,
        digest_size=nacl.secret.Aead.KEY_SIZE,
        person=purpose,
        encoder=nacl.encoding.RawEncoder,
    )
    return bytes(digest)
