"""Tone and icon of the words that states share; a line adds its own in `AppConfig.ready()`."""

from collections.abc import Mapping

from minka.core.components import Tone

TONES: dict[str, tuple[Tone, str]] = {
    "draft": (Tone.NEUTRAL, "pencil"),
    "pending": (Tone.NEUTRAL, "clock"),
    "queued": (Tone.NEUTRAL, "clock"),
    "running": (Tone.ACTIVE, "loader"),
    "submitted": (Tone.INFO, "send"),
    "triage": (Tone.INFO, "inbox"),
    "in_review": (Tone.INFO, "eye"),
    "accepted": (Tone.OK, "check"),
    "shortlisted": (Tone.ACTIVE, "star"),
    "published": (Tone.OK, "globe"),
    "open": (Tone.OK, "circle-play"),
    "closed": (Tone.NEUTRAL, "lock"),
    "assigned": (Tone.INFO, "user"),
    "evaluated": (Tone.ACTIVE, "clipboard-check"),
    "selected": (Tone.OK, "circle-check"),
    "reserve": (Tone.WARN, "clock"),
    "rejected": (Tone.DANGER, "circle-x"),
    "not_selected": (Tone.NEUTRAL, "circle-x"),
    "returned": (Tone.WARN, "undo-2"),
    "withdrawn": (Tone.NEUTRAL, "undo-2"),
    "done": (Tone.OK, "check"),
    "imported": (Tone.OK, "check"),
    "failed": (Tone.DANGER, "triangle-alert"),
    "sent": (Tone.OK, "check"),
    "verified": (Tone.OK, "badge-check"),
}


def register_tones(tones: Mapping[str, tuple[Tone, str]]) -> None:
    """Say how the states of a line look; the icon must be in frontend/icons.json."""
    TONES.update(tones)
