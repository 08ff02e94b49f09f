"""The lives of surveys, waves and responses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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

    INVITED = "invited", _("Invited, not begun")
    STARTED = "started", _("Begun, not finished")
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
    ResponseState.REFUSED: {
        ResponseState.INVITED,
        ResponseState.STARTED,
        ResponseState.FINISHED,  # whoever gave answers may take them back at any time
    },
    ResponseState.UNREACHED: {ResponseState.INVITED},
}


class AnswerWay(models.TextChoices):
    """By whose hand the answers came."""

    LINK = "link", _("By its personal link")
    INTERVIEWER = "interviewer", _("By an interviewer")
    SHEET = "sheet", _("From a filled sheet")
