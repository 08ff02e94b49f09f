"""What the team calls the communities of the network."""

from django.db import transaction

from minka.core.access import require
from minka.core.audit import record
from minka.core.models import User
from minka.knowledge.models import Community


@transaction.atomic
def name_community(*, by: User, community: Community, name_es: str, name_en: str) -> Community:
    """Give a community a name of people's own; empty ones take it back.

    Raises:
        NotAllowed: `by` is not of the cluster team.
    """
    require(by, "knowledge.network_measure")
    community.given_es, community.given_en = (
        " ".join(name.split())[:80] for name in (name_es, name_en)
    )
    community.save(update_fields=["given_es", "given_en"])
    data = {"number": community.number, "es": community.given_es, "en": community.given_en}
    record(by=by, verb="knowledge.community_name", obj=community, data=data)
    return community
