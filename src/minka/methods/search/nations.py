"""Which country a name speaks of: `Sociedad Peruana de …`, `… of Peru`, `Peruvian …`."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from minka.methods.search.analyser import roots

LONGEST = 3  # words


@cache
def nations() -> Mapping[tuple[str, ...], int]:
    """Return the country, as a number, of every phrase of roots that names one."""
    lines = files(__package__).joinpath("nations.txt").read_text("utf-8").splitlines()
    countries = [line.split(",") for line in lines if not line.startswith("#")]
    return {tuple(roots(way)): number for number, ways in enumerate(countries) for way in ways}


def named(roots: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield (country, from, to) of every country that a run of roots names, the longest first."""
    known, at = nations(), 0
    while at < len(roots):
        for size in range(min(LONGEST, len(roots) - at), 0, -1):
            country = known.get(tuple(roots[at : at + size]))
            if country is not None:
                yield country, at, at + size
                at += size - 1
                break
        at += 1
