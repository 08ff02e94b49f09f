"""The PDF of a signed text, written once by a background job and sealed by the server."""

import hashlib

from django.core.files.base import ContentFile
from django.utils.text import slugify
from django.utils.translation import override

from minka.core.documents import render_pdf
from minka.core.models import StoredFile
from minka.core.server_keys import RECEIPTS, server_secret
from minka.innovation.actions.agreements_signing import keep_signed_pdf
from minka.innovation.models import AgreementVersion
from minka.innovation.sources.agreement_paper.content import paper_data, seal_words
from minka.methods.sealing.receipts import sign_receipt

TEMPLATE = "innovation/agreement.typ"
PDF = "application/pdf"


def print_agreement(*, version_id: int) -> str:
    """Print a text that all signed; begun again after its worker died, it prints the same."""
    waiting = AgreementVersion.objects.filter(signed_at__isnull=False, pdf__isnull=True)
    version = waiting.select_related("agreement", "by").filter(pk=version_id).first()
    if version is None:
        return "printed before"
    content = agreement_pdf(version)
    digest = hashlib.sha256(content).hexdigest()
    seal = sign_receipt(seal_words(version, pdf_sha256=digest), server_secret(RECEIPTS))
    name = f"{slugify(version.content['title'])[:60]}-v{version.number}.pdf"
    stored = StoredFile(
        name=name,
        media_type=PDF,
        size_bytes=len(content),
        sha256=digest,
        uploaded_by=version.by,
    )
    stored.content.save(name, ContentFile(content), save=True)
    if keep_signed_pdf(version=version, pdf=stored, seal=seal):
        return "printed"
    storage, path = stored.content.storage, str(stored.content.name)
    stored.delete()
    storage.delete(path)
    return "printed before"


def agreement_pdf(version: AgreementVersion) -> bytes:
    """Return the PDF of a signed text in its own language; the same bytes every time."""
    with override(version.content["language"]):
        made_at = version.signed_at or version.at
        data = paper_data(version)
        return render_pdf(TEMPLATE, data, made_at=made_at, language=version.content["language"])
