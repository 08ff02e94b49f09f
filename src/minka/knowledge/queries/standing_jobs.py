"""Which jobs of the map have to be in the queue at any time.

No person anywhere here: jobs are nobody's, and nothing is shown.
"""

from collections.abc import Iterable

from minka.core.standing_jobs import Args, Standing, failed_last
from minka.knowledge.models import NetworkRun, SavedSearch, SheetImport, Wave
from minka.knowledge.states import ImportState, WaveState

TASKS = "minka.knowledge.tasks"
RESOLVE = f"{TASKS}.resolve_import"
TRIES = 5


def looks_at_searches() -> Iterable[Args]:
    """Return the next look at each saved search with an alert."""
    told = SavedSearch.objects.filter(owner__is_active=True).exclude(alert="")
    return list(told.values_list("pk", "looks"))


def looks_at_waves() -> Iterable[Args]:
    """Return the next look at each open wave."""
    return list(Wave.objects.filter(state=WaveState.OPEN).values_list("pk", "looks"))


def looks_at_the_month() -> Iterable[Args]:
    """Return the daily look, always."""
    return [()]


def monthly_measures() -> Iterable[Args]:
    """Return the reckoning of next month, once there was one."""
    return [()] if NetworkRun.objects.exists() else []


def resolutions() -> Iterable[Args]:
    """Return the imports whose resolution failed."""
    failed = failed_last(RESOLVE)
    done = SheetImport.objects.filter(pk__in=[args[0] for args in failed], state=ImportState.DONE)
    return list(done.values_list("pk"))


STANDING = (
    Standing(f"{TASKS}.look_at_search", looks_at_searches),
    Standing(f"{TASKS}.look_at_wave", looks_at_waves),
    Standing(f"{TASKS}.look_at_the_month", looks_at_the_month),
    Standing(f"{TASKS}.measure_network_monthly", monthly_measures),
    Standing(RESOLVE, resolutions, most=TRIES),
)
