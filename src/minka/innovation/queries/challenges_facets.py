"""What the public list of challenges can be narrowed by, with counts."""

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from minka.core.components import Facet, FacetOption
from minka.innovation.models import Challenge
from minka.innovation.queries.challenges import PHASES, ChallengeFilters, published_challenges


def challenge_facets(*, filters: ChallengeFilters) -> list[Facet]:
    """Return the facets of what is published: two SQL statements."""
    published = published_challenges().order_by()
    by_phase = dict(published.values_list("phase_now").annotate(n=Count("pk")))
    phases = [
        FacetOption(phase.value, phase.label, by_phase[place], phase in filters.phases)
        for place, phase in enumerate(PHASES)
        if place in by_phase
    ]
    label = f"theme__label_{(get_language() or 'es')[:2]}"
    themes = (
        Challenge.themes.through.objects.filter(challenge__in=published.values("pk"))
        .values_list("theme__slug", label)
        .annotate(n=Count("pk"))
        .order_by(label)
    )
    options = [FacetOption(slug, text, n, slug in filters.themes) for slug, text, n in themes]
    facets = [Facet("phase", _("Where the call is"), phases), Facet("theme", _("Theme"), options)]
    return [facet for facet in facets if facet.options]
