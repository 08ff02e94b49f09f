"""Repairs of a single text, each of which says what it did."""

import html
import re
from collections.abc import Callable
from functools import partial

import ftfy

from minka.knowledge.sources.fields import Field
from minka.knowledge.sources.problems import Problem
from minka.methods.text import search_key, tidy

Report = Callable[[Problem], None]

_SUSPICIOUS = re.compile(
    "[ÂÃâ][\u0080-\u00bf\u2010-\u203a\u20ac\u0152-\u0192\u02c6-\u02dc\u2122\ufffd]|[\x80-\x9f]"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_LOST = re.compile(r"\w¿|¿\w*\W*$|(?<!^)¿\w+(?![^¿]*\?)|\ufffd")
# `·` stands for the letter that was lost.
_DAMAGED = tuple(
    (re.compile(pattern.replace("·", "[¿\ufffd]"), re.IGNORECASE), letter)
    for pattern, letter in (
        (r"\w[cgstx]i·n\b", "ó"),
        (r"\buni·n\b|\bcami·n\b|\bcart·n\b|\bjap·n\b", "ó"),
        (r"\w(?:er|og|erg|om|or|tr)·as?\b", "í"),
        (r"\bcompa·[ií]as?\b|\bdise·\w+|\bpeque·\w+|\bespa·\w+|\ba·os?\b|\bse·al\w*", "ñ"),
        (r"\bmonta·as?\b|\bca·[oó]n\b|\bense·an\w+|\bnu·ez\b|\bmu·oz\b", "ñ"),
        (r"\ban·nim[ao]s?\b", "ó"),
        (r"\bper·(?!\w)", "ú"),
        (r"\bm·quin\w+|\bpl·stic\w+|\bhidr·ulic\w+|\w*mec·nic\w+", "á"),
        (r"\w*el·ctric\w+|\bt·cnic\w+|\bm·dic\w+", "é"),
        (r"\w*qu·mic\w+|\blog·stic\w+|\bpolic·as?\b|\bmar·a\b|\bgarc·a\b", "í"),
        (r"\belectr·nic\w+|\becon·mic\w+|\btecnol·gic\w+|\bgeol·gic\w+", "ó"),
        (r"\bp·blic[oa]s?\b|\bm·ltipl\w+", "ú"),
    )
)
_SHEET_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})

# Search keys of what people write where there is nothing.
_NOTHING = frozenset({
    "", "na", "n a", "n d", "nd", "nd mes", "s n", "s d", "s i", "no", "null", "none", "nil", "nan",
    "no tiene", "no aplica", "no registra", "no disponible", "no especifica", "no hay", "ninguno",
    "ninguna", "sin dato", "sin datos", "sin informacion", "sin ruc", "sin correo",
    "sin telefono", "en tramite", "pendiente", "por definir", "not available", "not applicable",
    "unknown", "desconocido", "vacio", "xxx", "en construccion",
})  # fmt: skip


def is_nothing(text: str) -> bool:
    """Tell cells that say there is no value: `-`, `N/A`, `NULL`, `#REF!`, `no tiene`."""
    return len(text) < 24 and (search_key(text) in _NOTHING or text.strip() in _SHEET_ERRORS)


def repair_text(text: str, field: Field, report: Report) -> str:
    """Undo what programs did to a text: mojibake, web entities, stray quotes, padding."""
    clean = text
    if _SUSPICIOUS.search(clean):
        fixed = ftfy.fix_encoding(clean)
        if fixed != clean:
            report(Problem("encoding_repaired", field, text, tidy(fixed)))
            clean = fixed
    if "&" in clean and _ENTITY.search(clean):
        unescaped = html.unescape(html.unescape(clean))  # exports escape twice: &amp;#39;
        if unescaped != clean:
            report(Problem("entities_repaired", field, text, tidy(unescaped)))
            clean = unescaped
    if "\\" in clean or '"' in clean:
        unquoted = _unquote(clean)
        if unquoted != clean:
            report(Problem("quotes_removed", field, text, tidy(unquoted)))
            clean = unquoted
    padded = clean
    clean = tidy(clean)
    if clean and clean != padded:
        report(Problem("spaces_removed", field, text, clean))
    if ("¿" in clean or "\ufffd" in clean) and (restored := _restore(clean)) != clean:
        report(Problem("letters_restored", field, text, restored))
        clean = restored
    if ("¿" in clean or "\ufffd" in clean) and _LOST.search(clean):
        report(Problem("letters_lost", field, text))
    return clean


def _restore(text: str) -> str:
    """Put back letters that became a mark, where the rest of the word leaves no doubt."""
    for word, letter in _DAMAGED:
        text = word.sub(partial(_like, letter), text)
    return text


def _like(letter: str, found: re.Match[str]) -> str:
    around = found[0].replace("¿", "").replace("\ufffd", "")
    written = letter.upper() if around.isupper() else letter
    return re.sub("[¿\ufffd]", written, found[0], count=1)


def _unquote(text: str) -> str:
    """Drop backslashes and the quotation marks that quote nothing."""
    if "\\" in text:  # escapes that were cut through: their marks no longer pair
        return text.replace("\\", "").replace('"', "").strip()
    bare = re.sub(r'"{2,}', '"', text).strip()
    if bare.count('"') == 2 and bare[0] == bare[-1] == '"':
        return bare[1:-1].strip()
    if bare.count('"') % 2 == 0:
        return bare
    if bare.endswith('"') or bare.startswith('"'):
        return (bare[:-1] if bare.endswith('"') else bare[1:]).strip()
    return bare.replace('"', " ")
