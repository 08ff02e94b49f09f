"""Find and cover names that a text must not give away. Pure."""

import re
import unicodedata
from collections.abc import Iterable

SHORTEST = 4  # shorter words than this are ordinary words too often to be told apart
_LEGAL_FORM = re.compile(
    r"[\s,]+(?:s\.?\s?a\.?\s?a\.?|s\.?\s?a\.?\s?c\.?|s\.?\s?r\.?\s?l\.?|e\.?\s?i\.?\s?r\.?\s?l\.?"
    r"|s\.?\s?a\.?|inc\.?|ltda?\.?|llc)\s*$",
    re.IGNORECASE,
)


def name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds any of `names` as whole words; None when there is none to find.

    Case, accents and the run of spaces do not matter, and the legal form (S.A.A., S.A.C., Ltd …)
    may be missing. Names of fewer than four letters are not looked for.
    """
    wanted = {form for name in names for form in _forms(name) if len(form) >= SHORTEST}
    if not wanted:
        return None
    longest_first = sorted(wanted, key=lambda form: (-len(form), form))
    return re.compile(
        r"(?<!\w)(?:" + "|".join(map(_loosely, longest_first)) + r")(?!\w)", re.IGNORECASE
    )


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Return what of `names` stands in `text`, as it is written there, in order."""
    pattern = name_pattern(names)
    return pattern.findall(unicodedata.normalize("NFC", text)) if pattern else []


def redact(text: str, names: Iterable[str], mark: str) -> str:
    """Return `text` with `mark` in the place of every one of `names`."""
    pattern = name_pattern(names)
    if pattern is None:
        return text
    return pattern.sub(lambda _found: mark, unicodedata.normalize("NFC", text))


def _forms(name: str) -> set[str]:
    whole = " ".join(unicodedata.normalize("NFC", name).split())
    return {whole, _LEGAL_FORM.sub("", whole).strip(" ,.")}


def _loosely(name: str) -> str:
    """Return a pattern for `name` where a letter also stands for itself with another accent."""
    return "".join(r"\s+" if letter == " " else _letter(letter) for letter in name)


def _letter(letter: str) -> str:
    bare = unicodedata.normalize("NFD", letter)[0].lower()
    family = {"a": "aáàâä", "e": "eéèêë", "i": "iíìîï", "o": "oóòôö", "u": "uúùûü", "n": "nñ"}
    return f"[{family[bare]}]" if bare in family else re.escape(letter)
