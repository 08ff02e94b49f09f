"""What waits in the eligibility of proposals: for their people, and for the team."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.templatetags.formats import localized_text
from minka.core.work import WorkItem
from minka.innovation.queries.eligibility import Waiting, waiting_for_solver, waiting_for_team


def mending_items(*, viewer: User) -> Iterator[WorkItem]:
    """Yield the defects that the viewer's organisations may mend, and refusals to answer."""
    for one in waiting_for_solver(viewer=viewer):
        title = (
            _("Mend a formal defect: “%(challenge)s”")
            if one.kind == "correction"
            else _("Not eligible; you may answer: “%(challenge)s”")
        )
        yield _item(one, title, one.proposal.lead.name)


def settling_items(*, viewer: User) -> Iterator[WorkItem]:
    """Yield what the team has to resolve."""
    for one in waiting_for_team(viewer=viewer):
        title = (
            _("Say whether a defect is mended: “%(challenge)s”")
            if one.kind == "correction"
            else _("Resolve an answer to a refusal: “%(challenge)s”")
        )
        yield _item(one, title, one.proposal.lead.name)


def _item(one: Waiting, title: str, detail: str) -> WorkItem:
    return WorkItem(
        title=title % {"challenge": localized_text(one.proposal.challenge, "title")[0]},
        detail=detail,
        url=reverse("innovation:proposal_eligibility", args=[one.proposal.public_id]),
        icon="list-checks",
        due_at=one.due_at,
    )
