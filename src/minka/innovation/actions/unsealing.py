"""Open one sealed proposal: what lies here is compared with its receipt first, and opened then."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO
from typing import Any, BinaryIO, cast

from django.db import DatabaseError, transaction
from django.utils import timezone

from minka.core.audit import record
from minka.core.models import StoredFile, User
from minka.innovation.actions.attachments import discard_attachments
from minka.innovation.actions.sealed_files import attach_opened
from minka.innovation.models import CallKey, Proposal, Receipt, SealedPart
from minka.innovation.models.locked_words import WORDS
from minka.innovation.queries.receipts import ledger_matches, sealed_parts, signed_matches
from minka.innovation.queries.sealed_files import context_of, stored_sha256
from minka.innovation.states import OpeningFailure as Why
from minka.methods.sealing.container import begin_unsealing
from minka.methods.sealing.failures import Damaged, SealingFailure, WrongContext

IN_MEMORY_BYTES = 1 << 20


class NotOpened(Exception):
    """Say why a proposal does not open, and nothing of what it holds."""


def open_one(*, by: User, proposal: Proposal, key: CallKey, private_key: bytes) -> Receipt:
    """Open the submission that counts and put its words and files where evaluation reads them.

    Raises:
        NotOpened: it is not what was received, or does not open.
    """
    receipt = proposal.receipts.select_related("issued_to", "proposal__challenge").last()
    if receipt is None:
        raise NotOpened(Why.NO_RECEIPT)
    parts = list(receipt.sealed_parts.select_related("file").order_by("position"))
    if reason := _differs(receipt, parts):
        raise NotOpened(reason)
    kept: list[StoredFile] = []
    try:
        with _gone_unless_all_opens(kept), transaction.atomic():
            _open_parts(proposal, receipt, parts, key=key, private_key=private_key, kept=kept)
            data = {"receipt": receipt.number, "content_sha256": receipt.content_sha256}
            record(by=by, verb="innovation.proposal_open", obj=proposal, data=data)
    except WrongContext:
        raise NotOpened(Why.WRONG_CONTEXT) from None
    except Damaged:
        raise NotOpened(Why.DAMAGED) from None
    except (SealingFailure, OSError, ValueError, KeyError, DatabaseError):
        raise NotOpened(Why.UNREADABLE) from None
    return receipt


@transaction.atomic
def tell_failed(*, by: User, proposal: Proposal, reason: str) -> None:
    """Keep with a proposal why it did not open; it can be tried again."""
    Proposal.objects.filter(pk=proposal.pk).update(opening_failure=reason)
    record(by=by, verb="innovation.opening_fail", obj=proposal, data={"reason": reason})


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


def _open_parts(  # noqa: PLR0913 -- all that an opening needs
    proposal: Proposal,
    receipt: Receipt,
    parts: list[SealedPart],
    *,
    key: CallKey,
    private_key: bytes,
    kept: list[StoredFile],
) -> None:
    """Write everything, or nothing: the words become columns, the files attachments."""
    discard_attachments(proposal)
    words: dict[str, Any] = {}
    for part in parts:
        part.receipt = receipt
        with part.file.content.open("rb") as sealed:
            opening = begin_unsealing(
                cast("BinaryIO", sealed), private_key=private_key, context=context_of(key, part)
            )
            if part.position == 0:
                words = _words_in(b"".join(opening.pieces))
                continue
            with tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES) as content:
                for piece in opening.pieces:
                    content.write(piece)
                stored = attach_opened(
                    proposal=proposal,
                    receipt=receipt,
                    name=opening.name,
                    content=cast("BinaryIO", content),
                )
                kept.append(stored)
    Proposal.objects.filter(pk=proposal.pk).update(
        **words,
        locked=b"",
        rewriting_at=None,
        is_sealed=False,
        opened_at=timezone.now(),
        opening_failure="",
    )


@contextmanager
def _gone_unless_all_opens(kept: list[StoredFile]) -> Iterator[None]:
    """Leave no file in the clear of a proposal that did not open whole."""
    try:
        yield
    except BaseException:
        for stored in kept:
            stored.content.storage.delete(str(stored.content.name))
        raise


def _words_in(text: bytes) -> dict[str, Any]:
    """Return the words and figures of a sealed text as columns take them."""
    said = json.load(BytesIO(text))
    words = {name: said[name] for name in (*WORDS, "language") if name in said}  # of its format
    words["requested_usd"] = Decimal(words["requested_usd"])
    return words
