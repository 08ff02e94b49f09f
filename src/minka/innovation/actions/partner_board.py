"""Looking for a partner: what is offered and sought, and messages that reveal no address."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import User
from minka.innovation.models import Challenge, PartnerMessage, PartnerPost
from minka.innovation.notices.consortium import tell_message
from minka.innovation.states import ChallengeState
from minka.knowledge.models import Actor

LONGEST_TEXT = 2_000  # characters
MOST_MESSAGES = 50  # between two organisations about one post


@transaction.atomic
def post_search(
    *, by: User, challenge: Challenge, actor: Actor, offers: str, seeks: str
) -> PartnerPost:
    """Say on the board of a challenge what one offers and looks for; written again, it replaces.

    Whoever posts reveals, by choice, that the organisation is interested in the challenge.

    Raises:
        NotAllowed: `by` does not belong to `actor`.
        WrongState: the call takes no consortium, or is not to be answered any more.
        InvalidInput: a text is missing or too long.
    """
    require(by, "innovation.proposal_start", actor)
    call = Challenge.objects.select_related("call").get(pk=challenge.pk).call
    is_over = challenge.state != ChallengeState.PUBLISHED or call.closes_at <= timezone.now()
    if is_over or not challenge.consortium_allowed:
        raise WrongState(_("Partners are not looked for here any more."))
    texts = {"offers": offers.strip(), "seeks": seeks.strip()}
    _check(texts)
    standing = PartnerPost.objects.select_for_update().filter(
        challenge=challenge, actor=actor, removed_at__isnull=True
    )
    if post := standing.first():
        PartnerPost.objects.filter(pk=post.pk).update(**texts)
        post.refresh_from_db()
        return post
    post = PartnerPost.objects.create(challenge=challenge, actor=actor, by=by, **texts)
    record(by=by, verb="innovation.partner_post", obj=challenge)
    return post


@transaction.atomic
def remove_search(*, by: User, post: PartnerPost) -> None:
    """Take a post off the board.

    Raises:
        NotAllowed: `by` does not belong to the organisation that posted.
        WrongState: it was taken off already.
    """
    require(by, "innovation.proposal_start", post.actor)
    standing = PartnerPost.objects.filter(pk=post.pk, removed_at__isnull=True)
    if not standing.update(removed_at=timezone.now()):
        raise WrongState(_("It was taken off already."))
    record(by=by, verb="innovation.partner_post_remove", obj=post.challenge)


@transaction.atomic
def write_to(
    *, by: User, post: PartnerPost, other: Actor, text: str, is_answer: bool = False
) -> PartnerMessage:
    """Send a message about a post: as `other`, or as whoever posted to `other` (`is_answer`).

    The other side learns which organisation writes and who of it, never an e-mail address.

    Raises:
        NotAllowed: `by` does not belong to the side that writes; or answers whoever never wrote.
        WrongState: the post was taken off.
        InvalidInput: the text is missing or too long, or there were very many already.
    """
    require(by, "innovation.proposal_start", post.actor if is_answer else other)
    if other.pk == post.actor_id:
        raise InvalidInput(fields={"text": _("This is what your own organisation looks for.")})
    current = PartnerPost.objects.select_for_update().get(pk=post.pk)
    said = PartnerMessage.objects.filter(post=current, other=other)
    if is_answer and not said.filter(is_answer=False).exists():
        raise NotAllowed
    if current.removed_at is not None and not said.exists():
        raise WrongState(_("It was taken off already."))
    _check({"text": text.strip()})
    if said.count() >= MOST_MESSAGES:
        raise InvalidInput(fields={"text": _("Enough was written here; agree on a call instead.")})
    message = PartnerMessage.objects.create(
        post=current, other=other, is_answer=is_answer, text=text.strip(), by=by
    )
    tell_message(message)
    return message


def _check(texts: dict[str, str]) -> None:
    wrong = {name: _("Write a few words.") for name, text in texts.items() if len(text) < 10}
    wrong |= {
        name: _("At most %(most)s characters.") % {"most": LONGEST_TEXT}
        for name, text in texts.items()
        if len(text) > LONGEST_TEXT
    }
    if wrong:
        raise InvalidInput(fields=wrong)
