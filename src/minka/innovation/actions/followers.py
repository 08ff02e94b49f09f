"""Following a challenge, and stopping. The ledger does not say who follows what."""

from django.db import transaction
from django.utils import timezone

from minka.core.access import require
from minka.core.errors import WrongState
from minka.core.models import User
from minka.innovation.models import Challenge, ChallengeFollower
from minka.innovation.states import ChallengeState


@transaction.atomic
def follow_challenge(*, by: User, challenge: Challenge) -> ChallengeFollower:
    """Be told what changes, from now on; asked for twice it stays as it is.

    Raises:
        NotAllowed: `by` is not signed in.
        WrongState: the challenge is not published.
    """
    require(by, "innovation.challenge_follow", challenge)
    if challenge.state == ChallengeState.DRAFT:
        raise WrongState
    found, _made = ChallengeFollower.objects.update_or_create(
        challenge=challenge, user=by, defaults={"stopped_at": None}
    )
    return found


@transaction.atomic
def unfollow_challenge(*, by: User, challenge: Challenge) -> None:
    """Be told no more, also when taking part later.

    Raises:
        NotAllowed: `by` is not signed in.
    """
    require(by, "innovation.challenge_follow", challenge)
    stop_letters(challenge_id=challenge.pk, user_id=by.pk)


def follow_by_taking_part(*, by: User, challenge: Challenge) -> None:
    """Follow because of what `by` just did here; never against an earlier wish not to be told."""
    if by.is_active and challenge.state != ChallengeState.DRAFT:
        ChallengeFollower.objects.get_or_create(challenge=challenge, user=by)


@transaction.atomic
def stop_letters(*, challenge_id: int, user_id: int) -> None:
    """End the letters of one person about one challenge.

    No person: the link of a letter says for whom it is.
    """
    ChallengeFollower.objects.filter(
        challenge=challenge_id, user=user_id, stopped_at__isnull=True
    ).update(stopped_at=timezone.now())
