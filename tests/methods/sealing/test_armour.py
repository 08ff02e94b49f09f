import re

import pytest

from minka.methods.sealing import armour
from minka.methods.sealing.armour import lock_share, read_label, unlock_share
from minka.methods.sealing.failures import MistypedLine, NotThisFormat, WrongPassphrase
from minka.methods.sealing.keys import new_private_key
from minka.methods.sealing.shares import split_key

PASSPHRASE = "cuatro llamas suben despacio"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.fixture(scope="module")
def share():
    return split_key(new_private_key(), needed=3, made=5)[1]


@pytest.fixture(scope="module")
def text(share):
    return lock_share(share, PASSPHRASE, call="Relaves finos 2026", custodian="María Quispe, UNSA")


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Stretch a passphrase less: what is tested here is not how long it takes."""
    monkeypatch.setattr(armour.nacl.pwhash.argon2id, "MEMLIMIT_MODERATE", 8192 * 1024)


@pytest.fixture(scope="module", autouse=True)
def _quick_module():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(armour.nacl.pwhash.argon2id, "MEMLIMIT_MODERATE", 8192 * 1024)
        yield


def test_a_share_opens_with_its_passphrase(share, text):
    assert unlock_share(text, PASSPHRASE) == share
    assert share.secret.hex() not in text


def test_a_passphrase_is_the_same_however_its_accents_are_written(share):
    composed, apart = "sueño profundo\u00e9", "suen\u0303o profundoe\u0301"
    assert unlock_share(lock_share(share, composed, call="C", custodian="D"), apart) == share


def test_the_label_can_be_read_without_it(text):
    label = read_label(text)
    assert (label.call, label.custodian) == ("Relaves finos 2026", "María Quispe, UNSA")
    assert (label.number, label.made, label.needed) == (2, 5, 3)


def test_another_passphrase_does_not_open_it(text):
    with pytest.raises(WrongPassphrase):
        unlock_share(text, PASSPHRASE + " ")


@pytest.mark.parametrize(
    ("before", "after"),
    [("Share: 2", "Share: 1"), ("3 needed", "2 needed"), ("María", "Maria"), ("2026", "2027")],
)
def test_a_changed_label_is_found(text, before, after):
    with pytest.raises(WrongPassphrase):
        unlock_share(text.replace(before, after), PASSPHRASE)


def test_it_can_be_typed_from_paper_in_small_letters_and_without_groups(share, text):
    head, body = text.split("\n\n")
    typed = "\n".join(
        line if line.startswith("-") else line.replace(" ", "").lower().replace("0", "o")
        for line in body.splitlines()
    )
    assert unlock_share(f"Estimada María:\n\n{head}\n\n{typed}\n\nGracias", PASSPHRASE) == share


def test_a_label_that_paper_broke_into_two_lines_is_read_as_one(share):
    name = "Luz Paredes, Colegio de Ingenieros del Perú, Consejo Departamental de Arequipa"
    text = lock_share(share, PASSPHRASE, call="S-2026-AAAAAA", custodian=name)
    broken = text.replace("Consejo Departamental", "Consejo\n   Departamental")
    assert broken != text
    assert (read_label(broken).custodian, unlock_share(broken, PASSPHRASE)) == (name, share)
    other = text.replace("Consejo Departamental", "Consejo\nProvincial")
    with pytest.raises(WrongPassphrase):
        unlock_share(other, PASSPHRASE)


def test_the_line_of_a_slip_is_named(text):
    lines = text.splitlines()
    first = lines.index("") + 1
    sign = lines[first + 2][5]
    lines[first + 2] = lines[first + 2][:5] + ("A" if sign != "A" else "B") + lines[first + 2][6:]
    with pytest.raises(MistypedLine) as wrong:
        unlock_share("\n".join(lines), PASSPHRASE)
    assert wrong.value.line == 3


def test_two_lines_in_the_wrong_order_are_found(text):
    lines = text.splitlines()
    first = lines.index("") + 1
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    with pytest.raises(MistypedLine) as wrong:
        unlock_share("\n".join(lines), PASSPHRASE)
    assert wrong.value.line == 1


def named_line(text):
    """The line that is named as wrong, None when the passphrase finds it; it must not open."""
    with pytest.raises((MistypedLine, WrongPassphrase)) as wrong:
        unlock_share(text, PASSPHRASE)
    return getattr(wrong.value, "line", None)


def test_slips_in_single_signs_are_nearly_always_named(text):
    """A check of ten bits misses one in 1,024; what it misses the passphrase does not open."""
    lines, missed, tried = text.splitlines(), 0, 0
    first, last = lines.index("") + 1, len(lines) - 2
    for at in range(first, last + 1):
        for place, sign in enumerate(lines[at]):
            if sign == " ":
                continue
            other = ALPHABET[(ALPHABET.index(sign) + 7) % 32]
            typed = [
                *lines[:at],
                lines[at][:place] + other + lines[at][place + 1 :],
                *lines[at + 1 :],
            ]
            tried += 1
            missed += named_line("\n".join(typed)) != at - first + 1
    assert tried > 140 and missed <= 3


@pytest.mark.parametrize("cut", ["-----BEGIN", "-----END", "Split: "])
def test_what_is_no_share_is_refused(text, cut):
    with pytest.raises(NotThisFormat):
        unlock_share(text.replace(cut, "x"), PASSPHRASE)


def test_a_share_of_a_later_version_is_refused(text):
    with pytest.raises(NotThisFormat):
        read_label(text.replace("Version: 1", "Version: 2"))


@pytest.mark.parametrize("passphrase", ["", "corta", "once letras"])
def test_a_short_passphrase_is_refused(share, passphrase):
    with pytest.raises(ValueError, match="12"):
        lock_share(share, passphrase, call="C", custodian="D")


@pytest.mark.parametrize("label", ["", "two\nlines", " spaces "])
def test_a_label_is_one_line(share, label):
    with pytest.raises(ValueError, match="label"):
        lock_share(share, PASSPHRASE, call=label, custodian="D")


def test_it_is_readable_on_paper(text):
    body = text.split("\n\n")[1].splitlines()[:-1]
    assert all(
        re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{1,4} )+[0-9A-HJKMNP-TV-Z]{2}", one) for one in body
    )
    assert len(body) == 5
