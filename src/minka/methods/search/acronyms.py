"""Whether some letters stand for a name: `CONICET`, COnsejo Nacional de Investigaciones….

The name may be in the other language: of *Argentine Antarctic Institute* the acronym is IAA, for
in Spanish the noun comes first.
"""

from collections.abc import Sequence
from functools import lru_cache

from minka.methods.search.analyser import LINKS, root, words_of
from minka.methods.search.bilingual import partners

FIRST, FURTHER, SKIPPED, SMALL, STRAY, MOVED, LEFT = 1.0, 0.75, 0.45, 0.02, 0.9, 0.06, 0.15
OMITTED, LATER = 0.6, 0.6  # the same where nothing may be swapped
_FROM_A_WORD = 8
_BREAKS = frozenset("of for in on and de del para en y e the la el d i dels".split())  # noqa: SIM905 -- read as words
Word = tuple[str, ...]  # its spellings, the one that stands there first


def fit(letters: str, name: str) -> float:
    """Return how well `letters` are made of beginnings of the words of `name`: 1 is a perfect fit.

    In order, a word may be left out and a small word be taken; each costs. Both may be raw text.
    """
    letters = "".join(words_of(letters))
    if not letters:
        return 0.0
    best = 0.0
    for number, order in enumerate(orders(name)):
        best = max(best, _consume(letters, order) - MOVED * min(number, 1))
    return best


def initials(name: str) -> frozenset[str]:
    """Return the letters that an acronym of the name may be made of."""
    return frozenset(one[0] for word in orders(name)[0] for one in word)


@lru_cache(maxsize=20_000)
def orders(name: str) -> tuple[tuple[Word, ...], ...]:
    """Return the words as they stand, and as the other language would order them."""
    words = words_of(name)
    spelt = [_spellings(word) for word in words]
    phrases: list[list[Word]] = [[]]
    for word, spellings in zip(words, spelt, strict=True):
        if word in _BREAKS:
            phrases += [[spellings], []]
        else:
            phrases[-1].append(spellings)
    turned = [one for phrase in phrases for one in reversed(phrase)]
    led = [one for phrase in phrases for one in phrase[-1:] + phrase[:-1]]
    return tuple(dict.fromkeys((tuple(spelt), tuple(turned), tuple(led))))


def _spellings(word: str) -> Word:
    if word in LINKS:
        return (word,)
    others = list(partners().get(root(word), ()))
    if word[0] == "s" and word[1:2] not in "aeiou":
        others.append(f"e{word}")
    if word.startswith("ph"):
        others.append(f"f{word[2:]}")
    return (word, *others)


def _consume(letters: str, words: tuple[Word, ...]) -> float:
    """Return the best score of all ways to take the letters from the words, by position."""
    size = len(letters)
    # score of having used the words so far and letters up to each position
    reached = [-STRAY * at for at in range(size + 1)]
    left = sum(word[0] not in LINKS for word in words)
    best = 0.0
    for word in words:
        is_small = len(word) == 1 and word[0] in LINKS
        left -= not is_small
        cost = SMALL if is_small else SKIPPED
        then = [one - cost for one in reached]
        for spelling in dict.fromkeys(one[:_FROM_A_WORD] for one in word):
            for start in range(size):
                gained = reached[start]
                for length in range(min(len(spelling), size - start)):
                    if letters[start + length] != spelling[length]:
                        break
                    gained += FIRST if not length else FURTHER
                    at = start + length + 1
                    then[at] = max(then[at], gained)
        for at in range(1, size + 1):
            then[at] = max(then[at], then[at - 1] - STRAY)
        reached = then
        best = max(best, reached[size] - LEFT * left)
    return best / size


def strictly(letters: str, words: Sequence[str]) -> float:
    """Return how well letters are made of the beginnings of words in this order, none swapped.

    No letter may be left out; a word that is left out costs more than in `fit`.
    """
    reached = {0: 0.0}
    for word in words:
        then = {at: score - OMITTED for at, score in reached.items()}
        for start, score in reached.items():
            gained = score
            for length, letter in enumerate(word[: len(letters) - start]):
                if letters[start + length] != letter:
                    break
                gained += FIRST if not length else LATER
                at = start + length + 1
                then[at] = max(then.get(at, gained), gained)
        reached = then
    return max(0.0, reached.get(len(letters), 0.0)) / max(1, len(letters))
