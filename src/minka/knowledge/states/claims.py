"""Who says what of a profile, and how that is asked and proved."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClaimMethod(models.TextChoices):
    """How somebody proves that a profile is their organisation's."""

    EMAIL = "email", _("E-mail at the organisation's domain")
    DOCUMENT = "document", _("Document that the cluster team checks")
    TRANSFER = "transfer", _("Handed over by the former owner")


class ClaimState(models.TextChoices):
    """Life of a claim; `disputed` waits for the team, because somebody owns the profile."""

    REQUESTED = "requested", _("Waiting for an answer")
    PROVING = "proving", _("Waiting for the code")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    DISPUTED = "disputed", _("In dispute")
    WITHDRAWN = "withdrawn", _("Withdrawn")


CLAIM_OPEN = (ClaimState.REQUESTED, ClaimState.PROVING, ClaimState.DISPUTED)


CLAIM_REACHED_FROM = {
    ClaimState.REQUESTED: {ClaimState.PROVING},
    ClaimState.PROVING: {ClaimState.REQUESTED},
    ClaimState.GRANTED: set(CLAIM_OPEN),
    ClaimState.REFUSED: set(CLAIM_OPEN),
    ClaimState.DISPUTED: {ClaimState.REQUESTED, ClaimState.PROVING, ClaimState.GRANTED},
    ClaimState.WITHDRAWN: {*CLAIM_OPEN, ClaimState.GRANTED},
}


class Voice(models.TextChoices):
    """Who says what a field holds."""

    CLAIM = "claim", _("The organisation")
    PERSON = "person", _("A member")
    TEAM = "team", _("Cluster team")
    CORRECTION = "correction", _("An accepted correction")


class CorrectionState(models.TextChoices):
    """Life of a proposed correction; that of a visitor first waits for a click in a letter."""

    UNCHECKED = "unchecked", _("E-mail not confirmed")
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


CORRECTION_OPEN = (CorrectionState.UNCHECKED, CorrectionState.PROPOSED)
CORRECTION_REACHED_FROM = {
    CorrectionState.PROPOSED: {CorrectionState.UNCHECKED},
    CorrectionState.ACCEPTED: set(CORRECTION_OPEN),
    CorrectionState.REFUSED: set(CORRECTION_OPEN),
    CorrectionState.WITHDRAWN: set(CORRECTION_OPEN),
}


class Freshness(models.TextChoices):
    """What an organisation answered to “is this still right?”."""

    WAITING = "waiting", _("Waiting for an answer")
    CONFIRMED = "confirmed", _("Still right")
    CHANGED = "changed", _("Something has changed")


class Origin(models.TextChoices):
    """Who says something of an actor, from the strongest to the weakest."""

    CLAIM = "claim", _("The organisation")
    STAFF = "staff", _("The cluster team")
    SOURCE = "source", _("A source")
