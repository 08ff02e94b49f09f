"""An actor: one organisation of the ecosystem, known by a stable public id."""

import secrets
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import ActorKind, ActorState, NameKind, SizeBand
from minka.methods.identifiers import SCHEMES
from minka.methods.text import search_key

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is mistaken for something else


def new_public_id() -> str:
    """Return a random id of eight characters that can be read out on the telephone."""
    return "".join(secrets.choice(ALPHABET) for _position in range(8))


class Actor(models.Model):
    """What the cluster holds to be true of an organisation; `records` say who says so."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    state = models.CharField(
        max_length=8, choices=ActorState.choices, default=ActorState.LIVE, editable=False
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="former_selves", editable=False
    )  # always a living one: a merge turns every arrow that led to the one that goes
    name = models.CharField(_("legal name"), max_length=250)
    kind = models.CharField(
        _("actor type"), max_length=24, choices=ActorKind.choices, default=ActorKind.OTHER
    )
    description = models.TextField(_("what it does"), blank=True)
    activity = models.CharField(_("activity"), max_length=250, blank=True)
    website = models.URLField(_("website"), max_length=250, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    founded_year = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    place = models.ForeignKey(
        "knowledge.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey(
        "knowledge.Place", models.PROTECT, null=True, blank=True, related_name="actors_of_region"
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    location_is_exact = models.BooleanField(default=False)
    themes = models.ManyToManyField("knowledge.Theme", blank=True, related_name="actors")
    size_band = models.CharField(
        _("size"), max_length=10, choices=SizeBand.choices, blank=True, default=""
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    logo = models.ForeignKey(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    search_text = models.TextField(editable=False, default="")
    name_key = models.CharField(max_length=250, editable=False)
    record_count = models.PositiveIntegerField(default=0, editable=False)
    is_remembered = models.BooleanField(default=False, editable=False)  # by the engine, as it is
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("actor")
        indexes = [
            models.Index(fields=["name_key", "id"], name="actor_by_name"),
            models.Index(fields=["kind", "name_key", "id"], name="actor_by_kind"),
            models.Index(fields=["region", "name_key", "id"], name="actor_by_region"),
            models.Index(fields=["updated_at"], name="actor_by_change"),
            models.Index(
                fields=["id"],
                condition=models.Q(is_remembered=False),
                name="actor_not_remembered",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="actor_has_name"),
            models.CheckConstraint(
                condition=models.Q(state=ActorState.LIVE) ^ models.Q(merged_into__isnull=False),
                name="actor_merged_iff_into_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="actor_not_into_itself"
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180
                ),
                name="actor_on_earth",
            ),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True) ^ models.Q(claimed_at__isnull=False),
                name="actor_dated_iff_claimed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the actor."""
        return reverse("knowledge:actor", args=[self.public_id])

    def add_search_words(self, texts: Iterable[str]) -> bool:
        """Make the actor be found by these texts, too; return True if that changed anything."""
        before = self.search_text
        for key in map(search_key, texts):
            if key and f" {key} " not in f" {self.search_text} ":
                self.search_text = f"{self.search_text} {key}".strip()
        return self.search_text != before


class ActorName(models.Model):
    """Another name under which an actor is known and found."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="other_names")
    text = models.CharField(max_length=250)
    text_key = models.CharField(max_length=250)
    kind = models.CharField(max_length=8, choices=NameKind.choices, default=NameKind.ALIAS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "text_key"], name="actorname_once"),
        ]

    def __str__(self) -> str:
        return self.text


class Identifier(models.Model):
    """A number by which a register knows the actor: `pe.ruc`, `cl.rut`, `ror` and so on."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=16)
    value = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_one_actor"),
            models.UniqueConstraint(
                fields=["actor", "scheme"],
                condition=models.Q(scheme__in=SCHEMES),
                name="identifier_one_tax_id_per_country",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
