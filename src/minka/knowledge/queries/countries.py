"""Names of countries in the reader's language."""

import gettext
from functools import lru_cache

import pycountry
from django.utils.translation import get_language

from minka.methods.text import search_key


def country_name(*, code: str) -> str:
    """Return the name of an ISO 3166 alpha-2 code in the active language, or the code itself.

    No person: a name is a name.
    """
    return _name(code, (get_language() or "es")[:2])


def country_names(*, code: str) -> tuple[str, ...]:
    """Return the names of a country in Spanish and English.

    No person: a name is a name.
    """
    return tuple(dict.fromkeys((_name(code, "es"), _name(code, "en"))))


def country_choices() -> list[tuple[str, str]]:
    """Return every country as (code, name), sorted by name, in the active language.

    No person: a name is a name.
    """
    codes = (country.alpha_2 for country in pycountry.countries)
    named = [(code, country_name(code=code)) for code in codes]
    return sorted(named, key=lambda pair: search_key(pair[1]))


@lru_cache(maxsize=1024)
def _name(code: str, language: str) -> str:
    country = pycountry.countries.get(alpha_2=code) if code else None
    if country is None:
        return code
    english = str(getattr(country, "common_name", "") or country.name)
    return _translations(language).gettext(english) if language != "en" else english


@lru_cache(maxsize=4)
def _translations(language: str) -> gettext.NullTranslations:
    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language], fallback=True)
