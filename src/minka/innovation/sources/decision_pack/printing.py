"""The decision pack as PDF, written by a background job."""

import logging

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from minka.core.documents import render_pdf
from minka.innovation.actions.packs import fail_pack, finish_pack
from minka.innovation.models import DecisionPack, ShortlistChoice, ShortlistStudy, StudyOverruling
from minka.innovation.sources.decision_pack.content import pack_data
from minka.innovation.states import StudyState

logger = logging.getLogger(__name__)
TEMPLATE = "innovation/decision_pack.typ"


def print_pack(*, pack_id: int) -> str:
    """Print a pack that somebody waits for; begun again after its worker died, it prints anew."""
    pack = DecisionPack.objects.filter(pk=pack_id, state=StudyState.WAITING).first()
    if pack is None:
        return "printed before"
    try:
        with override(pack.language):
            study = _study(pack.study_id)
            content = pack_pdf(study)
            name = f"{_('decision-pack')}-{study.edition.slug}-v{study.number}-{pack.language}.pdf"
    except Exception:
        logger.exception("decision pack %s", pack_id)
        return fail_pack(pack_id=pack_id)
    return finish_pack(pack_id=pack_id, content=content, name=name)


def pack_pdf(study: ShortlistStudy) -> bytes:
    """Return the pack of a version in the language in use."""
    data, pictures = pack_data(study)
    return render_pdf(TEMPLATE, data, made_at=timezone.now(), pictures=pictures)


def _study(pk: int) -> ShortlistStudy:
    choices = ShortlistChoice.objects.select_related("by").order_by("pk")
    overrulings = StudyOverruling.objects.select_related("by")
    found = ShortlistStudy.objects.select_related("edition", "by").prefetch_related(
        Prefetch("choices", choices), Prefetch("overrulings", overrulings)
    )
    return found.get(pk=pk)
