from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from minka.knowledge.actions import search_index
from minka.knowledge.models import (
    Actor,
    Condition,
    Membership,
    Option,
    Place,
    Question,
    Questionnaire,
    Response,
    Source,
    Survey,
    Theme,
    Wave,
)
from minka.knowledge.models.actor import new_public_id
from minka.knowledge.queries.search_texts import OWN, own_texts
from minka.knowledge.states import ActorState
from minka.methods.text import search_key
from tests.factories.core import UserFactory


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = Place

    country = "PE"
    level = "department"
    name = factory.Sequence(lambda n: f"Región {n}")
    name_key = factory.LazyAttribute(lambda o: search_key(o.name))


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    slug = factory.Sequence(lambda n: f"tema-{n}")
    label_es = factory.Sequence(lambda n: f"tema {n}")
    label_en = factory.Sequence(lambda n: f"theme {n}")


class ActorFactory(DjangoModelFactory):
    class Meta:
        model = Actor
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Servicios Industriales {n} S.A.C.")
    kind = "supplier"
    name_key = factory.LazyAttribute(lambda o: search_key(o.name))
    search_text = factory.LazyAttribute(lambda o: search_key(o.name))

    @factory.post_generation
    def found(obj, create, extracted, **_more):  # noqa: N805 -- factory_boy hands the object over
        """Search finds it, unless found=False: by its own row, as nothing else tells of it yet."""
        if create and extracted is not False and obj.state == ActorState.LIVE:
            search_index._keep({obj.pk: own_texts(*(_along(obj, path) for path in OWN))}, {})


def _along(start, path):
    """Follow a path of names as a lookup writes it; return None where it ends early."""
    for name in path.split("__"):
        start = getattr(start, name, None)
    return start


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    name = factory.Sequence(lambda n: f"Padrón {n}")


class MembershipFactory(DjangoModelFactory):
    """Active unless said otherwise."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    actor = factory.SubFactory(ActorFactory)
    role = "member"
    state = "active"
    answered_at = factory.LazyAttribute(
        lambda o: None if o.state == "requested" else timezone.now()
    )


class SurveyFactory(DjangoModelFactory):
    class Meta:
        model = Survey

    public_id = factory.LazyFunction(new_public_id)
    title_es = factory.Sequence(lambda n: f"Encuesta {n}")
    title_en = factory.Sequence(lambda n: f"Survey {n}")
    purpose_es = "Para conocer el ecosistema."
    purpose_en = "To know the ecosystem."
    created_by = factory.SubFactory(UserFactory, is_staff=True)


class QuestionnaireFactory(DjangoModelFactory):
    class Meta:
        model = Questionnaire

    survey = factory.SubFactory(SurveyFactory)
    title_es = "Para todas"
    title_en = "For all"


class QuestionFactory(DjangoModelFactory):
    """A short text unless said otherwise; `choose` gives codes of options, `when` conditions.

    A condition is (code of an earlier question, test, value).
    """

    class Meta:
        model = Question
        skip_postgeneration_save = True

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    code = factory.Sequence(lambda n: f"q{n}")
    section_es = "Parte uno"
    section_en = "Part one"
    text_es = factory.LazyAttribute(lambda o: f"¿{o.code}?")
    text_en = factory.LazyAttribute(lambda o: f"{o.code}?")
    kind = "short_text"
    position = factory.Sequence(lambda n: n)

    @factory.post_generation
    def choose(self, create, extracted, **kwargs):
        for place, code in enumerate(extracted or ()):
            Option.objects.create(
                question=self, code=code, text_es=f"Opción {code}", position=place
            )

    @factory.post_generation
    def when(self, create, extracted, **kwargs):
        for on, test, value in extracted or ():
            earlier = self.questionnaire.questions.get(code=on)
            Condition.objects.create(question=self, on=earlier, test=test, value=value)


class WaveFactory(DjangoModelFactory):
    """Open since yesterday, for a month."""

    class Meta:
        model = Wave

    survey = factory.SubFactory(SurveyFactory, state="ready")
    name = factory.Sequence(lambda n: f"Oleada {n}")
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))
    state = "open"
    source = factory.SubFactory(SourceFactory)
    started_by = factory.SubFactory(UserFactory, is_staff=True)


class ResponseFactory(DjangoModelFactory):
    """One invited organisation; give `questionnaire` one of the wave's survey."""

    class Meta:
        model = Response

    wave = factory.SubFactory(WaveFactory)
    actor = factory.SubFactory(ActorFactory)
    questionnaire = factory.LazyAttribute(lambda o: QuestionnaireFactory(survey=o.wave.survey))
