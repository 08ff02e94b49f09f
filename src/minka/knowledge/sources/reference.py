"""What every map needs before its first organisation: places and themes."""

from django.db import transaction

from minka.knowledge.actions.gazetteer import PlaceFact, load_places
from minka.knowledge.actions.thesaurus import Concept, load_themes
from minka.knowledge.models import Place, Theme
from minka.knowledge.sources.gazetteer import iter_places, normalise_place_name
from minka.knowledge.sources.thesaurus import iter_concepts


def ensure_reference_data() -> bool:
    """Load gazetteer and thesaurus where they are missing; return True if they were.

    Two questions to the database when nothing is missing.
    """
    if Place.objects.exists() and Theme.objects.exists():
        return False
    with transaction.atomic():
        load_places(
            facts=(
                PlaceFact(
                    country=place.country,
                    level=place.level,
                    code=place.inei,
                    other_code=place.reniec,
                    name=place.name,
                    key=normalise_place_name(place.name),
                    parent_code=place.parent_inei,
                    latitude=place.latitude,
                    longitude=place.longitude,
                )
                for place in iter_places()
            )
        )
        load_themes(
            concepts=(
                Concept(
                    label_es=concept.es,
                    label_en=concept.en,
                    synonyms_es=concept.synonyms_es,
                    synonyms_en=concept.synonyms_en,
                    broader=concept.parent,
                )
                for concept in iter_concepts()
            )
        )
    return True
