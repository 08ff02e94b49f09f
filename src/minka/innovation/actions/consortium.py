"""Organisations that propose together: asked by the lead, and in it only once they accept.

The entries of the ledger say that something happened, and never with whom.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.calls import open_call
from minka.innovation.models import Partner, PartnerLetter, Proposal
from minka.innovation.notices.consortium import (
    tell_answered,
    tell_asked,
    tell_parted,
    tell_share,
)
from minka.innovation.queries.consortium import STANDING, letters_that_wait, live_answers_of
from minka.innovation.states import PartnerState, ProposalState
from minka.knowledge.models import Actor
from minka.knowledge.states import ActorState

LONGEST_ROLE = 300


@dataclass(frozen=True)
class Share:
    """What a partner does, and how much of the work that is, in per cent."""

    percent: int
    does: str = ""


@transaction.atomic
def ask_partner(*, by: User, proposal: Proposal, actor: Actor, share: Share) -> Partner:
    """Ask an organisation into the consortium; its people are told, and answer for it.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: the draft cannot be written now, or the challenge takes no consortium.
        InvalidInput: it is the lead itself, was asked already, or the shares do not fit.
    """
    require(by, "innovation.consortium_lead", proposal)
    current = held_proposal(proposal)
    wrong = wrong_places(current, share.percent, actor=actor)
    if wrong:
        raise InvalidInput(fields=wrong)
    partner = Partner.objects.create(
        proposal=current,
        actor=actor,
        share=share.percent,
        does=share.does.strip()[:LONGEST_ROLE],
        asked_by=by,
    )
    record(by=by, verb="innovation.partner_ask", obj=current)
    tell_asked(partner)
    return partner


@transaction.atomic
def answer_as_partner(*, by: User, partner: Partner, accept: bool) -> Partner:
    """Accept or refuse for one's organisation; from then on its people read and write the draft.

    Raises:
        NotAllowed: `by` does not belong to the organisation that was asked.
        WrongState: it was answered or taken back, or the draft cannot be written now.
        Conflict: the same organisations have another proposal to this challenge.
    """
    require(by, "innovation.partner_answer", partner)
    current = held_proposal(partner.proposal)
    if accept:
        refuse_same_consortium(current, partner.actor)
    state = PartnerState.ACCEPTED if accept else PartnerState.REFUSED
    _move(partner, PartnerState.ASKED, state, by=by)
    verb = "innovation.partner_accept" if accept else "innovation.partner_refuse"
    record(by=by, verb=verb, obj=current)
    tell_answered(partner)
    return partner


@transaction.atomic
def leave_consortium(*, by: User, partner: Partner) -> Partner:
    """Leave a consortium that was accepted, while its draft can be written.

    Raises:
        NotAllowed: `by` does not belong to the partner.
        WrongState: it is not in the consortium, or the draft cannot be written now.
    """
    require(by, "innovation.partner_answer", partner)
    current = held_proposal(partner.proposal)
    _move(partner, PartnerState.ACCEPTED, PartnerState.LEFT, by=by)
    record(by=by, verb="innovation.partner_leave", obj=current)
    tell_answered(partner)
    return partner


@transaction.atomic
def part_with(*, by: User, partner: Partner) -> Partner:
    """Take an organisation out of the consortium, or the question back, while it is a draft.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: it is not in the consortium any more, or the draft cannot be written now.
    """
    require(by, "innovation.consortium_lead", partner.proposal)
    current = held_proposal(partner.proposal)
    if not Partner.objects.filter(pk=partner.pk, state__in=STANDING).update(
        state=PartnerState.LEFT, answered_at=timezone.now()
    ):
        raise WrongState(_("This organisation is not in the consortium any more."))
    record(by=by, verb="innovation.partner_part", obj=current)
    tell_parted(partner)
    return partner


@transaction.atomic
def set_shares(*, by: User, proposal: Proposal, shares: Mapping[int, Share]) -> None:
    """Say what each partner does and how much of the work that is; the rest is the lead's.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        InvalidInput: a share is not from 1 to 99, or nothing would be left for the lead.
        WrongState: the draft cannot be written now.
    """
    require(by, "innovation.consortium_lead", proposal)
    current = held_proposal(proposal)
    standing = list(current.partners.filter(state__in=STANDING).select_related("actor"))
    found = {one.pk: shares.get(one.pk, Share(one.share, one.does)) for one in standing}
    asked = [one.share for one in letters_that_wait(current)]
    percents = [one.percent for one in found.values()]
    if wrong := _wrong_shares([*percents, *asked], field="shares"):
        raise InvalidInput(fields=wrong)
    for one in standing:
        share = found[one.pk]
        Partner.objects.filter(pk=one.pk).update(
            share=share.percent, does=share.does.strip()[:LONGEST_ROLE]
        )
    entry = record(by=by, verb="innovation.partner_shares", obj=current)
    for one in standing:
        before, one.share = one.share, found[one.pk].percent
        if one.share != before:
            tell_share(one, before=before, entry=entry.position)


def settle_consortium(proposal: Proposal) -> None:
    """No person: keep who is in the consortium as it is handed in; evaluation goes by that.

    Raises:
        Conflict: the same organisations have handed in another proposal to this challenge.
    """
    _refuse_second(proposal)
    accepted = ExpressionWrapper(Q(state=PartnerState.ACCEPTED), BooleanField())
    Partner.objects.filter(proposal=proposal).update(counts=accepted)


def held_proposal(proposal: Proposal) -> Proposal:
    """No person: lock the proposal and its call; refuse what cannot be written now."""
    open_call(proposal.challenge_id, lead_id=proposal.lead_id)
    current = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("challenge", "lead")
        .get(pk=proposal.pk)
    )
    if not current.is_writable:
        raise WrongState(_("The consortium changes only while the proposal is being written."))
    return current


def wrong_places(
    current: Proposal,
    percent: int,
    *,
    actor: Actor | None = None,
    instead_of: PartnerLetter | None = None,
) -> dict[str, str]:
    """No person: say why one more partner does not fit, by field; empty when it does.

    Letters that wait for their answer keep a place, but for the one `instead_of` which it comes.

    Raises:
        WrongState: the challenge takes no consortium.
    """
    challenge = current.challenge
    if not challenge.consortium_allowed:
        raise WrongState(
            _("This challenge is answered by one organisation; it takes no consortia.")
        )
    standing = list(current.partners.filter(state__in=STANDING))
    letters = [one for one in letters_that_wait(current) if one != instead_of]
    wrong: dict[str, str] = {}
    if actor is not None and actor.pk == current.lead_id:
        wrong["organisation"] = _("This organisation leads the proposal.")
    elif actor is not None and actor.state != ActorState.LIVE:
        wrong["organisation"] = _("This organisation was joined with another. Choose that one.")
    elif actor is not None and any(one.actor_id == actor.pk for one in standing):
        wrong["organisation"] = _("This organisation has been asked already.")
    elif challenge.partners_max and len(standing) + len(letters) >= challenge.partners_max:
        wrong["organisation"] = ngettext(
            "This challenge allows at most %(most)s partner.",
            "This challenge allows at most %(most)s partners.",
            challenge.partners_max,
        ) % {"most": challenge.partners_max}
    shares = [percent, *(one.share for one in standing), *(one.share for one in letters)]
    return wrong | _wrong_shares(shares, field="share")


def _wrong_shares(shares: list[int], *, field: str) -> dict[str, str]:
    if any(not 1 <= one <= 99 for one in shares):
        return {field: _("Write a share from 1 to 99 per cent.")}
    if sum(shares) > 99:
        return {field: _("The shares of the partners leave nothing for whoever leads.")}
    return {}


def _move(partner: Partner, source: PartnerState, target: PartnerState, *, by: User) -> None:
    moved = Partner.objects.filter(pk=partner.pk, state=source).update(
        state=target, answered_by=by, answered_at=timezone.now()
    )
    if not moved:
        raise WrongState(_("This was answered or taken back already; reload the page."))
    partner.refresh_from_db()


def refuse_same_consortium(proposal: Proposal, actor: Actor) -> None:
    """No person: let the same organisations have one draft to a challenge, whoever leads."""
    ours = _together(proposal) | {actor.pk}
    for other in live_answers_of(actor, proposal.challenge).exclude(pk=proposal.pk):
        if _together(other) == ours:
            raise Conflict(
                _("The same organisations have another proposal to this challenge; go on there.")
            )


def _refuse_second(proposal: Proposal) -> None:
    """Let the same organisations hand in once, however they came to be the same."""
    ours = _together(proposal)
    if len(ours) == 1:  # of one organisation alone there is one live proposal to a challenge
        return
    others = Proposal.objects.filter(
        challenge=proposal.challenge_id, lead__in=ours, state=ProposalState.SUBMITTED
    ).exclude(pk=proposal.pk)
    for other in others.prefetch_related("partners"):
        theirs = {one.actor_id for one in other.partners.all() if one.counts}
        if {other.lead_id, *theirs} == ours:
            raise Conflict(
                _("The same organisations have handed in another proposal to this challenge.")
            )


def _together(proposal: Proposal) -> set[int]:
    partners = Partner.objects.filter(proposal=proposal, state=PartnerState.ACCEPTED)
    return {proposal.lead_id, *partners.values_list("actor_id", flat=True)}
