"""A key under which Spanish words that sound alike meet.

Source: the merges of Peruvian Spanish (seseo, yeísmo, b = v, silent h), in the manner of
Philips (1990), "Hanging on the Metaphone".
"""

import re
from functools import lru_cache

_RULES = tuple((re.compile(pattern), sound) for pattern, sound in (
    (r"ph", "f"), (r"sh|ch", "X"), (r"h", ""), (r"gu(?=[ei])", "g"), (r"qu(?=[ei])|q|k", "K"),
    (r"c(?=[ei])|z", "s"), (r"c", "K"), (r"g(?=[ei])", "j"), (r"x", "s"), (r"v|w", "b"),
    (r"ll|y", "i"), (r"[nm](?=[bpfv])", "n"), (r"(.)\1+", r"\1"),
))  # fmt: skip


@lru_cache(maxsize=200_000)
def sound_key(word: str) -> str:
    """`"servisios"` and `"servicios"`, `"kuntur"` and `"cuntur"`, `"qoya"` and `"kolla"` meet."""
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word
