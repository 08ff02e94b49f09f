"""Panel sessions as each person may see them: nobody reads an item that they have to leave for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from minka.core.models import RoleGrant, User
from minka.core.states import Role
from minka.innovation.models import (
    AgendaItem,
    Challenge,
    Motion,
    PanelRecusal,
    PanelSeat,
    PanelSession,
    PanelVote,
    Proposal,
)
from minka.innovation.models.panel_states import MotionState, PanelState
from minka.innovation.queries.conflict_words import all_words
from minka.innovation.queries.conflicts import conflicts
from minka.innovation.queries.evaluations import competitors
from minka.innovation.queries.proposals import competed_challenges, staff_challenges
from minka.innovation.states import ChallengeState, KeyState, ProposalState, Protection
from minka.knowledge.models import Membership
from minka.knowledge.states import ActorKind, MembershipState
from minka.methods.assembly import Quorum, QuorumRule, quorum

Reasons = dict[tuple[int, int], tuple[str, str]]  # item, seat → why, in Spanish and in English


@dataclass
class ItemView:
    """One item as one person sees it; `is_closed` when they leave for it: then it says nothing."""

    item: AgendaItem
    number: int
    is_closed: bool = False
    quorum: Quorum | None = None
    motions: list[Motion] = field(default_factory=list)
    left: list[PanelRecusal] = field(default_factory=list)
    own_vote: PanelVote | None = None

    @property
    def open_motion(self) -> Motion | None:
        """What is being voted on."""
        return next((one for one in self.motions if one.state == MotionState.OPEN), None)


def visible_panels(*, viewer: User) -> QuerySet[PanelSession]:
    """Return the sessions that `viewer` prepares or sits in.

    Never one that deals with a challenge which an organisation of theirs answers.
    """
    sits = Q(seats__person=viewer) & ~Q(state=PanelState.PREPARING)
    mine = PanelSession.objects.filter(sits | Q(pk__in=_all_for(viewer))).distinct()
    competed = PanelSession.objects.filter(
        challenges__in=competed_challenges(viewer=viewer)
    ).values("pk")
    return mine.exclude(pk__in=competed).select_related("edition", "created_by")


def _all_for(viewer: User) -> QuerySet[PanelSession, Any]:
    found = PanelSession.objects.values("pk")
    return found if viewer.is_staff else found.none()


def panel_of(*, challenge: Challenge) -> PanelSession | None:
    """No person: return the session that decides on a challenge; a cancelled one is none."""
    return (
        PanelSession.objects.filter(challenges=challenge)
        .exclude(state=PanelState.CANCELLED)
        .order_by("-pk")
        .first()
    )


def seats_of(session: PanelSession) -> list[PanelSeat]:
    """Return who sits, with their names, chair first."""
    order = {"chair": 0, "secretary": 1, "member": 2, "guest": 3}
    seats = session.seats.select_related("person")
    return sorted(seats, key=lambda one: (order[one.office], one.pk))


def reasons_to_leave(*, items: Iterable[AgendaItem], seats: Iterable[PanelSeat]) -> Reasons:
    """Return who has to leave for which item and why, computed now, with what was noted before.

    No viewer: the caller decides whom to show it.
    """
    items, seats = [one for one in items if one.proposal_id], list(seats)
    found: Reasons = {}
    proposals: list[Proposal] = [one.proposal for one in items if one.proposal]
    people: dict[int, User] = {one.person_id: one.person for one in seats}
    known = conflicts(proposals=proposals, people=people.values())
    rivals = {
        pk: competitors(challenge=challenge)
        for pk, challenge in {one.challenge_id: one.challenge for one in proposals}.items()
    }
    for item in items:
        if item.proposal is None:
            continue
        for seat in seats:
            grounds = known.standing(item.proposal.pk, seat.person_id)
            if grounds:
                found[item.pk, seat.pk] = _both(
                    lambda g=grounds: " ".join(all_words(g, known.names))
                )
            elif seat.person_id in rivals[item.proposal.challenge_id]:
                found[item.pk, seat.pk] = _both(
                    lambda: _("Belongs to an organisation that answers the same challenge.")
                )
    for noted in PanelRecusal.objects.filter(item__in=items, seat__in=seats):
        found[noted.item_id, noted.seat_id] = (noted.why_es, noted.why_en)
    return found


def _both(say: Any) -> tuple[str, str]:
    with override("es"):
        spanish = say()
    with override("en"):
        return spanish, say()


def quorum_of(session: PanelSession, seats: Iterable[PanelSeat], left: set[int]) -> Quorum:
    """Return the quorum without the seats that left; `left` holds ids of seats."""
    voting = [one for one in seats if one.votes]
    return quorum(
        entitled=[one.pk for one in voting],
        present=[one.pk for one in voting if one.is_there],
        left=left,
        rule=QuorumRule(session.quorum_rule),
    )


def agenda_for(*, viewer: User, session: PanelSession) -> list[ItemView]:
    """Return the agenda as `viewer` may read it; a constant number of SQL statements."""
    items = _loaded(session)
    seats = seats_of(session)
    reasons = reasons_to_leave(items=items, seats=seats)
    closed = closed_items(viewer=viewer, items=items)
    own = next((one for one in seats if one.person_id == viewer.pk), None)
    views = []
    for number, item in enumerate(items, start=1):
        left = {seat for of, seat in reasons if of == item.pk}
        if item.pk in closed:
            views.append(ItemView(item, number, is_closed=True))
            continue
        motions = list(item.motions.all())
        votes = [vote for motion in motions if motion.state == MotionState.OPEN
                 for vote in motion.votes.all()]  # fmt: skip
        views.append(
            ItemView(
                item,
                number,
                quorum=quorum_of(session, seats, left) if item.proposal_id else None,
                motions=motions,
                left=[
                    PanelRecusal(
                        item=item,
                        seat=seat,
                        why_es=reasons[item.pk, seat.pk][0],
                        why_en=reasons[item.pk, seat.pk][1],
                    )
                    for seat in seats
                    if seat.pk in left
                ],
                own_vote=next((v for v in votes if own and v.seat_id == own.pk), None),
            )
        )
    return views


def closed_items(*, viewer: User, items: Iterable[AgendaItem]) -> set[int]:
    """Return ids of the items that `viewer` has to leave for, as a member or as of the team."""
    items = [one for one in items if one.proposal_id]
    proposals: list[Proposal] = [one.proposal for one in items if one.proposal]
    known = conflicts(proposals=proposals, people=[viewer])
    noted = set(
        PanelRecusal.objects.filter(item__in=items, seat__person=viewer).values_list(
            "item_id", flat=True
        )
    )
    rivals = {
        pk
        for pk, challenge in {one.challenge_id: one.challenge for one in proposals}.items()
        if viewer.pk in competitors(challenge=challenge)
    }
    beyond = {
        item.pk
        for item in items
        if item.proposal
        and (item.proposal.challenge_id in rivals or known.standing(item.proposal.pk, viewer.pk))
    }
    return beyond | noted


def _loaded(session: PanelSession) -> list[AgendaItem]:
    votes = PanelVote.objects.select_related("seat__person")
    motions = Motion.objects.select_related("put_by").prefetch_related(Prefetch("votes", votes))
    return list(
        session.items.select_related("proposal__lead", "proposal__challenge")
        .prefetch_related(Prefetch("motions", motions))
        .order_by("position", "pk")
    )


def undealt_proposals(*, session: PanelSession) -> QuerySet[Proposal]:
    """No person: return the submitted proposals of the challenges that are on no agenda yet."""
    return Proposal.objects.filter(
        challenge__in=session.challenges.all(), state=ProposalState.SUBMITTED
    ).exclude(agenda_items__session=session)


def own_seat(*, viewer: User, session: PanelSession) -> PanelSeat | None:
    """Return the viewer's own seat."""
    return session.seats.filter(person=viewer).select_related("person").first()


def people_to_seat(*, viewer: User) -> QuerySet[User]:
    """Return whom `viewer` of the team may give a seat: the team, committee, evaluators, companies.

    Who answers calls is refused by the action.
    """
    if not viewer.has_perm("innovation.panel_run"):
        return User.objects.none()
    granted = RoleGrant.objects.filter(role__in=[Role.COMMITTEE, Role.EVALUATOR]).values("user")
    companies = Membership.objects.filter(
        state=MembershipState.ACTIVE, actor__kind=ActorKind.MINING_COMPANY
    ).values("user")
    able = Q(is_staff=True) | Q(pk__in=granted) | Q(pk__in=companies)
    return User.objects.filter(able, is_active=True).order_by("full_name", "pk")


def challenges_to_bring(*, viewer: User) -> QuerySet[Challenge]:
    """Return the closed challenges without released decisions that no session deals with yet."""
    busy = PanelSession.objects.exclude(state__in=[PanelState.CANCELLED, PanelState.CLOSED])
    return (
        staff_challenges(viewer=viewer)
        .filter(
            Q(call__protection=Protection.ACCESS) | Q(key__state=KeyState.OPENED),
            state=ChallengeState.PUBLISHED,
            call__closes_at__lte=timezone.now(),
        )
        .exclude(panels__in=busy)
        .order_by("call__closes_at", "pk")
    )
