"""Reading what is kept locked: files of drafts at rest, and sealed objects as they lie here."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from minka.core.models import StoredFile
from minka.innovation.models import Attachment, CallKey, Proposal, SealedPart
from minka.innovation.models.locked_words import at_rest_files_key
from minka.methods.sealing.container import Context, begin_unsealing

AT_REST = "draft"  # stands where sealed objects name their call
PIECE_BYTES = 1 << 20


class PieceReader:
    """Gives pieces as a stream to read from; nothing is held but the piece at hand."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = b""

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes; none at the end."""
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._held = piece
        taken, self._held = self._held[:size], self._held[size:]
        return taken


class HashedReader:
    """Gives what a stream gives, and knows the SHA-256 of all of it that was taken."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes; none at the end."""
        data = self._stream.read(size)
        self.digest.update(data)
        return data


def context_at_rest(proposal: Proposal, stored: StoredFile) -> Context:
    """Return what a file of a draft is bound to."""
    return Context(AT_REST, str(proposal.public_id), 0, str(stored.uid))


def context_of(key: CallKey, part: SealedPart) -> Context:
    """Return what a sealed part has to be bound to: this call, proposal, revision and part."""
    proposal = part.receipt.proposal
    return Context(key.code, str(proposal.public_id), part.revision, part.name)


def attachment_pieces(attachment: Attachment) -> Iterator[bytes]:
    """Yield the content of a file of a proposal, unlocked when it is a draft's at rest.

    Raises:
        SealingFailure: it was changed since it was kept.
    """
    stored = attachment.file
    with stored.content.open("rb") as opened:
        stream = cast("BinaryIO", opened)
        if not attachment.locked:
            while piece := stream.read(PIECE_BYTES):
                yield piece
            return
        context = context_at_rest(attachment.proposal, stored)
        yield from begin_unsealing(stream, private_key=at_rest_files_key(), context=context).pieces


def stored_sha256(stored: StoredFile) -> str:
    """Return the SHA-256 of the bytes as they are stored today; empty when they are gone."""
    digest = hashlib.sha256()
    try:
        with stored.content.open("rb") as stream:
            while piece := stream.read(PIECE_BYTES):
                digest.update(piece)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()
