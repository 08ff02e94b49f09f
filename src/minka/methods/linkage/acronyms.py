"""Names made of the beginnings of another name's words: `CONCELSA`, CONstrucciones CELla S.A."""

from functools import lru_cache

from minka.methods.linkage.names import Name

_SUFFIXES = ("", "sa", "sac", "srl", "eirl", "peru", "s", "corp")


def acronym_bits(short: Name, full: Name) -> float:
    """Return about how much it tells, in bits, that `short` is made of beginnings of `full`."""
    if len(short.words) != 1 or len(full.words) < 2 or short.words[0][0] != full.words[0][0]:
        return 0.0
    word = short.words[0]
    if not 3 <= len(word) <= 16 or word in full.words:
        return 0.0
    return _acronym(word, full.words)


@lru_cache(maxsize=200_000)
def _acronym(word: str, words: tuple[str, ...]) -> float:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            core = word[: len(word) - len(suffix)] if suffix else word
            if _made_of(core, words, 0, 0):
                return 2.5 * len(core)
    return 0.0


def _made_of(core: str, words: tuple[str, ...], skipped: int, at: int) -> bool:
    """Consume `core` by beginnings of the words in order; at most one word may be left out."""
    if not core:
        return len(words) - at + skipped <= max(0, len(words) // 3)
    if at == len(words):
        return False
    word = words[at]
    longest = 0
    while longest < min(len(core), len(word), 5) and core[longest] == word[longest]:
        longest += 1
    for size in range(longest, 0, -1):
        if _made_of(core[size:], words, skipped, at + 1):
            return True
    return at > 0 and skipped < len(words) // 3 and _made_of(core, words, skipped + 1, at + 1)
