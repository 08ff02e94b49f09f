"""Life of a letter that asks somebody without an account to propose together."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterEnd(models.TextChoices):
    """What became of a letter that asks for a partner."""

    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    TAKEN_BACK = "taken_back", _("Taken back")
    EXPIRED = "expired", _("Expired")
