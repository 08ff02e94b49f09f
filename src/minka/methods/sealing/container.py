"""A sealed object: what a solver hands in, readable for nobody until the key of its call is joined.

Layout of version 1, numbers big-endian::

    MINKASEAL | version (1 byte) | length of head (4) | head | sealed file key (80) |
    header of the stream (24) | chunks

The head is canonical JSON and readable: call, proposal, revision, part, fingerprint of the key.
The file key is new for every object and sealed to the call's public key (libsodium's
crypto_box_seal: X25519, XSalsa20-Poly1305). The chunks are libsodium's secretstream
(XChaCha20-Poly1305): the first holds what the object is called (1,024 bytes), each other 64 KiB of
it, the last what is left, and is marked as last. The SHA-256 of everything before the stream is
authenticated with every chunk, so that a chunk, a key or a head of another object, another order, a
cut or a changed bit is refused. Nothing is held in memory but a chunk.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import BinaryIO, NamedTuple

import nacl.bindings as sodium
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from minka.methods.sealing.failures import Damaged, NotThisFormat, WrongContext
from minka.methods.sealing.keys import KEY_BYTES, fingerprint, public_key_of

MAGIC = b"MINKASEAL"
VERSION = 1
CHUNK_BYTES = 64 * 1024
MOST_HEAD_BYTES = 4096
_NAME_BYTES = 1024
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")  # such names are safe as names of files
_FINGERPRINT = re.compile(r"[0-9a-f]{4}( [0-9a-f]{4}){7}")
_HIGHEST_REVISION = 2**31
_SEALED_KEY_BYTES = KEY_BYTES + sodium.crypto_box_SEALBYTES
_STREAM_HEAD_BYTES = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_MORE_BYTES = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_MESSAGE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_Pull = Callable[[bytes], tuple[bytes, bool]]


@dataclass(frozen=True, slots=True)
class Context:
    """What a sealed object belongs to; it opens as that and as nothing else."""

    call: str
    proposal: str
    revision: int
    part: str


class Written(NamedTuple):
    """Of a sealed object: its size and SHA-256 as stored, and how much was sealed."""

    size_bytes: int
    sha256: str
    content_bytes: int


class Opened(NamedTuple):
    """Of an opened object: what it belongs to, what it is called, and how much it held."""

    context: Context
    name: str
    content_bytes: int


class Unsealing(NamedTuple):
    """An object that is being opened; pieces taken before a failure are not proven whole."""

    context: Context
    name: str
    pieces: Iterator[bytes]


class Head(NamedTuple):
    """What anybody can read of a sealed object, not proven before it is opened."""

    version: int
    context: Context
    key: str


class Sealer:
    """Seals what is written to it, in pieces of any size, and writes that to a target.

    It is whole once `finish` has been called. `file_key` opens what this object has written, for as
    long as somebody holds it; it is stored nowhere.
    """

    def __init__(self, target: BinaryIO, *, context: Context, name: str, public_key: bytes) -> None:
        self.context, self.public_key = context, public_key
        self.file_key = sodium.crypto_secretstream_xchacha20poly1305_keygen()
        self._out = _Counted(target)
        self._held = bytearray()
        self._content_bytes = 0
        sealed_key = bytes(SealedBox(PublicKey(public_key)).encrypt(self.file_key))
        start = _start_bytes(_head_bytes(context, public_key), sealed_key)
        self._bound = hashlib.sha256(start).digest()
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        self._out.write(
            start
            + sodium.crypto_secretstream_xchacha20poly1305_init_push(self._state, self.file_key)
        )
        self._push(_name_bytes(name), _MESSAGE)

    def write(self, data: bytes) -> None:
        """Take more of the content."""
        self._content_bytes += len(data)
        self._held += data
        begin, end = 0, len(self._held) - 1  # one byte at least stays: the last piece is marked
        with memoryview(self._held) as held:
            while end - begin >= CHUNK_BYTES:
                self._push(bytes(held[begin : begin + CHUNK_BYTES]), _MESSAGE)
                begin += CHUNK_BYTES
        del self._held[:begin]

    def finish(self) -> Written:
        """Mark the end and return what was written; nothing is taken afterwards."""
        self._push(bytes(self._held), _FINAL)
        self._held.clear()
        return Written(self._out.size_bytes, self._out.digest.hexdigest(), self._content_bytes)

    def _push(self, data: bytes, tag: int) -> None:
        self._out.write(
            sodium.crypto_secretstream_xchacha20poly1305_push(self._state, data, self._bound, tag)
        )


def seal(
    source: BinaryIO, target: BinaryIO, *, context: Context, name: str, public_key: bytes
) -> Written:
    """Write what `source` holds to `target`, sealed to a public key and bound to a context.

    Its name is sealed with it.
    """
    sealer = Sealer(target, context=context, name=name, public_key=public_key)
    while data := source.read(CHUNK_BYTES):
        sealer.write(data)
    return sealer.finish()


def read_head(source: BinaryIO) -> Head:
    """Return what a sealed object says of itself; nothing is proven by it.

    Raises:
        NotThisFormat: it is no sealed object, or of a version that is not known.
    """
    return _read_start(source).head


def check_outside(source: BinaryIO, *, size_bytes: int, context: Context, key: bytes) -> None:
    """Return when all that can be seen from outside is as it has to be; the inside nobody sees.

    Of an object that was sealed elsewhere: its version, what it says to belong to, the key it names
    and a size that such objects have.

    Raises:
        NotThisFormat: it is no sealed object, of an unknown version, cut short or too long.
        WrongContext: it is for something else, or for another key.
    """
    start = _read_start(source)
    if start.head.context != context or start.head.key != fingerprint(key):
        raise WrongContext("the object is for something else")
    if start.raw != _start_bytes(_head_bytes(context, key), start.sealed_key):
        raise NotThisFormat("the head of the object is not as it is written")
    rest = size_bytes - len(start.raw) - _STREAM_HEAD_BYTES - _NAME_BYTES - _MORE_BYTES
    if rest < _MORE_BYTES or 0 < rest % (CHUNK_BYTES + _MORE_BYTES) < _MORE_BYTES:
        raise NotThisFormat("the object is cut short")


def unseal(
    source: BinaryIO, target: BinaryIO, *, private_key: bytes, context: Context | None = None
) -> Opened:
    """Write what a sealed object holds to `target`.

    What was written before a failure is not proven whole: the caller throws it away. Without a
    context its own word for it is taken.

    Raises:
        NotThisFormat: it is no sealed object, or of a version that is not known.
        WrongContext: it belongs to something else.
        Damaged: it was changed, cut or made longer, or is sealed to another key.
    """
    opening = begin_unsealing(source, private_key=private_key, context=context)
    content_bytes = 0
    for piece in opening.pieces:
        target.write(piece)
        content_bytes += len(piece)
    return Opened(opening.context, opening.name, content_bytes)


def begin_unsealing(
    source: BinaryIO, *, private_key: bytes, context: Context | None = None
) -> Unsealing:
    """Return the name of what is sealed, and its content piece by piece, as it is read.

    Raises what `unseal` raises; of the content, while its pieces are taken.
    """
    start = _read_start(source)
    if context is not None and start.head.context != context:
        raise WrongContext("the object is whole, but belongs to something else")
    return _OPENERS[start.head.version](start, source, private_key)


def reopen(source: BinaryIO, *, file_key: bytes) -> Iterator[bytes]:
    """Yield the content of an object again, for whoever sealed it and holds its `Sealer.file_key`.

    Raises:
        NotThisFormat: it is no sealed object, or of a version that is not known.
        Damaged: it was changed, cut or made longer, or is not the object of this key.
    """
    start = _read_start(source)
    with _told_as_damage("it is not what was sealed with this key"):
        pull = _pulling(start, source, file_key)
        _name_in(pull(_exactly(source, _NAME_BYTES + _MORE_BYTES))[0])
        yield from _content(source, pull)


class _Start(NamedTuple):
    head: Head
    raw: bytes
    sealed_key: bytes


class _Counted:
    """Write to a target, and know how much and what."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self.size_bytes = 0
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> None:
        self._target.write(data)
        self.size_bytes += len(data)
        self.digest.update(data)


def _start_bytes(head: bytes, sealed_key: bytes) -> bytes:
    return MAGIC + bytes([VERSION]) + len(head).to_bytes(4, "big") + head + sealed_key


def _head_bytes(context: Context, public_key: bytes) -> bytes:
    said = {**asdict(context), "key": fingerprint(public_key)}
    _check_head(said)
    head = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    if len(head) > MOST_HEAD_BYTES:
        raise ValueError("the context is too long")
    return head


def _check_head(said: dict[str, object]) -> None:
    """Refuse a head that says something else than plain names and a number.

    Raises:
        ValueError: it does.
    """
    names = [said.get("call"), said.get("proposal"), said.get("part")]
    revision, key = said.get("revision"), said.get("key")
    good = (
        set(said) == {"call", "proposal", "revision", "part", "key"}
        and all(isinstance(name, str) and _PLAIN.fullmatch(name) for name in names)
        and type(revision) is int
        and 0 <= revision < _HIGHEST_REVISION
        and isinstance(key, str)
        and _FINGERPRINT.fullmatch(key)
    )
    if not good:
        raise ValueError("the head names no call, proposal, revision and part")


def _name_bytes(name: str) -> bytes:
    """Return a name as JSON filled up with spaces, so that the size does not tell its length."""
    said = json.dumps({"name": name}, ensure_ascii=False).encode()
    if len(said) > _NAME_BYTES:
        raise ValueError("the name is too long")
    return said.ljust(_NAME_BYTES)


def _name_in(said: bytes) -> str:
    """Return a name as it was sealed: whoever sealed it may have written anything there."""
    try:
        return str(json.loads(said)["name"])
    except (TypeError, KeyError) as error:
        raise Damaged("the object opens, but it has no name") from error


def _read_start(source: BinaryIO) -> _Start:
    before = _exactly(source, len(MAGIC) + 5)
    if not before.startswith(MAGIC):
        raise NotThisFormat("this is no sealed object")
    version, size = before[len(MAGIC)], int.from_bytes(before[len(MAGIC) + 1 :], "big")
    if version not in _OPENERS:
        raise NotThisFormat(f"version {version} of sealed objects is not known here")
    if size > MOST_HEAD_BYTES:
        raise NotThisFormat("the head of the object is damaged")
    head = _exactly(source, size)
    sealed_key = _exactly(source, _SEALED_KEY_BYTES)
    try:
        said = json.loads(head)
        _check_head(said)
        key = said.pop("key")
        context = Context(**said)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotThisFormat("the head of the object is damaged") from error
    return _Start(Head(version, context, key), before + head + sealed_key, sealed_key)


def _open_first(start: _Start, source: BinaryIO, private_key: bytes) -> Unsealing:
    """Open version 1."""
    is_its_key = start.head.key == fingerprint(public_key_of(private_key))
    reason = "it was changed or cut short" if is_its_key else "it is sealed to another key"
    with _told_as_damage(reason):
        file_key = bytes(SealedBox(PrivateKey(private_key)).decrypt(start.sealed_key))
        pull = _pulling(start, source, file_key)
        name = _name_in(pull(_exactly(source, _NAME_BYTES + _MORE_BYTES))[0])

    def pieces() -> Iterator[bytes]:
        with _told_as_damage(reason):
            yield from _content(source, pull)

    return Unsealing(start.head.context, name, pieces())


def _pulling(start: _Start, source: BinaryIO, file_key: bytes) -> _Pull:
    """Return what opens one piece after the other, and says of each whether it is the last."""
    bound = hashlib.sha256(start.raw).digest()
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    stream_head = _exactly(source, _STREAM_HEAD_BYTES)
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, stream_head, file_key)

    def pull(data: bytes) -> tuple[bytes, bool]:
        text, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, data, bound)
        return bytes(text), tag == _FINAL

    return pull


@contextmanager
def _told_as_damage(reason: str) -> Iterator[None]:
    try:
        yield
    except (CryptoError, ValueError, RuntimeError) as error:
        raise Damaged(f"the object does not open: {reason}") from error


def _content(source: BinaryIO, pull: _Pull) -> Iterator[bytes]:
    """Yield the content up to the piece that is marked as last."""
    for data, is_end in _chunks(source, CHUNK_BYTES + _MORE_BYTES):
        text, is_last = pull(data)
        if is_last != is_end:
            raise Damaged("the object does not open: it was cut short or made longer")
        yield text


_OPENERS = {1: _open_first}


def _exactly(source: BinaryIO, size: int) -> bytes:
    """Read so many bytes; a source may give fewer at a time."""
    data = b""
    while len(data) < size:
        more = source.read(size - len(data))
        if not more:
            raise NotThisFormat("the object is cut short")
        data += more
    return data


def _chunks(source: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Yield pieces of a source, the last one marked; an empty source gives one empty piece."""
    held = _up_to(source, size)
    while len(held) == size and (following := _up_to(source, size)):
        yield held, False
        held = following
    yield held, True


def _up_to(source: BinaryIO, size: int) -> bytes:
    data = b""
    while len(data) < size and (more := source.read(size - len(data))):
        data += more
    return data
