"""Words as people write them, and the plain key under which two spellings meet."""

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def search_key(text: str) -> str:
    """Fold case, accents and punctuation away: `"  Cía. Minera ÑAÑA  "` → `"cia minera nana"`.

    Idempotent; the result holds only letters and digits separated by single spaces, and is empty
    when the text has neither.
    """
    plain = text if text.isascii() else text.translate(_PLAIN)
    if plain.isascii():
        return _NOT_WORD.sub(" ", plain.lower()).strip()
    return _NOT_WORD.sub(" ", _bare(text)).strip()


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text)
    for _ in range(2):  # folding may compose new letters, which decompose in turn
        folded = unicodedata.normalize("NFKD", folded.casefold().replace("ı", "i"))
    return "".join(c for c in folded if not unicodedata.category(c).startswith("M"))


# What becomes of each letter and mark that Latin languages are written with.
_PLAIN = {
    code: _NOT_WORD.sub(" ", _bare(chr(code)))
    for code in (*range(0x80, 0x250), *range(0x2010, 0x2028))
}


def tidy(text: str) -> str:
    """Collapse spaces and line breaks, drop invisible and control characters, compose accents."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    if not composed.isprintable():
        composed = "".join(" " if unicodedata.category(c) == "Cc" else c for c in composed)
    return " ".join(composed.split())
