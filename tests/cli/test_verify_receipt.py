"""`minka verify receipt` believes what was signed, and nothing else."""

import json

import pytest
from click.testing import CliRunner

from minka.cli.verify import command
from minka.methods.sealing.receipts import key_text, sign_receipt, signing_public_key

SEED = bytes(range(32))
SAID = {
    "number": "R-2026-ABC234",
    "lead": {"id": "A1", "name": "Metalúrgica Sillar"},
    "challenge": {"es": "Relaves finos"},
    "received_at": "2026-11-22T16:59:59-05:00",
    "parts": [{"name": "proposal", "size_bytes": 7, "sha256": "ab" * 32}],
    "ledger": {"position": 12, "sha256": "cd" * 32},
}


@pytest.fixture
def receipt(tmp_path):
    path = tmp_path / "receipt.json"
    path.write_text(sign_receipt(SAID, SEED))
    return path


def run(*arguments):
    return CliRunner().invoke(command, ["receipt", *map(str, arguments)])


def test_a_receipt_is_believed_with_the_key_given_as_text_or_as_a_file(receipt, tmp_path):
    key = key_text(signing_public_key(SEED))
    file = tmp_path / "key.txt"
    file.write_text(key + "\n")
    for given in (key, file):
        answer = run(receipt, "--key", given)
        assert answer.exit_code == 0
        assert answer.output.startswith("VERIFIED")
        assert "Metalúrgica Sillar" in answer.output


@pytest.mark.parametrize(
    ("written", "instead"), [("16:59:59", "16:59:58"), ("Relaves", "Relaces"), ("12", "13")]
)
def test_a_changed_letter_is_not(receipt, written, instead):
    receipt.write_text(receipt.read_text().replace(written, instead))
    answer = run(receipt, "--key", key_text(signing_public_key(SEED)))
    assert (answer.exit_code, answer.output.startswith("NOT VERIFIED")) == (1, True)


def test_one_that_brings_its_own_key_is_not(receipt):
    answer = run(receipt, "--key", key_text(signing_public_key(bytes(32))))
    assert (answer.exit_code, "signed with the key" in answer.output) == (1, True)


@pytest.mark.parametrize("content", ["", "{}", "[]", "no es una constancia", '{"receipt": 1}'])
def test_what_is_no_receipt_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "other.json"
    path.write_text(content)
    assert run(path, "--key", key_text(signing_public_key(SEED))).exit_code == 2
    assert run(tmp_path / "absent.json").exit_code == 2


def test_a_key_that_is_none_is_said_to_be_none(receipt):
    assert run(receipt, "--key", "no es una clave").exit_code == 2


def test_without_a_key_that_of_the_installation_counts(receipt, settings):
    assert run(receipt).exit_code == 1
    settings.MINKA_RECEIPT_SEED = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    assert run(receipt).exit_code == 0


def test_signs_that_a_terminal_obeys_are_not_printed(tmp_path):
    path = tmp_path / "receipt.json"
    words = {**SAID, "submitted_by": "\x1b[2JEva", "cluster": "40\N{NO-BREAK SPACE}% menos"}
    path.write_text(sign_receipt(words, SEED))
    answer = run(path, "--key", key_text(signing_public_key(SEED)))
    assert "\x1b" not in answer.output
    assert "40 % menos" in answer.output
    assert json.loads(path.read_text())["receipt"]["submitted_by"] == "\x1b[2JEva"
