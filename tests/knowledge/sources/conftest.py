from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """The sentences that these tests quote are those of the source."""
    with override("en"):
        yield
