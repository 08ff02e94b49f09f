"""The head of a sealed object says plain names and a number, and nothing that a path obeys."""

import json
from io import BytesIO

import pytest

from minka.methods.sealing.container import MAGIC, Context, read_head, seal
from minka.methods.sealing.failures import NotThisFormat
from minka.methods.sealing.keys import fingerprint, new_private_key, public_key_of

KEY = public_key_of(new_private_key())
GOOD = {
    "call": "S-2026-ABCDEF",
    "proposal": "p1",
    "revision": 3,
    "part": "proposal",
    "key": fingerprint(KEY),
}


def with_head(said):
    head = json.dumps(said).encode()
    return BytesIO(MAGIC + bytes([1]) + len(head).to_bytes(4, "big") + head + bytes(200))


def test_a_plain_head_is_read():
    assert read_head(with_head(GOOD)).context == Context("S-2026-ABCDEF", "p1", 3, "proposal")


@pytest.mark.parametrize(
    "changed",
    [
        {"proposal": "../../etc"},
        {"proposal": "/etc/passwd"},
        {"proposal": ".."},
        {"part": "a/b"},
        {"part": "a\\b"},
        {"part": "a\x1b[2J"},
        {"part": "a\n"},
        {"call": ""},
        {"call": 7},
        {"call": None},
        {"revision": "3"},
        {"revision": True},
        {"revision": -1},
        {"revision": 3.0},
        {"key": "zz"},
        {"key": ["a"]},
        {"more": "x"},
    ],
)
def test_a_head_that_says_anything_else_is_refused(changed):
    with pytest.raises(NotThisFormat):
        read_head(with_head(GOOD | changed))


def test_what_could_not_be_opened_is_not_sealed():
    with pytest.raises(ValueError, match="head"):
        seal(BytesIO(), BytesIO(), context=Context("c", "../p", 1, "x"), name="n", public_key=KEY)
