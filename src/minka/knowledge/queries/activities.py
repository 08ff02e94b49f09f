"""Economic activities: sections and divisions of ISIC (CIIU) revision 4, in both languages."""

import csv
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

TABLE = Path(__file__).resolve().parent.parent / "data" / "isic4.csv"
INDENT = "\u2003"


@lru_cache(maxsize=1)
def _labels() -> dict[str, tuple[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["label_es"], row["label_en"]) for row in csv.DictReader(file)}


def activity_label(code: str) -> str:
    """Return what a code means in the active language, or the code itself."""
    known = _labels().get(code)
    return known[(get_language() or "es")[:2] == "en"] if known else code


def is_activity(code: str) -> bool:
    """Whether the classification has this code."""
    return code in _labels()


def activity_choices() -> list[tuple[str, str]]:
    """Return every code with its label, divisions set in under their section."""
    return [
        (code, ("" if code.isalpha() else INDENT) + f"{code} · {activity_label(code)}")
        for code in _labels()
    ]
