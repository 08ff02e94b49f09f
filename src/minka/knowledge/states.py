"""Choices and tables of transitions of the ecosystem map. A leaf: imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActorKind(models.TextChoices):
    """What an organisation is in the cluster; the concepts of the thesaurus under “actor types”."""

    MINING_COMPANY = "mining_company", _("Mining company")
    SUPPLIER = "supplier", _("Mining supplier")
    UNIVERSITY = "university", _("University")
    RESEARCH_CENTRE = "research_centre", _("R&D centre")
    CENTRE_OF_EXCELLENCE = "centre_of_excellence", _("Centre of excellence")
    TRADE_ASSOCIATION = "trade_association", _("Trade association")
    CHAMBER = "chamber", _("Chamber of commerce")
    GOVERNMENT = "government", _("Government entity")
    MULTILATERAL = "multilateral", _("Multilateral organisation")
    INCUBATOR = "incubator", _("Incubator or accelerator")
    FUND = "fund", _("Investment fund")
    COMMUNITY = "community", _("Peasant community")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    CLUSTER = "cluster", _("Cluster organisation")
    OTHER = "other", _("Other")


class MemberRole(models.TextChoices):
    """What a person is inside one organisation."""

    REPRESENTATIVE = "representative", _("Company representative")
    USER_AREA = "user_area", _("User area")
    MEMBER = "member", _("Organisation member")


class MembershipState(models.TextChoices):
    """A membership asked for by a stranger waits for somebody who may answer."""

    REQUESTED = "requested", _("Waiting for an answer")
    ACTIVE = "active", _("Active")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Ended")


MEMBERSHIP_REACHED_FROM = {
    MembershipState.ACTIVE: {MembershipState.REQUESTED},
    MembershipState.REFUSED: {MembershipState.REQUESTED},
    MembershipState.ENDED: {MembershipState.ACTIVE},
}


class PlaceLevel(models.TextChoices):
    """Levels of the gazetteer."""

    COUNTRY = "country", _("Country")
    DEPARTMENT = "department", _("Region")
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")


class NameKind(models.TextChoices):
    """Why an organisation is also called this."""

    TRADE = "trade", _("Trade name")
    ALIAS = "alias", _("Also known as")
    ACRONYM = "acronym", _("Acronym")
    FORMER = "former", _("Former name")


class ImportState(models.TextChoices):
    """Life of one import of one sheet."""

    UPLOADED = "uploaded", _("Columns to confirm")
    QUEUED = "queued", _("Waiting to start")
    RUNNING = "running", _("Importing")
    DONE = "done", _("Finished")
    FAILED = "failed", _("Stopped by an error")
    DISCARDED = "discarded", _("Discarded")


IMPORT_REACHED_FROM = {
    ImportState.QUEUED: {ImportState.UPLOADED, ImportState.FAILED},
    ImportState.RUNNING: {ImportState.QUEUED, ImportState.RUNNING},
    ImportState.DONE: {ImportState.RUNNING},
    ImportState.FAILED: {ImportState.QUEUED, ImportState.RUNNING},
    ImportState.DISCARDED: {ImportState.UPLOADED, ImportState.FAILED},
}
