"""What a survey asks: questionnaires for the types of actors, with questions that branch."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import ConditionTest, QuestionKind, SurveyState


class Survey(models.Model):
    """A set of questionnaires that is asked in waves. Written by `actions.survey_design`."""

    public_id = models.CharField(max_length=12, unique=True)
    title_es = models.CharField(_("title in Spanish"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    welcome_es = models.TextField(_("welcome in Spanish"), max_length=2000, blank=True)
    welcome_en = models.TextField(_("welcome in English"), max_length=2000, blank=True)
    purpose_es = models.TextField(_("what the answers are for, in Spanish"), max_length=1000)
    purpose_en = models.TextField(_("what the answers are for, in English"), max_length=1000)
    state = models.CharField(max_length=8, choices=SurveyState.choices, default=SurveyState.DRAFT)
    revision = models.PositiveIntegerField(default=0)  # of two editors, the second is told
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("survey")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title_es


class Questionnaire(models.Model):
    """The questions for some types of actors; one without types is for all that no other names."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questionnaires")
    title_es = models.CharField(_("title in Spanish"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    kinds = models.JSONField(_("actor types"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("questionnaire")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title_es


class Question(models.Model):
    """One question; `code` is its name in sheets and tables, `feeds` the profile field it fills.

    An anonymous question feeds nothing, is never compulsory, and its answers are kept apart from
    who gave them. Of `some_of` and `themes`, `least` and `most` say how many may be chosen.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    code = models.SlugField(_("short name"), max_length=32)
    section_es = models.CharField(_("section in Spanish"), max_length=120, blank=True)
    section_en = models.CharField(_("section in English"), max_length=120, blank=True)
    text_es = models.CharField(_("question in Spanish"), max_length=500)
    text_en = models.CharField(_("question in English"), max_length=500, blank=True)
    help_es = models.CharField(_("explanation in Spanish"), max_length=500, blank=True)
    help_en = models.CharField(_("explanation in English"), max_length=500, blank=True)
    kind = models.CharField(_("kind of answer"), max_length=12, choices=QuestionKind.choices)
    unit = models.CharField(_("unit"), max_length=24, blank=True)
    least = models.DecimalField(
        _("at least"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    most = models.DecimalField(_("at most"), max_digits=18, decimal_places=4, null=True, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    feeds = models.CharField(_("profile field"), max_length=24, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("question")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "code"], name="question_code_once"),
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(feeds=""), name="question_anonymous_feeds_none"
            ),
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(is_required=False),
                name="question_anonymous_is_free",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Option(models.Model):
    """One of the answers to choose from."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    code = models.SlugField(max_length=32)
    text_es = models.CharField(_("answer in Spanish"), max_length=200)
    text_en = models.CharField(_("answer in English"), max_length=200, blank=True)
    excludes_others = models.BooleanField(_("excludes the others"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("option")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "code"], name="option_code_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Condition(models.Model):
    """Asks `question` only if an earlier one was answered so; all conditions must hold.

    `value` is what is compared with: an option's code, `yes` or `no`, or a number as text.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="conditions")
    on = models.ForeignKey(Question, models.CASCADE, related_name="opens")
    test = models.CharField(max_length=8, choices=ConditionTest.choices, default=ConditionTest.IS)
    value = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("condition")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(question=models.F("on")), name="condition_on_another_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on_id} {self.test} {self.value}"
