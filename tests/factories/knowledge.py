import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from minka.knowledge.models import Actor, Membership, Place, Source, Theme
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

    name = factory.Sequence(lambda n: f"Servicios Industriales {n} S.A.C.")
    kind = "supplier"
    name_key = factory.LazyAttribute(lambda o: search_key(o.name))
    search_text = factory.LazyAttribute(lambda o: search_key(o.name))


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
