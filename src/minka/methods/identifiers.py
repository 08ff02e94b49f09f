"""Tax identifiers of organisations, with the check digits their countries define.

Source: python-stdnum, whose modules cite the authority of each scheme.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from stdnum.ar import cuit
from stdnum.au import abn
from stdnum.br import cnpj
from stdnum.cl import rut
from stdnum.co import nit
from stdnum.ec import ruc as ec_ruc
from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidLength,
    ValidationError,
)
from stdnum.mx import rfc
from stdnum.pe import ruc as pe_ruc


class Reason(StrEnum):
    """Why a number is, or is not, trusted as the identity of an organisation."""

    OK = "ok"
    UNCHECKED = "unchecked"  # the scheme publishes no check digit: shape only
    EMPTY = "empty"
    PLACEHOLDER = "placeholder"  # 00000000000, 11111111111
    FORMAT = "format"
    LENGTH = "length"
    PREFIX = "prefix"
    CHECK_DIGIT = "check_digit"
    AMBIGUOUS = "ambiguous"  # fits several countries and nobody said which


@dataclass(frozen=True, slots=True)
class TaxId:
    """What a cell says. `scheme` is empty when no country could be told."""

    scheme: str
    value: str
    valid: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class _Scheme:
    name: str
    validate: Callable[[str], str]
    written: str  # how people write it with its separators, strict enough to tell the country
    checked: bool = True


def _bolivian(number: str) -> str:
    if not number.isdigit():
        raise ValidationError
    if not 7 <= len(number) <= 12:
        raise InvalidLength
    return number


def _mexican(number: str) -> str:
    if len(number) == 10:  # the short form of a person does not tell namesakes apart
        raise InvalidLength
    return str(rfc.validate(number))


_SCHEMES = {
    "PE": _Scheme("pe.ruc", pe_ruc.validate, r"(?:10|15|17|20)[- ]\d{8}[- ]\d"),
    "CL": _Scheme("cl.rut", rut.validate, r"(?:\d{1,2}\.\d{3}\.\d{3}|\d{7,8})-[\dKk]"),
    "AR": _Scheme("ar.cuit", cuit.validate, r"(?:20|23|24|27|30|33|34)-\d{8}-\d"),
    "BO": _Scheme("bo.nit", _bolivian, r"(?!)", checked=False),
    "CO": _Scheme("co.nit", nit.validate, r"\d{3}\.\d{3}\.\d{3}-\d"),
    "EC": _Scheme("ec.ruc", ec_ruc.validate, r"\d{10}-?001"),
    "MX": _Scheme("mx.rfc", _mexican, r"[A-Za-z&Ññ]{3,4}[- ]?\d{6}[- ]?[0-9A-Za-z]{3}"),
    "BR": _Scheme("br.cnpj", cnpj.validate, r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}"),
    "AU": _Scheme("au.abn", abn.validate, r"\d{2} \d{3} \d{3} \d{3}"),
}
SCHEMES = tuple(scheme.name for scheme in _SCHEMES.values())

_LABEL = re.compile(
    r"^(?:r\.?\s*u\.?\s*c|r\.?\s*u\.?\s*t|r\.?\s*f\.?\s*c|n\.?\s*i\.?\s*[ft]|cuit|cnpj|abn)"
    r"\b[\s.:]*(?:n\s*[°ºo]?\.?\s*)?[\s:#-]*",
    re.IGNORECASE,
)
_FLOAT = re.compile(r"^(\d{6,16})[.,]0+$")
_SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?[eE]\+?\d{1,2}$")
_SEPARATORS = re.compile(r"[\s.\-_/']+")


def recognise_tax_id(raw: object, country_hint: str = "") -> TaxId:
    """Read a tax id however a sheet wrote it.

    Args:
        raw: text, or the number a spreadsheet made of it (`20100010721.0`, `2.0100010721E10`).
        country_hint: ISO 3166 alpha-2 of the organisation, or empty. A number of another country
            is accepted under a hint only when its punctuation gives that country away.

    Returns:
        `value` without separators; `valid` only when it may serve as an identity.
    """
    written = _without_label(raw)
    bare = _SEPARATORS.sub("", written).upper()
    hinted = _SCHEMES.get(country_hint.upper())
    if not bare:
        return TaxId("", "", valid=False, reason=Reason.EMPTY)
    if bare.isdigit() and len(set(bare)) == 1:
        return TaxId(hinted.name if hinted else "", bare, valid=False, reason=Reason.PLACEHOLDER)
    home = _check(hinted, bare) if hinted else None
    if home and (home.valid or _written_as(hinted, written)):
        return home
    return _recognise_abroad(written, bare, home)


def _recognise_abroad(written: str, bare: str, home: TaxId | None) -> TaxId:
    """Look for another country: by its punctuation first, by the check digit if nobody hinted."""
    punctuated = [scheme for scheme in _SCHEMES.values() if _written_as(scheme, written)]
    candidates = punctuated if home or punctuated else list(_SCHEMES.values())
    found = [_check(scheme, bare) for scheme in candidates if scheme.checked]
    fits = [one for one in found if one.valid]
    if len(fits) == 1:
        return fits[0]
    if len(punctuated) == 1:
        return found[0]
    reason = Reason.AMBIGUOUS if fits else Reason.FORMAT
    return home or TaxId("", bare, valid=False, reason=reason)


def _written_as(scheme: _Scheme | None, written: str) -> bool:
    return scheme is not None and re.fullmatch(scheme.written, written) is not None


def _without_label(raw: object) -> str:
    if isinstance(raw, float):
        raw = f"{raw:.0f}" if raw.is_integer() else str(raw)
    text = str(raw if raw is not None else "").strip().strip("'\"`´ \u00a0")
    text = _LABEL.sub("", text).strip()
    if (number := _FLOAT.match(text)) is not None:
        return number[1]
    if _SCIENTIFIC.match(text):
        return f"{float(text.replace(',', '.')):.0f}"
    return text


def _check(scheme: _Scheme, bare: str) -> TaxId:
    try:
        value = scheme.validate(bare)
    except InvalidChecksum:
        reason = Reason.CHECK_DIGIT
    except InvalidLength:
        reason = Reason.LENGTH
    except InvalidComponent:
        reason = Reason.PREFIX
    except ValidationError:
        reason = Reason.FORMAT
    else:
        reason = Reason.OK if scheme.checked else Reason.UNCHECKED
        return TaxId(scheme.name, value, valid=True, reason=reason)
    return TaxId(scheme.name, bare, valid=False, reason=reason)


def of_person(scheme: str, value: str) -> bool:
    """Return whether a number is that of a natural person, and so tells who somebody is.

    Peru's RUC of a person holds the number of the identity card, Ecuador's the cédula, Mexico's
    RFC the birthday; Colombia's NIT is the cédula itself. A code of a list that is such a number
    counts as well. Schemes that do not tell people from companies (Bolivia) count as companies.
    Source: SUNAT, structure of the RUC (10, 15, 16 and 17: natural persons); SRI, third digit of
    the RUC; SAT, article 29 CFF; DIAN, NIT of companies from 800 million on; AFIP, prefixes of the
    CUIT; Servicio de Impuestos Internos, RUT of companies from 50 million on.
    """
    if scheme.startswith("source."):
        found = recognise_tax_id(value, "PE")
        return found.valid and found.scheme == "pe.ruc" and of_person("pe.ruc", found.value)
    tell = _OF_PERSONS.get(scheme)
    return tell is not None and tell(value)


_OF_PERSONS: dict[str, Callable[[str], bool]] = {
    "pe.ruc": lambda value: value[:2] in {"10", "15", "16", "17"},
    "ec.ruc": lambda value: value[2:3] < "6",
    "mx.rfc": lambda value: len(value) == 13,
    "ar.cuit": lambda value: value[:2] in {"20", "23", "24", "27"},
    "cl.rut": lambda value: value[:-1].isdigit() and int(value[:-1]) < 50_000_000,
    "co.nit": lambda value: not (len(value) == 10 and value[0] in "89"),
}
