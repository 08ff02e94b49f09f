"""E-mail addresses, telephones and web addresses out of cells where people write several."""

import re

_EMAIL = re.compile(r"[^@\s,;/|<>()\"':]+@[^@\s,;/|<>()\"':]+")
_WELL_FORMED = re.compile(
    r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_PHONE_SEPARATORS = re.compile(r"[/;,|\n]+|\s+[yoY]\s+|\s+-\s+")
_HOST = re.compile(
    r"(?:https?://)?(?:[\w](?:[\w-]*[\w])?\.)+[A-Za-z]{2,24}(?::\d{2,5})?(?:[/?#]\S*)?",
    re.IGNORECASE,
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
        number = _international(digits, plus="+" in part, country=country)
        if number not in good:
            good.append(number)
    return good, bad


def _international(digits: str, *, plus: bool, country: str) -> str:
    if plus:
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if country != "PE":
        return digits
    if len(digits) == 12 and digits.startswith("0519"):  # country code after a stray zero
        return f"+{digits[1:]}"
    if len(digits) == 11 and digits.startswith("519"):
        return f"+{digits}"
    if len(digits) == 9 and digits[0] == "9":
        return f"+51{digits}"
    if digits[0] == "0" and len(digits) == (2 + 7 if digits[:2] == "01" else 3 + 6):
        return f"+51{digits[1:]}"
    return digits


def find_website(text: str) -> str:
    """Return the first web address with its scheme, or empty when there is none."""
    for part in re.split(r"[\s;|,]+", text):
        bare = part.strip("<>()\"'.")
        if "@" not in bare and _HOST.fullmatch(bare):
            return bare if "://" in bare else f"https://{bare}"
    return ""


def looks_like_phone(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    letters = re.sub(r"(?i)\b(?:cel|tel|telf|t|fono|anexo|rpm|wsp)\b", "", text)
    return 6 <= len(digits) <= 26 and not re.search(r"[^\d\s()+./;,|*-]", letters)
