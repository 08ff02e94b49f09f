"""Reads of keys, custodians and openings."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from minka.core.components import Step, StepState
from minka.core.models import User
from minka.innovation.models import (
    Call,
    CallKey,
    Challenge,
    Custodian,
    OpeningSession,
    Proposal,
    Resharing,
)
from minka.innovation.states import KeyState, OpeningFailure, ProposalState


def key_of(challenge: Challenge) -> CallKey | None:
    """Return the key of a challenge's call, if one was begun."""
    return CallKey.objects.filter(challenge=challenge).first()


def key_in_force(*, proposal: Proposal) -> CallKey | None:
    """No person: return the key that a proposal is sealed to, once there is one."""
    try:
        key: CallKey = proposal.challenge.key
    except CallKey.DoesNotExist:
        return None
    return key if key.state in {KeyState.IN_FORCE, KeyState.OPENED} else None


def sealed_challenges(*, viewer: User) -> QuerySet[Challenge]:
    """Return the challenges whose sealing `viewer` has to do with: the team all, custodians own."""
    own = own_custodies(viewer=viewer).values("key__challenge")
    found = Challenge.objects.select_related("call", "key")
    return found if viewer.is_staff else found.filter(pk__in=own)


def own_custodies(*, viewer: User) -> QuerySet[Custodian]:
    """Return the shares that `viewer` holds or is to hold; not those that were replaced."""
    in_force = Q(round=F("key__round"))
    coming = Exists(
        Resharing.objects.filter(
            key=OuterRef("key"),
            round=OuterRef("round"),
            done_at__isnull=True,
            abandoned_at__isnull=True,
        )
    )
    return (
        Custodian.objects.filter(in_force | Q(coming), user=viewer)
        .select_related("key__challenge__call", "organisation", "user")
        .order_by("-pk")
    )


def sessions_of(*, viewer: User, challenge: Challenge) -> QuerySet[OpeningSession]:
    """Return the rehearsals and openings of a call, for whoever may open it."""
    if not viewer.has_perm("innovation.seal_open", challenge):
        return OpeningSession.objects.none()
    return OpeningSession.objects.filter(key__challenge=challenge).select_related("led_by")


def still_sealed(*, challenge: Challenge) -> QuerySet[Proposal]:
    """No person: return the submitted proposals that nobody has opened, oldest first.

    Locked copies stay locked: opening does not need the key of drafts.
    """
    return (
        Proposal.objects.filter(challenge=challenge, state=ProposalState.SUBMITTED, is_sealed=True)
        .defer("locked")
        .order_by("pk")
    )


def economic_sealed(*, challenge: Challenge) -> QuerySet[Proposal]:
    """No person: return what is still evaluated and whose economic parts nobody has opened."""
    return Proposal.objects.filter(
        challenge=challenge,
        state=ProposalState.SUBMITTED,
        economic_sealed=True,
        ineligible_at__isnull=True,
    ).order_by("pk")


def missing_of_sealing(challenge: Challenge, call: Call | None) -> str:
    """Return what keeps a sealed call from being published, empty when nothing does."""
    if call is None or not call.is_sealed:
        return ""
    key = key_of(challenge)
    if key is None or key.state == KeyState.PREPARING:
        return _("The key of the call is not made yet.")
    if key.state == KeyState.MADE:
        return _("The opening was not rehearsed yet.")
    return ""


@dataclass(frozen=True)
class SessionLine:
    """One proposal in the report of a session: whose, and why it did not open, if it did not."""

    proposal: str
    lead: str
    failure: str = ""


def session_lines(*, viewer: User, session: OpeningSession) -> list[SessionLine]:
    """Return what a session opened and what not; a custodian who competes reads no names."""
    shows_names = not viewer.has_perm("innovation.proposal_competes", session.key.challenge)
    ids = [one["proposal"] for one in (*session.opened, *session.failures) if one["proposal"]]
    leads = dict(Proposal.objects.filter(public_id__in=ids).values_list("public_id", "lead__name"))
    names = {str(key): name for key, name in leads.items()}
    return [
        SessionLine(
            one["proposal"],
            names.get(one["proposal"], "") if shows_names else "",
            str(OpeningFailure(one["reason"]).label) if "reason" in one else "",
        )
        for one in (*session.failures, *session.opened)
    ]


def sealing_steps(
    *, challenge: Challenge, key: CallKey | None, custodians: Sequence[Custodian]
) -> list[Step]:
    """Return the way from naming custodians to the opening, as the stepper shows it."""
    state = key.state if key else KeyState.PREPARING
    order = list(KeyState)
    done = order.index(KeyState(state))
    ready = sum(bool(one.public_half) for one in custodians)
    confirmed = sum(bool(one.confirmed_at) for one in custodians)
    told = _("%(count)s of %(all)s")
    names = [
        (_("Custodians ready"), told % {"count": ready, "all": len(custodians)}),
        (_("Shares in their hands"), told % {"count": confirmed, "all": len(custodians)}),
        (_("Opening rehearsed"), ""),
        (_("Call published"), ""),
        (_("Proposals opened"), ""),
    ]
    at = [key.made_at, None, key.rehearsed_at, challenge.published_at, key.opened_at] if key else []
    at += [None] * (len(names) - len(at))
    reached = [
        done >= 1,
        done >= 1 and confirmed == len(custodians),
        done >= 2,
        done >= 3,
        done >= 4,
    ]
    current = reached.index(False) if False in reached else len(names)
    return [
        Step(
            label,
            StepState.DONE
            if reached[place]
            else (StepState.CURRENT if place == current else StepState.NEXT),
            at=at[place] if reached[place] else None,
            note=note if not reached[place] and place == current else "",
        )
        for place, (label, note) in enumerate(names)
    ]
