"""Minutes as PDF, in one language: the same bytes for the same revision and approvals."""

from typing import Any

from django.utils.translation import override

from minka.core.documents import render_pdf
from minka.core.models import User
from minka.innovation.models import MinutesRevision, PanelMinutes
from minka.innovation.models.panel_states import MinutesState
from minka.innovation.notices.words import lima
from minka.innovation.queries.minutes import approvers, readable
from minka.innovation.sources.minutes_words import minutes_words

TEMPLATE = "innovation/minutes.typ"


def minutes_pdf(*, viewer: User, minutes: PanelMinutes, language: str) -> bytes:
    """Return the PDF of the last revision as `viewer` may read it."""
    revision = minutes.revisions.get(number=minutes.number)
    with override(language):
        content = readable(viewer=viewer, session=minutes.session, content=revision.content)
        data = {**minutes_words(content), **_end(minutes, revision)}
        made_at = minutes.fixed_at or revision.at
        return render_pdf(TEMPLATE, data, made_at=made_at, language=language)


def _end(minutes: PanelMinutes, revision: MinutesRevision) -> dict[str, Any]:
    given = list(revision.approvals.select_related("seat__person"))
    done = {one.seat_id for one in given}
    return {
        "approvals": [[str(one.seat.person), lima(one.at)] for one in given],
        "missing": [str(o.person) for o in approvers(minutes.session) if o.pk not in done],
        "is_fixed": minutes.state == MinutesState.FIXED,
        "fixed_at": lima(minutes.fixed_at) if minutes.fixed_at else "",
        "revision": str(revision.number),
        "sha256": revision.sha256,
    }
