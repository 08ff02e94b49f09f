"""Taking in what a browser has sealed: the server checks the outside, and never sees the inside."""

import hashlib
from collections.abc import Sequence
from typing import Any, BinaryIO, cast
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.durable import arriving, make_safe
from minka.core.errors import InvalidInput, TooLarge, WrongState
from minka.core.models import StoredFile, User
from minka.innovation.actions.attachments import MOST_FILES
from minka.innovation.actions.handing_in import count_in, hold
from minka.innovation.actions.sealed_files import SEALED_TYPE, gone_unless_kept
from minka.innovation.models import CallKey, Proposal, Receipt, SealedPart
from minka.innovation.queries.envelopes import FILE_PART, TEXT_PART
from minka.innovation.queries.openings import key_in_force
from minka.innovation.queries.receipts import IN_BROWSER
from minka.innovation.queries.sealed_files import PIECE_BYTES
from minka.methods.sealing.container import Context, check_outside
from minka.methods.sealing.failures import SealingFailure

MOST_TEXT_BYTES = 2_000_000  # far above what the word limits allow


def submit_sealed(
    *, by: User, proposal: Proposal, revision: int, parts: Sequence[UploadedFile[Any]]
) -> Receipt:
    """Hand in what a browser has sealed, and return its receipt; drafts kept here are deleted.

    The first part is the text, the others are files in their order. Whether they hold a complete
    proposal is seen at the opening and not before. Bytes are stored before the call is locked.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: it was handed in already, the call has closed, or is not sealed.
        Conflict: somebody changed it since `revision`, which the parts are bound to.
        InvalidInput: a part is not sealed, or not to this call, proposal and revision.
        TooLarge: a part is over the limit.
    """
    require(by, "innovation.proposal_submit", proposal)
    key = key_in_force(proposal=proposal)
    if not proposal.is_sealed or key is None:
        raise WrongState(_("This call has no key in force; nothing can be sealed to it."))
    if proposal.challenge.call.has_envelopes:
        raise WrongState(_("This call opens in two envelopes; it is sealed on the server."))
    if not proposal.is_writable:
        raise WrongState(_("This proposal was already handed in."))
    _check_number(parts)
    sealed: list[SealedPart] = []
    with gone_unless_kept(sealed):
        for position, upload in enumerate(parts):
            part = _part(by, position=position, revision=revision + 1)
            _check(upload, part, _context(key, proposal, part), key=key)
            _receive(upload, part.file)
            sealed.append(part)
        make_safe([part.file for part in sealed])
    # not around the commit: when that fails, nobody knows whether the receipt exists
    with transaction.atomic(), gone_unless_kept(sealed):
        held = hold(proposal, revision=revision, key=key)
        return count_in(by=by, held=held, sealed=sealed, sealed_in=IN_BROWSER)


def _check_number(parts: Sequence[UploadedFile[Any]]) -> None:
    if not parts:
        raise InvalidInput(_("Nothing sealed has arrived."))
    if len(parts) > 1 + MOST_FILES:
        raise InvalidInput(_("At most %(most)s files can be handed in.") % {"most": MOST_FILES})


def _part(by: User, *, position: int, revision: int) -> SealedPart:
    name = f"{FILE_PART}-{position}" if position else TEXT_PART
    stored = StoredFile(uid=uuid4(), name=f"{name}.seal", media_type=SEALED_TYPE, uploaded_by=by)
    return SealedPart(position=position, name=name, revision=revision, file=stored)


def _context(key: CallKey, proposal: Proposal, part: SealedPart) -> Context:
    return Context(key.code, str(proposal.public_id), part.revision, part.name)


def _check(upload: UploadedFile[Any], part: SealedPart, context: Context, *, key: CallKey) -> None:
    """Refuse what is not sealed to this call, as this part of this revision of this proposal."""
    size = upload.size or 0
    most = settings.MINKA_UPLOAD_MAX_BYTES if part.position else MOST_TEXT_BYTES
    if size > most:
        raise TooLarge(_("A sealed part is over the limit."))
    try:
        check_outside(
            _stream(upload),
            size_bytes=size,
            context=context,
            key=bytes.fromhex(key.public_key),
        )
    except SealingFailure:
        raise InvalidInput(
            _("What arrived is not sealed to this call and this version of the proposal.")
        ) from None


def _receive(upload: UploadedFile[Any], stored: StoredFile) -> None:
    source, digest = _stream(upload), hashlib.sha256()
    with arriving(stored, is_promised=False) as target:
        while piece := source.read(PIECE_BYTES):
            digest.update(piece)
            target.write(piece)
    stored.size_bytes, stored.sha256 = upload.size or 0, digest.hexdigest()


def _stream(upload: UploadedFile[Any]) -> BinaryIO:
    stream = cast("BinaryIO", upload.file)
    stream.seek(0)
    return stream
