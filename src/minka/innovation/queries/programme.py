"""The programme report: the funnel with conversion and time, and its totals, for whoever looks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

from minka.core.components import Text
from minka.innovation.models import Edition
from minka.innovation.queries.programme_facts import (
    AgreementFact,
    ProgrammeFacts,
    programme_facts,
)
from minka.innovation.states.agreements import Moment
from minka.methods.audit import Share, wilson

FEWEST = 3  # what the public is told of agreements counts at least so many
A_DAY_S = 86_400


@dataclass(frozen=True)
class Stage:
    """One step of the funnel.

    Args:
        count: None when it is too small to be told to this viewer.
        share: of those who could go on from here, how many did; None when nobody could.
        days: median time until the next step, of those who have gone it.
    """

    key: str
    label: Text
    count: int | None
    share: Share | None = None
    onward: Text = ""
    days: float | None = None
    days_label: Text = ""


@dataclass(frozen=True)
class Totals:
    """What came of it, by figures that the team confirmed; None is not for this viewer."""

    suppliers: int
    value_usd: Decimal | None
    sales_usd: Decimal | None
    exports_usd: Decimal | None
    jobs: int | None
    countries: list[str]
    trl_gain: float | None
    trl_count: int


@dataclass(frozen=True)
class Published:
    """A figure that another programme published about itself, and ours beside it."""

    label: Text
    theirs: str
    ours: str


@dataclass(frozen=True)
class ProgrammeReport:
    """The funnel of an edition, or of all."""

    edition: Edition | None
    is_team: bool
    stages: list[Stage]
    totals: Totals
    published: list[Published]
    facts: ProgrammeFacts


def programme_report(*, viewer: Any, edition: Edition | None = None) -> ProgrammeReport:
    """Return the report of an edition, of all when there is none; constant in SQL.

    To the public, counts of agreements below three and the money behind fewer than three suppliers
    are not told: who is behind them could be guessed.
    """
    facts = programme_facts(viewer=viewer, edition=edition)
    is_team = bool(viewer.is_staff)
    stages = [_told(stage, is_team=is_team) for stage in _stages(facts)]
    totals = _totals(facts, is_team=is_team)
    return ProgrammeReport(edition, is_team, stages, totals, _published(facts, stages), facts)


def _stages(facts: ProgrammeFacts) -> list[Stage]:
    trials = [one for one in facts.agreements if one.is_trial]
    done = [one for one in trials if one.is_done]
    ended = [one for one in trials if one.closed_at]
    selected = {one.pk for one in facts.proposals if one.is_selected}
    agreed = {one.proposal for one in facts.agreements}
    answered = {one.challenge for one in facts.proposals}
    closed = [one for one in facts.challenges if one.released_at or one.pk in answered]
    decided = {one.pk for one in facts.challenges if one.released_at}
    judged = [one for one in facts.proposals if one.challenge in decided]
    times = _times(facts)
    return [
        Stage(
            "problems",
            _("Problems stated"),
            len(facts.problems),
            _share(facts.problems, lambda one: one.is_challenged),
            _("became a challenge"),
            times["problems"],
            _("from the problem to the challenge"),
        ),
        Stage(
            "challenges",
            _("Challenges published"),
            len(facts.challenges),
            _share(closed, lambda one: one.pk in answered),
            _("of those closed, received proposals"),
            times["challenges"],
            _("that the call was open"),
        ),
        Stage(
            "proposals",
            _("Proposals received"),
            len(facts.proposals),
            _share(judged, lambda one: one.is_selected),
            _("of those decided, were selected"),
            times["proposals"],
            _("from the closing to the decision"),
        ),
        Stage(
            "selected",
            _("Proposals selected"),
            len(selected),
            _share(selected, lambda pk: pk in agreed),
            _("have a signed agreement"),
            times["selected"],
            _("from the decision to the signature"),
        ),
        Stage(
            "agreements",
            _("Agreements signed"),
            len(facts.agreements),
            _share(ended, lambda one: one.is_done),
            _("of the pilots that ended, were completed"),
            times["agreements"],
            _("from the signature to the end of the pilot"),
        ),
        Stage(
            "pilots",
            _("Pilots completed"),
            len(done),
            _share(done, lambda one: one.led_on),
            _("led to a contract or to a larger scale"),
            times["pilots"],
            _("from the end of the pilot to the contract"),
        ),
        Stage("contracts", _("Contracts signed"), sum(one.is_contract for one in facts.agreements)),
    ]


def _times(facts: ProgrammeFacts) -> dict[str, float | None]:
    challenges = {one.pk: one for one in facts.challenges}
    by_pk = {one.pk: one for one in facts.agreements}
    never = datetime.max.replace(tzinfo=UTC)
    firsts: dict[int, AgreementFact] = {}
    for one in sorted(facts.agreements, key=lambda one: one.in_force_at or never):
        if one.proposal:
            firsts.setdefault(one.proposal, one)
    return {
        "problems": _days(
            (one.submitted_at, facts.first_published.get(one.pk)) for one in facts.problems
        ),
        "challenges": _days((one.published_at, one.closes_at) for one in facts.challenges),
        "proposals": _days((one.closes_at, one.released_at) for one in facts.challenges),
        "selected": _days(
            (challenges[one.challenge].released_at, one.in_force_at)
            for one in firsts.values()
            if one.challenge in challenges
        ),
        "agreements": _days(
            (one.in_force_at, one.closed_at) for one in facts.agreements if one.is_done
        ),
        "pilots": _days(
            (by_pk[one.follows].closed_at, one.in_force_at)
            for one in facts.agreements
            if one.is_contract and one.follows in by_pk and by_pk[one.follows].is_done
        ),
    }


def _totals(facts: ProgrammeFacts, *, is_team: bool) -> Totals:
    signed = facts.agreements
    suppliers = {actor for one in signed for actor in one.solvers}
    earners = {actor for one in signed if one.sales_usd or one.jobs for actor in one.solvers}
    tells_value = is_team or len(suppliers) >= FEWEST
    tells_sales = is_team or len(earners) >= FEWEST
    gains = [
        one.trl[Moment.AFTER] - one.trl[Moment.BEFORE]
        for one in signed
        if {*Moment} <= one.trl.keys()
    ]
    tells_gain = bool(gains) and (is_team or len(gains) >= FEWEST)
    return Totals(
        suppliers=len({one.lead for one in facts.proposals}),
        value_usd=sum((o.value_usd for o in signed), Decimal(0)) if tells_value else None,
        sales_usd=sum((o.sales_usd for o in signed), Decimal(0)) if tells_sales else None,
        exports_usd=sum((o.exports_usd for o in signed), Decimal(0)) if tells_sales else None,
        jobs=sum(o.jobs for o in signed) if tells_sales else None,
        countries=sorted({c for o in signed for c in o.countries}) if tells_sales else [],
        trl_gain=sum(gains) / len(gains) if tells_gain else None,
        trl_count=len(gains) if tells_gain else 0,
    )


def _published(facts: ProgrammeFacts, stages: Sequence[Stage]) -> list[Published]:
    """Return the published figures of Expande's first year, and ours of the same sort beside."""
    counts = {one.key: one.count for one in stages}
    value = sum((one.value_usd for one in facts.agreements if one.is_contract), Decimal(0))
    told = counts["contracts"] is not None
    suppliers = len({one.lead for one in facts.proposals})
    hidden = _("fewer than 3")
    return [
        Published(_("Challenges"), "100", str(counts["challenges"])),
        Published(_("Solutions received"), "575", str(counts["proposals"])),
        Published(_("Companies that answered"), "387", str(suppliers)),
        Published(_("Contracts"), "17", str(counts["contracts"]) if told else hidden),
        Published(
            _("Value of contracts (US$ million)"),
            "7",
            f"{value / 1_000_000:.2f}" if told else "—",
        ),
    ]


def _told(stage: Stage, *, is_team: bool) -> Stage:
    """Hide from the public what few agreements, or none, would give away of those selected."""
    if is_team or stage.key not in {"selected", "agreements", "pilots", "contracts"}:
        return stage
    if stage.key == "selected":  # who was selected is public, who then signed is not
        return Stage(stage.key, stage.label, stage.count)
    if (stage.count or 0) < FEWEST:
        return Stage(stage.key, stage.label, None)
    gone_on = round(stage.share.value * stage.share.of) if stage.share else 0
    return stage if gone_on >= FEWEST else Stage(stage.key, stage.label, stage.count)


def _share(of: Iterable[Any], reached: Callable[[Any], bool]) -> Share | None:
    answers = [reached(one) for one in of]
    return wilson(sum(answers), len(answers))


def _days(pairs: Iterable[tuple[datetime | None, datetime | None]]) -> float | None:
    spans = [(end - begin).total_seconds() / A_DAY_S for begin, end in pairs if begin and end]
    known = [one for one in spans if one >= 0]
    return median(known) if known else None
