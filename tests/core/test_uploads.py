"""A file over the limit costs no disk and is refused by its true size."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from minka.core.errors import TooLarge
from minka.core.files import store_upload
from tests.factories import UserFactory

LIMIT = 100_000
KINDS = {"sheet"}


@pytest.fixture
def received(settings, tmp_path):
    """Send a file of some size through the handlers; return it as a view gets it."""
    settings.MINKA_UPLOAD_MAX_BYTES = LIMIT
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000

    files = []

    def send(size):
        file = SimpleUploadedFile("padron.csv", b"a" * size, content_type="text/csv")
        request = RequestFactory().post("/importar/nuevo/", {"upload": file})
        files.append(request.FILES["upload"])
        return files[-1]

    yield send
    for file in files:
        file.close()


def on_disk(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


@pytest.mark.parametrize("size", [500, LIMIT])
def test_a_file_within_the_limit_arrives_whole(received, size):
    upload = received(size)
    assert upload.size == size
    assert upload.read() == b"a" * size


def test_a_file_over_the_limit_is_not_kept_and_keeps_its_size(received, tmp_path):
    upload = received(3 * LIMIT)
    assert upload.size == 3 * LIMIT
    assert upload.name == "padron.csv"
    assert on_disk(tmp_path) == 0


@pytest.mark.django_db
def test_it_is_refused_by_its_true_size(received):
    with pytest.raises(TooLarge):
        store_upload(by=UserFactory(), upload=received(LIMIT + 1), kinds=KINDS)
