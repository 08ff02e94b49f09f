"""Writing what is kept locked: files of drafts, the parts of a submission, and what opens."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO, cast
from uuid import uuid4

from minka.core.arrivals import Arrival
from minka.core.durable import arriving, make_safe
from minka.core.files import CheckedUpload, sniff
from minka.core.models import StoredFile, User
from minka.innovation.actions.sealed_arrivals import (
    SEALED_TYPE,
    ReopenedFile,
    arrivals_of,
    sealed_file,
)
from minka.innovation.models import Attachment, CallKey, Proposal, Receipt, SealedPart
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
from minka.methods.sealing.container import Context, seal
from minka.methods.sealing.keys import public_key_of

LOCKED_NAME = "locked"


def store_locked(
    *, by: User, proposal: Proposal, upload: CheckedUpload
) -> tuple[StoredFile, bytes]:
    """Keep a file of a draft locked; return it, and what it is called and holds, locked as well."""
    stored = StoredFile(uid=uuid4(), name=LOCKED_NAME, media_type=SEALED_TYPE, uploaded_by=by)
    _seal_into(
        stored,
        upload.stream,
        name=upload.name,
        context=context_at_rest(proposal, stored),
        public_key=public_key_of(at_rest_files_key()),
    )
    stored.save(force_insert=True)
    details = {
        "name": upload.name,
        "media_type": upload.media_type,
        "size_bytes": upload.size_bytes,
        "sha256": upload.sha256,
    }
    return stored, lock(details, belongs_to=stored.uid)


def seal_parts(
    *, by: User, proposal: Proposal, key: CallKey, files: Sequence[CheckedUpload] = ()
) -> list[SealedPart]:
    """Seal text and files of a draft to the key of its call; called before the lock is taken.

    `files` come after those of the draft; those that were sealed on their way in are not sealed
    again. Where the call has envelopes the economic words and files are parts of their own. No row
    is written, and none points at the bytes: `gone_unless_kept` removes them when nothing comes of
    it.
    """
    parts: list[SealedPart] = []
    public_key = bytes.fromhex(key.public_key)
    with gone_unless_kept(parts, arrivals_of(files)):
        for position, (name, called, source) in enumerate(_sources(proposal, files)):
            revision = proposal.revision + 1
            context = Context(key.code, str(proposal.public_id), revision, name)
            part = SealedPart(position=position, name=name, revision=revision)
            if isinstance(source, ReopenedFile) and source.arrival.is_for(context, public_key):
                part.file = source.arrival.stored
                parts.append(part)
                continue
            part.file = sealed_file(by=by, part=name)
            parts.append(part)
            _seal_into(part.file, source, name=called, context=context, public_key=public_key)
        make_safe([part.file for part in parts])
    return parts


def _sources(
    proposal: Proposal, uploads: Sequence[CheckedUpload]
) -> Iterator[tuple[str, str, BinaryIO]]:
    """Yield the name of every part, what it is called inside, and where it is read from."""
    apart = ECONOMIC if proposal.challenge.call.has_envelopes else frozenset()
    text = canonical_text(proposal, names={*WORDS, "language"} - apart, settled=False)
    yield TEXT_PART, "proposal.json", BytesIO(text)
    if apart:
        yield ECONOMIC_PART, "economic.json", BytesIO(canonical_text(proposal, names=apart))
    number = 0
    for number, attachment in enumerate(proposal.attachments.all(), start=1):
        kind = ECONOMIC_FILE_PART if apart and attachment.is_economic else FILE_PART
        reader = cast("BinaryIO", PieceReader(attachment_pieces(attachment)))
        yield f"{kind}-{number}", attachment.details["name"], reader
    for later, upload in enumerate(uploads, start=number + 1):
        yield f"{FILE_PART}-{later}", upload.name, upload.stream


@contextmanager
def gone_unless_kept(parts: list[SealedPart], arrived: Sequence[Arrival] = ()) -> Iterator[None]:
    """No person: remove the bytes of parts when what should point at them fails.

    Those that arrived sealed go with their request; with nothing failed, those in use stay.
    """
    theirs = {one.stored.uid for one in arrived}
    try:
        yield
    except BaseException:
        for one in arrived:
            one.is_kept = False
        for part in parts:
            if part.file.uid not in theirs and part.file.content.name:
                part.file.content.storage.delete(str(part.file.content.name))
        raise
    used = {part.file.uid for part in parts}
    for one in arrived:
        one.is_kept = one.stored.uid in used


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
    with arriving(stored) as target:
        shutil.copyfileobj(content, target, PIECE_BYTES)
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


def _seal_into(
    stored: StoredFile,
    source: BinaryIO,
    *,
    name: str,
    context: Context,
    public_key: bytes,
) -> None:
    """Seal a source to where its bytes stay; nothing in the clear is written on the way."""
    with arriving(stored, is_promised=False) as target:
        written = seal(source, target, context=context, name=name, public_key=public_key)
    stored.size_bytes, stored.sha256 = written.size_bytes, written.sha256
