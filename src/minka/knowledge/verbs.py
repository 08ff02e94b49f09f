"""What the acts of the map are called in the ledger."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "knowledge.actor_change": _("changed an organisation"),
    "knowledge.actor_create": _("created an organisation"),
    "knowledge.import_confirm": _("confirmed the columns of an import"),
    "knowledge.import_discard": _("discarded an import"),
    "knowledge.import_fail": _("stopped an import by an error"),
    "knowledge.import_finish": _("finished an import"),
    "knowledge.import_retry": _("took up an import again"),
    "knowledge.membership_accept": _("accepted a member"),
    "knowledge.membership_assign": _("registered a member"),
    "knowledge.membership_end": _("ended a membership"),
    "knowledge.membership_refuse": _("refused a member"),
    "knowledge.membership_request": _("asked to join an organisation"),
}
