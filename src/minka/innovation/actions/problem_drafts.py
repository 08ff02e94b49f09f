"""Drafts that somebody begins in the name of a company: in a workshop, or from a sheet."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import StoredFile, User
from minka.innovation.actions.problem_content import ProblemContent, check_content, content_of
from minka.innovation.actions.problems import save_problem
from minka.innovation.models import Edition, Problem, ProblemSheet, Workshop, WorkshopCard
from minka.innovation.queries.problems import current_edition
from minka.innovation.states import ProblemState
from minka.knowledge.models import Actor
from minka.knowledge.states import ActorKind

MOST_ROWS = 500


@transaction.atomic
def open_workshop(*, by: User, company: Actor, user_area: str = "") -> Workshop:
    """Begin a session with one company and, perhaps, one of its areas.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: it is no mining company.
        WrongState: no edition is current.
    """
    require(by, "innovation.workshop_run")
    if company.kind != ActorKind.MINING_COMPANY:
        raise InvalidInput(fields={"company": _("Only mining companies state problems.")})
    return Workshop.objects.create(
        edition=_edition(), company=company, user_area=user_area.strip()[:80], by=by
    )


@transaction.atomic
def add_card(*, by: User, workshop: Workshop, title: str) -> Problem:
    """Make a draft of what was said; it is saved at once, after the last card.

    Raises:
        NotAllowed: `by` does not run this workshop.
        InvalidInput: there is no title.
    """
    _require_own(by, workshop)
    locked = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    content = ProblemContent(title=title, user_area=locked.user_area)
    problem = _draft(by, locked.company, locked.edition, content)
    last = locked.cards.aggregate(last=Max("position"))["last"] or 0
    WorkshopCard.objects.create(workshop=locked, problem=problem, position=last + 1)
    data = {"workshop": locked.pk}
    record(by=by, verb="innovation.problem_type", obj=problem, data=data)
    return problem


@transaction.atomic
def edit_card(
    *, by: User, card: WorkshopCard, title: str, what_happens: str, revision: int
) -> Problem:
    """Correct what a card says.

    Raises:
        NotAllowed: `by` does not run this workshop.
        InvalidInput: there is no title.
        WrongState: the problem has been submitted.
        Conflict: somebody of the company saved it since.
    """
    _require_own(by, card.workshop)
    before = content_of(card.problem)
    values = {name: getattr(before, name) for name in ProblemContent.__dataclass_fields__}
    content = ProblemContent(**{**values, "title": title, "what_happens": what_happens})
    return save_problem(by=by, problem=card.problem, revision=revision, content=content)


@transaction.atomic
def move_card(*, by: User, card: WorkshopCard, up: bool) -> None:
    """Let a card change places with the one before or after it; at the ends nothing happens.

    Raises:
        NotAllowed: `by` does not run this workshop.
    """
    _require_own(by, card.workshop)
    cards = list(card.workshop.cards.select_for_update(of=("self",)).order_by("position", "pk"))
    here = next(index for index, one in enumerate(cards) if one.pk == card.pk)
    there = here + (-1 if up else 1)
    if not 0 <= there < len(cards):
        return
    cards[here], cards[there] = cards[there], cards[here]
    for position, one in enumerate(cards, start=1):
        one.position = position
    WorkshopCard.objects.bulk_update(cards, ["position"])


@transaction.atomic
def discard_card(*, by: User, card: WorkshopCard) -> None:
    """Throw a card away with its draft.

    Raises:
        NotAllowed: `by` does not run this workshop.
        WrongState: the problem has been submitted, or the company works on it.
    """
    _require_own(by, card.workshop)
    problem = Problem.objects.select_for_update(of=("self",)).get(pk=card.problem_id)
    if problem.state != ProblemState.DRAFT or problem.author_id != by.pk or problem.files.exists():
        raise WrongState(_("This problem has moved on; reload the page."))
    record(by=by, verb="innovation.problem_discard", obj=problem)
    problem.delete()


@transaction.atomic
def keep_sheet(*, by: User, company: Actor, stored: StoredFile) -> ProblemSheet:
    """Keep a sheet to be looked at before it is taken in.

    Raises:
        NotAllowed: `by` may not state problems of the company.
    """
    _require_company(by, company)
    return ProblemSheet.objects.create(company=company, file=stored, by=by)


@transaction.atomic
def take_sheet(
    *, by: User, sheet: ProblemSheet, contents: Sequence[ProblemContent]
) -> list[Problem]:
    """Make a draft of every row; nothing is submitted.

    Raises:
        NotAllowed: it is somebody else's sheet, or `by` may not state problems of the company.
        InvalidInput: there is no row, there are too many, or one cannot be stored.
        WrongState: it was taken in already.
    """
    require(by, "innovation.sheet_take", sheet)
    _require_company(by, sheet.company)
    if not 1 <= len(contents) <= MOST_ROWS:
        limit = {"most": MOST_ROWS}
        raise InvalidInput(_("The sheet needs from 1 to %(most)s rows with a problem.") % limit)
    waiting = ProblemSheet.objects.filter(pk=sheet.pk, taken_at=None)
    if not waiting.update(taken_at=timezone.now()):
        raise WrongState(_("This sheet was taken in already."))
    sheet.refresh_from_db()
    edition = _edition()
    made = [_draft(by, sheet.company, edition, content) for content in contents]
    data = {"problems": [one.pk for one in made], "sha256": sheet.file.sha256}
    record(by=by, verb="innovation.problem_import", obj=sheet, data=data)
    return made


def _draft(by: User, company: Actor, edition: Edition, content: ProblemContent) -> Problem:
    check_content(content)
    problem = Problem.objects.create(
        edition=edition, company=company, author=by, **content.columns()
    )
    problem.themes.set(content.themes)
    return problem


def _require_own(by: User, workshop: Workshop) -> None:
    require(by, "innovation.workshop_write", workshop)


def _require_company(by: User, company: Actor) -> None:
    require(by, "innovation.sheet_keep", company)
    if company.kind != ActorKind.MINING_COMPANY:
        raise InvalidInput(fields={"company": _("Only mining companies state problems.")})


def _edition() -> Edition:
    edition = current_edition()
    if edition is None:
        raise WrongState(_("No edition is open at present. The cluster team opens the next one."))
    return edition
