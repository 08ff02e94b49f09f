"""The core as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from minka.core.navigation import Entry, Line, register, signed_in, staff_only


class CoreConfig(AppConfig):
    """People, ledger, notices, files: what every line stands on."""

    name = "minka.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        """Guard the ledger after every migrate and put the core's pages on the rail."""
        from minka.core.ledger import guard_ledger
        from minka.core.queries.notices import unread_count
        from minka.core.rules import is_auditor

        post_migrate.connect(guard_ledger, sender=self)

        def unread(user: Any) -> int:
            return unread_count(viewer=user) if user.is_authenticated else 0

        def reads_ledger(user: Any) -> bool:
            return staff_only(user) or is_auditor(user)

        for entry in (
            Entry(Line.MINE, _("Notices"), "core:notices", "bell", signed_in, unread, order=20),
            Entry(Line.TEAM, _("People"), "core:people", "users", staff_only, order=80),
            Entry(Line.TEAM, _("Ledger"), "core:ledger", "shield-check", reads_ledger, order=90),
        ):
            register(entry)
