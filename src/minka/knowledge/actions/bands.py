"""From which probability actors are joined alone, and from which a person is asked."""

from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput
from minka.core.models import User
from minka.knowledge.models import Bands
from minka.knowledge.queries.bands import bands


@transaction.atomic
def change_bands(*, by: User, join_from: float, ask_from: float) -> Bands:
    """Settle from which probability pairs are joined alone and from which a person is asked.

    Holds for what is resolved from now on.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: the bands are not in order.
    """
    require(by, "knowledge.actor_resolve")
    if not 0 < ask_from <= join_from <= 1:
        raise InvalidInput(
            fields={"ask_from": _("People are asked below what is joined alone; both up to 100 %.")}
        )
    limits = bands()
    limits.join_from, limits.ask_from, limits.changed_by = join_from, ask_from, by
    limits.save()
    record(
        by=by,
        verb="knowledge.bands_change",
        obj=limits,
        data={"join_from": join_from, "ask_from": ask_from},
    )
    return limits
