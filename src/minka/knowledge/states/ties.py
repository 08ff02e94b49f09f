"""Ties between organisations and their sheets."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RelationKind(models.TextChoices):
    """What one organisation is to another."""

    SUPPLIES = "supplies", _("supplies")
    MEMBER_OF = "member_of", _("is a member of")
    PARTNER_IN = "partner_in", _("is a partner of")
    SUBSIDIARY_OF = "subsidiary_of", _("is a subsidiary of")
    FUNDS = "funds", _("funds")
    TRAINS = "trains", _("trains")
    CERTIFIES = "certifies", _("certifies")
    RESEARCHES_WITH = "researches_with", _("researches with")
    PROPOSES_WITH = "proposes_with", _("proposes with")
    CONTRACTED_BY = "contracted_by", _("is contracted by")


RELATION_BOTH_WAYS = frozenset(
    {RelationKind.PARTNER_IN, RelationKind.RESEARCHES_WITH, RelationKind.PROPOSES_WITH}
)


RELATION_INWARD = {  # the same ties as the other end would say them
    RelationKind.SUPPLIES: _("is supplied by"),
    RelationKind.MEMBER_OF: _("has as a member"),
    RelationKind.PARTNER_IN: _("is a partner of"),
    RelationKind.SUBSIDIARY_OF: _("has as a subsidiary"),
    RelationKind.FUNDS: _("is funded by"),
    RelationKind.TRAINS: _("is trained by"),
    RelationKind.CERTIFIES: _("is certified by"),
    RelationKind.RESEARCHES_WITH: _("researches with"),
    RelationKind.PROPOSES_WITH: _("proposes with"),
    RelationKind.CONTRACTED_BY: _("contracts"),
}


class RelationOrigin(models.TextChoices):
    """How a tie became known."""

    ENTERED = "entered", _("Entered by hand")
    IMPORTED = "imported", _("From a sheet")
    BORN = "born", _("Born in the platform")


class RelationState(models.TextChoices):
    """A tie stands until somebody withdraws it; it is never deleted."""

    STANDING = "standing", _("Stands")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class TieImportState(models.TextChoices):
    """A sheet of ties is looked at, taken, and can be taken back."""

    CHECKED = "checked", _("Looked at, not taken yet")
    TAKEN = "taken", _("Taken")
    UNDONE = "undone", _("Taken back")


class TieRowState(models.TextChoices):
    """What was made of a row."""

    READY = "ready", _("Recognised")
    AMBIGUOUS = "ambiguous", _("Several could be meant")
    UNKNOWN = "unknown", _("Not on the map")
    FAULTY = "faulty", _("Cannot be read")
    KNOWN = "known", _("Known already")
    TAKEN = "taken", _("Tie taken")
