"""How the proposals to a call are protected, what opens when, and whether their number is told."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.ceremony import in_preparation
from minka.innovation.actions.challenge_approvals import void_after_edit
from minka.innovation.models import Call, Challenge
from minka.innovation.queries.challenge_content import fresh_content
from minka.innovation.states import Envelopes, Protection


@transaction.atomic
def choose_protection(  # noqa: PLR0913 -- a choice is its parts
    *,
    by: User,
    challenge: Challenge,
    protection: str,
    envelopes: str = Envelopes.ONE,
    economic_from: datetime | None = None,
    shows_count: bool = False,
) -> Call:
    """Say how the proposals to a call are protected, as long as it is not published.

    With envelopes the economic parts open after the technical evaluation, and not before
    `economic_from` if that is given. Only with `shows_count` the public learns how many proposals
    were received before they are opened.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it is published, or has no dates yet.
        InvalidInput: there is no such protection, or envelopes without sealing.
    """
    require(by, "innovation.seal_prepare", challenge)
    in_preparation(challenge)
    if protection not in Protection.values:
        raise InvalidInput(fields={"protection": _("Choose one of the list.")})
    call = Call.objects.filter(challenge=challenge).first()
    if call is None:
        raise WrongState(_("Set when the call opens and closes first."))
    _check_envelopes(call, protection, envelopes, economic_from)
    chosen: dict[str, Any] = {
        "protection": protection,
        "envelopes": envelopes,
        "economic_from": economic_from,
        "shows_count": shows_count,
    }
    before = fresh_content(challenge)
    Call.objects.filter(pk=call.pk).update(**chosen)
    data = {**chosen, "economic_from": economic_from.isoformat() if economic_from else None}
    record(by=by, verb="innovation.protection_choose", obj=challenge, data=data)
    void_after_edit(by=by, challenge=challenge, before=before)
    call.refresh_from_db()
    return call


def _check_envelopes(
    call: Call, protection: str, envelopes: str, economic_from: datetime | None
) -> None:
    wrong = {}
    if envelopes not in Envelopes.values:
        wrong["envelopes"] = _("Choose one of the list.")
    elif envelopes == Envelopes.TWO and protection != Protection.SEALED:
        wrong["envelopes"] = _("Only what is sealed can be opened in two steps.")
    if economic_from and envelopes != Envelopes.TWO:
        wrong["economic_from"] = _("Leave it empty when everything opens together.")
    elif economic_from and economic_from <= call.closes_at:
        wrong["economic_from"] = _("It has to be after the call closes.")
    if wrong:
        raise InvalidInput(fields=wrong)
