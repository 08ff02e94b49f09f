"""The legal form in a name: `"Cía. Minera Ñaña S. A. C."` is `"Cía. Minera Ñaña"`, a `sac`.

Forms of Peru, Chile, Argentina, Bolivia, Colombia, Ecuador, Mexico, Brazil and Australia, in words
and in every abbreviation in use. A code stands for one legal idea whatever its country calls it:
a `srl` of Peru, an `Ltda.` of Chile and a `Cía. Ltda.` of Ecuador are all `srl`.
"""

import re
from functools import lru_cache
from itertools import product

from minka.methods.text import search_key

__all__ = ["COUNTRIES", "name_variants", "split_legal_form"]

COUNTRIES = ("PE", "CL", "AR", "BO", "CO", "EC", "MX", "BR", "AU")

# Code: every way to write it, spaces and points left out. Unmistakable anywhere.
_EVERYWHERE = {
    "sa": "sa|sociedadanonima|sociedaanonima|sociedadeanonima|companiaanonima",
    "sac": "sac|sanonimacerrada|sociedadanonimacerrada|sociedadacerrada|socanonimacerrada"
    "|sociedadanoncerrada",
    "saa": "saa|sociedadanonimaabierta|sociedaanonimaabierta|socanonimaabierta",
    "sacs": "sacs|sociedadporaccionescerradasimplificada",
    "srl": "srl|srltda|cialtda|companialimitada|scrl|scrltda|sderl|sociedadderespltda"
    "|sociedadderesponsabilidadlimitada"
    "|sociedadcomercialderesponsabilidadlimitada|sociedadcomercialderespltda|ltda|limitada"
    "|sociedadlimitada|sociedadelimitada|srespltda|socderespltda|sociedadcomercialderesplimitada"
    "|sociedadresponsabilidadlimitada|socderesponsabilidadltda|socresponsabilidadltda",
    "smrl": "smrl|smrltda|sociedadmineraderesponsabilidadlimitada|sociedadmineraderespltda"
    "|sociedadmineraresponsabilidadlimitada",
    "eirl": "eirl|eirltda|eireli|empresaindividualderesponsabilidadlimitada"
    "|empindividualderesponsabilidadlimitada|empresaindividualderespltda|empindderespltda"
    "|empresaindividualresponsabilidadlimitada|empresaindividualderesplimitada|empindrespltda",
    "sas": "sas|sociedadporaccionessimplificada|socporaccionessimplificada",
    "spa": "spa|sociedadporacciones",
    "sau": "sau|sociedadanonimaunipersonal",
    "sam": "sociedadanonimamixta|sociedaddeeconomiamixta|companiadeeconomiamixta|cemix",
    "scivil": "scivil|sociedadcivil",
    "scivilrl": "scivilderl|scivilrl|scivilderltda|sociedadcivilderesponsabilidadlimitada",
    "scs": "senc|ciasenc|ysenc|sociedadencomanditasimple|sociedadencomanditacomercial"
    "|sociedadeemcomanditasimples|sociedadeemcomdanditasimples|sociedadencomanditacivil",
    "sca": "sencpora|sencporacciones|ciasca|sociedadencomanditaporacciones"
    "|sociedadeemcomanditaporacoes|ccsda|companiaencomanditasimpleydivididaporacciones",
    "snc": "sociedadcolectiva|sociedadcolectivacivil|sociedadcolectivacomercial|cncol"
    "|companiaennombrecolectivo|sociedadennombrecolectivo|sociedadeemnomecoletivo|snc",
    "coop": "coop|scoop|cooperativa|cooperativas|sociedadcooperativa|sociedadecooperativa"
    "|sociedadcooperativalimitada|sociedadcooperativaltda|coopltda|coopltd|cooplimited|cooperativelimited"
    "|cooperativeltd|cooperative",
    "slm": "sociedadlegalminera",
    "scm": "sociedadcontractualminera",
    "ag": "asociaciongremial",
    "ac": "asociacioncivil",
    "proprietary": "ptyltd|ptylimited|proprietarylimited|proprietaryltd|pty|proprietary",
    "nl": "noliability|noliabilitycompany",
    "inc": "inc|incorporated|corp|corporation",
    "llc": "llc",
    "gmbh": "gmbh",
    "ltd": "ltd|limited",
    "ilp": "alimitedpartnership|anincorporatedlimitedpartnership|limitedpartnership|ilp",
    "indigenous": "indigenouscorporation|rntbc",
    "unipersonal": "empresaunipersonal",
    "epe": "empresaproductivadelestado",
}
# These are words or initials of their own elsewhere.
_AT_HOME = {
    "PE": {"snc": "sc"},
    "CL": {"slm": "slm", "scm": "scm", "ag": "ag"},
    "AR": {"ac": "ac"},
    "BO": {"sam": "sam", "sca": "sca", "snc": "sc", "scs": "scs"},
    "CO": {"unipersonal": "eu", "sat": "sat|sociedadesagrariasdetransformacion", "sca": "sca"},
    "BR": {
        "epub": "ep|empresapublica", "simples": "ss|sociedadesimples", "scs": "scs", "sca": "ca",
        "scp": "scp|sociedadeemcontadeparticipacao", "fundacao": "fund|fundacao",
        "ac": "assoc|associacao", "sa": "companhia",
    },
    "AU": {"nl": "nl", "ilp": "lp"},
    "MX": {
        "ac": "ac", "scivil": "sc", "mpo": "mpo|municipio", "edo": "edo|estado", "uaim": "uaim",
        "af": "af|agrupacionesfinancieras", "iap": "iap|instituciondeasistenciaprivada",
        "epe": "epe", "sss": "sdess|sociedaddesolidaridadsocial",
    },
}  # fmt: skip
# How the commonest are written, as search keys.
_SPELLED = {
    "sac": ("sac", "s a c", "sociedad anonima cerrada"),
    "sa": ("sa", "s a", "sociedad anonima"),
    "saa": ("saa", "s a a"),
    "srl": ("srl", "s r l", "s r ltda", "ltda", "s c r l"),
    "eirl": ("eirl", "e i r l", "e i r ltda"),
    "spa": ("spa",),
    "sas": ("sas", "s a s"),
}
# In Mexico a form is put together: what it is, whether its capital varies, what it deals in.
_MEXICAN = {
    "sa": "sa|sociedadanonima",
    "sab": "sab|sociedadanonimabursatil",
    "sapi": "sapi|sociedadanonimapromotoradeinversion",
    "sapib": "sapib|sociedadanonimapromotoradeinversionbursatil",
    "srl": "sderl|srl|sociedadderesponsabilidadlimitada",
    "srlmi": "sderlmi|sociedadderesponsabilidadlimitadamicroindustrial",
    "srlip": "sderldeip|sociedadderesponsabilidadlimitadadeinterespublico",
    "sas": "sas|sociedadporaccionessimplificada",
    "scs": "senc|sociedadencomanditasimple",
    "sca": "sencpora|sociedadencomanditaporacciones",
    "snc": "snc|sociedadennombrecolectivo|sociedadnacionaldecredito",
    "coop": "scl|scderl|sociedadcooperativa|sociedadcooperativalimitada"
    "|sociedadcooperativaderesponsabilidadlimitada",
    "scap": "scdeap|sociedadcooperativadeahorroyprestamo",
    "spr": "spr|sprderl|sociedaddeproduccionruralderesponsabilidadlimitada",
}
_VARIABLE = ("", "decv", "decapitalvariable")
_DEALS_IN = (
    "", "sofomenr", "sofomer", "siefore", "afore", "fideol", "fidec", "fiderv", "fienid",
    "sociedadfinancieradeobjetomultipleentidadnoregulada",
    "sociedadfinancieradeobjetomultipleentidadregulada",
)  # fmt: skip
# Mining partnerships and the like put their form before the name.
_IN_FRONT = frozenset({"smrl", "slm", "scm", "coop"})
_LONGEST = 12  # words of a form, initials counted one by one
_WORD = re.compile(r"[^\W_]+")
_EDGE = " \t,.;:-–—/&(\"'"


@lru_cache(maxsize=65_536)
def split_legal_form(name: str, country: str = "") -> tuple[str, str]:
    """Return the name without its legal form, as it was written, and the code of the form.

    The code is empty when there is no form, or nothing but a form.

    Args:
        name: as people or registers write it.
        country: ISO 3166 alpha-2; some initials are a form in one country only (`S.C.`, `A.G.`).
    """
    words = [(search_key(word[0]), word.start(), word.end()) for word in _WORD.finditer(name)]
    forms = _forms(country)
    code, kept = "", len(words)
    while found := _at_the_end(words[:kept], forms):  # "S.A.C. - S.A.C.", "S.R.L. LTDA."
        kept -= found[1]
        code = code or found[0]
    if code:
        return _bare(name[: words[kept][1]]), code
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        form = forms.get("".join(key for key, _start, _end in words[:size]), "")
        if form in _IN_FRONT:
            return name[words[size][1] :].strip(), form
    return name, ""


def name_variants(name: str, country: str = "") -> list[str]:
    """Return the search keys under which the same name may stand elsewhere, its own first.

    A name with a form also stands without it; a name without one may stand with any.
    """
    core, form = split_legal_form(name, country)
    key = search_key(core)
    if not key:
        return []
    ends = [_SPELLED.get(form, ())] if form else _SPELLED.values()
    spelled = [f"{key} {end}" for some in ends for end in some]
    return list(dict.fromkeys([search_key(name), key, *spelled]))


def _at_the_end(words: list[tuple[str, int, int]], forms: dict[str, str]) -> tuple[str, int] | None:
    """Return the longest form that ends the words and leaves at least one, with its size."""
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        if form := forms.get("".join(key for key, _start, _end in words[-size:])):
            return form, size
    return None


def _bare(text: str) -> str:
    """Drop what led over to the form, but not the point of an abbreviation."""
    bare = text.rstrip(_EDGE.replace(".", ""))
    return bare.strip()


@lru_cache(maxsize=256)
def _forms(country: str) -> dict[str, str]:
    table = {way: code for code, ways in _EVERYWHERE.items() for way in ways.split("|")}
    if country in ("", "MX"):
        table |= _mexican_forms()
    for code, ways in _AT_HOME.get(country, {}).items():
        table |= dict.fromkeys(ways.split("|"), code)
    return table


def _mexican_forms() -> dict[str, str]:
    """Return the composed ones; a plain form keeps the meaning that it has everywhere."""
    composed = {}
    for (code, ways), variable, trade in product(_MEXICAN.items(), _VARIABLE, _DEALS_IN):
        for way in ways.split("|"):
            composed[way + variable + trade] = f"{code}cv" if variable else code
    return composed
