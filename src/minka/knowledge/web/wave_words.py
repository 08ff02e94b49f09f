"""What pages say of a wave: where it stands and who acts next."""

from django.utils.translation import gettext as _

from minka.core.components import Step, StepState
from minka.knowledge.models import Wave
from minka.knowledge.states import WaveState

ORDER = (WaveState.PLANNED, WaveState.OPEN, WaveState.CLOSED)


def stepper_of(wave: Wave) -> list[Step]:
    """Return where a wave is, what comes next and by when."""
    at = ORDER.index(WaveState(wave.state))

    def state(step: int) -> StepState:
        if step == at:
            return StepState.CURRENT
        return StepState.DONE if step < at else StepState.NEXT

    return [
        Step(_("Planned"), state(0), who=_("The cluster team invites")),
        Step(
            _("Being answered"),
            state(1),
            who=_("The organisations answer"),
            at=wave.opens_at,
            due=wave.closes_at if at == 1 else None,
        ),
        Step(_("Closed"), state(2), who=_("The cluster team reads the results")),
    ]
