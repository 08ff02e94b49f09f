"""Files that a company attaches to its problem."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.files import discard_file, store_upload
from minka.core.models import User
from minka.innovation.models import Problem, ProblemFile
from minka.innovation.states import PROBLEM_EDITABLE

MOST_FILES = 10
ACCEPTED_KINDS = ("document", "sheet", "image")


@transaction.atomic
def attach_to_problem(*, by: User, problem: Problem, upload: UploadedFile[Any]) -> ProblemFile:
    """Add a file; the same file again changes nothing.

    Raises:
        NotAllowed: `by` may not write the problem.
        WrongState: it has been handed in.
        InvalidInput: there are ten files already, or this one is empty or of another type.
        TooLarge: it is over the limit of the installation.
    """
    require(by, "innovation.problem_change", problem)
    _hold(problem)
    present = list(problem.files.select_related("file"))
    if len(present) >= MOST_FILES:
        raise InvalidInput(
            _("There are %(most)s files already; remove one before adding “%(name)s”.")
            % {"most": MOST_FILES, "name": upload.name}
        )
    stored = store_upload(by=by, upload=upload, kinds=ACCEPTED_KINDS)
    for known in present:
        if (known.file.name, known.file.sha256) == (stored.name, stored.sha256):
            discard_file(stored)
            return known
    made = ProblemFile.objects.create(problem=problem, file=stored)
    data = {"file": str(stored.uid), "sha256": stored.sha256}
    record(by=by, verb="innovation.problem_attach", obj=problem, data=data)
    return made


@transaction.atomic
def detach_from_problem(*, by: User, problem: Problem, attached: ProblemFile) -> None:
    """Take a file off a draft. The file itself stays: an earlier version may name it.

    Raises:
        NotAllowed: `by` may not write the problem.
        WrongState: it has been handed in.
    """
    require(by, "innovation.problem_change", problem)
    _hold(problem)
    data = {"file": str(attached.file.uid)}
    record(by=by, verb="innovation.problem_detach", obj=problem, data=data)
    problem.files.filter(pk=attached.pk).delete()


def _hold(problem: Problem) -> None:
    held = Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    if held.state not in PROBLEM_EDITABLE:
        raise WrongState(_("This problem has been submitted and cannot be edited now."))
