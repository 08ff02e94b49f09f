"""The pool of evaluators with what each can judge and bear."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from minka.core.models import User
from minka.innovation.models import Absence, Challenge, EvaluatorProfile, Interest
from minka.innovation.models.evaluators import USUAL_LOAD
from minka.innovation.queries.evaluations import candidates
from minka.innovation.states import ASSIGNMENT_OPEN, EvaluatorKind, ProposalState
from minka.knowledge.models import Membership, Theme
from minka.knowledge.states import MemberRole, MembershipState


@dataclass(frozen=True)
class Evaluator:
    """Somebody of the pool; what they did not say of themselves is taken from their account.

    `load` is how many evaluations they have to do now, in all challenges.
    """

    person: User
    kind: EvaluatorKind
    languages: frozenset[str]
    max_load: int
    load: int
    organisations: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    expertise: str = ""
    scope: str = ""
    available_from: date | None = None
    available_until: date | None = None
    has_profile: bool = False

    @property
    def says_something(self) -> bool:
        """Whether there is anything to compare with a proposal."""
        return bool(self.themes or self.expertise)

    def is_there(self, since: date, until: date) -> bool:
        """Whether they are available on some day between both."""
        return (self.available_from is None or self.available_from <= until) and (
            self.available_until is None or self.available_until >= since
        )


@dataclass(frozen=True)
class Pool:
    """Everybody who may be asked, and how many say too little of themselves to be matched."""

    members: list[Evaluator] = field(default_factory=list)

    @property
    def silent(self) -> int:
        return sum(not one.says_something for one in self.members)

    @property
    def by_person(self) -> Mapping[int, Evaluator]:
        return {one.person.pk: one for one in self.members}


def pool(*, viewer: User) -> Pool:
    """Return the pool to the team, by name; four SQL statements. Nothing to anybody else."""
    if not viewer.has_perm("innovation.evaluators_keep"):
        return Pool()
    return Pool([described(one) for one in _loaded()])


def evaluator_people(*, viewer: User) -> QuerySet[User]:
    """Return the people whose profile `viewer` may read: the pool to the team, else oneself."""
    found = candidates()
    if viewer.has_perm("innovation.evaluators_keep"):
        return found
    return found.filter(pk=viewer.pk)


def standing_interests(*, viewer: User, person: User) -> QuerySet[Interest]:
    """Return what was declared of a person's interests, to themselves and to the team."""
    found = Interest.objects.filter(person=person, withdrawn_at__isnull=True)
    if viewer.pk != person.pk and not viewer.has_perm("innovation.evaluators_keep"):
        return found.none()
    return found.select_related("actor", "stated_by").order_by("actor__name_key", "pk")


def profile_of(*, person: User) -> EvaluatorProfile | None:
    """Return what somebody said of themselves as an evaluator, if anything."""
    return EvaluatorProfile.objects.filter(person=person).prefetch_related("themes").first()


def absent_from(*, challenge: Challenge) -> dict[int, Absence]:
    """Return who dropped out of a challenge, by id of the person."""
    rows = Absence.objects.filter(challenge=challenge).select_related("person", "stated_by")
    return {row.person_id: row for row in rows}


def described(person: Any) -> Evaluator:
    """Return somebody as `_loaded` brings them, with what they did not say filled in."""
    organisations = tuple(m.actor.name for m in person.active_memberships)
    said: EvaluatorProfile | None = getattr(person, "evaluator_profile", None)
    if said is None:
        kind = default_kind(person.active_memberships)
        languages = frozenset({person.language})
        return Evaluator(person, kind, languages, USUAL_LOAD, person.load, organisations)
    return Evaluator(
        person=person,
        kind=EvaluatorKind(said.kind),
        languages=said.languages,
        max_load=said.max_load,
        load=person.load,
        organisations=organisations,
        themes=tuple(said.themes.all()),
        expertise=said.expertise,
        scope=said.scope,
        available_from=said.available_from,
        available_until=said.available_until,
        has_profile=True,
    )


def kinds_of(*, people: Iterable[User]) -> dict[int, EvaluatorKind]:
    """Return from which side each of several people evaluates, by id; two SQL statements."""
    persons = [one.pk for one in people]
    active = Membership.objects.filter(state=MembershipState.ACTIVE, user__in=persons)
    areas = set(active.filter(role=MemberRole.USER_AREA).values_list("user_id", flat=True))
    said = dict(
        EvaluatorProfile.objects.filter(person__in=persons).values_list("person_id", "kind")
    )
    usual = dict.fromkeys(areas, EvaluatorKind.OPERATIONAL)
    return {
        pk: EvaluatorKind(said.get(pk, usual.get(pk, EvaluatorKind.TECHNICAL))) for pk in persons
    }


def default_kind(memberships: Iterable[Membership]) -> EvaluatorKind:
    """Return the side from which somebody looks who has not said so."""
    is_area = any(one.role == MemberRole.USER_AREA for one in memberships)
    return EvaluatorKind.OPERATIONAL if is_area else EvaluatorKind.TECHNICAL


def _loaded() -> QuerySet[Any]:
    active = Membership.objects.filter(state=MembershipState.ACTIVE).select_related("actor")
    waiting = Q(
        assignments__state__in=list(ASSIGNMENT_OPEN),
        assignments__proposal__state=ProposalState.SUBMITTED,
        assignments__proposal__ineligible_at__isnull=True,
        assignments__proposal__challenge__state="published",
    )
    return (
        candidates()
        .annotate(load=Count("assignments", filter=waiting))
        .select_related("evaluator_profile")
        .prefetch_related(
            Prefetch("memberships", active.order_by("pk"), to_attr="active_memberships"),
            Prefetch("evaluator_profile__themes", Theme.objects.order_by("label_es")),
        )
    )
