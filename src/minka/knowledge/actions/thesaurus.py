"""Keep the bilingual thesaurus."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from minka.knowledge.models import Theme


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept; `broader` is the Spanish label of the wider one, empty at the top."""

    label_es: str
    label_en: str
    synonyms_es: tuple[str, ...]
    synonyms_en: tuple[str, ...]
    broader: str


@transaction.atomic
def load_themes(*, concepts: Iterable[Concept]) -> int:
    """Keep the concepts and return how many are new; known ones stay as people left them.

    No person: the seed comes with the installation.
    """
    themes = {theme.label_es: theme for theme in Theme.objects.all()}
    waiting = [concept for concept in concepts if concept.label_es not in themes]
    slugs = {theme.slug for theme in themes.values()}
    fresh = Theme.objects.bulk_create([_theme(concept, slugs) for concept in waiting])
    themes |= {theme.label_es: theme for theme in fresh}
    placed = []
    for concept in waiting:
        if concept.broader in themes:
            theme = themes[concept.label_es]
            theme.broader = themes[concept.broader]
            placed.append(theme)
    Theme.objects.bulk_update(placed, ["broader"], batch_size=200)
    return len(waiting)


def _theme(concept: Concept, slugs: set[str]) -> Theme:
    stem = slugify(concept.label_es)[:76] or "tema"
    slug, number = stem, 2
    while slug in slugs:
        slug, number = f"{stem}-{number}", number + 1
    slugs.add(slug)
    return Theme(
        slug=slug,
        label_es=concept.label_es,
        label_en=concept.label_en,
        synonyms_es=list(concept.synonyms_es),
        synonyms_en=list(concept.synonyms_en),
    )
