"""What each supplier went through, and what it can do before and after: success by supplier."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from minka.innovation.models import (
    Agreement,
    AgreementLesson,
    AgreementParty,
    AgreementTrl,
    CapabilityMark,
    Proposal,
    YearFigures,
)
from minka.innovation.queries.agreements import visible_agreements
from minka.innovation.states import Outcome, ProposalState
from minka.innovation.states.agreements import (
    CONTRACTS,
    TRIALS,
    AgreementOutcome,
    AgreementState,
    Moment,
    PartyRole,
)
from minka.knowledge.models import Actor
from minka.knowledge.rules import member_actors

SIGNED = [AgreementState.IN_FORCE, AgreementState.CLOSED]


@dataclass
class SupplierPath:
    """The way of one supplier in figures."""

    actor: Actor
    answered: int = 0
    evaluated: int = 0
    selected: int = 0
    agreements: int = 0
    pilots: int = 0
    contracts: int = 0
    sales_usd: Decimal = Decimal(0)
    exports_usd: Decimal = Decimal(0)
    trl_gains: list[int] = field(default_factory=list)

    @property
    def succeeded(self) -> bool:
        """Whether it came to a contract, or to a completed pilot with a higher readiness."""
        return self.contracts > 0 or (self.pilots > 0 and any(g > 0 for g in self.trl_gains))


@dataclass(frozen=True)
class CapabilityChange:
    """One theme: the readiness at the beginning and at the end of an agreement; None: not said."""

    es: str
    en: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class SupplierRecord:
    """A supplier's page: its way, its proposals, agreements, lessons and capabilities."""

    path: SupplierPath
    proposals: list[Proposal]
    agreements: list[Agreement]
    lessons: list[AgreementLesson]
    capabilities: list[CapabilityChange]


def visible_suppliers(*, viewer: Any) -> QuerySet[Actor]:
    """Return the organisations that answered or agreed: to the team all, to members their own."""
    if not viewer.is_authenticated:
        return Actor.objects.none()
    answered = _answers().values("lead")
    agreed = AgreementParty.objects.filter(
        role=PartyRole.SOLVER, agreement__in=visible_agreements(viewer=viewer).values("pk")
    ).values("actor")
    found = Actor.objects.filter(Q(pk__in=answered) | Q(pk__in=agreed))
    if not viewer.is_staff:
        found = found.filter(pk__in=member_actors(viewer))
    return found.select_related("region").order_by("name_key", "pk")


def supplier_paths(*, viewer: Any) -> list[SupplierPath]:
    """Return the ways of all suppliers that `viewer` may know, the farthest first; constant SQL."""
    paths = {one.pk: SupplierPath(one) for one in visible_suppliers(viewer=viewer)}
    _count(viewer, paths)
    return sorted(
        paths.values(),
        key=lambda one: (
            -one.contracts,
            -one.pilots,
            -one.agreements,
            -one.selected,
            -one.answered,
            one.actor.name_key,
        ),
    )


def supplier_record(*, viewer: Any, actor: Actor) -> SupplierRecord:
    """Return the page of a supplier that `viewer` has found by `visible_suppliers`."""
    paths = {actor.pk: SupplierPath(actor)}
    _count(viewer, paths)
    seen = visible_agreements(viewer=viewer).filter(
        parties__actor=actor, parties__role=PartyRole.SOLVER
    )
    agreements = list(seen)
    marks = CapabilityMark.objects.filter(actor=actor, agreement__in=agreements).order_by("at")
    return SupplierRecord(
        path=paths[actor.pk],
        proposals=list(
            _answers()
            .filter(lead=actor)
            .select_related("challenge__edition", "decision")
            .order_by("-submitted_at")
        ),
        agreements=agreements,
        lessons=list(
            AgreementLesson.objects.filter(agreement__in=agreements)
            .select_related("actor", "agreement", "by")
            .order_by("-at")
        ),
        capabilities=_changes(list(marks)),
    )


def _answers() -> QuerySet[Proposal]:
    """Return the proposals of closed calls: before, nobody may know who answers."""
    return Proposal.objects.filter(
        state=ProposalState.SUBMITTED, challenge__call__closes_at__lte=timezone.now()
    )


def _count(viewer: Any, paths: dict[int, SupplierPath]) -> None:
    released = Q(decision__released_at__isnull=False)
    rows = _answers().filter(lead__in=paths).order_by().values("lead")
    for row in rows.annotate(
        handed_in=Count("pk"),
        evaluated=Count("pk", filter=released),
        selected=Count("pk", filter=released & Q(decision__outcome=Outcome.SELECTED)),
    ):
        path = paths[row["lead"]]
        path.answered, path.evaluated = row["handed_in"], row["evaluated"]
        path.selected = row["selected"]
    seen = visible_agreements(viewer=viewer).filter(state__in=SIGNED).values("pk")
    parties = AgreementParty.objects.filter(
        role=PartyRole.SOLVER, actor__in=paths, agreement__in=seen
    )
    done = Q(agreement__state=AgreementState.CLOSED, agreement__kind__in=TRIALS) & ~Q(
        agreement__outcome=AgreementOutcome.STOPPED
    )
    counted = (
        parties.order_by()
        .values("actor")
        .annotate(
            agreements=Count("pk"),
            pilots=Count("pk", filter=done),
            contracts=Count("pk", filter=Q(agreement__kind__in=CONTRACTS)),
        )
    )
    for each in counted:
        path = paths[each["actor"]]
        path.agreements, path.pilots = each["agreements"], each["pilots"]
        path.contracts = each["contracts"]
    _count_results(paths, seen)


def _count_results(paths: dict[int, SupplierPath], seen: Any) -> None:
    years = YearFigures.objects.filter(
        actor__in=paths, agreement__in=seen, confirmed_at__isnull=False
    )
    sums = years.order_by().values("actor").annotate(s=Sum("sales_usd"), e=Sum("exports_usd"))
    for row in sums:
        paths[row["actor"]].sales_usd, paths[row["actor"]].exports_usd = row["s"], row["e"]
    levels: dict[tuple[int, int], dict[str, int]] = {}
    marks = AgreementTrl.objects.filter(
        replaced_at__isnull=True,
        confirmed_at__isnull=False,
        agreement__in=seen,
        agreement__parties__role=PartyRole.SOLVER,
        agreement__parties__actor__in=paths,
    )
    for actor, agreement, moment, level in marks.values_list(
        "agreement__parties__actor", "agreement", "moment", "level"
    ):
        levels.setdefault((actor, agreement), {})[moment] = level
    for (actor, _agreement), found in levels.items():
        if actor in paths and {*Moment} <= found.keys():
            paths[actor].trl_gains.append(found[Moment.AFTER] - found[Moment.BEFORE])


def _changes(marks: list[CapabilityMark]) -> list[CapabilityChange]:
    """Return the capability of the first beginning and of the last end, theme by theme."""
    before = next((one for one in marks if one.moment == Moment.BEFORE), None)
    after = next((one for one in reversed(marks) if one.moment == Moment.AFTER), None)
    said = [{c["theme"]: c for c in one.capabilities} if one else {} for one in (before, after)]
    return [
        CapabilityChange(
            es=(said[1].get(key) or said[0][key])["es"],
            en=(said[1].get(key) or said[0][key])["en"],
            before=said[0].get(key, {}).get("trl"),
            after=said[1].get(key, {}).get("trl"),
        )
        for key in dict.fromkeys((*said[0], *said[1]))
    ]
