import pytest

from minka.knowledge.sources.reference import ensure_reference_data
from tests.factories import UserFactory


@pytest.fixture
def team(db):
    return UserFactory(is_staff=True, full_name="Rosa Quispe")


@pytest.fixture
def places(db):
    """The real gazetteer and thesaurus."""
    ensure_reference_data()
