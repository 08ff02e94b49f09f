"""Country names in Spanish and English to ISO 3166 codes, and roughly where each country lies."""

import gettext
from functools import lru_cache

import pycountry

from minka.methods.text import search_key

# Spoken names that the standard does not list.
_SPOKEN = {
    "eeuu": "US", "ee uu": "US", "usa": "US", "estados unidos de america": "US",
    "reino unido": "GB", "inglaterra": "GB", "england": "GB", "uk": "GB", "corea del sur": "KR",
    "south korea": "KR", "rusia": "RU", "holanda": "NL", "venezuela": "VE", "bolivia": "BO",
    "turquia": "TR", "turkey": "TR", "republica checa": "CZ",
}  # fmt: skip

# South, west, north, east in degrees, islands included, half a degree of margin.
_BOXES = {
    "PE": (-18.9, -81.9, 0.5, -68.1),
    "CL": (-56.5, -110.0, -17.0, -66.0),
    "AR": (-55.6, -74.1, -21.3, -53.1),
    "BO": (-23.4, -70.2, -9.2, -57.0),
    "BR": (-34.3, -74.5, 5.8, -28.3),
    "CO": (-4.8, -82.3, 14.0, -66.3),
    "EC": (-5.5, -92.6, 2.2, -74.7),
    "MX": (14.0, -119.0, 33.3, -86.2),
    "AU": (-55.3, 112.4, -8.7, 159.6),
    "CA": (41.2, -141.6, 83.7, -52.1),
}


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    spanish = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, ["es"], fallback=True)
    codes: dict[str, str] = {}
    for country in pycountry.countries:
        names = [country.alpha_2, country.alpha_3]
        for label in ("name", "common_name", "official_name"):
            if english := getattr(country, label, ""):
                names += [english, spanish.gettext(english)]
        for name in names:
            codes.setdefault(search_key(name), country.alpha_2)
    return codes | _SPOKEN


@lru_cache(maxsize=1024)
def country_code(text: str) -> str:
    """Return the ISO 3166 alpha-2 code of a country named or coded in any usual way, or empty."""
    return _codes_by_name().get(search_key(text), "")


def lies_in(country: str, latitude: float, longitude: float) -> bool | None:
    """Tell whether a point lies in or very near a country; None where we do not know its box."""
    if (box := _BOXES.get(country)) is None:
        return None
    south, west, north, east = box
    return south <= latitude <= north and west <= longitude <= east
