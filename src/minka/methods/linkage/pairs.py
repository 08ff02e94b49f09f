"""Name evidence of many pairs, on several processors."""

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from minka.methods.linkage.evidence import Names, compare_names, with_cross
from minka.methods.linkage.plain_names import NOT_PLAIN, PlainNames
from minka.methods.linkage.records import Prepared
from minka.methods.linkage.vocabulary import Vocabulary

Ints = NDArray[np.int64]
_ALONE = 60_000  # fewer pairs than this are not worth a second process
_CHUNK = 50_000


@dataclass(frozen=True, slots=True)
class _Names:
    """Different names, and what it takes to compare them."""

    names: list[Names]
    plain: PlainNames
    vocabulary: Vocabulary

    def codes(self, packed: Ints) -> Ints:
        """Return the code of each pair of names, packed as first · number of names + second."""
        a, b = packed // len(self.names), packed % len(self.names)
        codes = self.plain.codes(a, b)
        rest = np.flatnonzero((codes == NOT_PLAIN) | self.plain.crossed(a, b))
        codes[rest] = [
            with_cross(code, self.names[one], self.names[other], self.vocabulary)
            if code != NOT_PLAIN
            else compare_names(self.names[one], self.names[other], self.vocabulary).code
            for code, one, other in zip(
                codes[rest].tolist(), a[rest].tolist(), b[rest].tolist(), strict=True
            )
        ]
        return codes


class _Shared:
    """What the child processes find in their copy of the parent's memory."""

    names: _Names


def name_codes(prepared: Prepared, left: Ints, right: Ints, *, processes: int = 2) -> Ints:
    """Return `NameEvidence.code` of each pair; pairs of the same names are compared once."""
    rows, at = np.unique(np.concatenate([left, right]), return_inverse=True)
    names, vocabulary = [prepared.names[row] for row in rows.tolist()], prepared.vocabulary
    distinct = sorted(set(names), key=spelled)  # each pair is read the same way round
    known = {one: number for number, one in enumerate(distinct)}
    ids = np.array([known[one] for one in names], dtype=np.int64)[at]
    a, b = ids[: len(left)], ids[len(left) :]
    packed = np.minimum(a, b) * len(distinct) + np.maximum(a, b)
    unique, inverse = np.unique(packed, return_inverse=True)
    compared = _Names(distinct, PlainNames(distinct, vocabulary), vocabulary)
    chunks = [unique[at : at + _CHUNK] for at in range(0, len(unique), _CHUNK)]
    if len(unique) < _ALONE or processes < 2 or not hasattr(os, "fork"):
        parts = [compared.codes(chunk) for chunk in chunks]
    else:
        _Shared.names = compared
        with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
            parts = list(pool.map(_codes, chunks))
        del _Shared.names
    result: Ints = np.concatenate([np.zeros(0, np.int64), *parts])[inverse]
    return result


def _codes(packed: Ints) -> Ints:
    return _Shared.names.codes(packed)


def spelled(names: Names) -> list[tuple[str, str, str, str, bool]]:
    """Order names by this before they are compared: a pair is then always read alike."""
    return [
        (name.key, name.legal, name.branch, " ".join(sorted(name.ranks)), name.cut)
        for name in (names.main, *names.others)
    ]
