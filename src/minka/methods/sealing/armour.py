"""A share as text: locked by its custodian's passphrase, printed or kept as a file.

The passphrase is stretched by Argon2id (RFC 9106) with libsodium's "moderate" limits (256 MiB);
the share is locked by XChaCha20-Poly1305, and what stands readable above it is authenticated with
it. Every line ends in two signs that tell a slip from the line itself, so that whoever types it
from paper learns which line to look at. The alphabet is Crockford's base 32: no I, L, O, U.
"""

import hashlib
import re
from dataclasses import dataclass
from unicodedata import normalize

import nacl.pwhash
import nacl.secret
import nacl.utils
from nacl.exceptions import CryptoError

from minka.methods.sealing.failures import MistypedLine, NotThisFormat, WrongPassphrase
from minka.methods.sealing.shares import Share

BEGIN, END = "-----BEGIN MINKA SHARE-----", "-----END MINKA SHARE-----"
VERSION = "1"
SHORTEST_PASSPHRASE = 12
_SALT_BYTES = nacl.pwhash.argon2id.SALTBYTES
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans("OIL", "011")
_LINE, _GROUP, _CHECK = 32, 4, 2
_LABELS = ("Version", "Call", "Custodian", "Share", "Key", "Split")
_SHARE_OF = re.compile(r"(\d+) of (\d+), (\d+) needed")


@dataclass(frozen=True, slots=True)
class Label:
    """What anybody may read on a share: of which call it is, whose, and which of how many."""

    call: str
    custodian: str
    number: int
    made: int
    needed: int
    public_key: bytes
    split: bytes


def lock_share(share: Share, passphrase: str, *, call: str, custodian: str) -> str:
    """Return a share as text that only its passphrase opens.

    Raises:
        ValueError: the passphrase is shorter than 12 characters, or a label holds a line break.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise ValueError(f"a passphrase has at least {SHORTEST_PASSPHRASE} characters")
    head = _head(share, call, custodian)
    salt = nacl.utils.random(_SALT_BYTES)
    box = nacl.secret.Aead(_stretched(passphrase, salt))
    locked = salt + bytes(box.encrypt(share.secret, aad=head.encode()))
    return "\n".join((BEGIN, head, "", *_lines(locked), END, ""))


def read_label(text: str) -> Label:
    """Return what a share says of itself without its passphrase; it is not proven yet.

    Raises:
        NotThisFormat: the text is no share, or of a version that is not known.
    """
    head, _body = _parts(text)
    said = dict(line.partition(": ")[::2] for line in head.splitlines())
    numbers = _SHARE_OF.fullmatch(said.get("Share", ""))
    if tuple(said) != _LABELS or said["Version"] != VERSION or numbers is None:
        raise NotThisFormat("this is no share of a version that is known")
    number, made, needed = (int(one) for one in numbers.groups())
    try:
        key, split = bytes.fromhex(said["Key"]), bytes.fromhex(said["Split"])
    except ValueError as error:
        raise NotThisFormat("the label of the share is damaged") from error
    return Label(said["Call"], said["Custodian"], number, made, needed, key, split)


def unlock_share(text: str, passphrase: str) -> Share:
    """Return the share that a text holds.

    Raises:
        NotThisFormat: the text is no share.
        MistypedLine: a line is not as it was printed.
        WrongPassphrase: the passphrase is another, or the share or its label was changed.
    """
    label, (head, body) = read_label(text), _parts(text)
    locked = _bytes(body)
    box = nacl.secret.Aead(_stretched(passphrase, locked[:_SALT_BYTES]))
    try:
        secret = box.decrypt(locked[_SALT_BYTES:], aad=head.encode())
    except (CryptoError, ValueError) as error:
        raise WrongPassphrase("the passphrase does not open this share") from error
    return Share(
        label.number, label.needed, label.made, label.split, label.public_key, bytes(secret)
    )


def _head(share: Share, call: str, custodian: str) -> str:
    said = (
        VERSION,
        call,
        custodian,
        f"{share.number} of {share.made}, {share.needed} needed",
        share.public_key.hex(),
        share.split.hex(),
    )
    if any(not one.isprintable() or one != one.strip() or not one for one in said):
        raise ValueError("a label is one line of text")
    return "\n".join(f"{name}: {value}" for name, value in zip(_LABELS, said, strict=True))


def _stretched(passphrase: str, salt: bytes) -> bytes:
    if len(salt) != _SALT_BYTES:
        raise NotThisFormat("the share is cut short")
    return nacl.pwhash.argon2id.kdf(
        nacl.secret.Aead.KEY_SIZE,
        normalize("NFKC", passphrase).encode(),
        salt,
        opslimit=nacl.pwhash.argon2id.OPSLIMIT_MODERATE,
        memlimit=nacl.pwhash.argon2id.MEMLIMIT_MODERATE,
    )


def _parts(text: str) -> tuple[str, list[str]]:
    """Return the readable head and the lines of the body, whatever surrounds them."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        begin = lines.index(BEGIN)
        end = lines.index(END, begin)
        empty = lines.index("", begin, end)
    except ValueError as error:
        raise NotThisFormat("this is no share: its first or last line is missing") from error
    return _whole(lines[begin + 1 : empty]), [one for one in lines[empty + 1 : end] if one]


def _whole(lines: list[str]) -> str:
    """Return the head with a label in one line each: paper breaks a long one at a space."""
    joined: list[str] = []
    for line in lines:
        if joined and line.partition(": ")[0] not in _LABELS:
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _lines(data: bytes) -> list[str]:
    signs = _signs(data)
    rows = [signs[at : at + _LINE] for at in range(0, len(signs), _LINE)]
    return [f"{_grouped(row)} {_check(row, number)}" for number, row in enumerate(rows, start=1)]


def _grouped(row: str) -> str:
    return " ".join(row[at : at + _GROUP] for at in range(0, len(row), _GROUP))


def _bytes(lines: list[str]) -> bytes:
    rows = []
    for number, line in enumerate(lines, start=1):
        signs = re.sub(r"[\s-]", "", line.upper()).translate(_MEANT)
        row, check = signs[:-_CHECK], signs[-_CHECK:]
        if not row or set(signs) - set(_ALPHABET) or _check(row, number) != check:
            raise MistypedLine(number)
        rows.append(row)
    value = "".join(rows)
    bits = "".join(f"{_ALPHABET.index(sign):05b}" for sign in value)
    size = len(bits) // 8
    if "1" in bits[size * 8 :]:
        raise MistypedLine(len(rows))
    return bytes(int(bits[at * 8 : at * 8 + 8], 2) for at in range(size))


def _signs(data: bytes) -> str:
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    return "".join(_ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, len(bits), 5))


def _check(row: str, number: int) -> str:
    """Return two signs (10 bits) over a line and its place: a slip stays unseen once in 1,024."""
    digest = hashlib.sha256(f"{number}:{row}".encode()).digest()
    value = int.from_bytes(digest[:2], "big")
    return _ALPHABET[value >> 11] + _ALPHABET[(value >> 6) & 31]
