"""Open one sealed proposal: what lies here is compared with its receipt first, and opened then."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO
from typing import Any, BinaryIO, cast

from django.db import DatabaseError, transaction
from django.utils import timezone

from minka.core.audit import record
from minka.core.files import plain_name
from minka.core.models import StoredFile, User
from minka.innovation.actions.attachments import discard_attachments, is_accepted
from minka.innovation.actions.browser_words import FoundWords, words_of
from minka.innovation.actions.sealed_files import attach_opened
from minka.innovation.models import CallKey, Proposal, Receipt, SealedPart
from minka.innovation.models.locked_words import ECONOMIC, TECHNICAL, WORDS
from minka.innovation.notices.proposals import tell_not_opened
from minka.innovation.queries.envelopes import ECONOMIC_PART, TEXT_PART, is_economic
from minka.innovation.queries.receipts import (
    TEXT_FIELDS,
    ledger_matches,
    partners_as_sealed,
    sealed_parts,
    signed_matches,
    was_sealed_in_browser,
)
from minka.innovation.queries.sealed_files import HashedReader, context_of, stored_sha256
from minka.innovation.states import OpeningFailure as Why
from minka.innovation.states import ProposalState
from minka.methods.sealing.container import begin_unsealing
from minka.methods.sealing.failures import Damaged, SealingFailure, WrongContext

IN_MEMORY_BYTES = 1 << 20
UNREADABLE = (
    SealingFailure,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    ArithmeticError,
    DatabaseError,
)


class NotOpened(Exception):
    """Say why a proposal does not open, and nothing of what it holds."""


def open_one(*, by: User, proposal: Proposal, key: CallKey, private_key: bytes) -> Receipt | None:
    """Open the submission that counts and put its words and files where evaluation reads them.

    Economic parts that were sealed apart stay sealed. None when there is nothing to open any
    more: it was withdrawn meanwhile, or another session has opened it.

    Raises:
        NotOpened: it is not what was received, or does not open.
    """
    with _told_as_reason(), _gone_unless_all_opens() as kept, transaction.atomic():
        current = _locked(proposal)
        if current.state != ProposalState.SUBMITTED or not current.is_sealed:
            return None
        receipt, parts = _received(current)
        apart = [part for part in parts if is_economic(part.name)]
        now = [part for part in parts if part not in apart]
        discard_attachments(current)
        words, defects = _open_parts(current, receipt, now, key, private_key, kept)
        wanted = set(TEXT_FIELDS) - (ECONOMIC if apart else set())
        if not wanted <= set(words) or (apart and ECONOMIC & set(words)):
            raise NotOpened(Why.UNREADABLE)
        Proposal.objects.filter(pk=current.pk).update(
            **words,
            locked=b"",
            rewriting_at=None,
            is_sealed=False,
            economic_sealed=bool(apart),
            opened_at=timezone.now(),
            opening_failure="",
        )
        _tell_opened(by, current, receipt, "technical" if apart else "whole", defects)
    return receipt


def open_economic(
    *, by: User, proposal: Proposal, key: CallKey, private_key: bytes
) -> Receipt | None:
    """Open the economic parts of a proposal whose other parts were opened; else as `open_one`.

    Raises:
        NotOpened: they are not what was received, or do not open.
    """
    with _told_as_reason(), _gone_unless_all_opens() as kept, transaction.atomic():
        current = _locked(proposal)
        stands = current.state == ProposalState.SUBMITTED and current.ineligible_at is None
        if not stands or not current.economic_sealed:
            return None
        receipt, parts = _received(current)
        apart = [part for part in parts if is_economic(part.name)]
        words, defects = _open_parts(current, receipt, apart, key, private_key, kept)
        if "requested_usd" not in words or not set(words) <= ECONOMIC:
            raise NotOpened(Why.UNREADABLE)
        Proposal.objects.filter(pk=current.pk).update(
            **words, economic_sealed=False, economic_failure=""
        )
        _tell_opened(by, current, receipt, "economic", defects)
    return receipt


@transaction.atomic
def tell_failed(
    *, by: User, proposal: Proposal, reason: str, column: str = "opening_failure"
) -> None:
    """Keep with a proposal why it did not open, and tell its people; it can be tried again."""
    Proposal.objects.filter(pk=proposal.pk).update(**{column: reason})
    record(by=by, verb="innovation.opening_fail", obj=proposal, data={"reason": reason})
    tell_not_opened(proposal=proposal, reason=reason)


def _locked(proposal: Proposal) -> Proposal:
    """Return the row as it stands, and keep it so: it may have been withdrawn meanwhile."""
    rows = Proposal.objects.select_for_update().defer("locked")
    return rows.get(pk=proposal.pk)


def _received(proposal: Proposal) -> tuple[Receipt, list[SealedPart]]:
    """Return the receipt that counts and its parts, which are those that it was given for."""
    receipt = Receipt.objects.select_related("issued_to").filter(proposal=proposal).last()
    if receipt is None:
        raise NotOpened(Why.NO_RECEIPT)
    receipt.proposal = proposal
    parts = list(receipt.sealed_parts.select_related("file").order_by("position"))
    if reason := _differs(receipt, parts):
        raise NotOpened(reason)
    return receipt, parts


def _differs(receipt: Receipt, parts: list[SealedPart]) -> str:
    """Return in what the stored parts are not those of the receipt, empty when they are."""
    if reason := signed_matches(receipt) or ledger_matches(receipt):
        return reason
    if sealed_parts(parts) != receipt.parts:
        return Why.PARTS_DIFFER
    for part in parts:
        if stored_sha256(part.file) != part.file.sha256:
            return Why.BYTES_DIFFER
    return ""


def _open_parts(  # noqa: PLR0913, PLR0917 -- all that an opening needs
    proposal: Proposal,
    receipt: Receipt,
    parts: list[SealedPart],
    key: CallKey,
    private_key: bytes,
    kept: list[StoredFile],
) -> tuple[dict[str, Any], list[str]]:
    """Keep the files among some parts as attachments, and return the words among them.

    And what submitting would have refused, had it seen it: a browser seals what it is given.
    """
    words: dict[str, Any] = {}
    defects: list[str] = []
    is_unseen = was_sealed_in_browser(receipt)
    for part in parts:
        part.receipt = receipt
        with part.file.content.open("rb") as stream:
            sealed = HashedReader(cast("BinaryIO", stream))
            opening = begin_unsealing(
                cast("BinaryIO", sealed), private_key=private_key, context=context_of(key, part)
            )
            if part.name in {TEXT_PART, ECONOMIC_PART}:
                text = b"".join(opening.pieces)
                _check_read(sealed, part)
                names = _names_in(part.name, receipt)
                found = (
                    words_of(proposal, text, names=names)
                    if is_unseen
                    else _words_of_ours(proposal, part, text)
                )
                words |= found.words
                defects += found.defects
                continue
            with tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES) as content:
                for piece in opening.pieces:
                    content.write(piece)
                _check_read(sealed, part)
                if is_unseen and not is_accepted(cast("BinaryIO", content)):
                    defects.append(part.name)
                    continue
                attach_opened(
                    proposal=proposal,
                    receipt=receipt,
                    name=plain_name(opening.name),
                    content=cast("BinaryIO", content),
                    is_economic=is_economic(part.name),
                    kept=kept,
                )
    return words, defects


def _check_read(sealed: HashedReader, part: SealedPart) -> None:
    """Refuse bytes that came otherwise while they were opened than while they were compared."""
    if sealed.digest.hexdigest() != part.file.sha256:
        raise NotOpened(Why.BYTES_DIFFER)


def _names_in(part: str, receipt: Receipt) -> frozenset[str]:
    """Return the words that a part may hold: with envelopes, those of its own."""
    if is_economic(part):
        return ECONOMIC
    has_apart = any(is_economic(one["name"]) for one in receipt.parts)
    return TECHNICAL if has_apart else frozenset(WORDS)


def _tell_opened(
    by: User, proposal: Proposal, receipt: Receipt, envelope: str, defects: Sequence[str] = ()
) -> None:
    data = {
        "receipt": receipt.number,
        "content_sha256": receipt.content_sha256,
        "envelope": envelope,
    }
    if defects:
        data["defects"] = ", ".join(defects)
    record(by=by, verb="innovation.proposal_open", obj=proposal, data=data)


@contextmanager
def _told_as_reason() -> Iterator[None]:
    """Turn whatever goes wrong with one proposal into the reason that the session tells."""
    try:
        yield
    except WrongContext:
        raise NotOpened(Why.WRONG_CONTEXT) from None
    except Damaged:
        raise NotOpened(Why.DAMAGED) from None
    except UNREADABLE:
        raise NotOpened(Why.UNREADABLE) from None


@contextmanager
def _gone_unless_all_opens() -> Iterator[list[StoredFile]]:
    """Leave no file in the clear of a proposal that did not open whole."""
    kept: list[StoredFile] = []
    try:
        yield kept
    except BaseException:
        for stored in kept:
            if stored.content.name:
                stored.content.storage.delete(str(stored.content.name))
        raise


def _words_of_ours(proposal: Proposal, part: SealedPart, text: bytes) -> FoundWords:
    """Return the words of a text that was sealed here, and whether its partners stand otherwise."""
    is_other = part.name == TEXT_PART and not partners_as_sealed(proposal, text)
    return FoundWords(_words_in(text), ("partners",) if is_other else ())


def _words_in(text: bytes) -> dict[str, Any]:
    """Return the words and figures of a sealed text as columns take them."""
    said = json.load(BytesIO(text))
    words = {name: said[name] for name in (*WORDS, "language") if name in said}  # of its format
    if "requested_usd" in words:
        words["requested_usd"] = Decimal(words["requested_usd"])
    return words
