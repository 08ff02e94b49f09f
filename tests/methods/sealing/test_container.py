import hashlib
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minka.methods.sealing import container
from minka.methods.sealing.container import (
    CHUNK_BYTES,
    Context,
    Sealer,
    read_head,
    reopen,
    seal,
    unseal,
)
from minka.methods.sealing.failures import Damaged, NotThisFormat, SealingFailure, WrongContext
from minka.methods.sealing.keys import fingerprint, new_private_key, public_key_of
from minka.methods.sealing.shares import join_shares, split_key

KEY = new_private_key()
HERE = Context("relaves-finos", "P-1", 3, "proposal.json")
SECRET = b"El catalizador se recupera con vinagre"


def sealed(content=SECRET, context=HERE, name="presupuesto.xlsx", key=KEY):
    target = io.BytesIO()
    written = seal(
        io.BytesIO(content), target, context=context, name=name, public_key=public_key_of(key)
    )
    assert written.size_bytes == len(target.getvalue()) and written.content_bytes == len(content)
    return target.getvalue()


def opened(data, key=KEY, context=HERE):
    target = io.BytesIO()
    return unseal(io.BytesIO(data), target, private_key=key, context=context), target.getvalue()


@settings(max_examples=30)
@given(st.binary(max_size=2_000), st.text(max_size=40))
def test_what_is_sealed_comes_back(content, name):
    found, text = opened(sealed(content, name=name))
    assert (text, found.name, found.context) == (content, name, HERE)


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES]
)
def test_every_size_comes_back_and_a_cut_is_found_wherever_it_is(size):
    content = bytes(range(256)) * (size // 256) + bytes(size % 256)
    data = sealed(content)
    assert opened(data)[1] == content
    for cut in (1, 17, 18, CHUNK_BYTES, CHUNK_BYTES + 17):
        with pytest.raises(SealingFailure):
            opened(data[:-cut])


@settings(max_examples=30)
@given(st.lists(st.integers(0, 2 * CHUNK_BYTES + 1), max_size=5))
def test_it_is_sealed_in_pieces_of_any_size_and_read_again_with_the_key_of_the_file(sizes):
    target = io.BytesIO()
    sealer = Sealer(target, context=HERE, name="plano.pdf", public_key=public_key_of(KEY))
    for number, size in enumerate(sizes):
        sealer.write(bytes([number]) * size)
    written = sealer.finish()
    content = b"".join(bytes([number]) * size for number, size in enumerate(sizes))
    data = target.getvalue()
    assert (written.size_bytes, written.content_bytes) == (len(data), len(content))
    assert written.sha256 == hashlib.sha256(data).hexdigest()
    assert opened(data)[1] == content
    again = reopen(io.BytesIO(data), file_key=sealer.file_key)
    assert b"".join(again) == content


def test_what_is_read_again_was_not_changed_meanwhile_and_wants_its_own_key():
    target = io.BytesIO()
    sealer = Sealer(target, context=HERE, name="plano.pdf", public_key=public_key_of(KEY))
    sealer.write(SECRET)
    sealer.finish()
    data = target.getvalue()
    for bad, key in ((data[:-1], sealer.file_key), (data, bytes(32)), (sealed(), sealer.file_key)):
        with pytest.raises(Damaged):
            list(reopen(io.BytesIO(bad), file_key=key))


def test_nothing_of_the_content_or_the_name_can_be_read():
    data = sealed(SECRET * 100)
    assert SECRET not in data and b"presupuesto" not in data
    assert read_head(io.BytesIO(data)).context == HERE


def test_every_bit_that_is_flipped_is_found():
    data = sealed(b"x" * 40)
    for bit in range(len(data) * 8):
        wrong = bytearray(data)
        wrong[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealingFailure):
            opened(bytes(wrong))


def test_bytes_added_at_the_end_are_found():
    for more in (b"\0", b"x" * 17, sealed()):
        with pytest.raises(Damaged):
            opened(sealed() + more)


def test_chunks_in_another_order_or_from_another_object_are_found():
    piece = CHUNK_BYTES + container._MORE_BYTES
    one, two = (sealed(bytes([fill]) * (3 * CHUNK_BYTES)) for fill in (1, 2))
    start = len(one) - 3 * piece
    first, second, third = (one[start + at * piece :][:piece] for at in range(3))
    with pytest.raises(Damaged):
        opened(one[:start] + second + first + third)
    with pytest.raises(Damaged):
        opened(one[:start] + first + two[start + piece :])


@pytest.mark.parametrize(
    "other",
    [
        replace(HERE, call="agua"),
        replace(HERE, proposal="P-2"),
        replace(HERE, revision=2),
        replace(HERE, part="precio.json"),
    ],
)
def test_an_object_opens_as_what_it_belongs_to_and_as_nothing_else(other):
    with pytest.raises(WrongContext):
        opened(sealed(), context=other)


def test_a_head_that_is_rewritten_to_fit_is_found():
    data = sealed()
    with pytest.raises(Damaged):
        opened(data.replace(b'"P-1"', b'"P-2"'), context=replace(HERE, proposal="P-2"))


def test_another_key_does_not_open_it_and_the_message_says_so():
    with pytest.raises(Damaged, match="another key"):
        opened(sealed(), key=new_private_key())


def test_the_same_content_is_never_sealed_to_the_same_bytes_and_a_name_changes_no_size():
    assert sealed() != sealed()
    assert len(sealed(name="a")) == len(sealed(name="a" * 200))


def test_the_key_that_three_of_five_join_opens_it():
    shares = split_key(KEY, needed=3, made=5)
    assert opened(sealed(), key=join_shares(shares[2:]))[1] == SECRET


def test_a_long_content_is_never_held_as_a_whole():
    class Narrow(io.BytesIO):
        def read(self, size=-1):
            assert 0 <= size <= CHUNK_BYTES + 1024
            return super().read(min(size, 1000))

    target = io.BytesIO()
    seal(Narrow(bytes(200_000)), target, context=HERE, name="n", public_key=public_key_of(KEY))
    plain = io.BytesIO()
    unseal(Narrow(target.getvalue()), plain, private_key=KEY, context=HERE)
    assert plain.getvalue() == bytes(200_000)


@pytest.mark.parametrize("data", [b"", b"MINKASEAL", b"%PDF-1.7 something else altogether"])
def test_what_is_no_sealed_object_is_refused(data):
    with pytest.raises(NotThisFormat):
        opened(data)


def test_a_later_version_is_refused_by_its_number():
    data = bytearray(sealed())
    data[len(container.MAGIC)] = 2
    with pytest.raises(NotThisFormat, match="version 2"):
        opened(bytes(data))


def test_the_head_names_the_key_it_is_sealed_to():
    assert read_head(io.BytesIO(sealed())).key == fingerprint(public_key_of(KEY))
