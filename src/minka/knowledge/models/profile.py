"""What a profile lists: activities, products, capabilities, certifications, places, contacts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import ContactKind, SiteKind, Visibility


class ActorActivity(models.Model):
    """A section, division, group or class of ISIC (CIIU) revision 4 in which it works."""

    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="activities")
    code = models.CharField(_("activity"), max_length=4)

    class Meta:
        verbose_name = _("economic activity")
        constraints = [
            models.UniqueConstraint(fields=["actor", "code"], name="actoractivity_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Product(models.Model):
    """Something the organisation makes or does for others."""

    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="products")
    name = models.CharField(_("product or service"), max_length=160)
    unspsc = models.CharField(_("UNSPSC code"), max_length=8, blank=True)

    class Meta:
        verbose_name = _("product or service")
        constraints = [
            models.UniqueConstraint(fields=["actor", "name"], name="product_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Capability(models.Model):
    """How far the organisation has come in a theme, from an idea (1) to daily operation (9)."""

    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="capabilities")
    theme = models.ForeignKey("knowledge.Theme", models.PROTECT, related_name="capabilities")
    trl = models.PositiveSmallIntegerField(_("technology readiness level (TRL)"))
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("capability")
        constraints = [
            models.UniqueConstraint(fields=["actor", "theme"], name="capability_once"),
            models.CheckConstraint(
                condition=Q(trl__gte=1, trl__lte=9), name="capability_trl_from_1_to_9"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme} TRL {self.trl}"


class Certification(models.Model):
    """What somebody certified, and until when."""

    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="certifications")
    name = models.CharField(_("certification"), max_length=120)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("certification")
        constraints = [
            models.UniqueConstraint(fields=["actor", "name", "issuer"], name="certification_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """One of the places where the organisation is."""

    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="sites")
    kind = models.CharField(
        _("kind of place"), max_length=12, choices=SiteKind.choices, default=SiteKind.BRANCH
    )
    name = models.CharField(_("name of the place"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    region = models.ForeignKey(
        "knowledge.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )
    country = models.CharField(_("country"), max_length=2, blank=True)

    class Meta:
        verbose_name = _("place of an organisation")
        constraints = [
            models.UniqueConstraint(
                fields=["actor"],
                condition=Q(kind=SiteKind.HEAD_OFFICE),
                name="site_one_head_office",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class Contact(models.Model):
    """A way to reach the organisation, shown to those it is meant for and to nobody else."""

    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="contacts")
    label = models.CharField(_("what it is for"), max_length=80)
    kind = models.CharField(_("kind of contact"), max_length=10, choices=ContactKind.choices)
    value = models.CharField(_("contact"), max_length=160)
    visibility = models.CharField(
        _("who sees it"), max_length=8, choices=Visibility.choices, default=Visibility.STAFF
    )

    class Meta:
        verbose_name = _("contact")
        constraints = [
            models.UniqueConstraint(fields=["actor", "kind", "value"], name="contact_once"),
        ]

    def __str__(self) -> str:
        return self.label


class Link(models.Model):
    """A page elsewhere that speaks of the organisation."""

    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="links")
    label = models.CharField(_("title of the page"), max_length=80)
    url = models.URLField(_("address of the page"), max_length=250)

    class Meta:
        verbose_name = _("link")
        constraints = [
            models.UniqueConstraint(fields=["actor", "url"], name="link_once"),
        ]

    def __str__(self) -> str:
        return self.label
