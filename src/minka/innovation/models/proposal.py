"""A proposal answers one challenge on behalf of one lead organisation."""

import uuid
from collections.abc import Collection
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from minka.innovation.models.locked_words import WORDS, lock, unlock
from minka.innovation.models.proposal_parts import AnsweredPart, ProposalPart
from minka.innovation.states import OpeningFailure, Trl
from minka.innovation.states import ProposalState as S

NO_WORDS = Q(
    title="",
    summary="",
    approach="",
    evidence="",
    team="",
    requested_usd__isnull=True,
    duration_months__isnull=True,
    trl_now__isnull=True,
    trl_after__isnull=True,
    public_summary="",
    answers__isnull=True,
    budget__isnull=True,
    timeline__isnull=True,
    people__isnull=True,
    references__isnull=True,
)

NO_ECONOMIC_WORDS = Q(requested_usd__isnull=True, budget__isnull=True)


class Proposal(models.Model):
    """Change `state` only through `minka.innovation.actions.proposals`.

    In a sealed call the columns of its words stay empty until the opening (`is_sealed`), which the
    database itself holds to. What is being written lies in `locked`, locked with a key that the
    database does not have, and appears in the fields of whoever loads the row.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    challenge = models.ForeignKey("innovation.Challenge", models.PROTECT, related_name="proposals")
    lead = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="proposals")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    approach = models.TextField(_("what you propose and how it works"), blank=True)
    evidence = models.TextField(_("evidence that it works"), blank=True)
    team = models.TextField(_("team"), blank=True)
    public_summary = models.TextField(_("public summary"), blank=True)
    answers = models.JSONField(_("answers"), null=True, blank=True)
    budget = models.JSONField(_("budget"), null=True, blank=True)
    timeline = models.JSONField(_("timeline"), null=True, blank=True)
    people = models.JSONField(_("people of the team"), null=True, blank=True)
    references = models.JSONField(_("references"), null=True, blank=True)
    requested_usd = models.DecimalField(
        _("amount requested (US$)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    duration_months = models.PositiveSmallIntegerField(
        _("duration (months)"), null=True, blank=True
    )
    trl_now = models.PositiveSmallIntegerField(_("TRL today"), null=True, blank=True)
    trl_after = models.PositiveSmallIntegerField(_("TRL at the end"), null=True, blank=True)
    language = models.CharField(max_length=2, default="es")
    state = models.CharField(max_length=10, choices=S.choices, default=S.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_sealed = models.BooleanField(default=False)
    locked = models.BinaryField(default=bytes, blank=True)
    rewriting_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    opening_failure = models.CharField(max_length=20, choices=OpeningFailure.choices, blank=True)
    economic_sealed = models.BooleanField(default=False)
    economic_failure = models.CharField(max_length=20, choices=OpeningFailure.choices, blank=True)
    ineligible_at = models.DateTimeField(null=True, blank=True)

    is_damaged = False  # a row that was read, and whose locked words do not open

    class Meta:
        verbose_name = _("proposal")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "lead"],
                condition=~Q(state=S.WITHDRAWN),
                name="proposal_one_live_per_lead",
                violation_error_message=_("This organisation already has a live proposal here."),
            ),
            models.CheckConstraint(
                condition=Q(requested_usd__isnull=True) | Q(requested_usd__gt=0),
                name="proposal_usd_positive",
            ),
            models.CheckConstraint(
                condition=Q(trl_now__isnull=True) | Q(trl_now__gte=1, trl_now__lte=9),
                name="proposal_trl_now_in_scale",
            ),
            models.CheckConstraint(
                condition=Q(trl_after__isnull=True) | Q(trl_after__gte=1, trl_after__lte=9),
                name="proposal_trl_after_in_scale",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.SUBMITTED)
                | Q(submitted_at__isnull=False)
                & (
                    Q(is_sealed=True)
                    | (Q(requested_usd__isnull=False) | Q(economic_sealed=True)) & ~Q(title="")
                ),
                name="proposal_complete_iff_submitted",
            ),
            models.CheckConstraint(
                condition=Q(economic_sealed=False) | NO_ECONOMIC_WORDS,
                name="proposal_sealed_shows_no_price",
            ),
            models.CheckConstraint(
                condition=Q(is_sealed=False) | NO_WORDS, name="proposal_sealed_shows_no_words"
            ),
            models.CheckConstraint(
                condition=Q(is_sealed=True) | Q(locked=b"", rewriting_at__isnull=True),
                name="proposal_locked_only_if_sealed",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.DRAFT) | Q(submitted_at__isnull=True),
                name="proposal_undated_while_draft",
            ),
        ]

    def __str__(self) -> str:
        if self.title:
            return self.title
        if self.is_sealed and self.state != S.DRAFT:
            return str(_("Sealed proposal"))
        return str(_("Untitled draft"))

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any
    ) -> Self:
        """Load a row; the words of a locked draft appear in their fields, and only in memory.

        Saving such an object is refused by the database: its words go back through the actions.
        One row whose words do not open says so (`is_damaged`), and keeps no other from being read.
        """
        found = super().from_db(db, field_names, values, **more)
        loaded = found.__dict__
        # one that could not be opened is read by others than its own people: not by this way
        failed = loaded.get("opening_failure")
        if loaded.get("is_sealed") and loaded.get("locked") and not failed:
            try:
                loaded.update(unlock(bytes(found.locked), belongs_to=found.public_id))
            except ValueError:
                found.is_damaged = True
        return found

    def locked_with(self, values: dict[str, Any]) -> bytes:
        """Return its words with these in their place, locked as a draft is kept."""
        words = {name: values.get(name, getattr(self, name)) for name in WORDS}
        return lock(words, belongs_to=self.public_id)

    @property
    def is_writable(self) -> bool:
        """True for a draft, and while what was sealed is written anew: that one still counts."""
        return self.state == S.DRAFT or self.is_being_replaced

    @property
    def is_being_replaced(self) -> bool:
        """True while another text is written than the sealed one that counts."""
        return self.state == S.SUBMITTED and self.rewriting_at is not None

    @property
    def shows_words(self) -> bool:
        """True when there is something to read here: a draft, a kept copy, or what was opened."""
        if self.opening_failure:
            return False
        return not self.is_sealed or bool(self.locked) or self.is_writable

    def words(self) -> dict[str, Any]:
        """Return all that is written in it, by its columns."""
        return {name: getattr(self, name) for name in WORDS}

    def answered(self) -> list[AnsweredPart]:
        """Return the parts that its challenge asks for, with what it says to each."""
        return [self.answer_to(part) for part in self.challenge.parts]

    def answer_to(self, part: ProposalPart) -> AnsweredPart:
        """Return what it says to one part."""
        if part.is_table:
            return AnsweredPart(part, lines=getattr(self, part.key) or ())
        if part.key in WORDS:
            return AnsweredPart(part, text=getattr(self, part.key))
        return AnsweredPart(part, text=(self.answers or {}).get(part.key, ""))

    @property
    def trl_now_name(self) -> str:
        """What the readiness level of today means."""
        return str(Trl(self.trl_now).label) if self.trl_now else ""

    @property
    def trl_after_name(self) -> str:
        """What the readiness level at the end means."""
        return str(Trl(self.trl_after).label) if self.trl_after else ""


class Attachment(models.Model):
    """A file that belongs to a proposal.

    Of a draft of a sealed call `file` is locked, and `locked` says what it is called and holds.
    One that is economic opens with the economic parts, when its call says so.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments")
    file = models.OneToOneField("core.StoredFile", models.PROTECT, related_name="+")
    locked = models.BinaryField(default=bytes, blank=True)
    is_economic = models.BooleanField(default=False)
    attached_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)

    @cached_property
    def details(self) -> dict[str, Any]:
        """What the file is called, its kind, its size in bytes and SHA-256, locked or not."""
        if self.locked:
            return unlock(bytes(self.locked), belongs_to=self.file.uid)
        names = ("name", "media_type", "size_bytes", "sha256")
        return {name: getattr(self.file, name) for name in names}


class Receipt(models.Model):
    """What the solver holds in hand after submitting; one for every time it was handed in."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="receipts")
    number = models.CharField(max_length=20, unique=True)
    issued_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    content_sha256 = models.CharField(max_length=64)
    parts = models.JSONField(default=list)
    ledger_position = models.BigIntegerField()
    signed = models.TextField(blank=True)

    class Meta:
        verbose_name = _("receipt")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__lt=models.F("deadline_at")), name="receipt_in_time"
            ),
        ]

    def __str__(self) -> str:
        return self.number
