import pytest

from minka.knowledge.models import Bands
from minka.knowledge.sources.reference import ensure_reference_data
from tests.factories import UserFactory
from tests.services.copies import Kept

REFERENCE = Kept(make=ensure_reference_data)


@pytest.fixture
def team(db):
    return UserFactory(is_staff=True, full_name="Rosa Quispe")


@pytest.fixture
def places(db):
    """The real gazetteer and thesaurus."""
    REFERENCE.lay()


@pytest.fixture
def careful(db):
    """Bands that suit the plain engine: equal names alone are no reason to join."""
    return Bands.objects.create(join_from=0.95, ask_from=0.4)
