"""How far a draft is from what was handed in last."""

from collections.abc import Iterable

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
    return _differences(kept, proposal)


def changes_by_proposal(proposals: Iterable[Proposal]) -> dict[int, int]:
    """Return the same for many, by id, in one SQL statement; those not known are left out."""
    writable = {one.pk: one for one in proposals if one.is_writable and not one.is_damaged}
    kept = DraftVersion.objects.filter(proposal__in=writable, handed_in=True).order_by("pk")
    latest = {one.proposal_id: one for one in kept}
    return {pk: _differences(version, writable[pk]) for pk, version in latest.items()}


def _differences(kept: DraftVersion, proposal: Proposal) -> int:
    kept.proposal = proposal
    before, now = kept.words(), proposal.words()
    return len([name for name in now if before.get(name) != now[name]])
