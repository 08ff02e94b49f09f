"""A concept of the bilingual thesaurus."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.Model):
    """Spanish and English label of one concept, with synonyms and its broader concept."""

    slug = models.SlugField(max_length=80, unique=True)
    label_es = models.CharField(_("label in Spanish"), max_length=120, unique=True)
    label_en = models.CharField(_("label in English"), max_length=120)
    synonyms_es = models.JSONField(default=list, blank=True)
    synonyms_en = models.JSONField(default=list, blank=True)
    broader = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="narrower"
    )

    class Meta:
        verbose_name = _("theme")
        ordering = ["label_es"]

    def __str__(self) -> str:
        return self.label_es
