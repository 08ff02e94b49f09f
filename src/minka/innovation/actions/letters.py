"""Letters: written in the transaction that tells the decision, and never changed."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.jobs import enqueue
from minka.core.models import StoredFile, User
from minka.innovation.models import Challenge, Decision, DecisionLetter
from minka.innovation.queries.evaluations import criteria_of
from minka.innovation.queries.letters import letter_content
from minka.innovation.queries.positions import positions
from minka.innovation.queries.ranking import criterion_means
from minka.innovation.queries.suggestions import Suggestions, suggestions_for
from minka.innovation.states import ChallengeState, Outcome

PRINT = "minka.innovation.tasks.print_letter"
PDF = "application/pdf"
MOST_DAYS = 60


def write_letters(
    *, by: User, challenge: Challenge, decisions: Iterable[Decision]
) -> dict[int, DecisionLetter]:
    """Write one letter for each decision that is being told; in the caller's transaction.

    The PDF is printed in the background, of what is kept here.

    Raises:
        NotAllowed: `by` may not release decisions.
    """
    require(by, "innovation.decision_release", challenge)
    known = positions(challenge=challenge)
    criteria = criteria_of(challenge_id=challenge.pk)
    now = timezone.now()
    until = appeal_end(challenge=challenge, told_at=now)
    letters = {}
    for decision in decisions:
        proposal = decision.proposal
        last = proposal.letters.order_by("-version").values_list("version", flat=True).first()
        version = (last or 0) + 1
        with override(proposal.language):
            content = letter_content(
                decision=decision,
                means=criterion_means(proposal=proposal, criteria=criteria),
                position=known.get(proposal.pk),
                suggestions=_suggestions(decision),
                at=now,
                until=until,
                version=version,
            )
        letter = DecisionLetter.objects.create(
            proposal=proposal, version=version, language=proposal.language, content=content,
            sha256=letter_digest(content), written_by=by, written_at=now, appeal_until=until,
        )  # fmt: skip
        record(by=by, verb="innovation.letter_write", obj=letter, data={"sha256": letter.sha256})
        enqueue(PRINT, letter.pk)
        letters[proposal.pk] = letter
    return letters


def appeal_end(*, challenge: Challenge, told_at: datetime) -> datetime:
    """No person: return the last second in which may be asked, by the cluster's calendar."""
    days = challenge.appeal_days or challenge.edition.appeal_days
    day = timezone.localtime(told_at, timezone.get_default_timezone()).date() + timedelta(days=days)
    return timezone.make_aware(
        datetime.combine(day, time(23, 59, 59)), timezone.get_default_timezone()
    )


def letter_digest(content: object) -> str:
    """No person: return the SHA-256 of a letter's content."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def set_appeal_days(*, by: User, challenge: Challenge, days: int | None) -> Challenge:
    """Say how many days solvers of one challenge have; None for those of the edition.

    Raises:
        NotAllowed: `by` is not of the impartial team.
        WrongState: the decisions are released: the letters name the day.
        InvalidInput: no number from 1 to 60.
    """
    require(by, "innovation.decision_release", challenge)
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise InvalidInput(fields={"days": _("Write a number from 1 to 60.")})
    open_still = Challenge.objects.filter(pk=challenge.pk).exclude(state=ChallengeState.DECIDED)
    if not open_still.update(appeal_days=days):
        raise WrongState(_("The decisions of this challenge were released; nothing changes now."))
    challenge.refresh_from_db()
    record(by=by, verb="innovation.appeal_days", obj=challenge, data={"days": days})
    return challenge


@transaction.atomic
def keep_letter_pdf(*, letter_id: int, content: bytes, name: str) -> StoredFile:
    """Keep what was printed, once: who comes second gets what the first one kept.

    No person: whoever prints calls this, and who may read it is for the query.
    """
    letter = DecisionLetter.objects.select_for_update().get(pk=letter_id)
    if letter.file is not None:
        return letter.file
    stored = StoredFile(
        name=name,
        media_type=PDF,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=letter.written_by,
    )
    stored.content.save(name, ContentFile(content), save=True)
    letter.file = stored
    letter.save(update_fields=["file"])
    record(by=None, verb="innovation.letter_print", obj=letter, data={"sha256": stored.sha256})
    return stored


def _suggestions(decision: Decision) -> Suggestions:
    if decision.outcome == Outcome.SELECTED:
        return Suggestions([], [], [])
    return suggestions_for(viewer=None, proposal=decision.proposal)
