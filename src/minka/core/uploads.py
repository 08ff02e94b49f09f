"""Weigh files while they arrive: what is over the limit is counted, and not kept on the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class WeighingHandler(TemporaryFileUploadHandler):
    """Stops writing once a file is too heavy.

    Such a file has its true size, by which `store_upload` refuses it, and no content. The body is
    still read to its end: a browser shows an answer only after it has sent everything.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write the chunk, unless the file is over the limit with it."""
        if start + len(raw_data) <= settings.MINKA_UPLOAD_MAX_BYTES:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """Return the file with its true size."""
        if file_size > settings.MINKA_UPLOAD_MAX_BYTES:
            self.file.truncate(0)
        return super().file_complete(file_size)
