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
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    folded = unicodedata.normalize("NFKD", text)
    for _ in range(2):  # folding may compose new letters, which decompose in turn
        folded = unicodedata.normalize("NFKD", folded.casefold().replace("ı", "i"))
    bare = "".join(c for c in folded if not unicodedata.category(c).startswith("M"))
    return _NOT_WORD.sub(" ", bare).strip()


def tidy(text: str) -> str:
    """Collapse spaces and line breaks, drop invisible and control characters, compose accents."""
    composed = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    printable = "".join(" " if unicodedata.category(c) == "Cc" else c for c in composed)
    return " ".join(printable.split())
