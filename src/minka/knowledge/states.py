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
    CITY = "city", _("City")


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
    CANCELLED = "cancelled", _("Cancelled")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


IMPORT_REACHED_FROM = {
    ImportState.QUEUED: {
        ImportState.UPLOADED,
        ImportState.FAILED,
        ImportState.CANCELLED,
        ImportState.UNDONE,
    },
    ImportState.RUNNING: {ImportState.QUEUED, ImportState.RUNNING},
    ImportState.DONE: {ImportState.RUNNING},
    ImportState.FAILED: {ImportState.QUEUED, ImportState.RUNNING},
    ImportState.DISCARDED: {ImportState.UPLOADED, ImportState.FAILED},
    ImportState.CANCELLED: {ImportState.QUEUED, ImportState.RUNNING},
    ImportState.UNDOING: {
        ImportState.DONE,
        ImportState.FAILED,
        ImportState.CANCELLED,
        ImportState.UNDOING,
    },
    ImportState.UNDONE: {ImportState.UNDOING},
}


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
    """Life of a proposed correction."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


CORRECTION_REACHED_FROM = {
    CorrectionState.ACCEPTED: {CorrectionState.PROPOSED},
    CorrectionState.REFUSED: {CorrectionState.PROPOSED},
    CorrectionState.WITHDRAWN: {CorrectionState.PROPOSED},
}


class Freshness(models.TextChoices):
    """What an organisation answered to “is this still right?”."""

    WAITING = "waiting", _("Waiting for an answer")
    CONFIRMED = "confirmed", _("Still right")
    CHANGED = "changed", _("Something has changed")


class ActorState(models.TextChoices):
    """An actor that was found to be another one is kept, so that its id leads there for ever."""

    LIVE = "live", _("Live")
    MERGED = "merged", _("Joined to another")


class StepKind(models.TextChoices):
    """What resolution does to actors."""

    MERGE = "merge", _("Joined")
    SPLIT = "split", _("Taken apart")


class PairVerdict(models.TextChoices):
    """Whether two actors are one organisation."""

    WAITING = "waiting", _("Waiting")
    SAME = "same", _("The same")
    DIFFERENT = "different", _("Different")
    UNSURE = "unsure", _("Not known")


class AuditBand(models.TextChoices):
    """Why a pair is asked only to measure: it was joined alone, or was left apart."""

    NONE = "", _("Not part of a sample")
    JOINED = "joined", _("Sample of what was joined")
    APART = "apart", _("Sample of what was left apart")


class Origin(models.TextChoices):
    """Who says something of an actor, from the strongest to the weakest."""

    CLAIM = "claim", _("The organisation")
    STAFF = "staff", _("The cluster team")
    SOURCE = "source", _("A source")


class SurveyState(models.TextChoices):
    """Life of a survey: its questions are written, then fixed while waves ask them."""

    DRAFT = "draft", _("Being written")
    READY = "ready", _("Ready to be asked")
    RETIRED = "retired", _("No longer asked")


SURVEY_REACHED_FROM = {
    SurveyState.READY: {SurveyState.DRAFT, SurveyState.RETIRED},
    SurveyState.DRAFT: {SurveyState.READY},  # while nobody was asked
    SurveyState.RETIRED: {SurveyState.READY},
}


class QuestionKind(models.TextChoices):
    """What an answer looks like."""

    SHORT_TEXT = "short_text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    WHOLE_NUMBER = "whole_number", _("Whole number")
    NUMBER = "number", _("Number with decimals")
    YES_NO = "yes_no", _("Yes or no")
    ONE_OF = "one_of", _("One of several")
    SOME_OF = "some_of", _("Any of several")
    SCALE = "scale", _("Scale from 1 to 5")
    DATE = "date", _("Date")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    WEBSITE = "website", _("Website")
    REGION = "region", _("Region")
    THEMES = "themes", _("Themes of the thesaurus")


CHOICE_KINDS = (QuestionKind.ONE_OF, QuestionKind.SOME_OF)


class ConditionTest(models.TextChoices):
    """When a question is asked, by the answer to an earlier one."""

    IS = "is", _("is")
    IS_NOT = "is_not", _("is not")
    AT_LEAST = "at_least", _("is at least")
    AT_MOST = "at_most", _("is at most")
    ANSWERED = "answered", _("has an answer")


class WaveState(models.TextChoices):
    """Life of one time that a survey is asked."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Being answered")
    CLOSED = "closed", _("Closed")


WAVE_REACHED_FROM = {
    WaveState.OPEN: {WaveState.PLANNED, WaveState.CLOSED},
    WaveState.CLOSED: {WaveState.OPEN},
}


class ResponseState(models.TextChoices):
    """How far one organisation has come with its questionnaire."""

    INVITED = "invited", _("Invited")
    STARTED = "started", _("Begun")
    FINISHED = "finished", _("Finished")
    REFUSED = "refused", _("Does not want to answer")
    UNREACHED = "unreached", _("Could not be reached")


RESPONSE_REACHED_FROM = {
    ResponseState.STARTED: {
        ResponseState.INVITED,
        ResponseState.REFUSED,
        ResponseState.UNREACHED,
        ResponseState.FINISHED,  # taken up again while the wave is open
    },
    ResponseState.FINISHED: {ResponseState.STARTED},
    ResponseState.REFUSED: {ResponseState.INVITED, ResponseState.STARTED},
    ResponseState.UNREACHED: {ResponseState.INVITED},
}


class AnswerWay(models.TextChoices):
    """By whose hand the answers came."""

    LINK = "link", _("By its personal link")
    INTERVIEWER = "interviewer", _("By an interviewer")
    SHEET = "sheet", _("From a filled sheet")


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


class BoundaryState(models.TextChoices):
    """How a set of boundaries stands. Of a country and level one set is in use."""

    DRAFT = "draft", _("Draft")
    LIVE = "live", _("In use")
    REPLACED = "replaced", _("Replaced")


BOUNDARY_LEVELS = (PlaceLevel.DEPARTMENT, PlaceLevel.PROVINCE, PlaceLevel.DISTRICT)


class LayerCategory(models.TextChoices):
    """What a layer of the map shows; each is drawn in its own way."""

    MINE = "mine", _("Mines and projects")
    PORT = "port", _("Ports")
    RAIL = "rail", _("Railways")
    CORRIDOR = "corridor", _("Corridors and roads")
    ENERGY = "energy", _("Energy and water")
    OTHER = "other", _("Other")


class AlertEvery(models.TextChoices):
    """How often somebody is told of what a saved search newly finds."""

    NEVER = "", _("Never")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every Monday")


class ExportState(models.TextChoices):
    """Life of a file that is made in the background."""

    QUEUED = "queued", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")
    EXPIRED = "expired", _("No longer kept")


class ReportAudience(models.TextChoices):
    """Who reads an edition of the report: it holds nothing that one of them may not see."""

    BOARD = "board", _("The board")
    PUBLIC = "public", _("Anybody")


class ReportState(models.TextChoices):
    """Life of a report that is written in the background."""

    QUEUED = "queued", _("Being written")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be written")


REPORT_REACHED_FROM = {
    ReportState.READY: {ReportState.QUEUED},
    ReportState.FAILED: {ReportState.QUEUED},
    ReportState.QUEUED: {ReportState.FAILED},
}
