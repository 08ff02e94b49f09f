"""How identifiers are called on pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from minka.knowledge.models import Identifier

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


def numbers_of(identifiers: Iterable[Identifier]) -> list[Number]:
    """Return the identifiers that mean something outside, tax numbers first."""
    known = sorted(identifiers, key=lambda one: (one.scheme == "ror", one.scheme))
    numbers = []
    for one in known:
        if one.scheme == "ror":
            numbers.append(Number("ROR", one.value, f"https://ror.org/{one.value}"))
        else:
            numbers.append(Number(NAMES.get(one.scheme) or _("Code in its source"), one.value))
    return numbers
