"""Name evidence of many pairs, on several processors."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from minka.methods.linkage.evidence import Names, compare_names
from minka.methods.linkage.records import Prepared
from minka.methods.linkage.vocabulary import Vocabulary

Ints = NDArray[np.int64]
_ALONE = 60_000  # fewer pairs than this are not worth a second process
_CHUNK = 50_000


class _Shared:
    """What the child processes find in their copy of the parent's memory."""

    names: list[Names]
    vocabulary: Vocabulary


def name_codes(prepared: Prepared, left: Ints, right: Ints, *, processes: int = 2) -> Ints:
    """Return `NameEvidence.code` of each pair; pairs of the same names are compared once."""
    names, vocabulary = prepared.names, prepared.vocabulary
    distinct = sorted(set(names), key=spelled)  # each pair is read the same way round
    known = {one: number for number, one in enumerate(distinct)}
    ids = np.array([known[one] for one in names], dtype=np.int64)
    a, b = ids[left], ids[right]
    packed = np.minimum(a, b) * len(distinct) + np.maximum(a, b)
    unique, inverse = np.unique(packed, return_inverse=True)
    _Shared.names, _Shared.vocabulary = distinct, vocabulary
    if len(unique) < _ALONE or processes < 2 or not hasattr(os, "fork"):
        codes = _codes(unique, len(distinct))
    else:
        chunks = [unique[at : at + _CHUNK] for at in range(0, len(unique), _CHUNK)]
        with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
            parts = pool.map(_codes, chunks, [len(distinct)] * len(chunks))
            codes = np.concatenate(list(parts))
    result: Ints = codes[inverse]
    return result


def spelled(names: Names) -> list[tuple[str, str, str, str, bool]]:
    """Order names by this before they are compared: a pair is then always read alike."""
    return [
        (name.key, name.legal, name.branch, " ".join(sorted(name.ranks)), name.cut)
        for name in (names.main, *names.others)
    ]


def _codes(packed: Ints, size: int) -> Ints:
    names, vocabulary = _Shared.names, _Shared.vocabulary
    return np.fromiter(
        (
            compare_names(names[pair // size], names[pair % size], vocabulary).code
            for pair in packed.tolist()
        ),
        dtype=np.int64,
        count=len(packed),
    )
