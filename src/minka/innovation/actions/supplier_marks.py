"""What a supplier can do when an agreement comes into force, and when it is closed."""

from minka.innovation.models import Agreement, CapabilityMark
from minka.innovation.states.agreements import Moment, PartyRole
from minka.knowledge.models import Capability


def mark_capabilities(*, agreement: Agreement, moment: Moment) -> list[CapabilityMark]:
    """Keep the capabilities of each supplier as its profile has them now, once per moment.

    No person: the action that opens or closes the agreement asks for it.
    """
    kept = []
    for party in agreement.parties.filter(role=PartyRole.SOLVER).select_related("actor"):
        found = Capability.objects.filter(actor=party.actor_id).select_related("theme")
        said = [
            {
                "theme": one.theme.slug,
                "es": one.theme.label_es,
                "en": one.theme.label_en,
                "trl": one.trl,
            }
            for one in found.order_by("theme__slug")
        ]
        mark, is_new = CapabilityMark.objects.get_or_create(
            agreement=agreement,
            actor=party.actor,
            moment=moment,
            defaults={"capabilities": said},
        )
        if is_new:
            kept.append(mark)
    return kept
