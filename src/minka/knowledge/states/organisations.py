"""What an organisation is, who belongs to it, and where it is."""

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
    CITY = "city", _("City")
    STATE = "state", _("Region abroad")


class NameKind(models.TextChoices):
    """Why an organisation is also called this."""

    TRADE = "trade", _("Trade name")
    ALIAS = "alias", _("Also known as")
    ACRONYM = "acronym", _("Acronym")
    FORMER = "former", _("Former name")


class SizeBand(models.TextChoices):
    """How large an organisation is, by the people who work in it."""

    MICRO = "micro", _("1 to 10 people")
    SMALL = "small", _("11 to 50 people")
    MEDIUM = "medium", _("51 to 250 people")
    LARGE = "large", _("251 to 1,000 people")
    VERY_LARGE = "very_large", _("More than 1,000 people")


class SiteKind(models.TextChoices):
    """What an organisation does at a place."""

    HEAD_OFFICE = "head_office", _("Head office")
    BRANCH = "branch", _("Branch")
    OPERATION = "operation", _("Operation")


class ContactKind(models.TextChoices):
    """By what one is reached."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    OTHER = "other", _("Other")


class Visibility(models.TextChoices):
    """Who sees a contact."""

    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("Members of the organisation")
    STAFF = "staff", _("Cluster team")


class ActorState(models.TextChoices):
    """An actor that was found to be another one is kept, so that its id leads there for ever."""

    LIVE = "live", _("Live")
    MERGED = "merged", _("Joined to another")
