"""Files of a draft."""

import os
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.files import KINDS, CheckedUpload, check_upload, discard_file, keep_upload, sniff
from minka.core.models import User
from minka.innovation.actions.sealed_files import store_locked
from minka.innovation.models import Attachment, Proposal

MOST_FILES = 10
ACCEPTED_KINDS = ("document", "sheet", "image")


@transaction.atomic
def attach_file(*, by: User, proposal: Proposal, upload: UploadedFile[Any]) -> Attachment:
    """Add a file to a draft; the same file again changes nothing.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: the proposal is no longer a draft.
        InvalidInput: there are ten files already, or this one is empty or of another type.
        TooLarge: it is over the limit of the installation.
    """
    require(by, "innovation.proposal_change", proposal)
    _lock_draft(proposal)
    present = list(proposal.attachments.select_related("file"))
    found = _check_file(upload, present)
    if known := _same_file(present, found):
        return known
    if proposal.is_sealed:
        stored, locked = store_locked(by=by, proposal=proposal, upload=found)
    else:
        stored, locked = keep_upload(by=by, found=found), b""
    attachment = Attachment.objects.create(proposal=proposal, file=stored, locked=locked)
    record(
        by=by,
        verb="innovation.attachment_add",
        obj=proposal,
        data={"sha256": stored.sha256, "size_bytes": stored.size_bytes},
    )
    return attachment


@transaction.atomic
def remove_attachment(*, by: User, attachment: Attachment) -> None:
    """Take a file off a draft; its bytes are deleted once that is committed.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        WrongState: the proposal is no longer a draft.
    """
    proposal, stored = attachment.proposal, attachment.file
    require(by, "innovation.proposal_change", proposal)
    _lock_draft(proposal)
    attachment.delete()
    record(by=by, verb="innovation.attachment_remove", obj=proposal, data={"sha256": stored.sha256})
    discard_file(stored)


def check_files(proposal: Proposal, uploads: Sequence[UploadedFile[Any]]) -> list[CheckedUpload]:
    """No person: return what is new among files that come with a submission.

    Raises what `attach_file` raises of files.
    """
    present = list(proposal.attachments.all())
    found: list[CheckedUpload] = []
    for upload in uploads:
        checked = _check_file(upload, [*present, *found])
        chosen_twice = any(
            one.name == checked.name and one.sha256 == checked.sha256 for one in found
        )
        if not chosen_twice and not _same_file(present, checked):
            found.append(checked)
    return found


def is_accepted(content: BinaryIO) -> bool:
    """No person: true when there is content, of a type that a draft takes."""
    found = sniff(content)
    return content.seek(0, os.SEEK_END) > 0 and any(found in KINDS[kind] for kind in ACCEPTED_KINDS)


def discard_attachments(proposal: Proposal) -> None:
    """No person: remove every file of a proposal, with its bytes once that is committed."""
    for attachment in Attachment.objects.filter(proposal=proposal).select_related("file"):
        attachment.delete()
        discard_file(attachment.file)


def _lock_draft(proposal: Proposal) -> None:
    """Let nobody hand the proposal in while its files change."""
    current = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not current.is_writable:
        raise WrongState(_("This proposal is no longer a draft, so its files cannot change."))


def _check_file(upload: UploadedFile[Any], present: Sequence[object]) -> CheckedUpload:
    """Return what an upload is; refuse one too many, and what a proposal does not take."""
    if len(present) >= MOST_FILES:
        raise InvalidInput(
            _("There are %(most)s files already; remove one before adding “%(name)s”.")
            % {"most": MOST_FILES, "name": upload.name}
        )
    return check_upload(upload=upload, kinds=ACCEPTED_KINDS)


def _same_file(present: Iterable[Attachment], found: CheckedUpload) -> Attachment | None:
    """Return the file of the same name that holds the same, if there is one."""
    for known in present:
        if known.details["name"] == found.name and known.details["sha256"] == found.sha256:
            return known
    return None
