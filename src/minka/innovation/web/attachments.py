"""Downloads of the files of a proposal."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from minka.core.http import SignedInRequest, stream_file
from minka.innovation.queries.proposals import visible_attachments


@require_GET
def attachment(request: SignedInRequest, public_id: str, uid: str) -> FileResponse:
    """Stream one file to whoever may read its proposal."""
    mine = visible_attachments(viewer=request.user)
    found = get_object_or_404(mine, proposal__public_id=public_id, file__uid=uid)
    return stream_file(found.file)
