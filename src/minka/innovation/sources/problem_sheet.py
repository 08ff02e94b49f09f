"""Problems as a sheet."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from minka.innovation.queries.problem_parts import PART_OF
from minka.innovation.queries.problem_reading import Reading, label_of_field
from minka.knowledge.sources.survey_sheet import as_csv

LEFT_OUT = {"title_other"}


def problems_csv(readings: Sequence[Reading]) -> bytes:
    """Return one row per problem; what a reading does not hold is an empty cell."""
    names = [name for name in PART_OF if name not in LEFT_OUT]
    head = [_("Number"), _("Company"), _("State"), *(_heading(name) for name in names)]
    rows = [
        [str(one.pk), one.companies, str(one.state_label), *(one.text(name) for name in names)]
        for one in readings
    ]
    return as_csv([head, *rows])


def _heading(name: str) -> str:
    return str(label_of_field(name, PART_OF[name]))
