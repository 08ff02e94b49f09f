"""Spanish and English words that mean the same, by their roots."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from minka.methods.search.analyser import root


@cache
def partners() -> Mapping[str, tuple[str, ...]]:
    """Return, for every root of the lexicon, the words of the other language."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for line in files(__package__).joinpath("lexicon.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        spanish, english = (sides.split(",") for sides in line.split())
        for one in spanish:
            for other in english:
                if root(one) != root(other):
                    found[root(one)][other] = found[root(other)][one] = None
    return {one: tuple(others) for one, others in found.items()}


@cache
def translations() -> Mapping[str, tuple[str, ...]]:
    """Return, for every root of the lexicon, the roots of the other language."""
    return {one: tuple(dict.fromkeys(map(root, words))) for one, words in partners().items()}
