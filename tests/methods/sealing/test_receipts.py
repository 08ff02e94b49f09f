import json

import pytest

from minka.methods.sealing.failures import NotSigned, NotThisFormat
from minka.methods.sealing.receipts import (
    canonical,
    check_receipt,
    key_from_text,
    key_text,
    new_signing_seed,
    read_receipt,
    sign_receipt,
    signing_public_key,
)

SEED = new_signing_seed()
KEY = signing_public_key(SEED)
SAID = {
    "number": "R-2026-ABCDEF",
    "solver": "Ingeniería Ñandú S.A.C.",
    "received_at": "2026-11-22T23:59:59.999999-05:00",
    "parts": [{"name": "1", "size_bytes": 1_234, "sha256": "00" * 32}],
    "exception": None,
}


def test_a_receipt_is_checked_with_the_key_alone():
    receipt = read_receipt(sign_receipt(SAID, SEED))
    check_receipt(receipt, KEY)
    assert receipt.said["solver"] == SAID["solver"]


def test_any_sign_that_is_changed_is_found():
    text = sign_receipt(SAID, SEED)
    for at, sign in enumerate(text):
        if sign.isspace():
            continue
        wrong = text[:at] + ("1" if sign != "1" else "2") + text[at + 1 :]
        with pytest.raises((NotSigned, NotThisFormat)):
            check_receipt(read_receipt(wrong), KEY)


def test_a_receipt_by_somebody_else_is_not_believed_though_it_carries_its_key():
    forged = sign_receipt(SAID, new_signing_seed())
    with pytest.raises(NotSigned, match="key"):
        check_receipt(read_receipt(forged), KEY)


def test_a_receipt_that_names_our_key_but_was_signed_by_another_is_not_believed():
    forged = json.loads(sign_receipt(SAID, new_signing_seed()))
    forged["signed_with"] = key_text(KEY)
    with pytest.raises(NotSigned):
        check_receipt(read_receipt(json.dumps(forged)), KEY)


def test_a_name_that_stands_twice_is_refused():
    text = sign_receipt(SAID, SEED).replace('"number"', '"number": "R-1", "number"', 1)
    with pytest.raises(NotThisFormat):
        read_receipt(text)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"receipt": {}}', "no", b"\xff\xfe", "null"])
def test_what_is_no_receipt_is_refused(text):
    with pytest.raises(NotThisFormat):
        read_receipt(text)


def test_what_is_signed_is_the_same_however_it_was_put():
    assert (
        canonical({"b": 1, "a": "ñ"}) == canonical({"a": "ñ", "b": 1}) == '{"a":"ñ","b":1}'.encode()
    )


@pytest.mark.parametrize("value", [1.5, {1: "x"}, object(), b"x"])
def test_what_other_languages_would_write_otherwise_is_not_signed(value):
    with pytest.raises(ValueError, match=r"receipt|names"):
        canonical({"amount": value})


def test_a_key_is_read_as_it_is_published():
    assert key_from_text(key_text(KEY) + "\n") == KEY
    for text in ("", "AAAA", "ñ"):
        with pytest.raises(NotThisFormat):
            key_from_text(text)
