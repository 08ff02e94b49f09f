"""From text to tokens: no accents or case, stems of Spanish and English that meet each other.

A token is `w` and a root, or `x` and the word as it stands (of names, for what is being typed).
All are small ASCII letters and digits that begin with a letter, so that every database takes
each for one word of its full text.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import Stemmer  # type: ignore[import-not-found]  # it has no types

from minka.methods.text import search_key

_SMALL = """
    a al ante con contra da das de del desde do dos e el en entre es esta este hasta la las lo los
    mas no ni o para por que se segun sin sobre su sus u un una y
    an and are as at be by for from in into is it its of on or other than that the this to with
"""
STOP_WORDS = frozenset(_SMALL.split())
LINKS = STOP_WORDS | set("d l i e o els les dels em na nas no nos das ao aos le et di".split())  # noqa: SIM905 -- read as words
LONGEST = 40
APART = "."
_SENTENCE = re.compile(r"[.;!?]\s+|\n")
_STEMS = (Stemmer.Stemmer("spanish"), Stemmer.Stemmer("english"))
_MARK = re.compile(r"(?<=[^\W\d_])[¿\ufffd](?=[^\W\d_])")
_COGNATES = (  # how one Greek or Latin word is spelt in the two languages
    (re.compile(r"^e(?=s[bcdfgklmnpqtv])"), ""),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"[ck]h"), "c"),
    (re.compile(r"rh"), "r"),
    (re.compile(r"sc(?=[ei])"), "c"),
    (re.compile(r"cks?$|q(?=u)|k"), "c"),
    (re.compile(r"nm"), "m"),
    (re.compile(r"y"), "i"),
    (re.compile(r"([b-df-hj-np-tv-z])\1"), r"\1"),
)

_ENDINGS = tuple(  # English endings and what a Spanish word of the same origin ends with
    (re.compile(f"(?<=..){english}$"), spanish)
    for english, spanish in (
        ("tions?", "cion"), ("(?:cao|coes|cio|cions)", "cion"), ("tats?", "dad"),
        ("dades?", "dad"), ("tional(?:ly)?", "cional"), ("(?:it|et)(?:y|ies)", "idad"),
        ("ties", "dad"), ("ological(?:ly)?", "ologico"), ("logies", "logia"),
        ("([lfmn])og?y", r"\1ogia"),
        ("(?<=[gtphnm])(?:y)", "ia"), ("ics", "ica"), ("ical(?:ly)?", "ico"), ("ic", "ico"),
        ("ous", "oso"), ("ments?", "mento"), ("([ae])n(?:ce|cy)s?", r"\1ncia"), ("ancies", "ancia"),
        ("ar(?:y|ies)", "ario"), ("or(?:y|ies)", "orio"), ("isms?", "ismo"), ("ists?", "ista"),
        ("ives?", "ivo"), ("ators?", "ador"), ("ures?", "ura"),
    )
)  # fmt: skip
_GREEK_Y = re.compile(r"(?<=[bcdfghlmnprst])y(?=[bcdfghlmnprst])")
_ENGLISH = re.compile(
    r"[bcdfgklmnprtvxz]s$|ss$|ing$|ings$|ed$|ers?$|y$|ies$|ly$|[kw]|th|sh|oo|ee|gh|ck"
)


def words_of(text: str) -> list[str]:
    """Return the words of a text, plain; a letter that a bad export lost is left out."""
    if "¿" in text or "\ufffd" in text:
        text = re.sub(r"(?i)(?<=[cstxg])i[¿\ufffd]n", "ion", text)
        text = _MARK.sub("", text)
    return [word[:LONGEST] for word in search_key(text.replace("'", "")).split()]


def content_words(text: str) -> list[str]:
    """Return the words that say something."""
    return [word for word in words_of(text) if word not in STOP_WORDS]


@lru_cache(maxsize=200_000)
def root(word: str) -> str:
    """Return where a plain word and its kin of both languages meet.

    `exploración` and `exploration`, `universidades` and `university` have one root. An English
    word of Greek or Latin origin is first given its Spanish ending; a word that looks English has
    the stem of the English stemmer, any other that of the Spanish one.
    Source: Porter, "Snowball" (2001), in the stemmers of PyStemmer.
    """
    if not word.isascii():
        return _foreign(word)
    if len(word) < 4 or any(letter.isdigit() for letter in word):
        return word
    stem = plain = _GREEK_Y.sub("i", word)
    for pattern, ending in _ENDINGS:
        stem, count = pattern.subn(ending, stem)
        if count:
            break
    english = stem == plain and _ENGLISH.search(word)
    stem = (_STEMS[1] if english else _STEMS[0]).stemWord(stem)
    for pattern, letter in _COGNATES:
        stem = pattern.sub(letter, stem)
    bare = stem.rstrip("aeio")
    return bare if len(bare) >= 3 else stem


def surface(word: str) -> str:
    """Return the token of a plain word as it stands."""
    return f"x{word if word.isascii() else _foreign(word)}"


def _foreign(word: str) -> str:
    """Write a word of another alphabet in ours."""
    return "u" + word.encode().hex()[:60]


def roots(text: str) -> list[str]:
    """Return the roots of a text in their order."""
    return [root(word) for word in content_words(text)]


def grams(text: str, size: int = 3) -> set[str]:
    """Return the overlapping pieces of a plain text, its words set apart."""
    padded = f" {text} "
    return {padded[at : at + size] for at in range(len(padded) - size + 1)}


def tokens(texts: Iterable[str]) -> str:
    """Return the roots of several texts as a database keeps them."""
    return " ".join("w" + one for text in texts for one in roots(text))


def entries(texts: Iterable[str]) -> str:
    """Return the roots of several texts, their sentences set apart by a point.

    The point is no word to any database; it tells of how many things somebody speaks.
    """
    sentences = (one for text in texts for one in _SENTENCE.split(text))
    return f" {APART} ".join(filter(None, (tokens([one]) for one in sentences)))
