"""Marks by which names are found whose acronym somebody types, without looking at every name.

The mark of a name holds the first letters of its first words, in their order and as the other
language would have them. Of an acronym, every choice of as many letters that keeps the first one
may be such a mark.
"""

from collections.abc import Iterator
from itertools import combinations, product

from minka.methods.search.acronyms import orders
from minka.methods.search.analyser import LINKS, words_of

LETTERS = 3
MOST_SPELLINGS, MOST_MARKS, LONGEST = 3, 40, 10


def beginnings(name: str) -> list[str]:
    """Return the marks of a name: `i` and two or three letters."""
    found: dict[str, None] = {}
    for order in orders(name):
        telling = [word for word in order if word[0] not in LINKS][: LETTERS + 1]
        if len(telling) < 2:
            continue
        sign = "j" if len(telling) == 2 else "i"
        choices = [dict.fromkeys(one[0] for one in word[:MOST_SPELLINGS]) for word in telling]
        for size in (2, 3):
            for some in combinations(range(len(choices)), size):
                if some[0] == 0:
                    for letters in product(*(choices[at] for at in some)):
                        found[sign + "".join(letters)] = None
    return [mark for mark in found if mark.isascii()][:MOST_MARKS]


def marks_of(letters: str) -> Iterator[str]:
    """Yield the marks that a name may have for which these letters stand."""
    plain = "".join(words_of(letters))[:LONGEST]
    size = 2 if len(plain) < 3 else 3
    if len(plain) < 2:
        return
    yield from dict.fromkeys(f"j{plain[0]}{one}" for one in plain[1:])
    yield from dict.fromkeys(
        f"i{plain[0]}{''.join(rest)}" for rest in combinations(plain[1:], size - 1)
    )
    if len(plain) == 3:
        yield f"i{plain[:2]}"
