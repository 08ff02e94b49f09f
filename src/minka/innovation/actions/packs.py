"""The decision pack of a version: asked for once, printed once, told of once."""

import hashlib

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.jobs import enqueue
from minka.core.models import StoredFile, User
from minka.innovation.models import DecisionPack, ShortlistStudy
from minka.innovation.notices.studies import tell_pack_done
from minka.innovation.states import STUDY_REACHED_FROM, StudyState

PRINT = "minka.innovation.tasks.print_pack"
LANGUAGES = ("es", "en")
PDF = "application/pdf"


@transaction.atomic
def ask_pack(*, by: User, study: ShortlistStudy, language: str) -> DecisionPack:
    """Have the decision pack printed in the background; one that waits is not begun twice.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no such language.
        WrongState: the draws of the version are not made yet.
    """
    require(by, "innovation.study_write")
    if language not in LANGUAGES:
        raise InvalidInput(_("Choose the language of the decision pack."))
    if study.state != StudyState.READY:
        raise WrongState(_("The decision pack waits for the draws of this version."))
    try:
        with transaction.atomic():
            pack = DecisionPack.objects.create(study=study, by=by, language=language)
    except IntegrityError:
        return DecisionPack.objects.get(study=study, language=language, state=StudyState.WAITING)
    data = {"pack": pack.pk, "language": language}
    record(by=by, verb="innovation.pack_ask", obj=study, data=data)
    enqueue(PRINT, pack.pk)
    return pack


@transaction.atomic
def finish_pack(*, pack_id: int, content: bytes, name: str) -> str:
    """Keep what was printed and tell whoever asked; who comes second changes nothing.

    No person: the job that prints calls this.
    """
    waiting = DecisionPack.objects.select_for_update().filter(pk=pack_id, state=StudyState.WAITING)
    pack = waiting.first()
    if pack is None:
        return "printed before"
    stored = StoredFile(
        name=name,
        media_type=PDF,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=pack.by,
    )
    stored.content.save(name, ContentFile(content), save=True)
    pack.file, pack.state, pack.finished_at = stored, StudyState.READY, timezone.now()
    pack.save(update_fields=["file", "state", "finished_at"])
    data = {"pack": pack.pk, "sha256": stored.sha256}
    record(by=None, verb="innovation.pack_done", obj=pack.study, data=data)
    tell_pack_done(pack=pack)
    return "printed"


@transaction.atomic
def fail_pack(*, pack_id: int) -> str:
    """Say that a decision pack could not be printed.

    No person: the job that prints calls this.
    """
    movable = DecisionPack.objects.filter(
        pk=pack_id, state__in=STUDY_REACHED_FROM[StudyState.FAILED]
    )
    if movable.update(state=StudyState.FAILED, finished_at=timezone.now()):
        tell_pack_done(pack=DecisionPack.objects.select_related("by", "study").get(pk=pack_id))
    return "failed"
