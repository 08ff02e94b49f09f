from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from minka.innovation.models import (
    Assignment,
    Call,
    Challenge,
    ChallengeQuestion,
    Criterion,
    Decision,
    Edition,
    EvaluatorProfile,
    Problem,
    Proposal,
    Rating,
    RatingCriterion,
    Score,
)
from tests.factories.core import UserFactory
from tests.factories.knowledge import ActorFactory


class EditionFactory(DjangoModelFactory):
    """The current edition; made once, found again."""

    class Meta:
        model = Edition
        django_get_or_create = ("slug",)

    slug = "2026"
    name_es = "Edición 2026"
    name_en = "2026 edition"
    is_current = True


class RatingCriterionFactory(DjangoModelFactory):
    class Meta:
        model = RatingCriterion

    edition = factory.SubFactory(EditionFactory)
    position = factory.Sequence(lambda n: n + 1)
    name_es = factory.Sequence(lambda n: f"Criterio {n}")
    name_en = factory.Sequence(lambda n: f"Criterion {n}")
    weight = 20


class ProblemFactory(DjangoModelFactory):
    """Accepted for rating unless said otherwise."""

    class Meta:
        model = Problem

    edition = factory.SubFactory(EditionFactory)
    company = factory.SubFactory(ActorFactory, kind="mining_company")
    author = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Desgaste prematuro de revestimientos {n}")
    what_happens = "Los revestimientos duran la mitad de lo previsto."
    yearly_cost_usd = 250_000
    cost_basis = "Registros de mantenimiento de 2025."
    state = "accepted"
    submitted_at = factory.LazyAttribute(lambda o: None if o.state == "draft" else timezone.now())


class RatingFactory(DjangoModelFactory):
    class Meta:
        model = Rating

    problem = factory.SubFactory(ProblemFactory)
    criterion = factory.SubFactory(RatingCriterionFactory)
    rater = factory.SubFactory(UserFactory)
    points = 3


class ChallengeFactory(DjangoModelFactory):
    """Published and open unless `state` or `call__phase` say otherwise; with two criteria."""

    class Meta:
        model = Challenge
        skip_postgeneration_save = True

    edition = factory.SubFactory(EditionFactory)
    slug = factory.Sequence(lambda n: f"desafio-{n}")
    title_es = factory.Sequence(lambda n: f"Alargar la vida de los revestimientos {n}")
    title_en = factory.Sequence(lambda n: f"Make liners last longer {n}")
    summary_es = "Buscamos alargar la vida de los revestimientos de molino."
    summary_en = "We seek a longer life for mill liners."
    state = "published"
    created_by = factory.SubFactory(UserFactory, is_staff=True)
    published_at = factory.LazyAttribute(lambda o: None if o.state == "draft" else timezone.now())
    released_at = factory.LazyAttribute(lambda o: timezone.now() if o.state == "decided" else None)

    @factory.post_generation
    def call(self, create, extracted, **kwargs):
        if extracted is None:
            CallFactory(challenge=self, phase=kwargs.get("phase", "open"))

    @factory.post_generation
    def criteria(self, create, extracted, **kwargs):
        names = extracted if extracted is not None else ["Impacto", "Viabilidad"]
        for position, name in enumerate(names, start=1):
            CriterionFactory(challenge=self, position=position, name_es=name, name_en=name)


class CallFactory(DjangoModelFactory):
    """`phase` is open, closed or upcoming; under the rule of access unless said otherwise."""

    class Meta:
        model = Call

    class Params:
        phase = "open"

    challenge = factory.SubFactory(ChallengeFactory, call=False)
    protection = "access"
    opens_at = factory.LazyAttribute(
        lambda o: (
            timezone.now() + timedelta(days={"open": -10, "closed": -40, "upcoming": 5}[o.phase])
        )
    )
    closes_at = factory.LazyAttribute(
        lambda o: (
            timezone.now() + timedelta(days={"open": 10, "closed": -1, "upcoming": 25}[o.phase])
        )
    )


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    challenge = factory.SubFactory(ChallengeFactory)
    position = factory.Sequence(lambda n: n + 10)
    name_es = factory.Sequence(lambda n: f"Criterio {n}")
    name_en = factory.Sequence(lambda n: f"Criterion {n}")
    weight = 50


class ProposalFactory(DjangoModelFactory):
    """A complete draft; `submitted=True` hands it in."""

    class Meta:
        model = Proposal

    class Params:
        submitted = factory.Trait(
            state="submitted", submitted_at=factory.LazyFunction(timezone.now)
        )

    challenge = factory.SubFactory(ChallengeFactory)
    lead = factory.SubFactory(ActorFactory)
    author = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Aleación de alto cromo {n}")
    summary = "Una aleación que dura el doble."
    approach = "Se reemplaza el material y se mide el desgaste cada mes."
    evidence = "Ensayos en dos plantas concentradoras."
    team = "Cuatro ingenieros metalurgistas."
    requested_usd = 40_000
    duration_months = 9
    trl_now = 6
    trl_after = 8


class AssignmentFactory(DjangoModelFactory):
    """Waiting for its declaration of interests unless said otherwise."""

    class Meta:
        model = Assignment

    proposal = factory.SubFactory(ProposalFactory, submitted=True)
    evaluator = factory.SubFactory(UserFactory, roles=["evaluator"])
    assigned_by = factory.SubFactory(UserFactory, is_staff=True)
    state = "assigned"
    declared_at = factory.LazyAttribute(lambda o: None if o.state == "assigned" else timezone.now())
    scored_at = factory.LazyAttribute(lambda o: timezone.now() if o.state == "scored" else None)
    conflict = factory.LazyAttribute(lambda o: "Trabajé allí." if o.state == "conflicted" else "")


class ScoreFactory(DjangoModelFactory):
    class Meta:
        model = Score

    assignment = factory.SubFactory(AssignmentFactory, state="scored")
    criterion = factory.SubFactory(CriterionFactory)
    points = 4
    reason = "Evidencia medida en planta."


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    proposal = factory.SubFactory(ProposalFactory, submitted=True)
    outcome = "not_selected"
    reason = "La evidencia presentada no corresponde a altura."
    feedback = "Les sugerimos ensayar por encima de 4 000 m s. n. m."
    decided_by = factory.SubFactory(UserFactory, is_staff=True)


class ChallengeQuestionFactory(DjangoModelFactory):
    """Waiting for an answer; `published=True` answers it in public under number 1."""

    class Meta:
        model = ChallengeQuestion

    class Params:
        published = factory.Trait(
            state="published",
            number=1,
            published_at=factory.LazyFunction(timezone.now),
            question_es="¿Qué altitud tiene la planta?",
            question_en="How high is the plant?",
            answer_es="4 100 metros.",
            answer_en="4,100 metres.",
        )

    challenge = factory.SubFactory(ChallengeFactory)
    asker = factory.SubFactory(UserFactory)
    text = "¿A qué altitud está la planta concentradora?"


class EvaluatorProfileFactory(DjangoModelFactory):
    """A technical evaluator who reads Spanish; `themes=[…]` says what they know."""

    class Meta:
        model = EvaluatorProfile
        skip_postgeneration_save = True

    person = factory.SubFactory(UserFactory, roles=["evaluator"])
    kind = "technical"

    @factory.post_generation
    def themes(self, create, extracted, **kwargs):
        if extracted:
            self.themes.set(extracted)
