"""What cleaning found in a row, in words that a person can act on.

A problem is stored by its code and plain values; its sentence is made when somebody reads it, in
their language.
"""

from dataclasses import asdict, dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from minka.knowledge.sources.fields import Field

Level = Literal["info", "warning", "error"]

CATALOGUE: dict[str, tuple[Level, object]] = {
    "encoding_repaired": ("info", _("Garbled letters were repaired: “%(original)s”.")),
    "entities_repaired": ("info", _("Web codes were turned into letters: “%(original)s”.")),
    "quotes_removed": ("info", _("Stray quotation marks or bars were removed.")),
    "spaces_removed": ("info", _("Spaces that mean nothing were removed.")),
    "filler_left_out": ("info", _("“%(original)s” says that there is no value; read as empty.")),
    "number_restored": (
        "info",
        _("A spreadsheet had turned “%(original)s” into a decimal; it is “%(repaired)s”."),
    ),
    "letters_restored": ("info", _("Lost letters were put back: “%(original)s”.")),
    "letters_lost": ("warning", _("Letters were lost before it came here: “%(original)s”.")),
    "name_missing": (
        "error",
        _("The row names no organisation. It is kept, and stays out of the directory."),
    ),
    "name_borrowed": ("warning", _("It has no legal name; “%(repaired)s” is used instead.")),
    "tax_id_placeholder": ("info", _("“%(original)s” is a filler, not a tax number.")),
    "tax_id_check_digit": (
        "warning",
        _("The check digit of “%(original)s” is wrong, so the number is not used."),
    ),
    "tax_id_malformed": (
        "warning",
        _("“%(original)s” is not a tax number that we know, so it is not used."),
    ),
    "tax_id_ambiguous": (
        "warning",
        _("“%(original)s” fits the tax numbers of several countries; state the country."),
    ),
    "email_malformed": ("warning", _("“%(original)s” is not an e-mail address.")),
    "phone_malformed": ("info", _("“%(original)s” is not a telephone number.")),
    "several_values": ("info", _("The cell held several values: “%(original)s”.")),
    "website_scheme": ("info", _("The web address was completed: “%(repaired)s”.")),
    "website_malformed": ("warning", _("“%(original)s” is not a web address.")),
    "coordinates_swapped": (
        "warning",
        _("Latitude and longitude were swapped; we put them right."),
    ),
    "coordinates_out_of_range": (
        "warning",
        _("“%(original)s” is no position on Earth, so it is not on the map."),
    ),
    "coordinates_elsewhere": (
        "warning",
        _("The position “%(original)s” lies outside the country given, so it is not on the map."),
    ),
    "coordinates_incomplete": ("info", _("A position needs both latitude and longitude.")),
    "country_unknown": ("warning", _("“%(original)s” is not a country that we know.")),
    "place_unclear": ("info", _("“%(original)s” is not a place that we could tell apart.")),
    "place_shared": (
        "info",
        _("Several places are called “%(original)s”; the one with most people was taken."),
    ),
    "place_abroad": (
        "warning",
        _("“%(original)s” is not in Peru; it was taken for %(repaired)s. State the country."),
    ),
    "date_malformed": ("info", _("“%(original)s” is not a date that we can read.")),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` is empty when the problem is about the whole row."""

    code: str
    field: Field | None
    original: str = ""
    repaired: str = ""

    @property
    def level(self) -> Level:
        return CATALOGUE[self.code][0]

    @property
    def message(self) -> str:
        """The sentence, in the language active now."""
        values = {"original": self.original, "repaired": self.repaired}
        return str(CATALOGUE[self.code][1]) % values

    def as_dict(self) -> dict[str, str]:
        """Plain values, for storing; `Problem.from_dict` brings it back."""
        plain = asdict(self)
        return plain | {"field": str(self.field or ""), "level": self.level}

    @classmethod
    def from_dict(cls, stored: dict[str, str]) -> "Problem":
        field = Field(stored["field"]) if stored["field"] else None
        return cls(stored["code"], field, stored["original"], stored["repaired"])
