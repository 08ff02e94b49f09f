"""What the browser seals, this opens: two programs, one format."""

import hashlib
import io

import pytest

from minka.methods.sealing.container import CHUNK_BYTES, Context, check_outside, seal, unseal
from minka.methods.sealing.failures import NotThisFormat, SealingFailure, WrongContext
from minka.methods.sealing.keys import new_private_key, public_key_of
from tests.methods.sealing.in_browser import seal_in_browser, wanted

KEY = new_private_key()
HERE = Context("K-7F3A", "8d0f-1", 3, "attachment-1")
NAME = "plano de la celda Nº 4 — final.pdf"
SIZES = [
    0,
    1,
    CHUNK_BYTES - 1,
    CHUNK_BYTES,
    CHUNK_BYTES + 1,
    64 * CHUNK_BYTES,
    65 * CHUNK_BYTES + 7,
]
# the SHA-256 of an object sealed to a known key with known chance: the format itself
KNOWN_KEY = bytes(range(32))
KNOWN_CHANCE = bytes(range(100, 100 + 88))
KNOWN_SHA256 = "63a1ae4b73ce6429474a193b79cac561547b9da4c5ebb7fb8ae5d1864108533e"


def content_of(size):
    return hashlib.shake_128(str(size).encode()).digest(size)


def opened(data, *, key=KEY, context=HERE):
    target = io.BytesIO()
    return unseal(io.BytesIO(data), target, private_key=key, context=context), target.getvalue()


@pytest.fixture(scope="module")
def sealed():
    """One object of each size, then one of 40 bytes, then the known one."""
    contents = [*map(content_of, SIZES), b"x" * 40]
    mine = [
        wanted(content, public_key=public_key_of(KEY), context=HERE, name=NAME)
        for content in contents
    ]
    known = wanted(
        b"Minka",
        public_key=public_key_of(KNOWN_KEY),
        context=Context("K-1", "P-1", 1, "proposal"),
        name="proposal.json",
        chance=KNOWN_CHANCE,
    )
    return seal_in_browser(*mine, known)


def test_what_a_browser_seals_opens_here_with_its_name_and_size(sealed):
    for size, (data, sha256) in zip(SIZES, sealed, strict=False):
        found, content = opened(data)
        assert content == content_of(size)
        assert (found.name, found.context) == (NAME, HERE)
        assert hashlib.sha256(data).hexdigest() == sha256


def test_the_layout_is_the_one_that_is_written_here(sealed):
    for size, (data, _sha256) in zip(SIZES, sealed, strict=False):
        target = io.BytesIO()
        seal(
            io.BytesIO(content_of(size)),
            target,
            context=HERE,
            name=NAME,
            public_key=public_key_of(KEY),
        )
        assert len(data) == len(target.getvalue())
        head = data.index(b"}") + 1
        assert data[:head] == target.getvalue()[:head]


def test_every_bit_that_is_flipped_in_what_a_browser_sealed_is_found(sealed):
    data, _sha256 = sealed[len(SIZES)]
    for bit in range(len(data) * 8):
        wrong = bytearray(data)
        wrong[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealingFailure):
            opened(bytes(wrong))


def test_with_known_chance_the_bytes_are_the_known_ones(sealed):
    data, sha256 = sealed[-1]
    assert sha256 == KNOWN_SHA256
    assert opened(data, key=KNOWN_KEY, context=None)[1] == b"Minka"


def outside(data, *, size=None, context=HERE, key=KEY):
    size = len(data) if size is None else size
    check_outside(io.BytesIO(data), size_bytes=size, context=context, key=public_key_of(key))


def test_from_outside_a_sealed_object_is_told_from_anything_else(sealed):
    for data, _sha256 in sealed[:-1]:
        outside(data)
    data = sealed[0][0]
    for wrong in (b"", b"Vinagre de algarroba", data[:40], b"MINKASEAL\x02" + data[10:]):
        with pytest.raises(NotThisFormat):
            outside(wrong)
    for size in (len(data) - 1, len(data) + CHUNK_BYTES + 1):
        with pytest.raises(NotThisFormat):
            outside(data, size=size)


def test_from_outside_it_is_seen_to_what_it_belongs(sealed):
    data = sealed[0][0]
    for context in (
        Context("K-OTHER", HERE.proposal, HERE.revision, HERE.part),
        Context(HERE.call, "another", HERE.revision, HERE.part),
        Context(HERE.call, HERE.proposal, HERE.revision + 1, HERE.part),
        Context(HERE.call, HERE.proposal, HERE.revision, "proposal"),
    ):
        with pytest.raises(WrongContext):
            outside(data, context=context)
    with pytest.raises(WrongContext):
        outside(data, key=new_private_key())


def test_a_head_that_is_written_otherwise_is_refused(sealed):
    data = sealed[0][0]
    assert b'"revision":3' in data
    spaced = data.replace(b'"revision":3', b'"revision": 3')
    length = int.from_bytes(data[10:14], "big") + 1
    with pytest.raises(NotThisFormat):
        outside(spaced[:10] + length.to_bytes(4, "big") + spaced[14:])


def test_a_name_that_is_none_is_damage_and_not_a_crash():
    from minka.methods.sealing import container

    for said in (b"[]", b"{}", b'"x"', b"1", b"nothing", b"[" * 1000):
        target = io.BytesIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(container, "_name_bytes", lambda _name, said=said: said.ljust(1024))
            seal(io.BytesIO(b"x"), target, context=HERE, name="", public_key=public_key_of(KEY))
        with pytest.raises(SealingFailure):
            opened(target.getvalue())
