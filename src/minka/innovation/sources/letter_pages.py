"""A letter as PDF: printed once of what was kept, and the same bytes from then on."""

from django.conf import settings
from django.urls import reverse

from minka.core.documents import render_pdf
from minka.core.models import StoredFile
from minka.innovation.actions.letters import keep_letter_pdf
from minka.innovation.models import DecisionLetter

TEMPLATE = "innovation/letter.typ"


def print_letter(*, letter_id: int) -> StoredFile:
    """Return the PDF of a letter, printing it where nobody has yet."""
    letter = DecisionLetter.objects.select_related("file").get(pk=letter_id)
    if letter.file is not None:
        return letter.file
    page = settings.MINKA_BASE_URL + reverse("innovation:letter", args=[letter.public_id])
    data = {**letter.content, "sha256": letter.sha256, "address": page}
    content = render_pdf(TEMPLATE, data, made_at=letter.written_at, language=letter.language)
    name = f"{letter.proposal.challenge.slug[:60]}-{letter.version}-{letter.language}.pdf"
    return keep_letter_pdf(letter_id=letter.pk, content=content, name=name)
