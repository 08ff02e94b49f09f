"""The same files, kept in S3 instead of a folder."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from minka.core.files import store_upload
from minka.core.http import stream_file
from minka.core.models import StoredFile
from tests.factories import UserFactory
from tests.services.s3 import bucket

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # sockets that boto3 keeps open
]


@pytest.fixture
def on_s3(settings):
    with bucket("minka") as endpoint:
        settings.STORAGES = settings.STORAGES | {
            "default": {
                "BACKEND": "storages.backends.s3.S3Storage",
                "OPTIONS": {
                    "bucket_name": "minka",
                    "endpoint_url": endpoint,
                    "access_key": "test",
                    "secret_key": "test",
                    "region_name": "us-east-1",
                    "default_acl": "private",
                },
            }
        }
        yield


def test_a_file_goes_to_the_bucket_and_comes_back_whole(on_s3):
    content = "ruc;razón social\n".encode() * 2000
    stored = store_upload(
        by=UserFactory(), upload=SimpleUploadedFile("hoja.csv", content), kinds={"sheet"}
    )
    kept = StoredFile.objects.get(pk=stored.pk)
    assert type(default_storage._wrapped).__name__ == "S3Storage"
    assert default_storage.size(kept.content.name) == len(content)
    response = stream_file(kept)
    assert b"".join(response.streaming_content) == content
    response.close()
