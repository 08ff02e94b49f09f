"""Downloads of the files of a proposal."""

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from minka.core.http import SignedInRequest, stream_file
from minka.innovation.queries.proposals import visible_attachments
from minka.innovation.queries.sealed_files import attachment_pieces


@require_GET
def attachment(request: SignedInRequest, public_id: str, uid: str) -> StreamingHttpResponse:
    """Stream one file to whoever may read its proposal."""
    mine = visible_attachments(viewer=request.user)
    found = get_object_or_404(mine, proposal__public_id=public_id, file__uid=uid)
    if not found.locked:
        return stream_file(found.file)
    details = found.details
    response = StreamingHttpResponse(attachment_pieces(found), content_type=details["media_type"])
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=details["name"]
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
