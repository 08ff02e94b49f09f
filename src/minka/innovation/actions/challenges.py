"""Every write to a challenge before its proposals are decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.criteria import CriterionRow, replace_criteria
from minka.innovation.models import Call, Challenge, Problem
from minka.innovation.queries.challenges import (
    NEEDED_TEXTS,
    TEXT_FIELDS,
    names_given_away,
)
from minka.innovation.queries.problem_names import names_of_owner
from minka.innovation.states import ChallengeState, ProblemState
from minka.knowledge.models import Theme
from minka.methods.redaction import redact

TITLE_MAX = 200
RESERVED_SLUGS = {"en-preparacion", "nuevo"}  # addresses of the site itself


@dataclass(frozen=True)
class ChallengeContent:
    """A whole draft as it was written; `texts` is keyed by `TEXT_FIELDS`, and may have gaps."""

    texts: Mapping[str, str]
    themes: QuerySet[Theme] | Sequence[Theme] = ()
    names_company: bool = False
    trl_minimum: int | None = None
    criteria: Sequence[CriterionRow] = field(default_factory=list)
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@transaction.atomic
def draft_challenge(*, by: User, problems: Iterable[Problem]) -> Challenge:
    """Start a challenge from shortlisted problems, with their first title and all their themes.

    Names of the company and its sites are covered, because a challenge is anonymous to begin with.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no problem, or they are of several editions.
        WrongState: a problem is not shortlisted, or already in a challenge.
    """
    require(by, "innovation.challenge_write")
    wanted = {problem.pk for problem in problems}
    locked = list(
        Problem.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted)
        .select_related("company")
        .order_by("pk")
    )
    if not locked or len({problem.edition_id for problem in locked}) > 1:
        raise InvalidInput(_("Choose one or more problems of one edition."))
    for problem in locked:
        if problem.state != ProblemState.SHORTLISTED or problem.challenges.exists():
            raise WrongState(
                _("“%(problem)s” is not on the shortlist, or has a challenge already.")
                % {"problem": problem.title}
            )
    first = locked[0]
    title = redact(first.title, [n for p in locked for n in names_of_owner(p)], "…")
    challenge = Challenge.objects.create(
        edition_id=first.edition_id, slug=_free_slug(title), title_es=title, created_by=by
    )
    challenge.problems.set(locked)
    challenge.themes.set(Theme.objects.filter(problems__in=locked).distinct())
    data = {"problems": sorted(wanted)}
    record(by=by, verb="innovation.challenge_draft", obj=challenge, data=data)
    return challenge


@transaction.atomic
def save_challenge(
    *, by: User, challenge: Challenge, revision: int, content: ChallengeContent
) -> Challenge:
    """Save a draft whole; it may be incomplete. `revision` is the one that `by` started from.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: something cannot be stored.
        WrongState: it is published; its words can only be corrected.
        Conflict: somebody saved another version since.
    """
    require(by, "innovation.challenge_write")
    _check(content)
    columns = {
        **_texts(content.texts),
        "names_company": content.names_company,
        "trl_minimum": content.trl_minimum,
    }
    _swap(challenge, revision, ChallengeState.DRAFT, columns)
    challenge.themes.set(content.themes)
    replace_criteria(challenge.criteria, content.criteria)
    if content.opens_at and content.closes_at:
        dates = {"opens_at": content.opens_at, "closes_at": content.closes_at}
        Call.objects.update_or_create(challenge=challenge, defaults=dates)
    else:
        Call.objects.filter(challenge=challenge).delete()
    data = {"revision": revision + 1}
    record(by=by, verb="innovation.challenge_save", obj=challenge, data=data)
    return Challenge.objects.get(pk=challenge.pk)


@transaction.atomic
def correct_challenge(
    *, by: User, challenge: Challenge, revision: int, texts: Mapping[str, str]
) -> Challenge:
    """Correct the words of a published challenge. Criteria, dates and company stay as they are.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: a needed text would become empty, or an anonymous challenge name its company.
        WrongState: it is not published, or decided.
        Conflict: somebody saved another version since.
    """
    require(by, "innovation.challenge_write")
    columns = _texts(texts)
    before = {name: getattr(challenge, name) for name in columns}
    emptied = [n for n in columns if before[n] and not columns[n] and n[:-3] in NEEDED_TEXTS]
    if emptied:
        raise InvalidInput(fields={n: _("This text cannot be left empty now.") for n in emptied})
    _swap(challenge, revision, ChallengeState.PUBLISHED, columns)
    if given_away := names_given_away(challenge):
        raise InvalidInput(fields=_anonymity_errors(given_away))
    changed = sorted(name for name in columns if columns[name] != before[name])
    data = {"revision": revision + 1, "changed": changed}
    record(by=by, verb="innovation.challenge_correct", obj=challenge, data=data)
    return challenge


@transaction.atomic
def discard_challenge(*, by: User, challenge: Challenge) -> None:
    """Throw a draft away; its problems stay on the shortlist.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it is published.
    """
    require(by, "innovation.challenge_write")
    locked = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if locked.state != ChallengeState.DRAFT:
        raise WrongState(_("A published challenge cannot be discarded."))
    problems = list(locked.problems.order_by("pk").values_list("pk", flat=True))
    data = {"problems": problems}
    record(by=by, verb="innovation.challenge_discard", obj=locked, data=data)
    locked.delete()


def free_slug_for(challenge: Challenge) -> str:
    """No person: return the address of a challenge from its Spanish title."""
    return _free_slug(challenge.title_es, but=challenge)


def _swap(
    challenge: Challenge, revision: int, state: ChallengeState, columns: Mapping[str, object]
) -> None:
    """Compare-and-swap the revision; of two people who save at once, one gets Conflict."""
    movable = Challenge.objects.filter(pk=challenge.pk, revision=revision, state=state)
    if movable.update(**columns, revision=F("revision") + 1):
        challenge.refresh_from_db()
        return
    challenge.refresh_from_db()
    if challenge.state != state:
        raise WrongState(_("This challenge has moved on; reload the page."))
    raise Conflict(_("Somebody else saved this challenge. What you wrote is still here."))


def _check(content: ChallengeContent) -> None:
    wrong = {}
    title = content.texts.get("title_es", "").strip()
    if not title:
        wrong["title_es"] = _("Give the challenge a title.")
    for language in ("es", "en"):
        if len(content.texts.get(f"title_{language}", "").strip()) > TITLE_MAX:
            wrong[f"title_{language}"] = _("Write the title in at most 200 characters.")
    if bool(content.opens_at) != bool(content.closes_at):
        wrong["closes_at" if content.opens_at else "opens_at"] = _("Write both dates, or none yet.")
    elif content.opens_at and content.closes_at and content.closes_at <= content.opens_at:
        wrong["closes_at"] = _("The call has to close after it opens.")
    if wrong:
        raise InvalidInput(fields=wrong)


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: texts[name].strip() for name in TEXT_FIELDS if name in texts}


def _anonymity_errors(given_away: Mapping[str, str]) -> dict[str, str]:
    sentence = _("“%(name)s” tells whose problem it is, and this challenge is anonymous.")
    return {field: sentence % {"name": name} for field, name in given_away.items()}


def _free_slug(title: str, but: Challenge | None = None) -> str:
    stem = slugify(title)[:80].strip("-") or "desafio"
    alike = Challenge.objects.filter(slug__startswith=stem)
    others = alike.exclude(pk=but.pk) if but else alike
    taken = {*others.values_list("slug", flat=True), *RESERVED_SLUGS}
    numbered = (f"{stem}-{number}" for number in count(2))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
