"""Writing what is kept locked: files of drafts, the parts of a submission, and what opens."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO, cast
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage

from minka.core.files import CheckedUpload, sniff
from minka.core.models import StoredFile, User
from minka.innovation.models import Attachment, Call, CallKey, Proposal, Receipt, SealedPart
from minka.innovation.models.locked_words import ECONOMIC, WORDS, at_rest_files_key, lock
from minka.innovation.queries.envelopes import (
    ECONOMIC_FILE_PART,
    ECONOMIC_PART,
    FILE_PART,
    TEXT_PART,
)
from minka.innovation.queries.receipts import canonical_text
from minka.innovation.queries.sealed_files import (
    PIECE_BYTES,
    PieceReader,
    attachment_pieces,
    context_at_rest,
)
from minka.methods.sealing.container import Context, Written, seal
from minka.methods.sealing.keys import public_key_of

SEALED_TYPE = "application/vnd.minka.sealed"
LOCKED_NAME = "locked"


def store_locked(
    *, by: User, proposal: Proposal, upload: CheckedUpload
) -> tuple[StoredFile, bytes]:
    """Keep a file of a draft locked; return it, and what it is called and holds, locked as well."""
    stored = StoredFile(uid=uuid4(), name=LOCKED_NAME, media_type=SEALED_TYPE, uploaded_by=by)
    with _sealed(
        upload.stream,
        name=upload.name,
        context=context_at_rest(proposal, stored),
        public_key=public_key_of(at_rest_files_key()),
    ) as (target, written):
        _keep(stored, target, written)
    details = {
        "name": upload.name,
        "media_type": upload.media_type,
        "size_bytes": upload.size_bytes,
        "sha256": upload.sha256,
    }
    return stored, lock(details, belongs_to=stored.uid)


def seal_parts(*, by: User, proposal: Proposal, key: CallKey, call: Call) -> list[SealedPart]:
    """Seal text and files of a draft to the key of its call; called before the lock is taken.

    Where the call has envelopes the economic words and files are parts of their own. No row is
    written, and none points at the bytes: `gone_unless_kept` removes them when nothing comes of it.
    """
    parts: list[SealedPart] = []
    with gone_unless_kept(parts):
        for position, (part, name, source) in enumerate(_sources(proposal, call)):
            stored = StoredFile(
                uid=uuid4(), name=f"{part}.seal", media_type=SEALED_TYPE, uploaded_by=by
            )
            revision = proposal.revision + 1
            parts.append(SealedPart(position=position, name=part, revision=revision, file=stored))
            with _sealed(
                source,
                name=name,
                context=Context(key.code, str(proposal.public_id), revision, part),
                public_key=bytes.fromhex(key.public_key),
            ) as (target, written):
                _keep(stored, target, written, save=False)
    return parts


def _sources(proposal: Proposal, call: Call) -> Iterator[tuple[str, str, BinaryIO]]:
    """Yield the name of every part, what it is called inside, and where it is read from."""
    apart = ECONOMIC if call.has_envelopes else frozenset()
    text = canonical_text(proposal, names={*WORDS, "language"} - apart, settled=False)
    yield TEXT_PART, "proposal.json", BytesIO(text)
    if apart:
        yield ECONOMIC_PART, "economic.json", BytesIO(canonical_text(proposal, names=apart))
    files = Attachment.objects.filter(proposal=proposal).select_related("file").order_by("pk")
    for number, attachment in enumerate(files, start=1):
        attachment.proposal = proposal
        kind = ECONOMIC_FILE_PART if apart and attachment.is_economic else FILE_PART
        reader = cast("BinaryIO", PieceReader(attachment_pieces(attachment)))
        yield f"{kind}-{number}", attachment.details["name"], reader


@contextmanager
def gone_unless_kept(parts: list[SealedPart]) -> Iterator[None]:
    """No person: remove the bytes of parts when what should point at them fails."""
    try:
        yield
    except BaseException:
        for part in parts:
            if part.file.content.name:
                part.file.content.storage.delete(str(part.file.content.name))
        raise


def attach_opened(  # noqa: PLR0913 -- a file is its parts
    *,
    proposal: Proposal,
    receipt: Receipt,
    name: str,
    content: BinaryIO,
    is_economic: bool,
    kept: list[StoredFile],
) -> None:
    """No person: keep an opened file as evaluators read it, in the name of who handed it in.

    It is in `kept` before its bytes are written, so that the caller can remove them again.
    """
    content.seek(0, os.SEEK_END)
    size = content.tell()
    stored = StoredFile(
        name=name,
        media_type=sniff(content),
        size_bytes=size,
        sha256=digest_of(content),
        uploaded_by=receipt.issued_to,
    )
    kept.append(stored)
    stored.content.save(name, File(content), save=False)
    stored.save(force_insert=True)
    Attachment.objects.create(proposal=proposal, file=stored, is_economic=is_economic)


def digest_of(content: BinaryIO) -> str:
    """No person: return the SHA-256 of a stream, and leave it at its beginning."""
    content.seek(0)
    digest = hashlib.sha256()
    while piece := content.read(PIECE_BYTES):
        digest.update(piece)
    content.seek(0)
    return digest.hexdigest()


@contextmanager
def _sealed(
    source: BinaryIO, *, name: str, context: Context, public_key: bytes
) -> Iterator[tuple[BinaryIO, Written]]:
    """Give the sealed bytes in a file that is gone afterwards; it never holds what was sealed."""
    with tempfile.TemporaryFile() as target:
        written = seal(source, target, context=context, name=name, public_key=public_key)
        target.seek(0)
        yield target, written


def _keep(stored: StoredFile, target: BinaryIO, written: Written, *, save: bool = True) -> None:
    stored.size_bytes, stored.sha256 = written.size_bytes, written.sha256
    stored.content.save(stored.name, File(target), save=save)
    _make_durable(str(stored.content.name))


def _make_durable(name: str) -> None:
    """Wait until the bytes are on the disk: a receipt is given for them."""
    if isinstance(default_storage, FileSystemStorage):
        opened = os.open(default_storage.path(name), os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
