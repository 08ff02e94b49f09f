"""What the parties to an agreement are told; nobody else hears of it but the impartial team."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.innovation.models import Agreement, Milestone, MilestoneReport
from minka.innovation.queries.agreement_seats import AgreementSeat, holds
from minka.innovation.queries.agreements import people_of_party
from minka.innovation.rules import competed_for
from minka.innovation.states.agreements import PartyRole

ALL = frozenset(PartyRole)
SOLVER, COMPANY = frozenset({PartyRole.SOLVER}), frozenset({PartyRole.COMPANY})


def people_of(agreement: Agreement, roles: Iterable[str] = ALL) -> list[User]:
    """Return the people of the parties in these roles, each once."""
    wanted = set(roles)
    found = {
        person.pk: person
        for party in agreement.parties.select_related("actor")
        if party.role in wanted
        for person in people_of_party(party)
        if party.actor_id or not competed_for(person, agreement)
    }
    return list(found.values())


def tell(  # noqa: PLR0913 -- a notice is all of this
    *,
    agreement: Agreement,
    what: str,
    key: str,
    subject: str | Promise,
    body: str | Promise,
    values: Mapping[str, Any] | None = None,
    recipients: Iterable[User],
    but: User | None = None,
) -> list[Notice]:
    """Tell people once for `key`; subject and body are filled in the language of each."""

    def compose(_person: User) -> Message:
        filled = {name: _shown(value) for name, value in (values or {}).items()}
        filled["title"] = agreement.title
        return Message(
            subject=str(subject) % filled,
            body=str(body) % filled,
            url=reverse("innovation:agreement", args=[agreement.public_id]),
        )

    return notify(
        recipients=[one for one in recipients if but is None or one.pk != but.pk],
        kind=f"innovation.agreement_{what}",
        key=f"agreement:{agreement.pk}:{key}",
        compose=compose,
    )


def tell_approval_asked(*, agreement: Agreement, seats: list[AgreementSeat], by: User) -> None:
    """Ask those who hold a seat that has not approved."""
    holders = {
        person.pk: person
        for seat in seats
        if not seat.approves
        for person in people_of_party(seat.party)
        if holds(person, seat)
    }
    tell(
        agreement=agreement,
        what="approval",
        key=f"approval:{agreement.text_id}",
        subject=_("Please approve: “%(title)s”"),
        body=_("The text of this agreement waits for your approval. Read it and answer."),
        recipients=holders.values(),
        but=by,
    )


def tell_text_opened(*, agreement: Agreement, reason: str, by: User, key: str) -> None:
    """Say that approvals or signatures no longer stand, and why."""
    tell(
        agreement=agreement,
        what="reopened",
        key=key,
        subject=_("The text changed: “%(title)s”"),
        body=_("The approvals and signatures given so far no longer stand. %(reason)s"),
        values={"reason": reason},
        recipients=people_of(agreement),
        but=by,
    )


def tell_report(*, report: MilestoneReport, agreement: Agreement, what: str) -> None:
    """Tell the user area of a report, or the supplier of what was answered."""
    words = {
        "submitted": (
            _("Report to answer: %(milestone)s"),
            _("The supplier handed in a report on “%(milestone)s” of “%(title)s”."),
        ),
        "returned": (
            _("Report returned: %(milestone)s"),
            _("The user area returned the report on “%(milestone)s”: %(answer)s"),
        ),
        "accepted": (
            _("Milestone accepted: %(milestone)s"),
            _("The user area accepted “%(milestone)s” of “%(title)s”. %(answer)s"),
        ),
    }
    subject, body = words[what]
    tell(
        agreement=agreement,
        what=f"report_{what}",
        key=f"report:{report.pk}:{what}",
        subject=subject,
        body=body,
        values={"milestone": report.milestone.title, "answer": report.answer},
        recipients=people_of(agreement, COMPANY if what == "submitted" else SOLVER),
    )


def tell_due(*, milestone: Milestone, agreement: Agreement, is_late: bool) -> list[Notice]:
    """Remind the supplier that a milestone is due soon; when it is overdue, everybody, once."""
    return tell(
        agreement=agreement,
        what="overdue" if is_late else "due_soon",
        key=f"due:{milestone.pk}:{milestone.due_on}:{'late' if is_late else 'soon'}",
        subject=_("Overdue: %(milestone)s") if is_late else _("Due soon: %(milestone)s"),
        body=_("“%(milestone)s” of “%(title)s” was due on %(due)s and has no report yet.")
        if is_late
        else _("“%(milestone)s” of “%(title)s” is due on %(due)s."),
        values={"milestone": milestone.title, "due": milestone.due_on},
        recipients=people_of(agreement, ALL if is_late else SOLVER),
    )


def _shown(value: Any) -> str:
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(value)
