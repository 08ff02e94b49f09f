"""The ecosystem map as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from minka.core.components import Tone
from minka.core.navigation import Entry, Line, anyone, register, staff_only
from minka.core.tones import register_tones
from minka.core.verbs import register_verbs


class KnowledgeConfig(AppConfig):
    """Organisations, where they are, who belongs to them and who says so."""

    name = "minka.knowledge"
    label = "knowledge"
    verbose_name = _("Knowledge")

    def ready(self) -> None:
        """Put the line's pages on the rail and say how its states look."""
        from minka.knowledge.verbs import VERBS

        register_verbs(VERBS)
        know, mine, own = Line.KNOWLEDGE, Line.MINE, self.label
        for entry in (
            Entry(
                know, _("Directory"), f"{own}:directory", "building-2", anyone, bar=True, order=10
            ),
            Entry(know, _("Map"), f"{own}:map", "map", anyone, bar=True, order=20),
            Entry(know, _("Import"), f"{own}:imports", "upload", staff_only, order=30),
            Entry(mine, _("My organisation"), f"{own}:my_organisations", "briefcase", order=10),
        ):
            register(entry)
        register_tones(
            {
                "uploaded": (Tone.WARN, "sliders-horizontal"),
                "discarded": (Tone.NEUTRAL, "trash-2"),
                "requested": (Tone.WARN, "clock"),
                "active": (Tone.OK, "badge-check"),
                "refused": (Tone.NEUTRAL, "circle-x"),
                "ended": (Tone.NEUTRAL, "undo-2"),
            }
        )
