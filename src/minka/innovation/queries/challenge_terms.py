"""Texts to start from: who may take part, intellectual property, confidentiality, in two languages.

They are content of the cluster, not words of the interface: both languages are kept with the
challenge and can be edited there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language

from minka.core.components import Text
from minka.innovation.queries.challenge_parts import TEXTS


@dataclass(frozen=True)
class TermsTemplate:
    """One wording of one text of a challenge."""

    key: str
    field: str  # the text it is for: `ip`, `confidentiality` …
    name_es: str
    name_en: str
    text_es: str
    text_en: str
    is_first: bool = False

    @property
    def name(self) -> str:
        """What it is called, in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_es

    @property
    def field_label(self) -> Text:
        """Which text it is for, as pages call it."""
        return TEXTS[self.field]


@cache
def terms_templates() -> Mapping[str, TermsTemplate]:
    """Return all wordings by their key, as the package has them."""
    text = files("minka.innovation").joinpath("data/terms.json").read_text("utf-8")
    return {row["key"]: TermsTemplate(**row) for row in json.loads(text)}


def first_terms() -> dict[str, str]:
    """Return the texts that every draft starts with, by column."""
    return {
        f"{one.field}_{language}": getattr(one, f"text_{language}")
        for one in terms_templates().values()
        if one.is_first
        for language in ("es", "en")
    }
