"""News of a challenge, to whoever follows it: each in their language, with a way to stop."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.innovation.models import Challenge, ChallengeFollower

NEWS = "innovation.challenge_news"
SALT = "minka.innovation.challenge_follower"


def notify_followers(
    *, challenge: Challenge, key: str, compose: Callable[[User], Message], but: User | None = None
) -> list[Notice]:
    """Tell everybody who follows `challenge`, once for this `key`; return the new notices.

    `compose` runs in the language of each and says what is new; how to stop the letters is added
    here. Nobody learns who else follows. Two SQL statements, and one notice and one job for each.

    Args:
        challenge: what there is news of.
        compose: says what is new to one person.
        key: what it is about, such as `question:7`; it need not name the challenge.
        but: somebody who is told in other words, or did it.
    """
    following = ChallengeFollower.objects.filter(challenge=challenge, stopped_at__isnull=True)
    people = User.objects.filter(pk__in=following.values("user"), is_active=True)

    def with_way_out(person: User) -> Message:
        told = compose(person)
        stop = settings.MINKA_BASE_URL + _silence(challenge.pk, person.pk)
        end = _("You are told because you follow this challenge. To get no more letters: %(link)s")
        return Message(told.subject, f"{told.body}\n\n{end % {'link': stop}}", told.url)

    return notify(
        recipients=people.exclude(pk=but.pk) if but else people,
        kind=NEWS,
        key=f"challenge:{challenge.pk}:{key}",
        compose=with_way_out,
    )


def way_out_of_following(notice: Notice) -> str:
    """Return the address that ends the letters about the challenge that a notice is about."""
    return _silence(int(notice.key.split(":")[1]), notice.recipient_id)


def follower_of(*, token: str) -> tuple[int, int] | None:
    """Return which challenge and person a link is about, None when nobody here made it."""
    try:
        challenge, person = cast(
            "list[int]", signing.Signer(salt=SALT, sep=".").unsign_object(token)
        )
    except signing.BadSignature:
        return None
    return challenge, person


def _silence(challenge_id: int, person_id: int) -> str:
    token = signing.Signer(salt=SALT, sep=".").sign_object([challenge_id, person_id])
    return reverse("innovation:follow_silence", args=[token])
