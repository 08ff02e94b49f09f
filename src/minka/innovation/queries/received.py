"""How many proposals were received, as far as everybody may know.

Of a sealed call the number is told before the opening only if the call says so. By whom is never
told: not here, and not before the decisions anywhere.
"""

from django.db.models import Q

from minka.innovation.models import Call, Challenge
from minka.innovation.queries.proposals import count_received
from minka.innovation.states import CallPhase, KeyState, Protection

COUNTED_IN_PUBLIC = (  # of proposals to calls that have closed
    Q(challenge__call__shows_count=True)
    | Q(challenge__call__protection=Protection.ACCESS)
    | Q(challenge__key__state=KeyState.OPENED)
)


def received_in_public(*, challenge: Challenge, call: Call | None) -> int | None:
    """No person: return how many were received, None when it is not told."""
    if call is None or not call.shows_count:
        return None
    if challenge.state == "draft" or call.phase == CallPhase.UPCOMING:
        return None
    return count_received(challenge=challenge)
