"""One time that a survey is asked: who was invited, what they answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import ActorKind, AnswerWay, ResponseState, WaveState


class Wave(models.Model):
    """A survey asked once, between two dates. Changed only by `actions.waves`.

    `source` is under what the answers stand in profiles, as any other source does.
    """

    survey = models.ForeignKey("knowledge.Survey", models.PROTECT, related_name="waves")
    name = models.CharField(_("name of the wave"), max_length=120)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    reminder_days = models.JSONField(_("days after the invitation to remind"), default=list)
    state = models.CharField(max_length=8, choices=WaveState.choices, default=WaveState.PLANNED)
    looks = models.PositiveIntegerField(default=0)  # of two hourly jobs, only one goes on
    source = models.OneToOneField(
        "knowledge.Source", models.PROTECT, null=True, blank=True, related_name="wave"
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("wave")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "name"], name="wave_name_once"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opens_at")), name="wave_closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Quota(models.Model):
    """How many finished questionnaires a wave wants from a group."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="quotas")
    kind = models.CharField(_("actor type"), max_length=24, choices=ActorKind.choices, blank=True)
    region = models.ForeignKey(
        "knowledge.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )
    wanted = models.PositiveIntegerField(_("wanted"))

    class Meta:
        verbose_name = _("quota")
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "kind", "region"],
                condition=Q(region__isnull=False),
                name="quota_once_per_group",
            ),
            models.UniqueConstraint(
                fields=["wave", "kind"],
                condition=Q(region__isnull=True),
                name="quota_once_per_kind",
            ),
            models.CheckConstraint(condition=Q(wanted__gte=1), name="quota_wants_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.kind or '*'} {self.wanted}"


class Response(models.Model):
    """One organisation in one wave, from its invitation to the end of its questionnaire.

    The personal link opens this and no more. `group` and `region_name` are as they were when it
    was invited, so that rates by group do not move with later edits. Of two responses that a merge
    brings together the one that has come less far is `set_aside`: it counts nowhere.
    """

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="responses")
    actor = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="survey_responses")
    questionnaire = models.ForeignKey(
        "knowledge.Questionnaire", models.PROTECT, related_name="responses"
    )
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=2, default="es")
    group = models.CharField(_("actor type"), max_length=24, blank=True)
    region_name = models.CharField(_("region"), max_length=120, blank=True)
    state = models.CharField(
        max_length=10, choices=ResponseState.choices, default=ResponseState.INVITED
    )
    way = models.CharField(max_length=12, choices=AnswerWay.choices, blank=True)
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    respondent = models.CharField(_("who answers"), max_length=120, blank=True)
    revision = models.PositiveIntegerField(default=0)
    invited_at = models.DateTimeField(null=True, blank=True)
    reminded_times = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    anonymous_sent = models.BooleanField(default=False)
    set_aside = models.BooleanField(default=False, editable=False)
    record = models.ForeignKey(
        "knowledge.Record", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("response to a survey")
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "actor"],
                condition=Q(set_aside=False),
                name="response_once_per_wave",
            ),
            models.CheckConstraint(
                condition=~Q(state=ResponseState.FINISHED) | Q(finished_at__isnull=False),
                name="response_finished_is_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["wave", "state"], name="response_by_state"),
            models.Index(fields=["wave", "group", "state"], name="response_by_group"),
        ]

    def __str__(self) -> str:
        return f"{self.wave}: {self.actor_id}"


class Answer(models.Model):
    """What one organisation answered to one question, saved as it goes.

    `value` is as `methods.questionnaire` keeps it; "" or [] is an answer that was taken back.
    `revision` is that of the response when it was saved: of two devices, the second is told.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey("knowledge.Question", models.PROTECT, related_name="answers")
    value = models.JSONField()
    revision = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("answer")
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.response_id}.{self.question_id}"


class AnonymousAnswer(models.Model):
    """An answer without its giver: no response, no time, no order that tells (the key is random).

    Kept in one go when a questionnaire is finished, never while it is being filled.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="anonymous_answers")
    question = models.ForeignKey(
        "knowledge.Question", models.PROTECT, related_name="anonymous_answers"
    )
    value = models.JSONField()

    class Meta:
        verbose_name = _("anonymous answer")
        indexes = [models.Index(fields=["wave", "question"], name="anonymous_by_question")]

    def __str__(self) -> str:
        return f"{self.question_id}"


class SurveySilence(models.Model):
    """An address whose owner does not want to be asked again; no survey writes to it."""

    email = models.EmailField(_("e-mail"), unique=True)  # in small letters
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("address that is not written to")

    def __str__(self) -> str:
        return self.email
