"""Take files in: what a file is, is read from its content; its name proves nothing."""

import hashlib
import shutil
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import BinaryIO, cast

import puremagic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.durable import arriving
from minka.core.errors import InvalidInput, TooLarge
from minka.core.models import StoredFile, User

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
KINDS: dict[str, dict[str, str]] = {
    "document": {
        "application/pdf": ".pdf",
        OFFICE + "wordprocessingml.document": ".docx",
        OFFICE + "presentationml.presentation": ".pptx",
        OPEN_DOCUMENT + "text": ".odt",
        OPEN_DOCUMENT + "presentation": ".odp",
    },
    "sheet": {
        OFFICE + "spreadsheetml.sheet": ".xlsx",
        "application/vnd.ms-excel": ".xls",
        OPEN_DOCUMENT + "spreadsheet": ".ods",
        "text/plain": ".csv",
    },
    "image": {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"},
}
SNIFFED_BYTES = 4096
COPIED_BYTES = 1 << 20
LONGEST_NAME = 200  # characters
LONGEST_MIMETYPE = 100
PACKAGE_HEADER = b"PK\x03\x04"
OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class CheckedUpload:
    """What an upload is: its stream at the beginning, and what was found out about it."""

    stream: BinaryIO
    name: str
    media_type: str
    size_bytes: int

    @cached_property
    def sha256(self) -> str:
        """Of its content, read when it is asked for; the stream is at its beginning again."""
        return _digest(self.stream)


def store_upload(*, by: User, upload: UploadedFile[bytes], kinds: Collection[str]) -> StoredFile:
    """Keep an uploaded file privately and return it.

    Raises:
        TooLarge: it is over MINKA_UPLOAD_MAX_BYTES.
        InvalidInput: it is empty, or its content is none of `kinds` (keys of KINDS).
    """
    return keep_upload(by=by, found=check_upload(upload=upload, kinds=kinds))


def keep_upload(*, by: User, found: CheckedUpload) -> StoredFile:
    """Keep a checked upload privately and return it; its bytes are safe before its row is."""
    stored = StoredFile(
        name=found.name,
        media_type=found.media_type,
        size_bytes=found.size_bytes,
        sha256=found.sha256,
        uploaded_by=by,
    )
    with arriving(stored) as target:
        shutil.copyfileobj(found.stream, target, COPIED_BYTES)
    stored.save(force_insert=True)
    return stored


def discard_file(stored: StoredFile) -> None:
    """No person: delete a file that nothing names any more, its bytes once that is committed."""
    storage, name = stored.content.storage, str(stored.content.name)
    # delete() would ask every table that can point at files; the database refuses all the same
    rows = StoredFile.objects.filter(pk=stored.pk)
    rows._raw_delete(using=rows.db)
    transaction.on_commit(lambda: storage.delete(name))


def check_upload(*, upload: UploadedFile[bytes], kinds: Collection[str]) -> CheckedUpload:
    """Return what an upload is, and keep nothing of it; raises what `store_upload` raises."""
    size = upload.size or 0
    if size > settings.MINKA_UPLOAD_MAX_BYTES:
        raise TooLarge(
            _("“%(name)s” is %(size)s MB; at most %(limit)s MB can be received.")
            % {
                "name": upload.name,
                "size": size // 1_000_000,
                "limit": settings.MINKA_UPLOAD_MAX_BYTES // 1_000_000,
            }
        )
    if size == 0:
        raise InvalidInput(_("“%(name)s” is empty. Choose another file.") % {"name": upload.name})
    stream = cast("BinaryIO", upload.file)
    media_type = sniff(stream)
    if not any(media_type in KINDS[kind] for kind in kinds):
        accepted = sorted({ending for kind in kinds for ending in KINDS[kind].values()})
        raise InvalidInput(
            _("The content of “%(name)s” is not of an accepted type (%(types)s).")
            % {"name": upload.name, "types": ", ".join(accepted)}
        )
    name = plain_name(upload.name or "")
    return CheckedUpload(stream, name, media_type, size)


def plain_name(name: str) -> str:
    """Return the name of a file without folders and signs that do not show; never an empty one."""
    shown = "".join(sign for sign in name if sign.isprintable())
    return PurePath(shown).name[-LONGEST_NAME:] or "file"


def sniff(stream: BinaryIO) -> str:
    """Return the media type that the content shows; `application/octet-stream` when unknown."""
    stream.seek(0)
    head = stream.read(SNIFFED_BYTES)
    stream.seek(0)
    if head.startswith(PACKAGE_HEADER):
        return _sniff_package(stream)
    if head.startswith(OLE_HEADER):
        return "application/vnd.ms-excel"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if _looks_like_text(head):
        return "text/plain"
    try:
        return puremagic.from_string(head, mime=True) or "application/octet-stream"
    except puremagic.PureError:
        return "application/octet-stream"


def _sniff_package(stream: BinaryIO) -> str:
    """Tell office documents from other archives by the parts they must have."""
    try:
        with zipfile.ZipFile(stream) as package:
            names = set(package.namelist())
            if "mimetype" in names:
                with package.open("mimetype") as said:  # what it unpacks to may have no end
                    return said.read(LONGEST_MIMETYPE).decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return "application/zip"
    finally:
        stream.seek(0)
    for part, kind in (
        ("xl/workbook.xml", "spreadsheetml.sheet"),
        ("word/document.xml", "wordprocessingml.document"),
        ("ppt/presentation.xml", "presentationml.presentation"),
    ):
        if part in names:
            return OFFICE + kind
    return "application/zip"


def _looks_like_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    controls = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in head)
    return controls <= len(head) // 200


def _digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    stream.seek(0)
    while chunk := stream.read(COPIED_BYTES):
        digest.update(chunk)
    stream.seek(0)
    return digest.hexdigest()
