"""What the profile does when identity changes: claims are reconciled, owners shown anew."""

from typing import Any

from django.dispatch import receiver

from minka.knowledge.actions.ownership import follow_claims, reconcile_claims
from minka.knowledge.models import Actor
from minka.knowledge.signals import actors_merged, actors_merging, merge_undone


@receiver(actors_merging, sender=Actor, dispatch_uid="knowledge.reconcile_claims")
def before_merge(*, keep: Actor, gone: Actor, **_: Any) -> None:
    """Settle what would be doubled."""
    if keep.owner_id or gone.owner_id or _open_claims(keep, gone):
        reconcile_claims(keep=keep, gone=gone)


@receiver(actors_merged, sender=Actor, dispatch_uid="knowledge.follow_claims")
def after_merge(*, keep: Actor, gone: Actor, **_: Any) -> None:
    """Show the owner of what was joined."""
    if keep.owner_id or gone.owner_id:
        follow_claims(actors=[keep, gone])


@receiver(merge_undone, sender=Actor, dispatch_uid="knowledge.part_claims")
def after_parting(*, keep: Actor, gone: Actor, **_: Any) -> None:
    """Show the owners of what was taken apart."""
    follow_claims(actors=[keep, gone], parted=True)


def _open_claims(keep: Actor, gone: Actor) -> bool:
    return bool(gone.claims.all()) and bool(keep.claims.all())  # fetched for all at once
