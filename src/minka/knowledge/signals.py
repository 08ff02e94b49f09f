"""News of the map for the lines above. All are sent inside the transaction of the act.

`actors_merging(keep, gone)` comes before anything moves: a line whose rows would be doubled
reconciles them here, or raises a DomainError to refuse. `actors_merged(keep, gone, step)` and
`merge_undone(keep, gone, step)` come after.
"""

from django.dispatch import Signal

actors_merging = Signal()
actors_merged = Signal()
merge_undone = Signal()
