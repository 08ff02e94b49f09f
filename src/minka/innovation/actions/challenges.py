"""Every write to a challenge before it is public."""

from collections.abc import Iterable
from itertools import count

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.files import discard_file
from minka.core.models import User
from minka.innovation.actions.challenge_approvals import void_after_edit
from minka.innovation.actions.challenge_prefill import beginning_of
from minka.innovation.actions.challenge_writing import (
    ChallengeContent,
    check_content,
    columns_of,
    swap_columns,
    write_lists,
)
from minka.innovation.actions.evaluation_terms import begin_with_usual_rubric
from minka.innovation.models import Challenge, Problem
from minka.innovation.queries.challenge_content import fresh_content
from minka.innovation.queries.challenge_terms import terms_templates
from minka.innovation.states import ChallengeState, ProblemState
from minka.knowledge.models import Theme

OTHER_NAMES = ("company__other_names", "partners__other_names")
RESERVED_SLUGS = {"en-preparacion", "nuevo"}  # addresses of the site itself


@transaction.atomic
def draft_challenge(*, by: User, problems: Iterable[Problem]) -> Challenge:
    """Start a challenge from shortlisted problems, with what they say where it may be read.

    Names of the company and its sites are covered, because a challenge is anonymous to begin with.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no problem, or they are of several editions or companies. Problems of
            several companies become one when all agree (`actions.merging`).
        WrongState: a problem is not shortlisted, or already in a challenge.
    """
    require(by, "innovation.challenge_write")
    wanted = {problem.pk for problem in problems}
    locked = list(
        Problem.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted)
        .select_related("company", "stage")
        .prefetch_related("themes", "files__file", *OTHER_NAMES)
        .order_by("pk")
    )
    if not locked or len({problem.edition_id for problem in locked}) > 1:
        raise InvalidInput(_("Choose one or more problems of one edition."))
    if len({problem.company_id for problem in locked}) > 1:
        raise InvalidInput(
            _(
                "These problems are of several companies, which have not agreed to join them. "
                "Propose to join them first."
            )
        )
    for problem in locked:
        if problem.state != ProblemState.SHORTLISTED or problem.challenges.exists():
            raise WrongState(
                _("“%(problem)s” is not on the shortlist, or has a challenge already.")
                % {"problem": problem.title}
            )
    first = locked[0]
    begun = beginning_of(locked)
    challenge = Challenge.objects.create(
        edition_id=first.edition_id,
        slug=_free_slug(begun.texts["title_es"]),
        created_by=by,
        trl_minimum=begun.trl_minimum,
        **begun.texts,
    )
    challenge.problems.set(locked)
    challenge.themes.set(Theme.objects.filter(pk__in=begun.theme_ids))
    begin_with_usual_rubric(challenge)
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
    check_content(content)
    before = fresh_content(challenge)
    columns = {**columns_of(content), "names_company": content.names_company}
    swap_columns(challenge, revision, ChallengeState.DRAFT, columns)
    write_lists(challenge, content)
    data = {"revision": revision + 1}
    record(by=by, verb="innovation.challenge_save", obj=challenge, data=data)
    return void_after_edit(by=by, challenge=challenge, before=before)


@transaction.atomic
def use_terms(*, by: User, challenge: Challenge, key: str) -> Challenge:
    """Put one of the prepared wordings, in both languages, in the place of what a draft has there.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no wording of this name.
        WrongState: it is published.
    """
    require(by, "innovation.challenge_write")
    wanted = terms_templates().get(key)
    if wanted is None:
        raise InvalidInput(_("Choose one of the list."))
    before = fresh_content(challenge)
    movable = Challenge.objects.filter(pk=challenge.pk, state=ChallengeState.DRAFT)
    texts = {f"{wanted.field}_es": wanted.text_es, f"{wanted.field}_en": wanted.text_en}
    if not movable.update(**texts, revision=F("revision") + 1):
        raise WrongState(_("This challenge has moved on; reload the page."))
    record(by=by, verb="innovation.challenge_save", obj=challenge, data={"terms": key})
    return void_after_edit(by=by, challenge=challenge, before=before)


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
    files = [one.file for one in locked.documents.select_related("file")]
    locked.delete()
    for stored in files:
        discard_file(stored)


def free_slug_for(challenge: Challenge) -> str:
    """No person: return the address of a challenge from its Spanish title."""
    return _free_slug(challenge.title_es, but=challenge)


def _free_slug(title: str, but: Challenge | None = None) -> str:
    stem = slugify(title)[:80].strip("-") or "desafio"
    alike = Challenge.objects.filter(slug__startswith=stem)
    others = alike.exclude(pk=but.pk) if but else alike
    taken = {*others.values_list("slug", flat=True), *RESERVED_SLUGS}
    numbered = (f"{stem}-{number}" for number in count(2))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
