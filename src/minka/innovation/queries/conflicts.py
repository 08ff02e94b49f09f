"""Conflicts of interest between evaluators and proposals, with what makes each of them one.

Computed from memberships, groups of companies, ties of the map, partners of a consortium and
e-mail addresses, and taken from what was declared. Whoever has one sees neither the proposal nor
its evaluators, unless it was lifted by name.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from minka.core.models import User
from minka.innovation.models import (
    AgendaItem,
    Appeal,
    Assignment,
    ConflictWaiver,
    Interest,
    Partner,
    Proposal,
)
from minka.innovation.states import Ground, ProposalState
from minka.knowledge.models import Actor, Membership, Relation
from minka.knowledge.rules import member_actors
from minka.knowledge.states import MembershipState, RelationKind, RelationState
from minka.methods.domains import (
    domain_of_email,
    domain_of_website,
    is_free_mail,
    is_reserved,
    within,
)

YEARS = 3  # that a tie which has ended is still a conflict
ACT = "innovation.proposal:"  # what the tie between partners of a proposal was born from
GROUP_STEPS = 3  # of parents and subsidiaries that are followed: up, and down again
TIES = {
    RelationKind.PROPOSES_WITH: Ground.CO_PROPOSAL,
    RelationKind.CONTRACTED_BY: Ground.CONTRACT,
    RelationKind.SUPPLIES: Ground.CONTRACT,
    RelationKind.PARTNER_IN: Ground.TIE,
    RelationKind.RESEARCHES_WITH: Ground.TIE,
    RelationKind.FUNDS: Ground.TIE,
}  # membership of a chamber, courses and certificates bind too many to say anything
ORDER = list(Ground)

Pair = tuple[int, int]  # proposal id, person id


@dataclass(frozen=True, slots=True)
class Found:
    """One ground of a conflict.

    Args:
        ground: what it is.
        side: id of the lead or partner of the proposal.
        own: id of the person's organisation; None where the ground needs none.
        detail: the domain of an e-mail address, or the words of a declaration.
    """

    ground: Ground
    side: int
    own: int | None = None
    detail: str = ""

    @property
    def key(self) -> str:
        """What a waiver keeps of it."""
        return f"{self.ground.value}:{self.own or ''}:{self.side}"


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What was found by pair, whether it was lifted, and the names of the organisations."""

    found: Mapping[Pair, tuple[Found, ...]]
    lifted: frozenset[Pair]
    names: Mapping[int, str] = field(default_factory=dict)

    def standing(self, proposal: int, person: int) -> tuple[Found, ...]:
        """Return what keeps the person from the proposal; nothing where it was lifted."""
        pair = (proposal, person)
        return () if pair in self.lifted else self.found.get(pair, ())


def conflicts(*, proposals: Iterable[Proposal], people: Iterable[User]) -> Conflicts:
    """Return every conflict between these proposals and these people.

    At most twelve SQL statements, however many there are of either. Whether somebody may know is
    for the caller.
    """
    leads = {one.pk: one.lead_id for one in proposals}
    persons = {one.pk: one for one in people}
    if not leads or not persons:
        return Conflicts({}, frozenset())
    sides = _sides(leads)
    every = {side for several in sides.values() for side in several}
    own = _memberships(persons)
    found: dict[tuple[int, int], list[Found]] = defaultdict(list)  # side, person
    near = _near(own, every)
    told_by = {pk: domain for pk, one in persons.items() if (domain := _telling(one.email))}
    domains = _domains(every) if told_by else {}
    declared = _declared(persons)
    for person in persons.values():
        domain = told_by.get(person.pk, "")
        for side in every:
            grounds = found[side, person.pk]
            for actor in own.get(person.pk, ()):
                grounds += near.get((actor, side), ())
            if domain and any(within(domain, one) for one in domains.get(side, ())):
                grounds.append(Found(Ground.MAIL, side, detail=domain))
            if reason := declared.get((person.pk, side)):
                grounds.append(Found(Ground.DECLARED, side, detail=reason))
    pairs = {
        (proposal, person): tuple(_as_side(leads[proposal], sides[proposal], found, person))
        for proposal in leads
        for person in persons
    }
    told = {pair: grounds for pair, grounds in pairs.items() if grounds}
    names = dict(
        Actor.objects.filter(pk__in=every | {a for several in own.values() for a in several})
        .values_list("pk", "name")
    ) if told else {}  # fmt: skip
    return Conflicts(told, _lifted(told), names)


def conflict_between(*, proposal: Proposal, person: User) -> tuple[Found, ...]:
    """Return what keeps one person from one proposal."""
    return conflicts(proposals=[proposal], people=[person]).standing(proposal.pk, person.pk)


def closed_to(*, viewer: User) -> set[int]:
    """Return ids of the proposals that a conflict closes to `viewer`, who would else read them.

    Asked for the proposals of the team, and of what somebody evaluates, decides or answers. One
    or two SQL statements for whoever has no organisation, no declared interest and an address of
    nobody's.
    """
    if not viewer.is_authenticated or not _may_have_any(viewer):
        return set()
    standing = Proposal.objects.filter(state=ProposalState.SUBMITTED)
    if not viewer.is_staff:
        duties = Assignment.objects.filter(evaluator=viewer).values("proposal")
        agendas = AgendaItem.objects.filter(session__seats__person=viewer).values("proposal")
        appeals = Appeal.objects.filter(handler=viewer).values("letter__proposal")
        standing = standing.filter(Q(pk__in=duties) | Q(pk__in=agendas) | Q(pk__in=appeals))
    proposals = list(standing.only("pk", "lead_id"))
    found = conflicts(proposals=proposals, people=[viewer])
    return {one.pk for one in proposals if found.standing(one.pk, viewer.pk)}


def _may_have_any(viewer: User) -> bool:
    if _telling(viewer.email) or member_actors(viewer):
        return True
    return Interest.objects.filter(person=viewer, withdrawn_at__isnull=True).exists()


def _telling(email: str) -> str:
    """Return the domain of an address, or an empty string where it says nothing of its owner."""
    domain = domain_of_email(email)
    return "" if is_free_mail(domain) or is_reserved(domain) else domain


def _sides(leads: Mapping[int, int]) -> dict[int, set[int]]:
    """Return the lead of each proposal, and the partners that it was handed in with."""
    sides = {proposal: {lead} for proposal, lead in leads.items()}
    acts = {f"{ACT}{proposal}": proposal for proposal in leads}
    partners = Relation.objects.filter(
        act__in=acts, kind=RelationKind.PROPOSES_WITH, state=RelationState.STANDING
    )
    for act, tail, head in partners.values_list("act", "tail_id", "head_id"):
        sides[acts[act]] |= {tail, head}
    handed_in_with = Partner.objects.filter(proposal__in=leads, counts=True)
    for proposal, partner in handed_in_with.values_list("proposal_id", "actor_id"):
        sides[proposal].add(partner)
    return sides


def partners_of(*, proposals: Collection[Proposal]) -> set[int]:
    """Return ids of the leads and partners of proposals."""
    leads = {one.pk: one.lead_id for one in proposals}
    return {side for several in _sides(leads).values() for side in several}


def consortium_of(*, proposals: Iterable[Proposal]) -> dict[int, set[int]]:
    """Return ids of the lead and the partners of each proposal, by its id."""
    return _sides({one.pk: one.lead_id for one in proposals})


def _memberships(persons: Collection[int]) -> dict[int, set[int]]:
    own: dict[int, set[int]] = defaultdict(set)
    active = Membership.objects.filter(state=MembershipState.ACTIVE, user__in=persons)
    for person, actor in active.values_list("user_id", "actor_id"):
        own[person].add(actor)
    return own


def _near(own: Mapping[int, set[int]], sides: set[int]) -> dict[tuple[int, int], list[Found]]:
    """Return what ties each organisation of a person to each side."""
    actors = {actor for several in own.values() for actor in several}
    near: dict[tuple[int, int], list[Found]] = defaultdict(list)
    if not actors:
        return near
    for actor in actors & sides:
        near[actor, actor].append(Found(Ground.ORGANISATION, actor, actor))
    groups = _groups(actors | sides)
    for actor in actors:
        for side in sides - {actor}:
            if groups.get(actor, actor) == groups.get(side, side):
                near[actor, side].append(Found(Ground.GROUP, side, actor))
    for tail, head, kind in _ties(actors, sides):
        for actor, side in ((tail, head), (head, tail)):
            if actor in actors and side in sides and actor != side:
                told = Found(TIES[RelationKind(kind)], side, actor)
                if told not in near[actor, side]:
                    near[actor, side].append(told)
    return near


def _ties(actors: set[int], sides: set[int]) -> QuerySet[Relation, tuple[int, int, str]]:
    """Return the ties between both that hold, or ended less than so many years ago."""
    since = timezone.localdate() - timedelta(days=365 * YEARS)
    between = Q(tail__in=actors, head__in=sides) | Q(tail__in=sides, head__in=actors)
    return (
        Relation.objects.filter(between, state=RelationState.STANDING, kind__in=list(TIES))
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=since))
        .order_by("pk")
        .values_list("tail_id", "head_id", "kind")
    )


def _groups(actors: set[int]) -> dict[int, int]:
    """Return a number of the group of companies that each belongs to, by ties of subsidiaries."""
    parent: dict[int, int] = {}

    def top(one: int) -> int:
        while parent.get(one, one) != one:
            one = parent[one]
        return one

    known, frontier = set(actors), set(actors)
    for _step in range(GROUP_STEPS):
        edges = Relation.objects.filter(
            Q(tail__in=frontier) | Q(head__in=frontier),
            kind=RelationKind.SUBSIDIARY_OF,
            state=RelationState.STANDING,
        ).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()))
        frontier = set()
        for tail, head in edges.values_list("tail_id", "head_id"):
            parent[top(tail)] = top(head)
            frontier |= {tail, head} - known
        known |= frontier
        if not frontier:
            break
    return {one: top(one) for one in known}


def _domains(sides: set[int]) -> dict[int, set[str]]:
    """Return the domains by which each side is written to, those of nobody left out."""
    domains: dict[int, set[str]] = defaultdict(set)
    for pk, website, email in Actor.objects.filter(pk__in=sides).values_list(
        "pk", "website", "email"
    ):
        domains[pk] |= {domain_of_website(website), domain_of_email(email)}
    members = Membership.objects.filter(state=MembershipState.ACTIVE, actor__in=sides)
    team = {domain_of_email(e) for e in _team().values_list("email", flat=True)}
    for pk, email in members.values_list("actor_id", "user__email"):
        if (domain := domain_of_email(email)) not in team:  # the cluster's own addresses
            domains[pk].add(domain)
    return {
        pk: {one for one in several if one and not is_free_mail(one) and not is_reserved(one)}
        for pk, several in domains.items()
    }


def _team() -> QuerySet[User]:
    return User.objects.filter(is_staff=True, memberships__isnull=True)


def _declared(persons: Collection[int]) -> dict[tuple[int, int], str]:
    standing = Interest.objects.filter(person__in=persons, withdrawn_at__isnull=True)
    rows = standing.values_list("person_id", "actor_id", "reason")
    return {(person, actor): reason for person, actor, reason in rows}


def _as_side(
    lead: int, sides: set[int], found: Mapping[tuple[int, int], list[Found]], person: int
) -> list[Found]:
    """Return what ties a person to any side of a proposal, the gravest first."""
    told = []
    for side in sides:
        for one in found.get((side, person), ()):
            is_partner = one.ground == Ground.ORGANISATION and side != lead
            told.append(Found(Ground.PARTNER, side, one.own) if is_partner else one)
    return sorted(told, key=lambda one: (ORDER.index(one.ground), one.side, one.own or 0))


def _lifted(found: Mapping[Pair, tuple[Found, ...]]) -> frozenset[Pair]:
    """Return the pairs of which every ground was lifted."""
    if not found:
        return frozenset()
    rows = ConflictWaiver.objects.filter(proposal__in={proposal for proposal, _p in found})
    waived = {(p, e): set(grounds) for p, e, grounds in
              rows.values_list("proposal_id", "evaluator_id", "grounds")}  # fmt: skip
    return frozenset(
        pair
        for pair, grounds in found.items()
        if pair in waived and {one.key for one in grounds} <= waived[pair]
    )
