"""Files of a sealed call that are sealed, or come sealed, while they arrive."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from io import RawIOBase, UnsupportedOperation
from typing import BinaryIO, cast
from uuid import uuid4

from minka.core.arrivals import Arrival
from minka.core.files import PACKAGE_HEADER, CheckedUpload
from minka.core.models import StoredFile, User
from minka.innovation.models import CallKey, Proposal
from minka.innovation.queries.envelopes import FILE_PART
from minka.innovation.queries.openings import key_in_force
from minka.innovation.queries.sealed_files import PieceReader
from minka.methods.sealing.container import Context, Sealer, reopen

SEALED_TYPE = "application/vnd.minka.sealed"
UPLOADS = "uploads"  # the field of the editor that takes files


class SealedArrival(Arrival):
    """Seals a file on its way in; its key is in the memory of this request and nowhere else."""

    def __init__(self, *, by: User, context: Context, name: str, public_key: bytes) -> None:
        super().__init__(sealed_file(by=by, part=context.part))
        self._sealer = Sealer(self.target, context=context, name=name, public_key=public_key)

    def write(self, data: bytes) -> None:
        """Seal more of it."""
        self._sealer.write(data)

    def finish(self) -> None:
        """Seal the end of it."""
        written = self._sealer.finish()
        super().finish()
        self.stored.size_bytes, self.stored.sha256 = written.size_bytes, written.sha256

    def read_again(self) -> BinaryIO:
        """Return the content as it was sent: what is refused is kept in the draft instead."""
        return cast("BinaryIO", ReopenedFile(self))

    def pieces(self) -> Iterator[bytes]:
        """Yield the content as it was sent."""
        with self.stored.content.open("rb") as source:
            yield from reopen(cast("BinaryIO", source), file_key=self._sealer.file_key)

    def is_for(self, context: Context, public_key: bytes) -> bool:
        """True when it is sealed as this part, to this key."""
        return (self._sealer.context, self._sealer.public_key) == (context, public_key)


class ReceivedArrival(Arrival):
    """Writes what comes sealed already, and knows its SHA-256."""

    def __init__(self, *, by: User) -> None:
        super().__init__(sealed_file(by=by, part="part"))
        self._digest, self._size = hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        """Write more of it."""
        self.target.write(data)
        self._digest.update(data)
        self._size += len(data)

    def finish(self) -> None:
        """Know its size and SHA-256."""
        super().finish()
        self.stored.size_bytes, self.stored.sha256 = self._size, self._digest.hexdigest()

    def read_again(self) -> BinaryIO:
        """Return it as it came."""
        return cast("BinaryIO", self.stored.content.open("rb"))


class ReopenedFile(RawIOBase):
    """The content of a file that was sealed on its way in, to be read from its beginning."""

    def __init__(self, arrival: SealedArrival) -> None:
        self.arrival = arrival
        self._reader: PieceReader | None = None

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes, all that are left without one; none at the end."""
        if self._reader is None:
            self._reader = PieceReader(self.arrival.pieces())
        if size >= 0:
            return self._reader.read(size)
        return b"".join(iter(lambda: self.read(1 << 20), b""))

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go back to the beginning; there is no other way to go.

        Raises:
            UnsupportedOperation: another place was asked for.
        """
        if offset or whence:
            raise UnsupportedOperation("a sealed file is read from its beginning")
        self._reader = None
        return 0


class SealingOnArrival:
    """Begins a sealed file for each that comes with a submission from the editor.

    What only the whole of a file shows to be of an accepted type, an office document, is left to be
    looked at first; so is everything of a call with two envelopes.
    """

    def __init__(self, *, by: User, proposal: Proposal) -> None:
        self._by, self._proposal = by, proposal
        self._came = 0

    def __call__(self, field: str, name: str, head: bytes) -> Arrival | None:
        """Return where a file arrives, sealed as the part that it will be; None for another."""
        key = self._key
        if field != UPLOADS or head.startswith(PACKAGE_HEADER) or key is None:
            return None
        self._came += 1
        proposal = self._proposal
        part = f"{FILE_PART}-{self._present + self._came}"
        context = Context(key.code, str(proposal.public_id), proposal.revision + 1, part)
        public_key = bytes.fromhex(key.public_key)
        return SealedArrival(by=self._by, context=context, name=name, public_key=public_key)

    @cached_property
    def _key(self) -> CallKey | None:
        proposal = self._proposal
        if not proposal.is_sealed or proposal.challenge.call.has_envelopes:
            return None
        return key_in_force(proposal=proposal)

    @cached_property
    def _present(self) -> int:
        """How many come before; were it others by the end, it would be sealed once more."""
        return self._proposal.attachments.count()


def arrivals_of(files: Iterable[CheckedUpload]) -> list[SealedArrival]:
    """No person: return those of the files that were sealed on their way in."""
    return [file.stream.arrival for file in files if isinstance(file.stream, ReopenedFile)]


def sealed_file(*, by: User, part: str) -> StoredFile:
    """Return the file, without a row yet, that a part of a submission lies in sealed."""
    return StoredFile(uid=uuid4(), name=f"{part}.seal", media_type=SEALED_TYPE, uploaded_by=by)
