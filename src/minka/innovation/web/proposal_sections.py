"""The parts of a proposal as its editor draws them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.forms.boundfield import BoundField

from minka.innovation.forms.proposals import ProposalForm, TableOfForm
from minka.innovation.models import Proposal
from minka.innovation.models.proposal_parts import ProposalPart
from minka.innovation.queries.proposals_completeness import field_of


@dataclass(frozen=True)
class Section:
    """One part: a field of words or a table, whether anything is missing in it or said."""

    part: ProposalPart
    is_done: bool
    has_words: bool
    field: BoundField | None = None
    table: TableOfForm | None = None


def sections_of(
    form: ProposalForm, missing: Mapping[str, str], proposal: Proposal
) -> list[Section]:
    """Return the parts that the challenge asks for, in its order."""
    tables = form.tables()
    found = []
    for part in form.parts:
        said = proposal.answer_to(part).is_answered
        if part.is_table:
            lacks = any(name.startswith(f"{part.key}-") for name in missing)
            found.append(Section(part, not lacks, said, table=tables[part.key]))
        else:
            name = field_of(part.key)
            found.append(Section(part, name not in missing, said, field=form[name]))
    return found
