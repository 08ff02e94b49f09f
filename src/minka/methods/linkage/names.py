"""Taking the name of an organisation apart: its own words, legal form, aliases, branch, number."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from minka.methods.linkage.words import (
    BRANCH_WORDS,
    COMMON,
    IRREGULAR,
    LEGAL_FORMS,
    ORDINALS,
    STOP_WORDS,
    WORD,
)


@dataclass(frozen=True, slots=True)
class Name:
    """One name. `words` keep their order and are without fillers, legal form, branch and rank."""

    words: tuple[str, ...] = ()
    legal: str = ""
    ranks: frozenset[str] = frozenset()
    branch: str = ""
    cut: bool = False  # the cell ended before the name did
    initials: str = ""
    glued: str = ""
    letter: str = ""  # the one it ends with, which may number it: "Lote A"
    place: tuple[str, ...] = ()  # the words of the last place it names

    @property
    def key(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class ParsedNames:
    """What one cell says: its main name, and other names written behind it."""

    main: Name
    aliases: tuple[Name, ...] = ()


_FORM = re.compile("|".join(f"(?P<{form}>{pattern})" for form, pattern in LEGAL_FORMS))
_FORM_ANYWHERE = re.compile(rf"(?<!\S)(?:{_FORM.pattern})(?!\S)")
_POINTED = re.compile(r"\b(\w)\.\s?(?=\w\b)")
_ALIAS = re.compile(r"\s+/+\s*|\s*/\s+|\(([^()]*)\)?|\s+[-–—]+\s*|\s*[-–—]+\s+|\s+-(?=\w)")
_CUT_FORM = re.compile(r"\s(?:s|e|e i|so|soc\w*|em|emp\w*|e i r|s r|s c|s m r)$")
# What is put in another way, and what a name has to hold for looking after it to be worth while.
_MULTI = tuple((needles, re.compile(pattern), meant) for needles, pattern, meant in (
    (("e.i.r.l", "s.a.c", "s.r.l", "sociedad anonima"),
     r"(?<=[a-z]{3})(e\.i\.r\.l|s\.a\.c|s\.r\.l|sociedad anonima)", r" \1"),
    (tuple("0123456789"), r"(?<=[a-z]{4})(?=\d{1,4}\b)", " "),
    (("/",), r"\bm ?/ ?s\b", "multiservicios"),
    (("comun",), r"\bcomun\w*\.? c\w*\.?(?= )", "comunidad campesina"),
    (("m.", "md "), r"\bm(?:\.\s?d\.\s?|d )(?=(?:de )?\w)", "municipalidad distrital "),
    (("m.", "mp "), r"\bm(?:\.\s?p\.\s?|p )(?=(?:de )?\w)", "municipalidad provincial "),
    (("muni",), r"\bmuni\w*\.? p\w*\.?(?= (?:de )?\w)", "municipalidad provincial"),
    (("muni",), r"\bmuni\w*\.? d(?:ist\w*)?\.?(?= (?:de )\w)", "municipalidad distrital"),
))  # fmt: skip
_LEGAL_WORDS = ("responsabilidad", "limitada", "anonima", "cerrada", "individual")
_LOOSE_FORMS: tuple[tuple[str, frozenset[str]], ...] = (
    ("sac", frozenset({"anonima", "cerrada"})),
    ("eirl", frozenset({"individual", "responsabilidad"})),
    ("eirl", frozenset({"individual", "limitada"})),
    ("srl", frozenset({"responsabilidad", "limitada"})),
    ("srl", frozenset({"responsabilidad"})),
    ("sa", frozenset({"anonima"})),
)
_INITIALS = {"sac": "sac", "eirl": "eirl", "srl": "srl", "saa": "saa", "scrl": "srl", "sa": "sa",
             "smrl": "smrl", "erl": "eirl", "eir": "eirl"}  # fmt: skip
_LONGEST_PLACE = 5  # words: "san miguel de el faique"
IsPlace = Callable[[str], bool]


def plain(text: str) -> str:
    """Fold case and accents away and keep the punctuation, which tells where an alias begins."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return text.lower()


@lru_cache(maxsize=4096)  # a cell is asked about for its form, then for its words
def split_legal_form(text: str) -> tuple[str, str]:
    """Return the text without its legal form, wherever that stands, and the form's short name.

    A form is found as it should be written, then by its initials run together or apart, then by
    its words even when they are misspelt, cut or out of order.
    """
    found = None
    for match in _FORM_ANYWHERE.finditer(text):
        if match.start() > 0 or match.end() < len(text):
            at_edge = match.end() == len(text) or (match.start() == 0 and match.end() > 3)
            if at_edge or match.end() - match.start() > 3:
                found = match
    words = text.split()
    if found is not None:
        form = str(found.lastgroup)
        rest = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
        if form == "ltda" and (
            "responsab" in rest or "individual" in rest
        ):  # the other words of a form in disorder
            return _split_loose_form(words)
        return rest, form
    for size in (4, 3, 2):
        tail = words[-size:]
        short = len(words) > size and all(len(word) <= 3 for word in tail)
        initials = _INITIALS.get("".join(tail), "") if short else ""
        if initials:
            return " ".join(words[:-size]), initials
    return _split_loose_form(words)


def _split_loose_form(words: list[str]) -> tuple[str, str]:
    meant = [_legal_word(word) for word in words]
    said = {word for word in meant if word}
    form = next((form for form, needed in _LOOSE_FORMS if needed <= said), "")
    if not form:
        return " ".join(words), ""
    also = {"sociedad", "comercial", "empresa"} if len(said) > 1 else set()
    kept = [
        word
        for word, legal in zip(words, meant, strict=True)
        if not legal and not (also and _slip_of(word, also))
    ]
    return (" ".join(kept), form) if kept else (" ".join(words), "")


@lru_cache(maxsize=100_000)
def _legal_word(word: str) -> str:
    """Return the word of a legal form that this is, misspelt or cut as it may be."""
    if len(word) < 5:
        return ""
    for legal in _LEGAL_WORDS:
        if len(word) >= 8 and legal.startswith(word):
            return legal
        allowed = 1 if len(legal) < 9 else 2
        if OSA.distance(word, legal, score_cutoff=allowed) <= allowed:
            return legal
    return ""


def _slip_of(word: str, words: set[str]) -> bool:
    return any(OSA.distance(word, one, score_cutoff=1) <= 1 for one in words)


def _no_place(_text: str) -> bool:
    return False


def parse_names(text: str, *, is_place: IsPlace = _no_place, cut: bool = False) -> ParsedNames:
    """Take apart a cell that holds a name.

    Args:
        text: as cleaned; legal forms, aliases and branches still inside.
        is_place: tells whether a text is wholly the name of a place, for branches.
        cut: the cell is as long as its column allows.
    """
    bare = _spelt_out(plain(text).replace("'", "").replace("&", " y "))
    parts = [part.strip(' .,;:"') for part in _ALIAS.split(bare) if part and part.strip(' .,;:"')]
    if not parts:
        return ParsedNames(Name())
    branch, legal = "", ""
    kept: list[str] = []
    for part in parts:
        words = " ".join(WORD.findall(part))
        rest, form = split_legal_form(words)
        if whole := _FORM.fullmatch(words):
            legal = legal or str(whole.lastgroup)
        elif kept and (place := _branch_of(rest, is_place)):
            branch, legal = place, legal or form
        elif words:
            kept.append(words)
    if not kept:
        return ParsedNames(Name(words=tuple(parts[0].split()), legal=legal))
    first, *others = kept
    joined = [other for other in others if len(other.split()) > 3 and " de " in f" {other} "]
    if joined:  # "Gobierno Regional de X - Dirección Regional de Salud": one name in two parts
        first = " ".join([first, *joined])
        others = [other for other in others if other not in joined]
    main = _name(first, legal=legal, branch=branch, cut=cut, is_place=is_place)
    if not main.legal:  # "Cutipa - CUT S.A.": the form behind the alias is the organisation's
        main = replace(main, legal=next((f for o in others if (f := split_legal_form(o)[1])), ""))
    aliases = tuple(
        _name(other, legal="", branch="", cut=cut, is_place=is_place) for other in others
    )
    return ParsedNames(
        main, tuple(alias for alias in aliases if any(map(str.isalpha, alias.glued)))
    )


def _spelt_out(bare: str) -> str:
    for needles, pattern, meant in _MULTI:
        if any(needle in bare for needle in needles):
            bare = pattern.sub(meant, bare)
    return bare


def _branch_of(text: str, is_place: IsPlace) -> str:
    words = text.split()
    if words and words[0] in BRANCH_WORDS:
        return " ".join(words[1:]) or "?"
    return text if is_place(text) else ""


def _name(text: str, *, legal: str, branch: str, cut: bool, is_place: IsPlace) -> Name:
    rest, form = split_legal_form(text)
    if cut and not form:
        rest = _CUT_FORM.sub("", rest)
    all_words = _initials_joined(rest.split())
    for index, word in enumerate(all_words):
        place = " ".join(all_words[index + 1 :])
        if index and word in BRANCH_WORDS and (is_place(place) or word in ("sucursal", "filial")):
            branch, all_words = branch or place or "?", all_words[:index]
            break
    ranks, words = _ranks(all_words)
    spelt = " ".join(IRREGULAR.get(word, word) for word in words if word not in STOP_WORDS)
    words = tuple(spelt.split())
    if not words:
        words = tuple(all_words)
    if branch != "?" and set(words) <= COMMON:
        # "UGEL - Puno", "Corte Superior de Justicia, sede Lima": nothing but its place tells it
        seat = [word for word in branch.split() if word not in STOP_WORDS]
        words, all_words, branch = (*words, *seat), [*all_words, *branch.split()], ""
    return Name(
        words=words,
        legal=legal or form,
        ranks=ranks,
        branch=branch,
        cut=cut,
        initials="".join(word[0] for word in words),
        glued="".join(words),
        letter="" if cut else _last_letter(all_words),
        place=_place_in(all_words, is_place),
    )


def _place_in(words: list[str], is_place: IsPlace) -> tuple[str, ...]:
    """Return the words of the last place named behind the first word, as long as they reach."""
    for end in range(len(words), 1, -1):
        for start in range(max(1, end - _LONGEST_PLACE), end):
            if words[start] not in STOP_WORDS and is_place(" ".join(words[start:end])):
                return tuple(word for word in words[start:end] if word not in STOP_WORDS)
    return ()


def _last_letter(words: list[str]) -> str:
    """Return the single letter behind the words of a name, where no other letter stands alone."""
    alone = [word for word in words if len(word) == 1 and word.isalpha()]
    return alone[0] if len(words) > 1 and alone == words[-1:] else ""


def _initials_joined(words: list[str]) -> list[str]:
    """Join single letters that stand side by side: `j n proveedores` → `jn proveedores`."""
    joined: list[str] = []
    run = ""
    for word in [w for w in words if w not in ("y", "e")] if _letters(words) else words:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            joined.append(run)
            run = ""
        joined.append(word)
    return [*joined, run] if run else joined


def _letters(words: list[str]) -> bool:
    return sum(len(word) == 1 and word not in ("y", "e", "o", "a") for word in words) >= 2


def _ranks(words: list[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Take out numbers and ordinals, except where the name begins with one."""
    ranks = set()
    kept = []
    for index, word in enumerate(words):
        if index and (word in ORDINALS or word.isdigit()):
            ranks.add(ORDINALS.get(word, word.lstrip("0") or "0"))
        else:
            kept.append(word)
    return frozenset(ranks), tuple(kept)
