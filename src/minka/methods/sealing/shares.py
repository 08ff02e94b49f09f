"""A private key in n shares, any k of which give it back, and fewer nothing.

Shamir, "How to share a secret", Communications of the ACM 22 (1979), over GF(2^128) as
pycryptodome has it. Its secrets have 16 bytes, so that each half of a key is split on its own.
Fewer than k shares are consistent with every key; that k give the right one is seen by its public
half, which every share carries.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from Crypto.Protocol.SecretSharing import Shamir

from minka.methods.sealing.failures import WrongShares
from minka.methods.sealing.keys import KEY_BYTES, clamped, public_key_of

_HALF = KEY_BYTES // 2
SET_BYTES = 8
MOST_SHARES = 255


@dataclass(frozen=True, slots=True)
class Share:
    """What one custodian holds.

    Args:
        number: of the share, from 1.
        needed: how many give the key (k).
        made: how many there are (n).
        split: names the splitting: shares of two splittings of one key do not fit together.
        public_key: of the call, 32 bytes.
        secret: 32 bytes; nothing may log or keep them.
    """

    number: int
    needed: int
    made: int
    split: bytes
    public_key: bytes
    secret: bytes

    def __repr__(self) -> str:
        return f"<Share {self.number} of {self.made}, {self.needed} needed>"


def split_key(private_key: bytes, *, needed: int, made: int) -> tuple[Share, ...]:
    """Return `made` shares of a private key, any `needed` of which give it back.

    Raises:
        ValueError: unless 2 <= needed <= made <= 255.
    """
    if not 2 <= needed <= made <= MOST_SHARES:
        raise ValueError("2 <= needed <= made <= 255")
    public_key, split = public_key_of(private_key), secrets.token_bytes(SET_BYTES)
    private_key = clamped(private_key)
    halves = [dict(Shamir.split(needed, made, private_key[at : at + _HALF])) for at in (0, _HALF)]
    return tuple(
        Share(number, needed, made, split, public_key, halves[0][number] + halves[1][number])
        for number in range(1, made + 1)
    )


class Joined(NamedTuple):
    """A private key, and the numbers of the shares that gave it."""

    private_key: bytes
    numbers: tuple[int, ...]


def join_shares(shares: Collection[Share]) -> bytes:
    """Return the private key that k shares of one splitting give; raises what `joined` raises."""
    return joined(shares).private_key


def joined(shares: Collection[Share]) -> Joined:
    """Return the private key that k shares of one splitting give, and which k those were.

    More than k are used as well: should one of them be wrong, every choice of k is tried.

    Raises:
        WrongShares: they are too few, of several splittings, or one of them was changed.
    """
    known = {share.number: share for share in shares}
    if len({(one.split, one.needed, one.made, one.public_key) for one in known.values()}) != 1:
        raise WrongShares("the shares are not of one splitting")
    one = next(iter(known.values()))
    if len(known) < one.needed:
        raise WrongShares(f"{one.needed} shares are needed, and {len(known)} are here")
    for chosen in _choices(sorted(known.values(), key=lambda share: share.number), one.needed):
        key = b"".join(
            Shamir.combine([(share.number, share.secret[at : at + _HALF]) for share in chosen])
            for at in (0, _HALF)
        )
        if key == clamped(key) and public_key_of(key) == one.public_key:
            return Joined(key, tuple(share.number for share in chosen))
    raise WrongShares("a share is wrong: together they do not give the key of the call")


def _choices(shares: Sequence[Share], size: int) -> Sequence[tuple[Share, ...]]:
    """Return the choices to try: with one wrong share among k + 1, one of them is right."""
    first = [tuple(shares[:size])]
    return first + [
        tuple(share for share in shares[: size + 1] if share is not left)
        for left in shares[: size + 1]
        if len(shares) > size
    ]
