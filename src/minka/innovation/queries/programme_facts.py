"""What the programme report reckons with, read once: constant in SQL for any number of rows."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from minka.innovation.models import (
    Agreement,
    AgreementParty,
    AgreementTrl,
    Challenge,
    Edition,
    Problem,
    Proposal,
    YearFigures,
)
from minka.innovation.queries.funnel import STATED
from minka.innovation.queries.received import COUNTED_IN_PUBLIC
from minka.innovation.states import ChallengeState, Outcome, ProblemState, ProposalState
from minka.innovation.states.agreements import (
    CONTRACTS,
    SUCCEEDED,
    TRIALS,
    AgreementOutcome,
    AgreementState,
    PartyRole,
)

SIGNED = (AgreementState.IN_FORCE, AgreementState.CLOSED)
PUBLIC = (ChallengeState.PUBLISHED, ChallengeState.DECIDED)


@dataclass(frozen=True)
class ProblemFact:
    """A problem that was stated, and whether it became a challenge."""

    pk: int
    is_challenged: bool
    submitted_at: datetime | None


@dataclass
class ChallengeFact:
    """A published challenge with the ids of its companies and themes."""

    pk: int
    edition: int
    published_at: datetime
    closes_at: datetime
    released_at: datetime | None
    names_company: bool
    companies: set[int] = field(default_factory=set)
    themes: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class ProposalFact:
    """A proposal of a closed call; `is_selected` only once its decision is released."""

    pk: int
    challenge: int
    lead: int
    region: int | None
    size: str
    is_selected: bool


@dataclass
class AgreementFact:
    """An agreement that all parties signed, and what came of it by confirmed figures."""

    pk: int
    kind: str
    edition: int | None
    proposal: int | None
    challenge: int | None
    in_force_at: datetime | None
    closed_at: datetime | None
    outcome: str
    value_usd: Decimal
    follows: int | None
    companies: set[int] = field(default_factory=set)
    solvers: dict[int, tuple[int | None, str]] = field(default_factory=dict)
    sales_usd: Decimal = Decimal(0)
    exports_usd: Decimal = Decimal(0)
    countries: set[str] = field(default_factory=set)
    jobs: int = 0
    trl: dict[str, int] = field(default_factory=dict)

    @property
    def is_trial(self) -> bool:
        """A pilot or a co-development."""
        return self.kind in TRIALS

    @property
    def is_done(self) -> bool:
        """A trial that was closed without being stopped."""
        ended = self.outcome not in {"", AgreementOutcome.STOPPED}
        return self.is_trial and self.closed_at is not None and ended

    @property
    def is_contract(self) -> bool:
        """A purchase or a licence."""
        return self.kind in CONTRACTS

    @property
    def led_on(self) -> bool:
        """A trial after which something was bought or scaled up, by its outcome."""
        return self.is_done and self.outcome in SUCCEEDED


@dataclass(frozen=True)
class ProgrammeFacts:
    """All of it, of one edition or of every one."""

    problems: list[ProblemFact]
    challenges: list[ChallengeFact]
    proposals: list[ProposalFact]
    agreements: list[AgreementFact]
    first_published: dict[int, datetime]  # of a problem


def programme_facts(*, viewer: Any, edition: Edition | None = None) -> ProgrammeFacts:
    """Return what `viewer` may have counted.

    The public has problems counted that are behind published challenges, and everybody proposals
    only of calls that have closed (and, if sealed, were opened or tell their number) and decisions
    only once released.
    """
    chosen = Q(edition=edition) if edition else Q()
    published = Challenge.objects.filter(chosen, state__in=PUBLIC, call__isnull=False)
    problems = Problem.objects.filter(chosen & STATED)
    if not viewer.is_staff:
        problems = problems.filter(challenges__in=published).distinct()
    challenges, first = _challenges(published)
    return ProgrammeFacts(
        problems=[
            ProblemFact(pk, state == ProblemState.CHALLENGED, at)
            for pk, state, at in problems.values_list("pk", "state", "submitted_at")
        ],
        challenges=list(challenges.values()),
        proposals=_proposals(published),
        agreements=_agreements(Agreement.objects.filter(chosen, state__in=SIGNED)),
        first_published=first,
    )


def _challenges(
    published: QuerySet[Challenge],
) -> tuple[dict[int, ChallengeFact], dict[int, datetime]]:
    names = ("pk", "edition_id", "published_at", "call__closes_at", "released_at", "names_company")
    rows = published.order_by("pk").values_list(*names)
    found = {row[0]: ChallengeFact(*row) for row in rows}
    first: dict[int, datetime] = {}
    of_problems = published.values_list(
        "pk", "problems", "problems__company", "problems__partners", "published_at"
    )
    for pk, problem, company, partner, at in of_problems:
        found[pk].companies.update(one for one in (company, partner) if one)
        if problem and at:
            first[problem] = min(at, first.get(problem, at))
    for pk, theme in published.filter(themes__isnull=False).values_list("pk", "themes"):
        found[pk].themes.add(theme)
    return found, first


def _proposals(published: QuerySet[Challenge]) -> list[ProposalFact]:
    rows = Proposal.objects.filter(
        COUNTED_IN_PUBLIC,
        challenge__in=published,
        state=ProposalState.SUBMITTED,
        challenge__call__closes_at__lte=timezone.now(),
    ).values_list(
        "pk",
        "challenge",
        "lead",
        "lead__region",
        "lead__size_band",
        "decision__outcome",
        "decision__released_at",
    )
    return [
        ProposalFact(*row[:5], is_selected=row[5] == Outcome.SELECTED and row[6] is not None)
        for row in rows.order_by("pk")
    ]


def _agreements(signed: QuerySet[Agreement]) -> list[AgreementFact]:
    rows = signed.order_by("pk").values_list(
        "pk",
        "kind",
        "edition",
        "decision__proposal",
        "decision__proposal__challenge",
        "in_force_at",
        "closed_at",
        "outcome",
        "value_usd",
        "follows",
    )
    found = {
        row[0]: AgreementFact(*row[:8], value_usd=row[8] or Decimal(0), follows=row[9])
        for row in rows
    }
    parties = AgreementParty.objects.filter(agreement__in=signed, actor__isnull=False)
    for pk, role, actor, region, size in parties.values_list(
        "agreement", "role", "actor", "actor__region", "actor__size_band"
    ):
        if role == PartyRole.COMPANY:
            found[pk].companies.add(actor)
        else:
            found[pk].solvers[actor] = (region, size)
    _add_figures(found, signed)
    return list(found.values())


def _add_figures(found: dict[int, AgreementFact], signed: QuerySet[Agreement]) -> None:
    years = YearFigures.objects.filter(agreement__in=signed, confirmed_at__isnull=False)
    jobs: dict[tuple[int, int], int] = defaultdict(int)
    for one in years.order_by("year"):
        fact = found[one.agreement_id]
        fact.sales_usd += one.sales_usd
        fact.exports_usd += one.exports_usd
        fact.countries.update(one.export_countries.split())
        jobs[one.agreement_id, one.actor_id] = one.jobs  # people stay: the last year counts
    for (pk, _actor), count in jobs.items():
        found[pk].jobs += count
    marks = AgreementTrl.objects.filter(
        agreement__in=signed, replaced_at__isnull=True, confirmed_at__isnull=False
    )
    for pk, moment, level in marks.values_list("agreement", "moment", "level"):
        found[pk].trl[moment] = level
