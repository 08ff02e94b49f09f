"""Find the concepts of a vocabulary in running text. Pure: no Django, no database, no clock.

Two kinds of label. A *sign* (`Cu`, `SX`, `TSF`, `I+D`) is compared as it is written, as a whole
token: `Cu` is not in “cubrir”, nor `SX` in “sx”. *Words* are compared folded (case, accents) and
brought to the singular, so that “plantas concentradoras” is “planta concentradora”. Where labels
overlap in the text, the longest wins: “tajo abierto” is not also “tajo”.
"""

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from minka.methods.text import search_key

Key = TypeVar("Key", bound=Hashable)

_TOKEN = re.compile(r"[^\W_]+(?:[+&][^\W_]+)*")
_SIGN = re.compile(r"(?=.*[A-Z])[A-Za-z0-9+&]{1,6}\Z")
_VOWELS = frozenset("aeiou")
MIN_WORD = 4  # letters; shorter words are left as they are: “gas”, “más”


@dataclass(frozen=True, slots=True)
class Match(Generic[Key]):
    """A concept and the words of the text by which it was found."""

    key: Key
    words: str


@dataclass(slots=True)
class Vocabulary(Generic[Key]):
    """Labels made ready to be looked for; build it once with `build`, use it on many texts."""

    phrases: dict[tuple[str, ...], Key] = field(default_factory=dict)
    signs: dict[str, Key] = field(default_factory=dict)
    longest: int = 1

    @classmethod
    def build(cls, labels: Iterable[tuple[Key, str]]) -> "Vocabulary[Key]":
        """Return the vocabulary of (concept, label) pairs; the first concept keeps a label."""
        made: Vocabulary[Key] = cls()
        for key, label in labels:
            if is_sign(label):
                made.signs.setdefault(label.strip(), key)
            elif phrase := tuple(singular(word) for word in search_key(label).split()):
                made.phrases.setdefault(phrase, key)
                made.longest = max(made.longest, len(phrase))
        return made


def is_sign(label: str) -> bool:
    """Tell a symbol or an acronym from a word: short, no space, and by its capitals.

    `Cu`, `SX`, `TSF`, `I+D`, `4D` are signs; `Gas`, `Oro`, `agua`, `tajo abierto` are words. A
    capital followed by small letters is a sign only if it is as short as a chemical symbol.
    """
    text = label.strip()
    if not _SIGN.match(text):
        return False
    return len(text) <= 2 or sum(c.isupper() for c in text) >= 2


def singular(word: str) -> str:
    """Return one form for singular and plural of a folded Spanish or English word.

    It is a key for comparing, not a dictionary: `relaves` and `relave` → `relav`, `mills` and
    `mill` → `mill`, `voladuras` → `voladur`, `operaciones` and `operacion` → `operacion`.
    """
    if len(word) < MIN_WORD or not word.isalpha():
        return word
    if word.endswith("ces"):  # luces, luz
        return word[:-3] + "z"
    if word.endswith("ies"):  # assemblies, assembly
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > MIN_WORD and word[-1] in _VOWELS:
        word = word[:-1]
    return word


def find_themes(text: str, vocabulary: Vocabulary[Key]) -> list[Match[Key]]:
    """Return each concept that the text names, once, in the order of its first appearance.

    Args:
        text: in Spanish or English, of any length; time grows with its words only.
        vocabulary: made by `Vocabulary.build`.
    """
    found: dict[Key, str] = {}
    for key, words in _walk(text, vocabulary):
        found.setdefault(key, words)
    return [Match(key, words) for key, words in found.items()]


def _walk(text: str, vocabulary: Vocabulary[Key]) -> Iterator[tuple[Key, str]]:
    tokens = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    folded = [[singular(part) for part in search_key(token).split()] for token, _, _ in tokens]
    position = 0
    while position < len(tokens):
        token, start, _end = tokens[position]
        phrase, used, best = [], 0, None
        for ahead in range(position, min(position + vocabulary.longest, len(tokens))):
            if ahead > position and _breaks(text[tokens[ahead - 1][2] : tokens[ahead][1]]):
                break
            phrase.extend(folded[ahead])
            if (key := vocabulary.phrases.get(tuple(phrase))) is not None:
                best, used = key, ahead - position + 1
        if best is not None:
            yield best, text[start : tokens[position + used - 1][2]]
        elif token in vocabulary.signs:
            yield vocabulary.signs[token], token
        position += max(used, 1)


def _breaks(between: str) -> bool:
    """Whether a label cannot run on across these characters: a sentence or a clause ends."""
    return any(mark in between for mark in ".;:,!?()\n")
