"""The programme by edition, company, theme, region and size of supplier; small cells are hidden."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from minka.core.components import Text
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Edition
from minka.innovation.queries.agreements import public_agreements
from minka.innovation.queries.problems_themes import label_of
from minka.innovation.queries.programme import FEWEST
from minka.innovation.queries.programme_facts import (
    AgreementFact,
    ChallengeFact,
    ProgrammeFacts,
    ProposalFact,
)
from minka.knowledge.models import Actor, Place, Theme
from minka.knowledge.states import SizeBand

COUNTS = ("agreements", "pilots", "contracts")
MONEY = ("value_usd", "sales_usd", "exports_usd", "jobs")
Key = Any


@dataclass(frozen=True)
class GroupRow:
    """One group; None in a cell is too small to be told."""

    label: str
    challenges: int = 0
    proposals: int = 0
    selected: int = 0
    agreements: int | None = 0
    pilots: int | None = 0
    contracts: int | None = 0
    value_usd: Decimal | None = Decimal(0)
    sales_usd: Decimal | None = Decimal(0)
    exports_usd: Decimal | None = Decimal(0)
    jobs: int | None = 0


@dataclass(frozen=True)
class Grouping:
    """One way to look at the programme."""

    key: str
    label: Text
    rows: list[GroupRow]


def groupings(*, viewer: Any, facts: ProgrammeFacts) -> list[Grouping]:
    """Return five tables; five SQL statements at most, for names.

    To the public a company is named only by challenges that name it and by agreements that all
    parties let be told; in the other tables counts of agreements below three are hidden, zero
    too: a theme of one challenge would tell whether its supplier signed.
    """
    is_team = bool(viewer.is_staff)
    challenge_of = {one.pk: one for one in facts.challenges}

    def challenge(proposal: ProposalFact) -> ChallengeFact:
        return challenge_of[proposal.challenge]

    def themes(one: AgreementFact) -> set[int]:
        return challenge_of[one.challenge].themes if one.challenge in challenge_of else set()

    shown, told = facts.challenges, facts.agreements
    if not is_team:
        public = set(public_agreements().values_list("pk", flat=True))
        shown = [one for one in shown if one.names_company]
        told = [one for one in told if one.pk in public]
    named = {one.pk for one in shown}
    answers = [one for one in facts.proposals if one.challenge in named]
    all_of = (facts.challenges, facts.proposals, facts.agreements)
    # by whom a call was answered is nobody's business before its decisions are released
    told_of = [one for one in facts.proposals if is_team or challenge(one).released_at]
    by_supplier = _by_supplier(facts, told_of)
    found = [
        Grouping(
            "edition",
            _("Edition"),
            _rows(
                all_of,
                lambda one: {one.edition},
                lambda one: {challenge(one).edition},
                lambda one: {one.edition},
                _editions(),
            ),
        ),
        Grouping(
            "company",
            _("Company"),
            _rows(
                (shown, answers, told),
                lambda one: one.companies,
                lambda one: challenge(one).companies,
                lambda one: one.companies,
                _actors(facts),
            ),
        ),
        Grouping(
            "theme",
            _("Theme"),
            _rows(
                all_of,
                lambda one: one.themes,
                lambda one: challenge(one).themes,
                themes,
                _themes(facts),
            ),
        ),
        Grouping("region", _("Region of the supplier"), by_supplier("region")),
        Grouping("size", _("Size of the supplier"), by_supplier("size")),
    ]
    return found if is_team else [_hidden(one) for one in found]


def _rows(
    of: tuple[Sequence[ChallengeFact], Sequence[ProposalFact], Sequence[AgreementFact]],
    challenge_keys: Callable[[ChallengeFact], set[Key]],
    proposal_keys: Callable[[ProposalFact], set[Key]],
    agreement_keys: Callable[[AgreementFact], set[Key]],
    names: dict[Key, str],
) -> list[GroupRow]:
    challenges, proposals, agreements = of
    counts: dict[Key, dict[str, Any]] = {}
    for one in challenges:
        _add(counts, challenge_keys(one), challenges=1)
    for answer in proposals:
        _add(counts, proposal_keys(answer), proposals=1, selected=int(answer.is_selected))
    for agreed in agreements:
        _add(counts, agreement_keys(agreed), **_of_agreement(agreed))
    rows = [
        GroupRow(label=names.get(key, _("Not said")), **values) for key, values in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row.challenges, -row.proposals, row.label))


def _by_supplier(
    facts: ProgrammeFacts, answers: Sequence[ProposalFact]
) -> Callable[[str], list[GroupRow]]:
    regions = dict(
        Place.objects.filter(
            pk__in={one.region for one in answers if one.region}
            | {r for one in facts.agreements for r, _size in one.solvers.values() if r}
        ).values_list("pk", "name")
    )
    names: dict[str, dict[Key, str]] = {
        "region": {**regions},
        "size": {value: str(label) for value, label in SizeBand.choices},
    }

    def rows(what: str) -> list[GroupRow]:
        counts: dict[Key, dict[str, Any]] = {}
        answered: dict[Key, set[int]] = {}
        for one in answers:
            key = getattr(one, what)
            _add(counts, {key}, proposals=1, selected=int(one.is_selected))
            answered.setdefault(key, set()).add(one.challenge)
        for agreed in facts.agreements:
            at = 0 if what == "region" else 1
            _add(counts, {pair[at] for pair in agreed.solvers.values()}, **_of_agreement(agreed))
        found = [
            GroupRow(
                label=names[what].get(key, _("Not said")),
                challenges=len(answered.get(key, ())),
                **values,
            )
            for key, values in counts.items()
        ]
        return sorted(found, key=lambda row: (-row.proposals, row.label))

    return rows


def _of_agreement(one: AgreementFact) -> dict[str, Any]:
    return {
        "agreements": 1,
        "pilots": int(one.is_done),
        "contracts": int(one.is_contract),
        "value_usd": one.value_usd,
        "sales_usd": one.sales_usd,
        "exports_usd": one.exports_usd,
        "jobs": one.jobs,
    }


def _add(counts: dict[Key, dict[str, Any]], keys: Iterable[Key], **values: Any) -> None:
    for key in keys:
        held = counts.setdefault(key, {})
        for name, value in values.items():
            held[name] = held.get(name, 0) + value


def _hidden(grouping: Grouping) -> Grouping:
    """Return the table as the public reads it: a count below three, none included, is not told."""
    bare: dict[str, Any] = dict.fromkeys(MONEY)
    if grouping.key == "company":  # every agreement here is one that its parties let be told
        return replace(grouping, rows=[replace(row, **bare) for row in grouping.rows])
    rows = []
    for row in grouping.rows:
        small = [name for name in COUNTS if (getattr(row, name) or 0) < FEWEST]
        hidden: dict[str, Any] = {**bare, **dict.fromkeys(small)}
        rows.append(replace(row, **hidden))
    return replace(grouping, rows=rows)


def _editions() -> dict[Key, str]:
    return {one.pk: localized_text(one, "name")[0] for one in Edition.objects.all()}


def _actors(facts: ProgrammeFacts) -> dict[Key, str]:
    wanted = {pk for one in facts.challenges for pk in one.companies}
    wanted |= {pk for agreed in facts.agreements for pk in agreed.companies}
    return dict(Actor.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _themes(facts: ProgrammeFacts) -> dict[Key, str]:
    wanted = {pk for one in facts.challenges for pk in one.themes}
    return {one.pk: label_of(one) for one in Theme.objects.filter(pk__in=wanted)}
