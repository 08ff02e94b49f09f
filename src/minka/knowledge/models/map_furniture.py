"""What the map is furnished with beside its actors: boundaries and layers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import BOUNDARY_LEVELS, BoundaryState, LayerCategory, PlaceLevel

LEVEL_CHOICES = [(level.value, level.label) for level in BOUNDARY_LEVELS]


class BoundarySet(models.Model):
    """The boundaries of one level of a country, as one file brought them."""

    country = models.CharField(_("country"), max_length=2)
    level = models.CharField(_("level"), max_length=10, choices=LEVEL_CHOICES)
    source = models.CharField(_("source"), max_length=200)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+")
    name_property = models.CharField(max_length=80, blank=True)
    code_property = models.CharField(max_length=80, blank=True)
    code_scheme = models.CharField(max_length=6, blank=True)  # "inei" or "reniec", where codes told
    state = models.CharField(
        max_length=8, choices=BoundaryState.choices, default=BoundaryState.DRAFT, editable=False
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("set of boundaries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "level"],
                condition=Q(state=BoundaryState.LIVE),
                name="boundaryset_one_in_use",
            ),
            models.CheckConstraint(
                condition=Q(state=BoundaryState.DRAFT) ^ Q(published_at__isnull=False),
                name="boundaryset_dated_iff_published",
            ),
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in BOUNDARY_LEVELS]),
                name="boundaryset_of_a_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{PlaceLevel(self.level).label} · {self.country} · {self.source}"


class Boundary(models.Model):
    """One shape of such a set, with what the file says of it and the place it is the border of."""

    boundary_set = models.ForeignKey(BoundarySet, models.CASCADE, related_name="features")
    position = models.PositiveIntegerField()
    properties = models.JSONField(default=dict)
    geometry = models.JSONField()
    name = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=20, blank=True)
    place = models.ForeignKey(
        "knowledge.Place", models.PROTECT, null=True, blank=True, related_name="boundaries"
    )
    longitude = models.FloatField()
    latitude = models.FloatField()

    class Meta:
        verbose_name = _("boundary")
        ordering = ["boundary_set", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["boundary_set", "position"], name="boundary_position_once"
            ),
            models.UniqueConstraint(
                fields=["boundary_set", "place"],
                condition=Q(place__isnull=False),
                name="boundary_place_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"#{self.position}"


class MapLayer(models.Model):
    """Mines, ports, railways and the like, drawn over the map for everybody.

    `content` is a FeatureCollection; of the properties of its file only the name is kept.
    """

    name_es = models.CharField(_("name (Spanish)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)
    category = models.CharField(_("what it shows"), max_length=10, choices=LayerCategory.choices)
    source = models.CharField(_("source"), max_length=200)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    content = models.JSONField()
    feature_count = models.PositiveIntegerField(default=0)
    is_shown = models.BooleanField(default=True)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("layer of the map")
        ordering = ["category", "name_es", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name_es=""), name="maplayer_has_name"),
        ]

    def __str__(self) -> str:
        return self.name_es

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        in_english = (get_language() or "es")[:2] == "en"
        return (self.name_en if in_english else "") or self.name_es
