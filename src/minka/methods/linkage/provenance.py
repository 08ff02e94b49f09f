"""What it tells that a row stands in a source: of which country, and whether twice."""

from collections import defaultdict
from dataclasses import dataclass, field

from minka.methods.linkage.evidence import Names

REGISTRY = "registry."  # begins the scheme of an identifier that is no tax number
# A register names everybody once; a list that people keep, some of them twice.
NEVER, SELDOM, OFTEN = "never", "seldom", "often"
_NEVER, _SELDOM = 0.008, 0.02  # shares of rows that name again who was named before
# Before anything is seen: as if 1 of 40 rows had been such a one.
_PRIOR_REPEATS, _PRIOR_ROWS = 1.0, 40.0
_SEEN_BY_NAME = 0.3  # of rows that name one again, those that write the name the same way
_NOT_OF_A_COUNTRY = frozenset({"co", "io", "tv", "me", "ai", "cc", "ws", "fm", "to", "ly", "eu"})
_CODES = {"uk": "GB"}


def country_of_domain(host: str) -> str:
    """Return the country that a domain name ends with, or empty; `.co` and its like sell to all."""
    parts = host.lower().rstrip(".").split(".")
    end = parts[-1]
    if len(parts) < 2 or len(end) != 2 or not end.isalpha():
        return ""
    if end in _NOT_OF_A_COUNTRY and len(parts) < 3:
        return ""
    return "" if end == "eu" else _CODES.get(end, end.upper())


RepeatKey = tuple[str, ...]


def repeat_key(names: Names, tax: str, region: str, country: str) -> RepeatKey:
    """Return what two rows of one source share when they name the same organisation alike."""
    if tax:
        return (tax,)
    main = names.main
    ranks = " ".join(sorted(main.ranks))
    return "", main.key, main.legal, main.branch, main.letter, ranks, region, country


@dataclass(slots=True)
class Tally:
    """Rows of each source, and how many of them repeat one before, by tax id and by name."""

    rows: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    taxed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    repeats: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, source: str, key: RepeatKey, count: int) -> None:
        """Count the rows of a source that have one key."""
        self.rows[source] += count
        self.taxed[source] += count if key[0] else 0
        self.repeats[source] += count - 1

    def classes(self) -> dict[str, str]:
        """Return of each source how often it names one organisation twice."""
        return {source: _class(self.share(source)) for source in self.rows}

    def share(self, source: str) -> float:
        """Estimate the share of rows that name again who was named before.

        Two rows of one organisation are seen to be that when both have their tax id, or write the
        name the same way; the share is put up by how seldom that is.
        """
        taxed = self.taxed[source] / self.rows[source]
        seen = taxed**2 + _SEEN_BY_NAME * (1 - taxed) ** 2
        exposed = self.rows[source] * seen
        return (self.repeats[source] + _PRIOR_REPEATS) / (exposed + _PRIOR_ROWS)


def _class(share: float) -> str:
    if share < _NEVER:
        return NEVER
    return SELDOM if share < _SELDOM else OFTEN
