"""Criteria with weights, of an edition's rating or of a challenge: the same list, saved alike."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput
from minka.innovation.queries.challenges_checklist import AT_LEAST_CRITERIA, WEIGHTS_TOTAL

OUT_OF_THE_WAY = 10_000  # positions are unique: rows step aside before they take their new place


@dataclass(frozen=True)
class CriterionRow:
    """One line of the list as it was typed; `pk` is None for a new one."""

    name_es: str
    name_en: str
    weight: int
    meaning_es: str = ""
    meaning_en: str = ""
    low_es: str = ""
    low_en: str = ""
    high_es: str = ""
    high_en: str = ""
    gate: str = ""
    pk: int | None = None

    def columns(self, kept: "models.Manager[Any]") -> dict[str, Any]:
        """Return what is stored: scales only where the owner's criteria have one."""
        known = {column.name for column in kept.model._meta.fields}
        values = {name: value for name, value in asdict(self).items() if name in known - {"id"}}
        return {name: v.strip() if isinstance(v, str) else v for name, v in values.items()}


def what_is_wrong(rows: Sequence[CriterionRow]) -> str:
    """No person: return what keeps the list from being used; empty when it is sound."""
    if len(rows) < AT_LEAST_CRITERIA:
        return _("Write at least two criteria.")
    total = sum(row.weight for row in rows)
    if total != WEIGHTS_TOTAL:
        return _("The weights have to sum to 100; they sum to %(total)s.") % {"total": total}
    return ""


def replace_criteria(kept: "models.Manager[Any]", rows: Sequence[CriterionRow]) -> None:
    """No person: make the list of one owner exactly `rows`, in order; known rows keep their id.

    For the actions of this line, inside their transaction and after their own checks.

    Raises:
        InvalidInput: a criterion that has been used would be taken away, or is not of this owner.
    """
    known = {criterion.pk: criterion for criterion in kept.all()}
    staying = {row.pk for row in rows if row.pk is not None}
    if not staying <= set(known):
        raise InvalidInput(_("One of the criteria is not in this list any more."))
    try:
        kept.exclude(pk__in=staying).delete()
    except models.ProtectedError:
        raise InvalidInput(
            _("A criterion that points have been given by cannot be taken away.")
        ) from None
    kept.update(position=models.F("position") + OUT_OF_THE_WAY)
    for position, row in enumerate(rows, start=1):
        kept.update_or_create(pk=row.pk, defaults={**row.columns(kept), "position": position})
