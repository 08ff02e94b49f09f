"""Challenges: drafted from the shortlist, published, answered by suppliers, dated at the end."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from minka.cli.demo.ecosystem import load_content
from minka.cli.demo.steps.challenge_papers import (
    add_documents,
    approve,
    confidential_texts,
    date_first_version,
    days_around,
    facts_of,
    scale_of,
)
from minka.cli.demo.steps.proposing import lines_of, propose_together
from minka.cli.demo.steps.sealing import SEALED_CALL, date_ceremony, prepare_key
from minka.cli.demo.steps.world import World, days
from minka.core.models import LedgerEntry
from minka.innovation.actions.challenge_writing import ChallengeContent
from minka.innovation.actions.challenges import draft_challenge, save_challenge
from minka.innovation.actions.challenges_publication import publish_challenge
from minka.innovation.actions.criteria import CriterionRow
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.proposals import save_draft, start_proposal
from minka.innovation.actions.protection import choose_protection
from minka.innovation.actions.receipts import signed_words
from minka.innovation.models import Call, Challenge, Proposal, Receipt
from minka.innovation.states import Gate, Protection
from minka.knowledge.models import Theme

GATED = {"desgaste-a-la-vista", "catorce-mil-polines"}  # the others were published before gates
GATE_OF = {
    "technical": Gate.TECHNICAL,
    "evidence": Gate.TECHNICAL,
    "team": Gate.TECHNICAL,
    "integration": Gate.OPERATIONAL,
    "cost": Gate.OPERATIONAL,
}
TEXTS = {
    "title": "title",
    "summary": "summary",
    "background": "background",
    "sought": "what_is_sought",
    "not_sought": "what_is_not_sought",
    "success": "success_measure",
    "incentives": "incentives",
    "terms": "terms",
}
WRITTEN = (
    "title",
    "summary",
    "public_summary",
    "approach",
    "evidence",
    "team",
    "duration_months",
    "trl_now",
    "trl_after",
    "language",
)


def publish_challenges(world: World) -> None:
    """Draft each challenge from its problems and publish it; every call is open for now."""
    themes = {theme.label_es: theme for theme in Theme.objects.all()}
    for row in load_content("challenges"):
        challenge = draft_challenge(
            by=world.staff, problems=[world.problems[key] for key in row["problems"]]
        )
        challenge = save_challenge(
            by=world.staff,
            challenge=challenge,
            revision=challenge.revision,
            content=_content(row, themes),
        )
        is_sealed = row["key"] == SEALED_CALL
        protection = Protection.SEALED if is_sealed else Protection.ACCESS
        choose_protection(by=world.staff, challenge=challenge, protection=protection)
        if is_sealed:
            prepare_key(world, challenge)
        add_documents(world, challenge, row["key"])
        approve(world, challenge)
        world.challenges[row["key"]] = publish_challenge(by=world.staff, challenge=challenge)


def answer_challenges(world: World) -> None:
    """Write the suppliers' proposals and hand in those that were handed in."""
    authors = {row.get("solver"): world.people[row["key"]] for row in load_content("people")}
    for row in load_content("proposals"):
        author = authors[row["solver"]]
        proposal = start_proposal(
            by=author,
            challenge=world.challenges[row["challenge"]],
            lead=world.solvers[row["solver"]],
        )
        values = {name: row[name] for name in WRITTEN if name in row}
        values["requested_usd"] = Decimal(row["requested_usd"])
        values |= lines_of(row, author)
        saved = save_draft(by=author, proposal=proposal, revision=0, values=values)
        if row["state"] == "submitted":
            submit_proposal(by=author, proposal=proposal, revision=saved.revision)
    propose_together(world)


def move_calls_to_their_days(world: World) -> None:
    """Shift calls, proposals and receipts to the days of the story.

    The ledger keeps the instants at which all this was really written.
    """
    now = timezone.now()
    for row in load_content("challenges"):
        challenge = world.challenges[row["key"]]
        closes_at = _evening(row["closes_day"])
        opens_at = _evening(row["opens_day"])
        Call.objects.filter(challenge=challenge).update(
            opens_at=opens_at, closes_at=closes_at, **days_around(row, closes_at)
        )
        Challenge.objects.filter(pk=challenge.pk).update(published_at=opens_at)
        handed_in = min(closes_at, now) - days(1)
        proposals = Proposal.objects.filter(challenge=challenge)
        for rank, proposal in enumerate(proposals.filter(submitted_at__isnull=False)):
            at = handed_in - timedelta(hours=7 * rank)
            Proposal.objects.filter(pk=proposal.pk).update(submitted_at=at, updated_at=at)
            _date_receipts(proposal, at, closes_at)
        challenge.refresh_from_db()
        date_first_version(challenge, opens_at)
        date_ceremony(challenge, opens_at)


def _date_receipts(proposal: Proposal, at: datetime, closes_at: datetime) -> None:
    """Date the receipts, and sign them again: a demonstration may, nobody else can."""
    for receipt in Receipt.objects.filter(proposal=proposal):
        receipt.received_at, receipt.deadline_at = at, closes_at
        entry = LedgerEntry.objects.get(position=receipt.ledger_position)
        receipt.signed = signed_words(receipt, entry=entry)
        receipt.save(update_fields=["received_at", "deadline_at", "signed"])


def shift_release(world: World) -> None:
    """Date the releases of decided challenges as the story has them."""
    for row in load_content("challenges"):
        if row.get("decided_day"):
            released_at = _evening(row["decided_day"])
            challenge = world.challenges[row["key"]]
            Challenge.objects.filter(pk=challenge.pk, released_at__isnull=False).update(
                released_at=released_at
            )
            for proposal in challenge.proposals.filter(decision__isnull=False):
                type(proposal.decision).objects.filter(proposal=proposal).update(
                    released_at=released_at, decided_at=released_at - days(1)
                )


def _evening(day: float) -> Any:
    """Return 17:00 in the cluster's zone, so many days from today."""
    here = timezone.localtime(timezone.now(), timezone.get_default_timezone())
    return (here + days(day)).replace(hour=17, minute=0, second=0, microsecond=0)


def _content(row: dict[str, Any], themes: dict[str, Theme]) -> ChallengeContent:
    now = timezone.now()
    return ChallengeContent(
        texts={
            f"{ours}_{language}": row[f"{theirs}_{language}"]
            for ours, theirs in TEXTS.items()
            for language in ("es", "en")
        }
        | confidential_texts(row["key"]),
        themes=[themes[label] for label in row["themes"]],
        names_company=not row["anonymous"],
        criteria=[
            CriterionRow(
                name_es=criterion["name_es"],
                name_en=criterion["name_en"],
                weight=criterion["weight"],
                meaning_es=criterion["description_es"],
                meaning_en=criterion["description_en"],
                **scale_of(criterion["key"]),
                gate=GATE_OF[criterion["kind"]] if row["key"] in GATED else "",
            )
            for criterion in row["criteria"]
        ],
        opens_at=now - timedelta(minutes=5),
        closes_at=now + days(1),
        questions_until=now + timedelta(hours=12),
        evaluation_until=(now + days(20)).date(),
        decision_on=(now + days(27)).date(),
        **facts_of(row["key"]),
    )
