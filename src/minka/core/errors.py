"""Errors of the domain: a stable code, an HTTP status and a sentence that a person understands.

Web pages, the JSON API and the command line show the same error in their own form.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Message = str | Promise


class DomainError(Exception):
    """Something a person asked for cannot be done, and the message says why and what to do."""

    code = "error"
    status = 400
    default: Message = _("This cannot be done.")

    def __init__(
        self, message: Message = "", *, fields: Mapping[str, Message] | None = None
    ) -> None:
        """Keep the message (the class's default when empty) and what is wrong with each field."""
        self.message: Message = message or self.default
        self.fields: dict[str, Message] = dict(fields or {})
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(DomainError):
    """The person is known, but this is not theirs to do."""

    code = "not_allowed"
    status = 403
    default = _("You do not have permission to do this.")


class NotFound(DomainError):
    """There is no such thing, or the person may not know that there is."""

    code = "not_found"
    status = 404
    default = _("This page does not exist")


class WrongState(DomainError):
    """The thing has moved on, or its time has passed."""

    code = "wrong_state"
    status = 409
    default = _("This has changed in the meantime; reload the page.")


class Conflict(DomainError):
    """Somebody else saved first."""

    code = "conflict"
    status = 409
    default = _("Somebody else saved a newer version. Yours has been kept on this device.")


class TooOften(DomainError):
    """More was sent from one place than a person sends."""

    code = "too_often"
    status = 429
    default = _("This was sent too often; try again later.")


class InvalidInput(DomainError):
    """What was given cannot be used; `fields` says what is wrong where."""

    code = "invalid_input"
    status = 422
    default = _("Please check what you entered.")


class TooLarge(InvalidInput):
    """A file or a text is larger than the installation accepts."""

    code = "too_large"
    status = 413
    default = _("This is larger than what can be received here.")
