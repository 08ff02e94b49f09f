"""The team takes out of a proposal what gives its authors away, before evaluators see anything."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.files import store_upload
from minka.core.models import User
from minka.innovation.actions.attachments import ACCEPTED_KINDS
from minka.innovation.actions.calls import closed_call
from minka.innovation.actions.evaluation_checks import check_impartial
from minka.innovation.models import Attachment, Proposal, RedactedCopy, RedactedFile
from minka.innovation.queries.evaluation_modes import mode_of
from minka.innovation.queries.redactions import found_in, names_that_tell, texts_of
from minka.innovation.states import BlindMode, ProposalState

LONGEST = 60_000  # characters


@transaction.atomic
def save_copy(
    *, by: User, proposal: Proposal, revision: int, words: Mapping[str, str]
) -> RedactedCopy:
    """Keep what is being redacted; evaluators go on reading what was confirmed before.

    Raises:
        NotAllowed: `by` is not of the impartial team, or has a conflict with the proposal.
        WrongState: the challenge is not double-blind, or the proposal is not evaluated now.
        Conflict: a colleague saved another text since `revision`.
    """
    _check(by, proposal)
    kept = {key: words.get(key, "").strip()[:LONGEST] for key in texts_of(proposal)}
    copy, is_new = RedactedCopy.objects.select_for_update().get_or_create(
        proposal=proposal, defaults={"words": kept, "saved_by": by, "revision": 1}
    )
    if is_new or copy.words == kept:
        return copy
    if copy.revision != revision:
        raise Conflict(_("A colleague saved this copy before you. Your text is still here."))
    copy.words, copy.saved_by, copy.saved_at = kept, by, timezone.now()
    copy.revision += 1
    copy.save()
    return copy


@transaction.atomic
def confirm_copy(
    *, by: User, proposal: Proposal, revision: int, is_looked_over: bool = False
) -> RedactedCopy:
    """Make what is saved what evaluators read.

    What was found as a name, a contact or an address is only left in if it was looked over.

    Raises:
        NotAllowed: as for saving.
        WrongState: as for saving, or nothing was saved.
        InvalidInput: a part is empty that is not in the proposal, or something is still found.
        Conflict: a colleague saved another text since `revision`.
    """
    _check(by, proposal)
    copy = RedactedCopy.objects.select_for_update().filter(proposal=proposal).first()
    if copy is None:
        raise WrongState(_("Save the redacted copy first."))
    if copy.revision != revision:
        raise Conflict(_("A colleague saved this copy before you. Your text is still here."))
    names = names_that_tell(proposal)
    wrong: dict[str, str] = {}
    for key, (_label, text) in texts_of(proposal).items():
        said = copy.words.get(key, "")
        if text and not said:
            wrong[key] = _("Evaluators need some text here.")
        elif (left := found_in(said, names)) and not is_looked_over:
            wrong[key] = _("Still found: %(found)s.") % {"found": ", ".join(left)}
    if wrong:
        raise InvalidInput(_("Something may still give the authors away."), fields=wrong)
    copy.shown, copy.confirmed_by, copy.confirmed_at = copy.words, by, timezone.now()
    copy.save()
    record(by=by, verb="innovation.copy_confirm", obj=proposal, data={"revision": copy.revision})
    return copy


@transaction.atomic
def add_redacted_file(
    *, by: User, attachment: Attachment, upload: UploadedFile[Any]
) -> RedactedFile:
    """Let evaluators read a file that the team redacted, in place of one that is withheld.

    Raises:
        NotAllowed, WrongState: as for saving; or nothing was saved.
        InvalidInput, TooLarge: as for any upload, or the name of the file gives somebody away.
    """
    proposal = attachment.proposal
    _check(by, proposal)
    copy = RedactedCopy.objects.filter(proposal=proposal).first()
    if copy is None:
        raise WrongState(_("Save the redacted copy first."))
    spoken = (upload.name or "").replace("_", " ").replace("-", " ")
    if found_in(spoken, names_that_tell(proposal)):
        raise InvalidInput(_("The name of the file gives its authors away; rename it first."))
    stored = store_upload(by=by, upload=upload, kinds=ACCEPTED_KINDS)
    RedactedFile.objects.filter(instead_of=attachment).delete()
    made = RedactedFile.objects.create(copy=copy, instead_of=attachment, file=stored, added_by=by)
    record(by=by, verb="innovation.copy_file", obj=proposal, data={"sha256": stored.sha256})
    return made


def _check(by: User, proposal: Proposal) -> None:
    require(by, "innovation.evaluator_assign", proposal.challenge)
    check_impartial(by=by, proposals=[proposal])
    closed_call(proposal.challenge_id)
    if mode_of(proposal.challenge) != BlindMode.DOUBLE:
        raise WrongState(_("Only double-blind challenges have redacted copies."))
    if not Proposal.objects.filter(pk=proposal.pk, state=ProposalState.SUBMITTED).exists():
        raise WrongState(_("This proposal was withdrawn; there is nothing more to evaluate."))
