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
_GENERIC_START = re.compile(
    r"^(?:(?:compañ[ií]a|c[ií]a\.?|empresa|sociedad|grupo|consorcio|minera|mina|unidad|operaci[oó]n"
    r"|proyecto|planta|mining|company|mine|plant|site)\s+)+",
    re.IGNORECASE,
)

_ORDINARY = frozenset(
    [
        "academia",
        "agua",
        "andes",
        "andina",
        "andino",
        "arequipa",
        "asesores",
        "asociacion",
        "automatizacion",
        "centro",
        "ciencias",
        "compania",
        "consorcio",
        "construccion",
        "constructora",
        "consultores",
        "corporacion",
        "desarrollo",
        "digital",
        "ecologia",
        "electrica",
        "empresa",
        "energia",
        "equipos",
        "estudios",
        "facultad",
        "federacion",
        "fundacion",
        "general",
        "gestion",
        "global",
        "grupo",
        "hidraulica",
        "importaciones",
        "industria",
        "industrial",
        "industriales",
        "industrias",
        "informatica",
        "ingenieria",
        "ingenieros",
        "innovacion",
        "instituto",
        "internacional",
        "inversiones",
        "laboratorio",
        "latina",
        "lima",
        "logistica",
        "manufactura",
        "maquinaria",
        "materiales",
        "mantenimiento",
        "metalurgia",
        "mecanica",
        "medio",
        "metalmecanica",
        "minera",
        "mineras",
        "mineria",
        "mining",
        "minerals",
        "nacional",
        "negocios",
        "obras",
        "peru",
        "peruana",
        "peruano",
        "planta",
        "procesos",
        "productos",
        "proyectos",
        "quimica",
        "recursos",
        "region",
        "regional",
        "robotica",
        "salud",
        "santa",
        "seguridad",
        "sensores",
        "servicios",
        "sistemas",
        "sociedad",
        "software",
        "soluciones",
        "solutions",
        "sostenible",
        "suministros",
        "sur",
        "systems",
        "tecnica",
        "tecnico",
        "tecnologia",
        "tecnologias",
        "tecnologica",
        "technologies",
        "technology",
        "transporte",
        "transportes",
        "universidad",
        "university",
        "engineering",
        "services",
        "group",
        "industries",
        "consulting",
        "research",
        "institute",
        "center",
        "centre",
        "company",
    ]
)
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # addresses of e-mail
    r"|(?:https?://|www\.)[^\s<>()]+"  # of the web
    r"|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:com|pe|org|net|io|cl|mx|co|br|ar|ca|au|eu)(?:\.pe)?(?![\w@-])"
    r"|(?<!\w)(?:\+?\d{1,3}[ -])?\(?\d{2,3}\)?[ -]\d{3}[ -]?\d{3,4}(?!\w)"  # telephones
    r"|(?<!\w)(?:10|15|17|20)\d{9}(?!\w)"  # tax numbers
    r"|(?<!\w)(?:Av(?:enida)?|Jr|Jirón|Calle|Psje|Pasaje|Urb|Mz|Carretera)\b\.?"
    r"\s+[A-ZÁÉÍÓÚÑ][^,;\n]{2,60}\d+",  # streets with their number
)


def name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds any of `names` as whole words; None when there is none to find.

    Case, accents and the run of spaces do not matter. The legal form (S.A.A., S.A.C., Ltd …) and
    what such names begin with (Compañía Minera, Unidad, Planta …) may be missing; a single word
    that is left then counts only with a capital. Words of fewer than four letters are not looked
    for.
    """
    wanted = {form for name in names for form in _forms(name) if len(form) >= SHORTEST}
    proper = {form for name in names for form in _proper_names(name) if len(form) >= SHORTEST}
    patterns = [(form, _loosely(form)) for form in wanted]
    patterns += [(form, _capital(form)) for form in proper - wanted]
    if not patterns:
        return None
    patterns.sort(key=lambda pair: (-len(pair[0]), pair))
    return re.compile(r"(?<!\w)(?:" + "|".join(text for _form, text in patterns) + r")(?!\w)")


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


def distinctive_words(name: str) -> list[str]:
    """Return the words of an organisation's name by which it is known: not its trade or its form.

    Only words of five letters and more that begin with a capital, and no words of many names.
    """
    short = _LEGAL_FORM.sub("", " ".join(name.split()))
    words = re.findall(r"[^\W\d_]{5,}", short)
    bare = [(word, unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode().lower())
            for word in words]  # fmt: skip
    return [word for word, key in bare if word[0].isupper() and key not in _ORDINARY]


def pieces(text: str, names: Iterable[str]) -> list[tuple[str, bool]]:
    """Return `text` in pieces, each with whether it is a name, a contact or an address.

    Joined together they are the text. What is found is a suggestion: whoever redacts decides.
    """
    text = unicodedata.normalize("NFC", text)
    pattern = name_pattern(names)
    spans = [found.span() for found in _CONTACT.finditer(text)]
    spans += [found.span() for found in pattern.finditer(text)] if pattern else []
    found: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        begin = max(start, at)
        found += [(text[at:begin], False), (text[begin:end], True)]
        at = end
    found.append((text[at:], False))
    return [(piece, is_found) for piece, is_found in found if piece]


def is_proper_name(text: str) -> bool:
    """True when `text` names one thing (Tajo Norte, Kimsachata), not a kind (Planta concentradora).

    It does when it is a single word, or when a later word begins with a capital.
    """
    words = text.split()
    return len(words) == 1 or any(word[0].isupper() for word in words[1:])


def _forms(name: str) -> set[str]:
    """Return the name whole, without its legal form, and without a generic start."""
    whole = " ".join(unicodedata.normalize("NFC", name).split())
    short = _LEGAL_FORM.sub("", whole).strip(" ,.")
    bare = _GENERIC_START.sub("", short)
    return {whole, short, *({bare} if " " in bare and bare[0].isupper() else ())}


def _proper_names(name: str) -> set[str]:
    """Return the single word that is left of a name without its generic start, if it is proper."""
    whole = " ".join(unicodedata.normalize("NFC", name).split())
    bare = _GENERIC_START.sub("", _LEGAL_FORM.sub("", whole).strip(" ,."))
    return {bare} if bare and " " not in bare and bare[0].isupper() else set()


def _loosely(name: str) -> str:
    """Return a pattern for `name` in any case, where a letter stands for itself with any accent."""
    return f"(?i:{''.join(_letter(letter) for letter in name)})"


def _capital(word: str) -> str:
    """Return a pattern for a proper name: its first letter is a capital."""
    first = _letter(word[0]).upper() if _letter(word[0]).startswith("[") else re.escape(word[0])
    return first + _loosely(word[1:])


def _letter(letter: str) -> str:
    if letter == " ":
        return r"\s+"
    bare = unicodedata.normalize("NFD", letter)[0].lower()
    family = {"a": "aáàâä", "e": "eéèêë", "i": "iíìîï", "o": "oóòôö", "u": "uúùûü", "n": "nñ"}
    return f"[{family[bare]}]" if bare in family else re.escape(letter)
