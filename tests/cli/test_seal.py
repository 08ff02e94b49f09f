"""`minka seal` opens offline with k shares, and makes new ones of the same key."""

from io import BytesIO

import nacl.pwhash
import pytest
from click.testing import CliRunner

from minka.cli.seal import command
from minka.methods.sealing.armour import lock_share
from minka.methods.sealing.container import Context, seal
from minka.methods.sealing.keys import new_private_key, public_key_of
from minka.methods.sealing.shares import split_key

PASSPHRASE = "cuatro llamas suben despacio"
CONTENT = b"Vinagre de algarroba"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(nacl.pwhash.argon2id, "MEMLIMIT_MODERATE", 8192 * 1024)


@pytest.fixture
def call(tmp_path):
    """Three share files of which two are needed, and one sealed file."""
    key = new_private_key()
    for share in split_key(key, needed=2, made=3):
        text = lock_share(share, PASSPHRASE, call="S-2026-AAAAAA", custodian=f"C{share.number}")
        (tmp_path / f"{share.number}.txt").write_text(text)
    with (tmp_path / "a.seal").open("wb") as target:
        context = Context("S-2026-AAAAAA", "p1", 3, "proposal")
        seal(
            BytesIO(CONTENT),
            target,
            context=context,
            name="proposal.json",
            public_key=public_key_of(key),
        )
    return tmp_path


def run(*arguments, typed):
    return CliRunner().invoke(command, [*map(str, arguments)], input="\n".join(typed) + "\n")


def test_two_of_three_open_and_what_is_damaged_is_named(call):
    whole = (call / "a.seal").read_bytes()
    (call / "b.seal").write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    answer = run(
        "open",
        call / "a.seal",
        call / "b.seal",
        "--share",
        call / "1.txt",
        "--share",
        call / "3.txt",
        "--out",
        call / "out",
        typed=[PASSPHRASE] * 2,
    )
    assert answer.exit_code == 1
    assert "NOT OPENED" in answer.output
    assert (call / "out/p1/3/proposal-proposal.json").read_bytes() == CONTENT
    assert [one.name for one in (call / "out").iterdir()] == ["p1"]


def test_one_share_opens_nothing(call):
    share = call / "1.txt"
    answer = run(
        "open", call / "a.seal", "--share", share, "--out", call / "out", typed=[PASSPHRASE]
    )
    assert answer.exit_code == 2
    assert not (call / "out").exists()


def test_new_shares_of_the_same_key_open_what_was_sealed_before(call):
    new = "otra frase larga y nueva"
    shares = ["--share", call / "1.txt", "--share", call / "2.txt"]
    people = ["--for", "Ana, UNSA", "--for", "Luz, CIP"]
    made = run(
        "reshare",
        *shares,
        *people,
        "--needed",
        2,
        "--out",
        call / "new",
        typed=[PASSPHRASE] * 2 + [new] * 4,
    )
    assert made.exit_code == 0, made.output
    fresh = sorted((call / "new").iterdir())
    answer = run(
        "open",
        call / "a.seal",
        "--share",
        fresh[0],
        "--share",
        fresh[1],
        "--out",
        call / "out",
        typed=[new] * 2,
    )
    assert answer.exit_code == 0
    mixed = run(
        "open",
        call / "a.seal",
        "--share",
        fresh[0],
        "--share",
        call / "2.txt",
        "--out",
        call / "out",
        typed=[new, PASSPHRASE],
    )
    assert mixed.exit_code == 2


def test_a_label_is_read_without_opening(call):
    assert "C2" in run("label", call / "2.txt", typed=[]).output
    assert "p1" in run("label", call / "a.seal", typed=[]).output


def test_a_sealed_file_names_no_place_outside_of_the_folder_and_takes_no_place(call):
    key, words = new_private_key(), "cuatro llamas bajan despacio"
    for share in split_key(key, needed=2, made=2):
        text = lock_share(share, words, call="S-2026-AAAAAA", custodian="C")
        (call / f"k{share.number}.txt").write_text(text)
    context = Context("S-2026-AAAAAA", "p1", 3, "proposal")
    for number, name in enumerate(("../../fuera.txt", "\x1b[2Jfuera.txt"), start=1):
        with (call / f"{number}.seal").open("wb") as target:
            seal(
                BytesIO(CONTENT), target, context=context, name=name, public_key=public_key_of(key)
            )
    shares = ["--share", call / "k1.txt", "--share", call / "k2.txt"]
    files = [call / "1.seal", call / "2.seal", call / "2.seal"]
    answer = run("open", *files, *shares, "--out", call / "out", typed=[words] * 2)
    inside = call / "out/p1/3"
    found = sorted(one.name for one in inside.iterdir())
    assert found == ["proposal-[2Jfuera.txt", "proposal-fuera.txt"]
    assert "\x1b" not in answer.output
    assert (answer.exit_code, answer.output.count("NOT OPENED")) == (1, 1)  # the same once more
