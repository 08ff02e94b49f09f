"""The gazetteer: where things are, with the codes of INEI and RENIEC kept apart."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import PlaceLevel


class Place(models.Model):
    """A region, province or district of Peru, or a city or region elsewhere that somebody is in.

    Codes of INEI and RENIEC are Peru's; elsewhere a city has its number in GeoNames, and a region
    (`PlaceLevel.STATE`) its code there.
    """

    country = models.CharField(_("country"), max_length=2)
    level = models.CharField(max_length=10, choices=PlaceLevel.choices)
    name = models.CharField(_("name"), max_length=120)
    name_key = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    inei_code = models.CharField(max_length=6, blank=True)
    reniec_code = models.CharField(max_length=6, blank=True)
    geoname_id = models.PositiveIntegerField(null=True, blank=True, unique=True)
    geoname_code = models.CharField(max_length=20, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        verbose_name = _("place")
        indexes = [models.Index(fields=["country", "level", "name_key"], name="place_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "inei_code"],
                condition=~models.Q(inei_code=""),
                name="place_inei_code_once",
            ),
            models.UniqueConstraint(
                fields=["country", "geoname_code"],
                condition=~models.Q(geoname_code=""),
                name="place_geoname_code_once",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180
                ),
                name="place_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name
