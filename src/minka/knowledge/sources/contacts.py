"""E-mail addresses, telephones and web addresses out of cells where people write several."""

import re
from functools import lru_cache

import phonenumbers

_EMAIL = re.compile(r"[^@\s,;/|<>()\"':]+@[^@\s,;/|<>()\"':]+")
_WELL_FORMED = re.compile(
    r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_PHONE_SEPARATORS = re.compile(r"[/;,|\n]+|\s+[yoY]\s+|\s+-\s+")
_HOST = re.compile(
    r"(?:https?://)?(?:[\w](?:[\w-]*[\w])?\.)+[A-Za-z]{2,24}(?::\d{2,5})?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_DIALLED = re.compile(
    r"(?:(?:cel|tel[eé]?f?|t|fono|rpm|wsp)[\w.:]*\s*)?"
    r"(?:\+|\(0?\d|0\d|9\d\d|\d{3}[ -]\d{3,4}\b)[\d ().-]{3,18}",
    re.IGNORECASE,
)
_PERUVIAN = (
    re.compile(r"0?51(9\d{8})"),  # the country code, at times after a stray zero
    re.compile(r"(9\d{8})"),
    re.compile(r"0(1\d{7})"),  # Lima and Callao
    re.compile(r"0([4-8]\d{7})"),
)


def find_emails(text: str) -> tuple[list[str], list[str]]:
    """Return the well-formed addresses, in lower case and once each, and what looks like one."""
    text = re.sub(r"\s*[\[(]?\s*(?:arroba|\bat\b)\s*[\])]\s*", "@", text, flags=re.IGNORECASE)
    good: list[str] = []
    bad: list[str] = []
    for found in _EMAIL.findall(text.replace("mailto:", " ")):
        address = found.strip(".").lower()
        kind = good if _WELL_FORMED.fullmatch(address) else bad
        if address not in kind:
            kind.append(address)
    return good, bad


def find_phones(text: str, country: str) -> tuple[list[str], list[str]]:
    """Return numbers as `+5184472758` where the country tells how, else their digits; and the rest.

    Fewer than six digits, or one digit repeated, is no number.
    """
    good: list[str] = []
    bad: list[str] = []
    for part in _PHONE_SEPARATORS.split(text):
        digits = re.sub(r"\D", "", part)
        if not part.strip():
            continue
        if not 6 <= len(digits) <= 15 or len(set(digits)) == 1:
            bad.append(part.strip())
            continue
        number = _international(part, digits, country)
        if number not in good:
            good.append(number)
    return good, bad


def _international(part: str, digits: str, country: str) -> str:
    abroad = "+" in part or digits.startswith("00")
    if country == "PE" and not abroad:  # as most are written, and quick
        for written in _PERUVIAN:
            if found := written.fullmatch(digits):
                return f"+51{found[1]}"
    if number := _by_the_plan(f"+{digits.removeprefix('00')}" if abroad else digits, country):
        return number
    return f"+{digits.removeprefix('00')}" if abroad else digits


@lru_cache(maxsize=65_536)
def _by_the_plan(written: str, country: str) -> str:
    """Return the number in full if the numbering plan of its country knows it, or empty."""
    try:
        number = phonenumbers.parse(written, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def find_website(text: str) -> str:
    """Return the first web address with its scheme, or empty when there is none."""
    for part in re.split(r"[\s;|,]+", text):
        bare = part.strip("<>()\"'.")
        if "@" not in bare and _HOST.fullmatch(bare):
            return bare if "://" in bare else f"https://{bare}"
    return ""


def looks_like_phone(text: str) -> bool:
    """Tell a telephone from a date, a code or an amount by the way it begins."""
    first = _PHONE_SEPARATORS.split(text.strip())[0]
    return bool(_DIALLED.fullmatch(first.strip()))
