"""What waits for a person: the lines list it, the portal shows it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class WorkItem:
    """One thing that somebody should do next; `due_at` is None when there is no date."""

    title: str
    detail: str
    url: str
    icon: str = "arrow-right"
    due_at: datetime | None = None
