"""The page that checks receipts works from a file, without a connection, and believes little."""

import json

import pytest
from playwright.sync_api import Page, expect

from minka.innovation.web.receipts_public import CHECKER
from minka.methods.sealing.keys import fingerprint
from minka.methods.sealing.receipts import key_text, sign_receipt, signing_public_key

SEED = bytes(range(32))
SAID = {
    "number": "R-2026-ABC234",
    "cluster": "Clúster «Sur»",
    "lead": {"id": "A1", "name": "Metalúrgica Ñandú — ✓ 𝔐"},
    "challenge": {"id": "x", "es": "Relaves finos\u2028y «agua»", "en": "Fine tailings"},
    "received_at": "2026-11-22T16:59:59-05:00",
    "exception": None,
    "parts": [{"name": "proposal", "size_bytes": 123456789, "sha256": "ab" * 32}],
    "content_sha256": "ef" * 32,
    "ledger": {"position": 12, "sha256": "cd" * 32},
}
GOOD = sign_receipt(SAID, SEED)


@pytest.fixture
def checker(page: Page, tmp_path) -> Page:
    """The page as it is downloaded, opened from the disk without a network."""
    file = tmp_path / "check.html"
    key = key_text(signing_public_key(SEED))
    file.write_text(CHECKER.read_text().replace("__KEY__", key))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    page.goto(file.as_uri())
    expect(page.locator("#fingerprint")).to_have_text(fingerprint(signing_public_key(SEED)))
    yield page
    assert [url for url in asked if not url.startswith("file:")] == []


def verdict(page: Page, text: str) -> tuple[bool, str]:
    page.set_input_files(
        "#receipt",
        {"name": "r.json", "mimeType": "application/json", "buffer": text.encode()},
    )
    page.locator("#check").click()
    shown = page.locator("#verdict")
    expect(shown).to_be_visible()
    return "good" in (shown.get_attribute("class") or ""), shown.inner_text()


def test_a_receipt_is_believed_and_no_changed_one_is(checker):
    good, text = verdict(checker, GOOD)
    assert good, text
    assert "Metalúrgica Ñandú — ✓ 𝔐" in text
    read = json.loads(GOOD)
    other_key = sign_receipt(SAID, bytes(32))
    twice = GOOD.replace('"number": "R', '"number": "R-1",\n    "number": "R')
    changed = {
        "a letter": GOOD.replace("Relaves", "Relaces"),
        "an instant": GOOD.replace("16:59:59", "16:59:58"),
        "a size": GOOD.replace("123456789", "123456788"),
        "another key": other_key,
        "its key replaced": other_key.replace(
            json.loads(other_key)["signed_with"], read["signed_with"]
        ),
        "a name twice": twice,
        "written anew": json.dumps(read),
        "one field more": json.dumps({**read, "more": 1}, indent=2, sort_keys=True),
        "no receipt": "{}",
        "cut": GOOD[:-40],
    }
    believed = [name for name, text in changed.items() if verdict(checker, text)[0]]
    assert believed == []
    checker.locator("#key").fill("no es una clave")
    assert not verdict(checker, GOOD)[0]
