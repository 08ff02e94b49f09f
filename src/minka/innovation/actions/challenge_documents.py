"""Documents of a challenge, public or confidential; after publication each is a new version."""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import DomainError, InvalidInput
from minka.core.files import discard_file, store_upload
from minka.core.models import StoredFile, User
from minka.innovation.actions.challenge_approvals import void_after_edit
from minka.innovation.actions.challenge_versions import Change, begin_change, finish_change
from minka.innovation.models import Call, Challenge, ChallengeDocument
from minka.innovation.queries.challenge_content import fresh_content
from minka.innovation.states import ChallengePart, ChallengeState

MOST_FILES = 20
ACCEPTED_KINDS = ("document", "sheet", "image")


@dataclass(frozen=True)
class NewDocument:
    """A file with its titles and who reads it."""

    upload: UploadedFile[Any]
    part: str
    title_es: str
    title_en: str = ""


@transaction.atomic
def add_document(
    *, by: User, challenge: Challenge, document: NewDocument, reason: str = ""
) -> ChallengeDocument:
    """Add a file to one part. Of a published challenge this is a new version, with its reason.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: the title or the reason is missing, the part is none, there are twenty files,
            or this one is empty or of another type.
        WrongState: the call has closed.
        TooLarge: it is over the limit of the installation.
    """
    require(by, "innovation.challenge_write")
    change = _change(challenge)
    before = fresh_content(challenge)
    _check(challenge, document)
    stored = store_upload(by=by, upload=document.upload, kinds=ACCEPTED_KINDS)
    try:
        made = _added(by, challenge, document, stored)
        _after(by, challenge, before, change, reason)
    except DomainError:  # the row goes back with the transaction, its bytes would not
        stored.content.storage.delete(str(stored.content.name))
        raise
    return made


@transaction.atomic
def remove_document(
    *, by: User, challenge: Challenge, document: ChallengeDocument, reason: str = ""
) -> None:
    """Take a file out. What was published once stays where an old version has it.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: the challenge is published and there is no reason.
        WrongState: the call has closed.
    """
    require(by, "innovation.challenge_write")
    change = _change(challenge)
    before = fresh_content(challenge)
    data = {"file": str(document.file.uid), "part": document.part}
    record(by=by, verb="innovation.challenge_document_remove", obj=challenge, data=data)
    if change is None:
        stored = document.file
        document.delete()
        discard_file(stored)
    else:
        ChallengeDocument.objects.filter(pk=document.pk).update(removed_at=timezone.now())
    _after(by, challenge, before, change, reason)


def _added(
    by: User, challenge: Challenge, document: NewDocument, stored: StoredFile
) -> ChallengeDocument:
    made = ChallengeDocument.objects.create(
        challenge=challenge,
        file=stored,
        part=document.part,
        title_es=document.title_es.strip(),
        title_en=document.title_en.strip(),
    )
    data = {"file": str(stored.uid), "sha256": stored.sha256, "part": made.part}
    record(by=by, verb="innovation.challenge_document_add", obj=challenge, data=data)
    return made


def _check(challenge: Challenge, document: NewDocument) -> None:
    wrong: dict[str, str] = {}
    if not document.title_es.strip():
        wrong["title_es"] = _("Give the document a title.")
    if document.part not in ChallengePart.values:
        wrong["part"] = _("Choose one of the list.")
    if challenge.documents.filter(removed_at__isnull=True).count() >= MOST_FILES:
        wrong["upload"] = _(
            "There are %(most)s files already; remove one before adding “%(name)s”."
        ) % {
            "most": MOST_FILES,
            "name": document.upload.name,
        }
    if wrong:
        raise InvalidInput(fields=wrong)


def _change(challenge: Challenge) -> Change | None:
    """Hold the challenge; None while it is a draft, which the row says, not what was loaded."""
    Call.objects.select_for_update().filter(challenge=challenge).first()  # as `begin_change` does
    held = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if held.state == ChallengeState.DRAFT:
        return None
    return begin_change(challenge)


def _after(
    by: User, challenge: Challenge, before: dict[str, Any], change: Change | None, reason: str
) -> None:
    if change is None:
        Challenge.objects.filter(pk=challenge.pk).update(revision=F("revision") + 1)
        void_after_edit(by=by, challenge=challenge, before=before)
        return
    finish_change(by=by, change=change, reason=reason)
