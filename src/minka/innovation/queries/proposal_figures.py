"""How far a draft is from what was handed in last."""

from minka.innovation.models import DraftVersion, Proposal


def changes_not_submitted(proposal: Proposal) -> int | None:
    """Return how many things differ from what was handed in last; None where that is not known.

    What was sealed is known only where its people keep a copy of their draft.
    """
    if not proposal.is_writable:
        return None
    kept = DraftVersion.objects.filter(proposal=proposal, handed_in=True).order_by("-pk").first()
    if kept is None:
        return None
    kept.proposal = proposal
    before, now = kept.words(), proposal.words()
    return len([name for name in now if before.get(name) != now[name]])
