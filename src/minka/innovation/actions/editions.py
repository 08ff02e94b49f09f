"""Opening editions of the programme, and what their problems are rated by."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput
from minka.core.models import User
from minka.innovation.actions.criteria import CriterionRow, replace_criteria, what_is_wrong
from minka.innovation.models import Edition

PLACES_MAX = 100
DAYS_MAX = 60
ANSWER_DAYS_MAX = 90


@transaction.atomic
def create_edition(  # noqa: PLR0913 -- all that its form has
    *,
    by: User,
    name_es: str,
    name_en: str,
    shortlist_size: int,
    change_notice_days: int = 7,
    appeal_days: int = 10,
    appeal_answer_days: int = 15,
) -> Edition:
    """Open an edition; the first one is current at once. It starts with the last one's criteria.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: a name is missing or taken, or there are no places.
    """
    require(by, "innovation.edition_write")
    slug = slugify(name_es)[:40]
    wrong = _wrong(name_es, name_en, shortlist_size, change_notice_days)
    wrong |= _wrong_days(appeal_days, appeal_answer_days)
    if not wrong and Edition.objects.filter(slug=slug).exists():
        wrong["name_es"] = _("There is an edition with this name.")
    if wrong:
        raise InvalidInput(fields=wrong)
    last = Edition.objects.first()
    edition = Edition.objects.create(
        slug=slug,
        name_es=name_es.strip(),
        name_en=name_en.strip(),
        shortlist_size=shortlist_size,
        change_notice_days=change_notice_days,
        appeal_days=appeal_days,
        appeal_answer_days=appeal_answer_days,
        is_current=last is None,
    )
    if last is not None:
        _copy_criteria(last, edition)
    record(by=by, verb="innovation.edition_create", obj=edition, data={"places": shortlist_size})
    return edition


@transaction.atomic
def change_edition(  # noqa: PLR0913 -- all that its form has
    *,
    by: User,
    edition: Edition,
    name_es: str,
    name_en: str,
    shortlist_size: int,
    change_notice_days: int = 7,
    appeal_days: int = 10,
    appeal_answer_days: int = 15,
) -> Edition:
    """Rename an edition, give it more or fewer places, or solvers more time.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: a name is missing, or there are no places.
    """
    require(by, "innovation.edition_write")
    wrong = _wrong(name_es, name_en, shortlist_size, change_notice_days)
    if wrong := wrong | _wrong_days(appeal_days, appeal_answer_days):
        raise InvalidInput(fields=wrong)
    before = edition.shortlist_size
    edition.name_es, edition.name_en = name_es.strip(), name_en.strip()
    edition.shortlist_size = shortlist_size
    edition.change_notice_days = change_notice_days
    edition.appeal_days, edition.appeal_answer_days = appeal_days, appeal_answer_days
    edition.save(
        update_fields=["name_es", "name_en", "shortlist_size", "change_notice_days",
                       "appeal_days", "appeal_answer_days"]
    )  # fmt: skip
    data = {
        "places": {"from": before, "to": shortlist_size},
        "days_after_a_change": change_notice_days,
        "days_to_appeal": appeal_days,
    }
    record(by=by, verb="innovation.edition_change", obj=edition, data=data)
    return edition


@transaction.atomic
def select_edition(*, by: User, edition: Edition) -> Edition:
    """Make an edition the current one: new problems belong to it.

    Raises:
        NotAllowed: `by` is not of the cluster team.
    """
    require(by, "innovation.edition_write")
    list(Edition.objects.select_for_update().filter(is_current=True))
    Edition.objects.filter(is_current=True).exclude(pk=edition.pk).update(is_current=False)
    Edition.objects.filter(pk=edition.pk).update(is_current=True)
    edition.refresh_from_db()
    record(by=by, verb="innovation.edition_select", obj=edition)
    return edition


@transaction.atomic
def save_rating_criteria(*, by: User, edition: Edition, rows: Sequence[CriterionRow]) -> None:
    """Set what the problems of an edition are rated by. The ledger keeps the weights.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there are fewer than two, their weights do not sum to 100, or one that has
            been used would be taken away.
    """
    require(by, "innovation.edition_write")
    if wrong := what_is_wrong(rows):
        raise InvalidInput(wrong)
    replace_criteria(edition.criteria, rows)
    weights = {str(c.pk): c.weight for c in edition.criteria.order_by("position")}
    record(by=by, verb="innovation.rating_criteria", obj=edition, data={"weights": weights})


def _wrong(name_es: str, name_en: str, places: int, days: int) -> dict[str, str]:
    wrong = {}
    if not slugify(name_es):
        wrong["name_es"] = _("Write the name in Spanish.")
    if not name_en.strip():
        wrong["name_en"] = _("Write the name in English.")
    if not 1 <= places <= PLACES_MAX:
        wrong["shortlist_size"] = _("Write a number from 1 to 100.")
    if not 0 <= days <= DAYS_MAX:
        wrong["change_notice_days"] = _("Write a number from 0 to 60.")
    return wrong


def _wrong_days(to_appeal: int, to_answer: int) -> dict[str, str]:
    wrong = {}
    if not 1 <= to_appeal <= DAYS_MAX:
        wrong["appeal_days"] = _("Write a number from 1 to 60.")
    if not 1 <= to_answer <= ANSWER_DAYS_MAX:
        wrong["appeal_answer_days"] = _("Write a number from 1 to 90.")
    return wrong


def _copy_criteria(source: Edition, target: Edition) -> None:
    for criterion in source.criteria.all():
        criterion.pk, criterion.edition = None, target
        criterion._state.adding = True
        criterion.save()
