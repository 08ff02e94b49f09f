"""What an evaluator notes for themselves: nobody else reads it, not even the team."""

from django.db import transaction
from django.utils import timezone

from minka.core.access import require
from minka.core.models import User
from minka.innovation.models import Assignment, PrivateNote

LONGEST = 10_000  # characters


@transaction.atomic
def save_note(*, by: User, assignment: Assignment, words: str) -> None:
    """Keep what the evaluator notes; nothing written deletes it. Not an act for the ledger.

    Raises:
        NotAllowed: it is somebody else's evaluation.
    """
    require(by, "innovation.evaluation_write", assignment)
    kept = words.strip()[:LONGEST]
    if not kept:
        PrivateNote.objects.filter(assignment=assignment).delete()
        return
    note = PrivateNote.objects.filter(assignment=assignment).first()
    note = note or PrivateNote(assignment=assignment)
    note.keep(kept)
    note.saved_at = timezone.now()
    note.save()


def forget_notes(assignment: Assignment) -> None:
    """No person: delete what was noted on a proposal that its writer may no longer read."""
    PrivateNote.objects.filter(assignment=assignment).delete()
