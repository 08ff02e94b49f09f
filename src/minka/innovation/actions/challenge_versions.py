"""What every change of a published challenge has in common: a version, a reason, time to react."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.models import Call, Challenge, ChallengeVersion, NdaText
from minka.innovation.notices.challenges import tell_of_version
from minka.innovation.queries.challenge_content import (
    agreement_fingerprint,
    content_of,
    fingerprint,
    fresh_content,
    has_nda,
)
from minka.innovation.queries.challenge_parts import DATES, DAYS_AFTER, TELLING, fields_of
from minka.innovation.queries.challenges_checklist import (
    deadline_after_change,
    missing_of_content,
)
from minka.innovation.queries.problem_names import owner_told
from minka.innovation.states import ChallengeState

TELLING_KEYS = {*fields_of(TELLING), "themes"}


@dataclass(frozen=True)
class Change:
    """A change under way: the challenge, locked, and all that it said and lacked before."""

    challenge: Challenge
    before: dict[str, Any]
    missing: dict[str, str]
    closes_at: datetime


def begin_change(challenge: Challenge) -> Change:
    """Hold a published challenge and its call, and keep what they say as a version.

    No person: for the actions of this line, inside their transaction and after their own gate.

    Raises:
        WrongState: the challenge is not published, or decided.
    """
    call = Call.objects.select_for_update().get(challenge=challenge)
    held = Challenge.objects.select_for_update(of=("self",)).select_related("call", "edition")
    found = held.get(pk=challenge.pk)
    if found.state != ChallengeState.PUBLISHED:
        raise WrongState(_("This challenge has moved on; reload the page."))
    before = content_of(found)
    if not found.versions.exists():  # published before versions were kept
        keep_version(challenge=found, by=found.created_by, at=found.published_at or timezone.now())
    return Change(found, before, missing_of_content(found), call.closes_at)


def finish_change(*, by: User, change: Change, reason: str) -> ChallengeVersion:
    """Check what was written, give solvers their time, keep the version, and tell who follows.

    For the actions of this line, after they have written.

    Raises:
        InvalidInput: there is no reason, or it tells whose an anonymous challenge is; nothing
            changed, something needed is missing, or the call would close earlier than published.
        WrongState: the call has closed, and the change is not of the words or of what comes after.
    """
    if wrong := wrong_reason(change.challenge, reason):
        raise InvalidInput(fields=wrong)
    now = _reloaded(change.challenge)
    _check(change, now)
    after = content_of(now)
    keys = changed_keys(change.before, after)
    if not keys:
        raise InvalidInput(_("Nothing has changed."))
    if change.closes_at <= timezone.now() and not keys <= {*TELLING_KEYS, *DAYS_AFTER}:
        raise WrongState(_("The call has closed: what binds its proposals does not change now."))
    moved_from = None
    if binds(change.before, after, keys):
        moved_from = _give_time(now)
    put_agreement_in_force(now)
    Challenge.objects.filter(pk=now.pk).update(revision=F("revision") + 1)
    version = keep_version(challenge=now, by=by, reason=reason.strip(), moved_from=moved_from)
    data: dict[str, Any] = {
        "version": version.number,
        "changed": sorted(keys),
        "sha256": version.sha256,
        "reason": version.reason,
    }
    closes_at = Call.objects.get(challenge=now).closes_at
    if closes_at != change.closes_at:
        data["closes_at"] = {"from": change.closes_at.isoformat(), "to": closes_at.isoformat()}
    record(by=by, verb="innovation.challenge_change", obj=now, data=data)
    tell_of_version(challenge=_reloaded(now), version=version, keys=keys, but=by)
    return version


def wrong_reason(challenge: Challenge, reason: str) -> dict[str, str]:
    """No person: return what keeps a reason from being read by everybody, by field."""
    if not reason.strip():
        return {"reason": _("Write the reason: everybody who follows is told.")}
    return owner_told(challenge, {"reason": reason})


def keep_version(
    *,
    challenge: Challenge,
    by: User,
    reason: str = "",
    at: datetime | None = None,
    moved_from: datetime | None = None,
) -> ChallengeVersion:
    """Keep what a challenge says as its next version; for the actions of this line."""
    content = fresh_content(challenge)
    return ChallengeVersion.objects.create(
        challenge=challenge,
        number=challenge.versions.count() + 1,
        by=by,
        at=at or timezone.now(),
        reason=reason,
        content=content,
        sha256=fingerprint(content),
        closed_at_before=moved_from,
    )


def put_agreement_in_force(challenge: Challenge) -> None:
    """No person: keep the wording of the agreement, where something is confidential."""
    if not has_nda(fresh_content(challenge)):
        return
    last = challenge.nda_texts.order_by("-number").first()
    sha256 = agreement_fingerprint(challenge)
    if last is not None and last.sha256 == sha256:
        return
    NdaText.objects.create(
        challenge=challenge,
        number=(last.number if last else 0) + 1,
        text_es=challenge.confidentiality_es,
        text_en=challenge.confidentiality_en,
        sha256=sha256,
    )


def changed_keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """No person: return the names of what two contents say differently."""
    return {
        f"nda:{name}" if part == "nda" and name == "documents" else name
        for part in ("public", "nda")
        for name in {*before[part], *after[part]}
        if before[part].get(name) != after[part].get(name)
    }


def binds(before: Mapping[str, Any], after: Mapping[str, Any], keys: set[str]) -> bool:
    """No person: whether solvers have to react: not to the telling words, nor to more time."""
    for key in keys - TELLING_KEYS:
        if key not in DATES:
            return True
        old, new = before["public"].get(key), after["public"].get(key)
        if old and not (new and new > old):
            return True
    return False


def _check(change: Change, now: Challenge) -> None:
    lacking = {
        field: sentence
        for field, sentence in missing_of_content(now).items()
        if change.missing.get(field) != sentence
    }
    if now.call.closes_at < change.closes_at:
        lacking["closes_at"] = _("It cannot close earlier than it was published.")
    if lacking:
        raise InvalidInput(_("A public challenge has to stay whole."), fields=lacking)


def _give_time(challenge: Challenge) -> datetime | None:
    """Move the closing, and the days that follow from it, so that the promised time remains."""
    call = challenge.call
    move = deadline_after_change(call, challenge.edition.change_notice_days)
    if move <= timedelta(0) or call.closes_at <= timezone.now():
        return None
    before = call.closes_at
    for name in DATES:
        value = getattr(call, name)
        if name != "opens_at" and value is not None:
            setattr(call, name, value + move)
    call.save()
    return before


def _reloaded(challenge: Challenge) -> Challenge:
    return Challenge.objects.select_related("call", "edition").get(pk=challenge.pk)
