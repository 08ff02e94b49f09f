"""Taking in what a browser has sealed: the server checks the outside, and never sees the inside."""

from collections.abc import Sequence
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.arrivals import ArrivedFile
from minka.core.durable import make_safe
from minka.core.errors import InvalidInput, TooLarge, WrongState
from minka.core.models import StoredFile, User
from minka.innovation.actions.attachments import MOST_FILES
from minka.innovation.actions.handing_in import count_in, hold
from minka.innovation.actions.sealed_arrivals import ReceivedArrival
from minka.innovation.actions.sealed_files import gone_unless_kept
from minka.innovation.models import CallKey, Proposal, Receipt, SealedPart
from minka.innovation.queries.envelopes import (
    ECONOMIC_FILE_PART,
    ECONOMIC_PART,
    FILE_PART,
    TEXT_PART,
)
from minka.innovation.queries.openings import key_in_force
from minka.innovation.queries.receipts import IN_BROWSER
from minka.innovation.queries.sealed_files import PIECE_BYTES
from minka.methods.sealing.container import Context, check_outside, read_head
from minka.methods.sealing.failures import SealingFailure

MOST_TEXT_BYTES = 2_000_000  # far above what the word limits allow
TEXTS = (TEXT_PART,)
TEXTS_APART = (TEXT_PART, ECONOMIC_PART)


def submit_sealed(
    *, by: User, proposal: Proposal, revision: int, parts: Sequence[UploadedFile[Any]]
) -> Receipt:
    """Hand in what a browser has sealed, and return its receipt; drafts kept here are deleted.

    The first part is the text, the others are files in their order; where the call has envelopes
    the second is the economic text, and a file says itself whether it is economic. Whether they
    hold a complete proposal is seen at the opening and not before. Bytes are stored before the call
    is locked.

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
    if not proposal.is_writable:
        raise WrongState(_("This proposal was already handed in."))
    texts = TEXTS_APART if proposal.challenge.call.has_envelopes else TEXTS
    _check_number(parts, texts)
    sealed: list[SealedPart] = []
    arrived = [one.arrival for one in parts if isinstance(one, ArrivedFile)]
    with gone_unless_kept(sealed, arrived):
        for position, upload in enumerate(parts):
            name = _name_at(position, upload, texts)
            part = SealedPart(position=position, name=name, revision=revision + 1)
            most = MOST_TEXT_BYTES if name in texts else settings.MINKA_UPLOAD_MAX_BYTES
            _check(upload, _context(key, proposal, part), key=key, most=most)
            part.file = _received(by, upload)
            part.file.name = f"{name}.seal"
            sealed.append(part)
        make_safe([part.file for part in sealed])
    # not around the commit: when that fails, nobody knows whether the receipt exists
    with transaction.atomic(), gone_unless_kept(sealed, arrived):
        held = hold(proposal, revision=revision, key=key)
        return count_in(by=by, held=held, sealed=sealed, sealed_in=IN_BROWSER)


def _check_number(parts: Sequence[UploadedFile[Any]], texts: tuple[str, ...]) -> None:
    if len(parts) < len(texts):
        raise InvalidInput(_("Nothing sealed has arrived."))
    if len(parts) > len(texts) + MOST_FILES:
        raise InvalidInput(_("At most %(most)s files can be handed in.") % {"most": MOST_FILES})


def _name_at(position: int, upload: UploadedFile[Any], texts: tuple[str, ...]) -> str:
    """Return what the part at a position has to be called; a file may say that it is economic.

    Its own word is enough: the name is bound into what was sealed, and is checked to be this one.
    """
    if position < len(texts):
        return texts[position]
    number = position - len(texts) + 1
    economic = f"{ECONOMIC_FILE_PART}-{number}"
    is_apart = ECONOMIC_PART in texts and _said_name(upload) == economic
    return economic if is_apart else f"{FILE_PART}-{number}"


def _said_name(upload: UploadedFile[Any]) -> str:
    try:
        return read_head(_stream(upload)).context.part
    except SealingFailure:
        return ""


def _context(key: CallKey, proposal: Proposal, part: SealedPart) -> Context:
    return Context(key.code, str(proposal.public_id), part.revision, part.name)


def _check(upload: UploadedFile[Any], context: Context, *, key: CallKey, most: int) -> None:
    """Refuse what is not sealed to this call, as this part of this revision of this proposal."""
    size = upload.size or 0
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


def _received(by: User, upload: UploadedFile[Any]) -> StoredFile:
    """Return the file of what arrived; it is written now unless it was on arriving."""
    if isinstance(upload, ArrivedFile):
        return upload.arrival.stored
    arrival, source = ReceivedArrival(by=by), _stream(upload)
    try:
        while piece := source.read(PIECE_BYTES):
            arrival.write(piece)
        arrival.finish()
    except BaseException:
        arrival.discard()
        raise
    return arrival.stored


def _stream(upload: UploadedFile[Any]) -> BinaryIO:
    stream = cast("BinaryIO", upload.file)
    stream.seek(0)
    return stream
