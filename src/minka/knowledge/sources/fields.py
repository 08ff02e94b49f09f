"""What a column of an organisation sheet can mean."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Field(TextChoices):
    """`place` is a cell that mixes levels ("Ate - Lima - Lima"); cleaning splits it."""

    NAME = "name", _("Legal name")
    TRADE_NAME = "trade_name", _("Trade name")
    OTHER_NAMES = "other_names", _("Other names")
    ACRONYM = "acronym", _("Acronym")
    TAX_ID = "tax_id", _("Tax number")
    KIND = "kind", _("Type of organisation")
    DESCRIPTION = "description", _("Description")
    ACTIVITY = "activity", _("Activity")
    WEBSITE = "website", _("Website")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    ADDRESS = "address", _("Address")
    PLACE = "place", _("Place (district, province and region in one cell)")
    REGION = "region", _("Region or department")
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    COUNTRY = "country", _("Country")
    LATITUDE = "latitude", _("Latitude")
    LONGITUDE = "longitude", _("Longitude")
    FOUNDED = "founded", _("Founded")
    EXTERNAL_ID = "external_id", _("Identifier in the source")


SEVERAL_VALUES = frozenset({Field.OTHER_NAMES, Field.EMAIL, Field.PHONE})
