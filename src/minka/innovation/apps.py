"""Open innovation as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from minka.core.components import Tone
from minka.core.navigation import Entry, Line, anyone, register, signed_in, staff_only
from minka.core.tones import register_tones
from minka.core.verbs import register_verbs


class InnovationConfig(AppConfig):
    """Problems, their rating, challenges, proposals, evaluations and decisions."""

    name = "minka.innovation"
    label = "innovation"
    verbose_name = _("Innovation")

    def ready(self) -> None:
        """Put the pages on the rail and say how the states look."""
        import minka.innovation.forms.browser_sealed  # noqa: F401 -- says how opened fields are read
        from minka.innovation.verbs import VERBS

        register_verbs(VERBS)
        _register_veils()
        _register_problems()
        _register_proposals()
        _register_with_the_map()


def _register_veils() -> None:
    """Say what of the ledger and of an inbox somebody may not learn, yet or any more."""
    from minka.core.ledger_veil import register_veil
    from minka.core.withheld import register_closing
    from minka.innovation.queries.veils import (
        acts_of_evaluations,
        acts_of_sealed,
        closed_subjects,
    )

    register_veil("innovation.sealed", acts_of_sealed)
    register_veil("innovation.conflicts", acts_of_evaluations)
    register_closing("innovation.conflicts", closed_subjects)


def _register_problems() -> None:
    """Pages and states from the problem to the public challenge."""
    from minka.innovation.rules import acts_for_any_company, represents_any

    def has_problems(user: Any) -> bool:
        return staff_only(user) or bool(acts_for_any_company(user))

    def rates(user: Any) -> bool:
        return bool(represents_any(user))

    line, team = Line.INNOVATION, Line.TEAM
    for entry in (
        Entry(line, _("Challenges"), "innovation:challenges", "target", anyone, bar=True, order=10),
        Entry(line, _("Problems"), "innovation:problems", "pickaxe", has_problems, order=20),
        Entry(line, _("Rate problems"), "innovation:ratings", "star", rates, order=30),
        Entry(line, _("Shortlist"), "innovation:shortlist", "list-checks", staff_only, order=40),
        Entry(
            line,
            _("Challenges in preparation"),
            "innovation:challenges_draft",
            "megaphone",
            staff_only,
            order=50,
        ),
        Entry(team, _("Editions"), "innovation:editions", "calendar", staff_only, order=40),
    ):
        register(entry)
    register_tones(
        {
            "needs_information": (Tone.WARN, "circle-help"),
            "challenged": (Tone.OK, "target"),
            "declined": (Tone.NEUTRAL, "circle-x"),
            "merged": (Tone.NEUTRAL, "handshake"),
            "asking": (Tone.INFO, "clock"),
            "agreed": (Tone.OK, "handshake"),
            "upcoming": (Tone.INFO, "calendar"),
            "decided": (Tone.ACTIVE, "gavel"),
        }
    )


def _register_proposals() -> None:
    """Pages and states from the first draft of a proposal to the decision on it."""
    from minka.core.rules import is_committee
    from minka.innovation.rules import evaluates

    def evaluates_anything(user: Any) -> bool:
        return bool(evaluates(user))

    def sits_or_runs(user: Any) -> bool:
        return staff_only(user) or bool(is_committee(user)) or evaluates_anything(user)

    def answers_appeals(user: Any) -> bool:
        return staff_only(user) or bool(is_committee(user))

    line = Line.INNOVATION
    for entry in (
        Entry(line, _("Agreements"), "innovation:agreements", "handshake", signed_in, order=80),
        Entry(
            line, _("Programme"), "innovation:programme", "chart-no-axes-column", anyone, order=90
        ),
        Entry(line, _("Proposals"), "innovation:proposals", "send", signed_in, order=60),
        Entry(
            line,
            _("Evaluations"),
            "innovation:evaluations",
            "clipboard-check",
            evaluates_anything,
            order=70,
        ),
        Entry(line, _("Panel sessions"), "innovation:panels", "gavel", sits_or_runs, order=80),
        Entry(line, _("Appeals"), "innovation:appeals", "mail", answers_appeals, order=90),
        Entry(Line.TEAM, _("Evaluators"), "innovation:evaluators", "users", staff_only, order=50),
    ):
        register(entry)
    register_tones(
        {
            "cleared": (Tone.ACTIVE, "clipboard-list"),
            "conflicted": (Tone.WARN, "scale"),
            "scored": (Tone.OK, "clipboard-check"),
            "in_force": (Tone.OK, "handshake"),
            "cancelled": (Tone.NEUTRAL, "circle-x"),
            "writing": (Tone.NEUTRAL, "pencil"),
            "approving": (Tone.ACTIVE, "clock"),
            "signing": (Tone.ACTIVE, "pencil"),
            "signed": (Tone.OK, "circle-check"),
            "reported": (Tone.ACTIVE, "clipboard-list"),
            "dropped": (Tone.NEUTRAL, "circle-x"),
            "invoiced": (Tone.ACTIVE, "file-text"),
            "paid": (Tone.OK, "circle-check"),
            "met": (Tone.OK, "circle-check"),
            "not_met": (Tone.DANGER, "circle-alert"),
            "happened": (Tone.WARN, "circle-alert"),
            "asked": (Tone.WARN, "circle-help"),
            "forwarded": (Tone.INFO, "send"),
            "shown": (Tone.OK, "check"),
            "preparing": (Tone.NEUTRAL, "pencil"),
            "called": (Tone.INFO, "calendar"),
            "resolved": (Tone.OK, "gavel"),
            "postponed": (Tone.WARN, "clock"),
            "carried": (Tone.OK, "circle-check"),
            "tied": (Tone.WARN, "scale"),
            "lost": (Tone.NEUTRAL, "circle-x"),
            "fixed": (Tone.OK, "lock"),
            "received": (Tone.INFO, "inbox"),
            "in_review": (Tone.ACTIVE, "eye"),
            "answered": (Tone.OK, "mail"),
            "upheld": (Tone.OK, "circle-check"),
            "partly": (Tone.OK, "scale"),
            "dismissed": (Tone.NEUTRAL, "circle-x"),
            "explained": (Tone.INFO, "info"),
        }
    )


def _register_with_the_map() -> None:
    """What concept pages count of this line, and what it holds of a person."""
    from minka.core.notices import register_way_out
    from minka.core.personal import Holding, register_holding
    from minka.innovation.actions.personal import forget
    from minka.innovation.notices.followers import NEWS, way_out_of_following
    from minka.innovation.queries.demand import needs_of_challenges, needs_of_problems
    from minka.innovation.queries.personal import own_papers
    from minka.innovation.queries.theme_use import challenge_counts, challenges_url
    from minka.knowledge.queries.demand import DemandProvider, register_demand
    from minka.knowledge.queries.themes import ThemeUse, register_theme_use

    use = ThemeUse(_("Challenges"), challenge_counts, challenges_url)
    register_theme_use("innovation.challenges", use)
    register_holding("innovation", Holding(own_papers, forget))
    register_way_out(NEWS, way_out_of_following)
    register_demand("challenges", DemandProvider(_("Challenges"), needs_of_challenges))
    register_demand("problems", DemandProvider(_("Problems"), needs_of_problems))
