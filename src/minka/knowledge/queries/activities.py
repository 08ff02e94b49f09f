"""Economic activities: ISIC (CIIU) revision 4 from sections down to classes, in both languages.

Groups and classes are worded as the United Nations word them (ST/ESA/STAT/SER.M/4/Rev.4), checked
against public copies of the Spanish text; 3092 alone says “personas con discapacidad”. Sections and
divisions have short names of ours, for lists to choose from.
"""

import csv
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from minka.methods.text import search_key

TABLE = Path(__file__).resolve().parent.parent / "data" / "isic4.csv"
SEPARATOR = " · "


@lru_cache(maxsize=1)
def _labels() -> dict[str, tuple[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["label_es"], row["label_en"]) for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def _sections() -> dict[str, str]:
    """Return the section of every code: the table is in the order of the classification."""
    sections, section = {}, ""
    for code in _labels():
        section = code if code.isalpha() else section
        sections[code] = section
    return sections


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {
        code: search_key(f"{code} {in_spanish} {in_english}")
        for code, (in_spanish, in_english) in _labels().items()
    }


def activity_label(code: str) -> str:
    """Return what a code means in the active language, or the code itself."""
    known = _labels().get(code)
    return known[(get_language() or "es")[:2] == "en"] if known else code


def activity_labels(code: str) -> tuple[str, ...]:
    """Return what a code means in both languages; nothing for an unknown one."""
    return _labels().get(code, ())


def is_activity(code: str) -> bool:
    """Whether the classification has this code."""
    return code in _labels()


@lru_cache(maxsize=1)
def section_codes() -> tuple[str, ...]:
    """Return the letters of the sections."""
    return tuple(code for code in _labels() if code.isalpha())


def codes_in_section(section: str) -> list[str]:
    """Return a section and every division, group and class under it."""
    return [code for code, above in _sections().items() if above == section]


def codes_under(code: str) -> list[str]:
    """Return a section, division, group or class and everything under it."""
    if code.isalpha():
        return codes_in_section(code)
    return [one for one in _labels() if one.startswith(code)]


def codes_above(code: str) -> list[str]:
    """Return a code, the group, division and section that it belongs to; unknown ones: itself."""
    if code not in _labels():
        return [code]
    parts = (code[:length] for length in (2, 3, 4))
    above = [one for one in parts if one in _labels()]
    return list(dict.fromkeys(filter(None, [code, *above, section_of(code)])))


def section_of(code: str) -> str:
    """Return the letter of the section of a code; nothing for an unknown one."""
    return _sections().get(code, "")


@lru_cache(maxsize=32)
def divisions_of(section: str) -> tuple[str, ...]:
    """Return the divisions of a section: the codes of two digits."""
    return tuple(code for code in codes_in_section(section) if len(code) == 2)


def activity_choices() -> list[str]:
    """Return every code with its label, as people choose it."""
    return [f"{code}{SEPARATOR}{activity_label(code)}" for code in _labels()]


def find_activities(text: str) -> list[str]:
    """Return the codes that a text means: its code, its label, or all that hold its words.

    Where a group and its only class have one title, the class alone is meant.
    """
    code = text.partition(SEPARATOR)[0].strip().upper()
    if is_activity(code):
        return [code]
    words = search_key(text).split()
    if not words:
        return []
    found = [one for one, known in _words().items() if all(word in known for word in words)]
    return [one for one in found if f"{one}0" not in found]
