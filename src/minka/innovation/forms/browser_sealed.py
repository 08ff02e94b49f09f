"""The form of a proposal in the browser that seals it; and what its fields say once opened."""

from typing import Any

from django.conf import settings
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from minka.innovation.actions.browser_words import Fields, read_with
from minka.innovation.forms.proposals import ACCEPT, FilesField, ManyFilesInput, ProposalForm
from minka.innovation.models import Proposal
from minka.innovation.queries.proposals_completeness import LACKING, field_of

SEALING_ADDS = 1024  # of each file at most one part in so many, and the beginning
BEGINNING_BYTES = 8192
ECONOMIC_UPLOADS = "economic_uploads"


def sealing_form(proposal: Proposal) -> ProposalForm:
    """Return the form as a page draws it whose words stay in the browser.

    The browser asks for what is compulsory: the server will not see whether it is there.
    """
    parts = proposal.challenge.parts
    form = ProposalForm(initial={"language": proposal.language}, parts=parts)
    del form.fields["revision"]
    asked = {field_of(part.key) for part in parts if part.required and not part.is_table}
    for name in asked | LACKING.keys():
        form.fields[name].widget.attrs["required"] = True
    if "trl_after" in form.fields:
        form.fields["trl_after"].widget.attrs["data-at-least"] = "trl_now"
    most = settings.MINKA_UPLOAD_MAX_BYTES
    limit = {"data-max-bytes": most - most // SEALING_ADDS - BEGINNING_BYTES}
    form.fields["uploads"].widget.attrs |= limit
    if proposal.challenge.call.has_envelopes:
        form.fields["uploads"].label = _("Add technical files")
        form.fields[ECONOMIC_UPLOADS] = FilesField(
            label=_("Add economic files"),
            help_text=_("Opened with the economic parts, after the technical evaluation."),
            required=False,
            widget=ManyFilesInput(attrs={"accept": ACCEPT, "data-economic": True, **limit}),
        )
    return form


@read_with
def read_fields(proposal: Proposal, fields: Fields) -> dict[str, Any]:
    """Return the values that the form makes of fields; what makes no sense is left out."""
    form = ProposalForm(MultiValueDict(dict(fields)), parts=proposal.challenge.parts)
    form.is_valid()
    return form.values()
