"""Choices of the core. A leaf: imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is for the whole cluster; roles in an organisation are memberships."""

    STAFF = "staff", _("Cluster team")
    COMMITTEE = "committee", _("Steering committee")
    EVALUATOR = "evaluator", _("Evaluator")
    AUDITOR = "auditor", _("Auditor")


class Delivery(models.TextChoices):
    """Where the e-mail of a notice stands."""

    PENDING = "pending", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    UNCERTAIN = "uncertain", _("Handed to the mail server, answer lost")
    WITHHELD = "withheld", _("Not sent: its reader may not know it any more")


class ErasureState(models.TextChoices):
    """Life of a request to be forgotten."""

    REQUESTED = "requested", _("Waiting for an answer")
    DONE = "done", _("Carried out")
    REFUSED = "refused", _("Refused")
