"""A small survey with a wave, for the tests of what is done with them."""

from datetime import timedelta

from django.utils import timezone

from minka.knowledge.actions.waves import open_wave, plan_wave
from minka.knowledge.models import (
    AnonymousAnswer,
    Answer,
    Option,
    Question,
    Questionnaire,
    Response,
    Survey,
)
from minka.knowledge.queries.waves import Choice
from tests.factories import ActorFactory, UserFactory

EVERYBODY = Choice(by_telephone=True)
ASKED = (
    ("personas", "whole_number", {}),
    ("tamano", "one_of", {"feeds": "size_band"}),
    ("web", "website", {"feeds": "website"}),
    ("servicios", "long_text", {"feeds": "products"}),
    ("confianza", "scale", {"is_anonymous": True}),
    ("opinion", "short_text", {}),
)


def make_survey(state="ready", **values):
    survey = Survey.objects.create(
        public_id=f"enc{Survey.objects.count()}", title_es="Mapeo del clúster",
        title_en="Cluster mapping", purpose_es="Para el mapa", purpose_en="For the map",
        state=state, created_by=UserFactory(is_staff=True), **values,
    )  # fmt: skip
    form = Questionnaire.objects.create(survey=survey, title_es="Para todos")
    for position, (code, kind, more) in enumerate(ASKED):
        question = Question.objects.create(
            questionnaire=form, code=code, kind=kind, position=position,
            text_es=f"¿{code}?", text_en=f"{code}?", **more,
        )  # fmt: skip
        if kind == "one_of":
            for at, size in enumerate(("micro", "small")):
                Option.objects.create(
                    question=question, code=size, text_es=f"Tamaño {size}", text_en=f"Size {size}",
                    position=at,
                )  # fmt: skip
    return survey


def make_wave(team, survey=None, *, name="Marzo", quotas=(), reminder_days=(7, 14)):
    now = timezone.now()
    return plan_wave(
        by=team, survey=survey or make_survey(), name=name, opens_at=now,
        closes_at=now + timedelta(days=30), reminder_days=reminder_days, quotas=quotas,
    )  # fmt: skip


def opened_wave(team, organisations=3, **values):
    for number in range(organisations):
        ActorFactory(email=f"info{number}@empresa{number}.example")
    wave = make_wave(team, **values)
    open_wave(by=team, wave=wave, choice=EVERYBODY)
    return wave


def answered(response, anonymous=(), *, state="finished", way="link", **answers):
    """Make a response what it would be after somebody answered, without the pages."""
    now = timezone.now()
    questions = {q.code: q for q in response.questionnaire.questions.all()}
    for code, value in answers.items():
        Answer.objects.update_or_create(
            response=response, question=questions[code], defaults={"value": value}
        )
    for code, value in dict(anonymous).items():
        AnonymousAnswer.objects.create(wave=response.wave, question=questions[code], value=value)
    finished_at = now if state == "finished" else None
    Response.objects.filter(pk=response.pk).update(
        state=state, way=way, started_at=now, finished_at=finished_at,
        anonymous_sent=bool(anonymous),
    )  # fmt: skip
    response.refresh_from_db()
    return response
