"""What the acts of the ledger are called on screen; the lines register theirs when ready."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

_words: dict[str, Words] = {
    "core.erasure_carry_out": _("erased a person's data"),
    "core.erasure_refuse": _("refused to erase a person's data"),
    "core.erasure_request": _("asked to have their data erased"),
    "core.person_export": _("took a copy of their own data"),
    "core.role_grant": _("gave a role"),
    "core.role_revoke": _("took a role back"),
}


def register_verbs(words: Mapping[str, Words]) -> None:
    """Say what acts are called; registering twice changes nothing."""
    _words.update(words)


def verb_words(verb: str) -> Words:
    """Return what an act is called, or its code where nobody has named it."""
    return _words.get(verb, verb)
