from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "minka.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from minka.core.ledger import guard_ledger

        post_migrate.connect(guard_ledger, sender=self)
