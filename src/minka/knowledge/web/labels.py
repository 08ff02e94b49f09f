"""How identifiers are called on pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from minka.knowledge.queries.numbers import ToldNumber

NAMES = {
    "pe.ruc": "RUC",
    "cl.rut": "RUT",
    "ar.cuit": "CUIT",
    "bo.nit": "NIT",
    "co.nit": "NIT",
    "ec.ruc": "RUC",
    "mx.rfc": "RFC",
    "br.cnpj": "CNPJ",
    "au.abn": "ABN",
    "ror": "ROR",
}


@dataclass(frozen=True, slots=True)
class Number:
    """An identifier as people write it; `url` where a register shows it to everybody."""

    label: str
    value: str
    url: str = ""


def numbers_of(told: Iterable[ToldNumber]) -> list[Number]:
    """Return the numbers as people write them, tax numbers first; of one withheld it is said so."""
    known = sorted(told, key=lambda one: (one.scheme == "ror", one.scheme))
    numbers = []
    for one in known:
        if one.scheme == "ror":
            numbers.append(Number("ROR", one.value, f"https://ror.org/{one.value}"))
        else:
            label = NAMES.get(one.scheme) or _("Code in its source")
            withheld = _("of a natural person; not published") if one.is_withheld else ""
            numbers.append(Number(label, withheld or one.value))
    return numbers
