"""Lives of agreements, their texts, milestones, reports and payments: what may follow what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementKind(models.TextChoices):
    """What the parties agree on."""

    NDA = "nda", _("Confidentiality agreement")
    PILOT = "pilot", _("Pilot")
    CO_DEVELOPMENT = "co_development", _("Co-development")
    PURCHASE = "purchase", _("Purchase contract")
    LICENCE = "licence", _("Licence")


TRIALS = frozenset({AgreementKind.PILOT, AgreementKind.CO_DEVELOPMENT})
CONTRACTS = frozenset({AgreementKind.PURCHASE, AgreementKind.LICENCE})


class AgreementState(models.TextChoices):
    """From a draft to its outcome."""

    DRAFT = "draft", _("Being prepared")
    IN_FORCE = "in_force", _("In force")
    CLOSED = "closed", _("Closed with its outcome")
    CANCELLED = "cancelled", _("Given up before it was signed")


AGREEMENT_REACHED_FROM = {
    AgreementState.IN_FORCE: {AgreementState.DRAFT},
    AgreementState.CLOSED: {AgreementState.IN_FORCE},
    AgreementState.CANCELLED: {AgreementState.DRAFT},
}


class TextState(models.TextChoices):
    """The text that is worked on: the first one, or that of an amendment."""

    WRITING = "writing", _("Being written")
    APPROVING = "approving", _("Being approved by the parties")
    SIGNING = "signing", _("Being signed")
    SIGNED = "signed", _("Signed by all")


TEXT_REACHED_FROM = {
    TextState.WRITING: {TextState.APPROVING, TextState.SIGNING, TextState.SIGNED},
    TextState.APPROVING: {TextState.WRITING},
    TextState.SIGNING: {TextState.APPROVING},
    TextState.SIGNED: {TextState.SIGNING, TextState.WRITING},  # or an amendment is given up
}


class PartyRole(models.TextChoices):
    """As what an organisation is party to an agreement."""

    COMPANY = "company", _("Mining company")
    SOLVER = "solver", _("Supplier")
    CLUSTER = "cluster", _("Cluster")


class SeatKind(models.TextChoices):
    """In whose name a text is approved."""

    USER_AREA = "user_area", _("User area")
    REPRESENTATIVE = "representative", _("Representative")
    TEAM = "team", _("Cluster team")


class MilestoneState(models.TextChoices):
    """A milestone is reported by the supplier and answered by the user area."""

    PLANNED = "planned", _("Planned ahead")
    REPORTED = "reported", _("Report waiting for an answer")
    RETURNED = "returned", _("Report returned")
    ACCEPTED = "accepted", _("Accepted as done")
    DROPPED = "dropped", _("Dropped")


MILESTONE_REACHED_FROM = {
    MilestoneState.REPORTED: {MilestoneState.PLANNED, MilestoneState.RETURNED},
    MilestoneState.RETURNED: {MilestoneState.REPORTED},
    MilestoneState.ACCEPTED: {MilestoneState.REPORTED},
    MilestoneState.DROPPED: {MilestoneState.PLANNED, MilestoneState.RETURNED},
}
MILESTONE_OPEN = frozenset({MilestoneState.PLANNED, MilestoneState.RETURNED})


class ReportState(models.TextChoices):
    """A report on a milestone; a returned one stays as it was and a revision follows it."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted as done")


REPORT_REACHED_FROM = {
    ReportState.SUBMITTED: {ReportState.DRAFT},
    ReportState.RETURNED: {ReportState.SUBMITTED},
    ReportState.ACCEPTED: {ReportState.SUBMITTED},
}


class PaymentState(models.TextChoices):
    """A payment is planned, invoiced by the supplier and paid by the company."""

    PLANNED = "planned", _("Planned ahead")
    INVOICED = "invoiced", _("Invoiced")
    PAID = "paid", _("Paid")


PAYMENT_REACHED_FROM = {
    PaymentState.INVOICED: {PaymentState.PLANNED},
    PaymentState.PAID: {PaymentState.INVOICED},
}


class RiskState(models.TextChoices):
    """What became of something that could go wrong."""

    OPEN = "open", _("Open")
    HAPPENED = "happened", _("Happened")
    OVER = "over", _("Over")


RISK_REACHED_FROM = {
    RiskState.HAPPENED: {RiskState.OPEN},
    RiskState.OVER: {RiskState.OPEN, RiskState.HAPPENED},
}


class HseState(models.TextChoices):
    """Whether a condition of health, safety and environment is met."""

    PENDING = "pending", _("Not checked yet")
    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")


class AgreementOutcome(models.TextChoices):
    """How an agreement ended."""

    CONTRACT = "contract", _("A contract follows")
    SCALE_UP = "scale_up", _("It is scaled up")
    DONE = "done", _("Fulfilled, nothing follows")
    STOPPED = "stopped", _("Stopped")


SUCCEEDED = frozenset({AgreementOutcome.CONTRACT, AgreementOutcome.SCALE_UP})


class Moment(models.TextChoices):
    """Before or after the work of an agreement."""

    BEFORE = "before", _("Before")
    AFTER = "after", _("After")


class Side(models.TextChoices):
    """Who writes a lesson."""

    SOLVER = "solver", _("Supplier")
    USER_AREA = "user_area", _("User area")
