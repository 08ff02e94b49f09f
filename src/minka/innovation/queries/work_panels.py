"""What waits for a person around panels: sessions, minutes, what solvers asked."""

from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.templatetags.formats import localized_text
from minka.core.work import WorkItem
from minka.innovation.models import Appeal, MinutesApproval, PanelSeat, PanelSession
from minka.innovation.models.panel_states import (
    CAME,
    AppealState,
    MinutesState,
    Office,
    PanelState,
)
from minka.innovation.queries.panels import visible_panels


def panel_items(*, viewer: User) -> Iterator[WorkItem]:
    """Yield sessions to come, minutes to approve and what is to be answered; three statements."""
    seats = PanelSeat.objects.filter(person=viewer)
    for session in visible_panels(viewer=viewer).filter(
        pk__in=seats.values("session"), state__in=[PanelState.CALLED, PanelState.OPEN]
    ):
        yield WorkItem(
            title=_("Panel session: %(title)s") % {"title": session.title},
            detail=_("Read the agenda and declare your interests"),
            url=reverse("innovation:panel", args=[session.pk]),
            icon="gavel",
            due_at=session.starts_at,
        )
    for session in _to_approve(viewer):
        yield WorkItem(
            title=_("Minutes to approve: %(title)s") % {"title": session.title},
            detail=_("Read them and approve, or say what is wrong"),
            url=reverse("innovation:minutes", args=[session.pk]),
            icon="file-text",
        )
    waiting = Appeal.objects.filter(handler=viewer).exclude(state=AppealState.ANSWERED)
    for appeal in waiting.select_related("letter__proposal__challenge"):
        challenge = localized_text(appeal.letter.proposal.challenge, "title")[0]
        yield WorkItem(
            title=_("To be answered: %(kind)s about “%(challenge)s”")
            % {"kind": appeal.get_kind_display(), "challenge": challenge},
            detail=_("With its reasons, by the day"),
            url=reverse("innovation:appeal_handle", args=[appeal.public_id]),
            icon="mail",
            due_at=appeal.due_at,
        )


def _to_approve(viewer: User) -> list[PanelSession]:
    came = PanelSeat.objects.filter(person=viewer, attendance__in=CAME)
    mine = came.filter(votes=True) | came.filter(office=Office.SECRETARY)
    done = MinutesApproval.objects.filter(
        seat__person=viewer, revision__number=F("revision__minutes__number")
    )
    return list(
        visible_panels(viewer=viewer)
        .filter(pk__in=mine.values("session"), minutes__state=MinutesState.DRAFT)
        .exclude(minutes__in=done.values("revision__minutes"))
    )
