"""The words that files hold, looked up once: a file is written long after its first line."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from minka.core.http import absolute
from minka.knowledge.models import Theme
from minka.knowledge.queries.countries import country_name
from minka.knowledge.queries.profile import LANGUAGES
from minka.knowledge.states import ActorKind, SizeBand


@dataclass(frozen=True)
class Words:
    """Labels in the language of a file.

    Args:
        above: address of the pages of actors; the public id and a slash follow.
    """

    language: str
    above: str
    kinds: dict[str, str]
    sizes: dict[str, str]
    languages: dict[str, str]
    heads: dict[str, str]
    yes: str
    no: str

    def theme(self, theme: Theme) -> str:
        """Return the label of a concept."""
        return theme.label_en if self.language == "en" else theme.label_es

    def page(self, public_id: str) -> str:
        """Return the address of the page of an actor."""
        return f"{self.above}{public_id}/"

    def country(self, code: str) -> str:
        """Return the name of a country."""
        return _country(code, self.language) if code else ""


def words_in(language: str) -> Words:
    """Return the words in a language."""
    with override(language):
        return Words(
            language=language,
            above=absolute(reverse("knowledge:actor", args=["-"])).removesuffix("-/"),
            kinds={kind.value: str(kind.label) for kind in ActorKind},
            sizes={band.value: str(band.label) for band in SizeBand},
            languages={code: str(label) for code, label in LANGUAGES.items()},
            heads=_heads(),
            yes=_("yes"),
            no=_("no"),
        )


@lru_cache(maxsize=1024)
def _country(code: str, language: str) -> str:
    with override(language):
        return country_name(code=code)


def _heads() -> dict[str, str]:
    return {
        "id": _("Public id"),
        "name": _("Organisation"),
        "names": _("Other names"),
        "kind": _("Type of organisation"),
        "tax": _("Tax number"),
        "ror": "ROR",
        "country": _("Country"),
        "region": _("Region"),
        "province": _("Province"),
        "district": _("District"),
        "city": _("City"),
        "latitude": _("Latitude"),
        "longitude": _("Longitude"),
        "exact": _("Exact position"),
        "activity": _("Activity"),
        "about": _("What it does"),
        "isic": _("Economic activity (ISIC 4)"),
        "products": _("Products and services"),
        "themes": _("Themes"),
        "capabilities": _("Capabilities (TRL)"),
        "certifications": _("Certifications"),
        "size": _("Size"),
        "founded": _("Founded in"),
        "languages": _("Languages"),
        "website": _("Website"),
        "email": _("E-mail"),
        "phone": _("Telephone"),
        "address": _("Address"),
        "contacts": _("Contacts"),
        "claimed": _("Claimed profile"),
        "verified": _("Verified"),
        "confirmed": _("Profile confirmed"),
        "page": _("Page"),
    }
