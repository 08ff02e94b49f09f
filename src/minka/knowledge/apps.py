"""The ecosystem map as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from minka.core.components import Tone
from minka.core.navigation import Entry, Line, anyone, register, signed_in, staff_only
from minka.core.tones import register_tones
from minka.core.verbs import register_verbs


class KnowledgeConfig(AppConfig):
    """Organisations, where they are, who belongs to them and who says so."""

    name = "minka.knowledge"
    label = "knowledge"
    verbose_name = _("Knowledge")

    def ready(self) -> None:
        """Put the line's pages on the rail and say how its states look."""
        from minka.core.notices import register_way_out
        from minka.core.personal import Holding, register_holding
        from minka.core.standing_jobs import register_standing
        from minka.knowledge import receivers  # noqa: F401 -- connects them
        from minka.knowledge.actions import personal
        from minka.knowledge.notices.searches import FOUND, way_out_of_search
        from minka.knowledge.queries.demand import (
            DemandProvider,
            declared_needs,
            register_demand,
        )
        from minka.knowledge.queries.standing_jobs import STANDING
        from minka.knowledge.verbs import VERBS

        own = self.label
        for one in STANDING:
            register_standing(one)
        register_way_out(FOUND, way_out_of_search)
        register_holding(own, Holding(personal.collect, personal.forget))
        register_verbs(VERBS)
        register_demand("declared", DemandProvider(_("Declared needs"), declared_needs))
        know, mine = Line.KNOWLEDGE, Line.MINE
        for entry in (
            Entry(
                know, _("Directory"), f"{own}:directory", "building-2", anyone, bar=True, order=10
            ),
            Entry(know, _("Map"), f"{own}:map", "map", anyone, bar=True, order=20),
            Entry(know, _("Network"), f"{own}:network", "network", anyone, order=22),
            Entry(know, _("Themes"), f"{own}:themes", "tag", anyone, order=25),
            Entry(know, _("Gaps"), f"{own}:gaps", "scale", anyone, order=26),
            Entry(know, _("Indicators"), f"{own}:indicators", "trending-up", signed_in, order=27),
            Entry(know, _("Snapshots"), f"{own}:snapshots", "history", signed_in, order=28),
            Entry(know, _("Report"), f"{own}:reports", "file-text", signed_in, order=29),
            Entry(know, _("Open data"), f"{own}:open_data", "table", anyone, order=29),
            Entry(know, _("Import"), f"{own}:imports", "upload", staff_only, order=30),
            Entry(know, _("Claims"), f"{own}:claims", "badge-check", staff_only, order=40),
            Entry(
                know, _("Corrections"), f"{own}:corrections_waiting", "pencil", staff_only, order=42
            ),
            Entry(know, _("Confirmations"), f"{own}:campaigns", "refresh-cw", staff_only, order=45),
            Entry(know, _("Review"), f"{own}:review", "copy", staff_only, count=_pairs, order=40),
            Entry(know, _("Surveys"), f"{own}:surveys", "clipboard-list", staff_only, order=50),
            Entry(mine, _("My organisation"), f"{own}:my_organisations", "briefcase", order=10),
            Entry(mine, _("My lists"), f"{own}:shortlists", "list-checks", order=60),
            Entry(mine, _("Saved searches"), f"{own}:saved_searches", "search", order=65),
        ):
            register(entry)
        register_tones(
            {
                "ready": (Tone.OK, "check"),
                "expired": (Tone.NEUTRAL, "clock"),
                "uploaded": (Tone.WARN, "sliders-horizontal"),
                "cancelled": (Tone.WARN, "circle-x"),
                "undoing": (Tone.ACTIVE, "loader"),
                "undone": (Tone.NEUTRAL, "undo-2"),
                "discarded": (Tone.NEUTRAL, "trash-2"),
                "requested": (Tone.WARN, "clock"),
                "active": (Tone.OK, "badge-check"),
                "refused": (Tone.NEUTRAL, "circle-x"),
                "ended": (Tone.NEUTRAL, "undo-2"),
                "same": (Tone.OK, "check"),
                "different": (Tone.NEUTRAL, "x"),
                "unsure": (Tone.WARN, "circle-help"),
                "proving": (Tone.WARN, "mail"),
                "granted": (Tone.OK, "badge-check"),
                "disputed": (Tone.DANGER, "scale"),
                "proposed": (Tone.WARN, "clock"),
                "unchecked": (Tone.NEUTRAL, "mail"),
                "waiting": (Tone.WARN, "clock"),
                "confirmed": (Tone.OK, "check"),
                "changed": (Tone.INFO, "pencil"),
                "checked": (Tone.WARN, "eye"),
                "taken": (Tone.OK, "check"),
            }
        )


def _pairs(user: Any) -> int:
    """Return how many pairs wait for the person who looks."""
    from minka.knowledge.queries.questions import waiting_on_rail

    return waiting_on_rail(viewer=user)
