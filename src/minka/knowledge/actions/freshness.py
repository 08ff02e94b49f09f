"""Ask organisations whether their profile is still right, and keep what they answer."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, NotFound, WrongState
from minka.core.jobs import enqueue
from minka.core.models import User
from minka.knowledge.models import Actor, Campaign, Confirmation, Place
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.states import ActorKind, Freshness

SEND = "minka.knowledge.tasks.send_confirmation"
LINK_LIVES = timedelta(days=60)
MAX_ATTEMPTS = 8


@transaction.atomic
def start_campaign(*, by: User, name: str, kind: str = "", region: Place | None = None) -> Campaign:
    """Write to every organisation that fits and can be reached; each letter is a job.

    The owner of a claimed profile is written to, else the e-mail address of the organisation.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no name, or nobody to write to.
    """
    require(by, "knowledge.campaign_start")
    name = " ".join(name.split())[:120]
    if not name:
        raise InvalidInput(fields={"name": _("Give the round a name, for example “March 2027”.")})
    if kind and kind not in ActorKind.values:
        raise InvalidInput(fields={"kind": _("Choose a type of organisation.")})
    reachable = list(reachable_actors(by=by, kind=kind, region=region))
    if not reachable:
        raise InvalidInput(_("No organisation that fits has an address to write to."))
    campaign = Campaign.objects.create(name=name, kind=kind, region=region, started_by=by)
    expires_at = timezone.now() + LINK_LIVES
    letters = Confirmation.objects.bulk_create(
        [
            Confirmation(
                campaign=campaign,
                actor=actor,
                email=actor.owner.email if actor.owner else actor.email,
                language=actor.owner.language if actor.owner else "es",
                expires_at=expires_at,
            )
            for actor in reachable
        ],
        batch_size=500,
    )
    for letter in letters:
        enqueue(SEND, letter.pk)
    record(
        by=by, verb="knowledge.campaign_start", obj=campaign, data={"organisations": len(letters)}
    )
    return campaign


def reachable_actors(*, by: User, kind: str = "", region: Place | None = None) -> QuerySet[Actor]:
    """Return the organisations that a round would write to; none unless `by` may start one."""
    found = visible_actors(viewer=by)
    if not by.has_perm("knowledge.campaign_start"):
        return found.none()
    found = found.filter(~Q(email="") | Q(owner__is_active=True)).select_related("owner")
    if kind:
        found = found.filter(kind=kind)
    if region is not None:
        found = found.filter(region=region)
    return found.order_by("pk")


def letter_to_send(*, confirmation_id: int) -> Confirmation | None:
    """Take a letter in hand, once; None when somebody has.

    No person: the job that sends it calls this, after somebody started the round.
    """
    waiting = Confirmation.objects.filter(pk=confirmation_id, sent_at__isnull=True)
    if not waiting.update(sent_at=timezone.now()):
        return None
    return Confirmation.objects.select_related("actor", "campaign").get(pk=confirmation_id)


@transaction.atomic
def letter_not_sent(*, confirmation_id: int, attempt: int) -> None:
    """Put a letter back that the mail server did not take, and try again later, eight times.

    No person: the job that could not send it calls this.
    """
    Confirmation.objects.filter(pk=confirmation_id).update(sent_at=None)
    if attempt < MAX_ATTEMPTS:
        wait = timedelta(minutes=2**attempt)
        enqueue(SEND, confirmation_id, attempt + 1, wait=wait)


@transaction.atomic
def answer_confirmation(*, confirmation: Confirmation, changed: str = "") -> Confirmation:
    """Confirm a profile, or say what has changed.

    No person: whoever holds the link that was sent to the organisation answers for it.

    Raises:
        NotFound: the link is too old.
        WrongState: it was used before.
    """
    now = timezone.now()
    if confirmation.expires_at <= now:
        raise NotFound(_("This link is no longer good. Write to the cluster team."))
    state = Freshness.CHANGED if changed.strip() else Freshness.CONFIRMED
    waiting = Confirmation.objects.filter(pk=confirmation.pk, state=Freshness.WAITING)
    if not waiting.update(state=state, answered_at=now, note=changed.strip()[:1000]):
        raise WrongState(_("This link has been used; thank you for the answer."))
    confirmation.refresh_from_db()
    actor = confirmation.actor
    if state == Freshness.CONFIRMED:
        actor.confirmed_at = now
        actor.save(update_fields=["confirmed_at", "updated_at"])
    verb = "profile_confirm" if state == Freshness.CONFIRMED else "profile_outdated"
    record(
        by=None,
        verb=f"knowledge.{verb}",
        obj=actor,
        data={"confirmation": confirmation.pk},
    )
    return confirmation
