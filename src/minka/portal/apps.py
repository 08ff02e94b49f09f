"""The portal as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from minka.core.navigation import Entry, Line, anyone, register, signed_in


class PortalConfig(AppConfig):
    """Home, my work and search: composes the lines, owns no model."""

    name = "minka.portal"
    label = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        """Put the portal's pages on the rail."""
        register(Entry(Line.HOME, _("Home"), "portal:home", "house", anyone, bar=True, order=10))
        register(
            Entry(
                Line.MINE, _("My work"), "portal:work", "list-checks", signed_in, bar=True, order=10
            )
        )
