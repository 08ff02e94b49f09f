"""Opening editions of the programme, and what their problems are rated by."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

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


@dataclass(frozen=True)
class EditionTerms:
    """What an edition is called, how many places it has, and the days that solvers get."""

    name_es: str
    name_en: str
    shortlist_size: int
    change_notice_days: int = 7
    appeal_days: int = 10
    appeal_answer_days: int = 15

    def columns(self) -> dict[str, str | int]:
        """Return them as an edition keeps them."""
        names = {"name_es": self.name_es.strip(), "name_en": self.name_en.strip()}
        return asdict(self) | names


@transaction.atomic
def create_edition(*, by: User, terms: EditionTerms) -> Edition:
    """Open an edition; the first one is current at once. It starts with the last one's criteria.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: a name is missing or taken, or there are no places.
    """
    require(by, "innovation.edition_write")
    slug = slugify(terms.name_es)[:40]
    wrong = _wrong(terms)
    if not wrong and Edition.objects.filter(slug=slug).exists():
        wrong["name_es"] = _("There is an edition with this name.")
    if wrong:
        raise InvalidInput(fields=wrong)
    last = Edition.objects.first()
    edition = Edition.objects.create(slug=slug, is_current=last is None, **terms.columns())
    if last is not None:
        _copy_criteria(last, edition)
    data = {"places": terms.shortlist_size}
    record(by=by, verb="innovation.edition_create", obj=edition, data=data)
    return edition


@transaction.atomic
def change_edition(*, by: User, edition: Edition, terms: EditionTerms) -> Edition:
    """Rename an edition, give it more or fewer places, or solvers more time.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: a name is missing, or there are no places.
    """
    require(by, "innovation.edition_write")
    if wrong := _wrong(terms):
        raise InvalidInput(fields=wrong)
    before, columns = edition.shortlist_size, terms.columns()
    for name, value in columns.items():
        setattr(edition, name, value)
    edition.save(update_fields=list(columns))
    data = {
        "places": {"from": before, "to": terms.shortlist_size},
        "days_after_a_change": terms.change_notice_days,
        "days_to_appeal": terms.appeal_days,
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


def _wrong(terms: EditionTerms) -> dict[str, str]:
    wrong = {}
    if not slugify(terms.name_es):
        wrong["name_es"] = _("Write the name in Spanish.")
    if not terms.name_en.strip():
        wrong["name_en"] = _("Write the name in English.")
    if not 1 <= terms.shortlist_size <= PLACES_MAX:
        wrong["shortlist_size"] = _("Write a number from 1 to 100.")
    if not 0 <= terms.change_notice_days <= DAYS_MAX:
        wrong["change_notice_days"] = _("Write a number from 0 to 60.")
    if not 1 <= terms.appeal_days <= DAYS_MAX:
        wrong["appeal_days"] = _("Write a number from 1 to 60.")
    if not 1 <= terms.appeal_answer_days <= ANSWER_DAYS_MAX:
        wrong["appeal_answer_days"] = _("Write a number from 1 to 90.")
    return wrong


def _copy_criteria(source: Edition, target: Edition) -> None:
    for criterion in source.criteria.all():
        criterion.pk, criterion.edition = None, target
        criterion._state.adding = True
        criterion.save()
