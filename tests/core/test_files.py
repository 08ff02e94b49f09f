import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from minka.core.errors import InvalidInput, TooLarge
from minka.core.files import store_upload
from minka.core.http import stream_file
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


def upload(name, content):
    return SimpleUploadedFile(name, content)


def package(*parts):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return box.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind", "media_type"),
    [
        ("plano.pdf", b"%PDF-1.7\n...", "document", "application/pdf"),
        ("foto.png", PNG, "image", "image/png"),
        ("hoja.csv", "ruc;razón social\n".encode("latin-1"), "sheet", "text/plain"),
        ("libro.xlsx", package("xl/workbook.xml"), "sheet", "spreadsheetml.sheet"),
        ("memo.docx", package("word/document.xml"), "document", "wordprocessingml.document"),
    ],
)
def test_a_file_is_known_by_its_content(name, content, kind, media_type):
    stored = store_upload(by=UserFactory(), upload=upload(name, content), kinds={kind})
    assert stored.media_type.endswith(media_type)
    with stored.content.open("rb") as kept:
        assert kept.read() == content
    assert (stored.name, stored.size_bytes) == (name, len(content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("hoja.csv", b"%PDF-1.7\n..."),
        ("hoja.xlsx", package("evil.exe")),
        ("hoja.csv", b"MZ\x90\x00" + b"\0" * 400),
        ("hoja.xlsx", b"PK\x03\x04 broken"),
    ],
)
def test_a_name_that_lies_is_refused_with_words(name, content):
    with pytest.raises(InvalidInput, match=name):
        store_upload(by=UserFactory(), upload=upload(name, content), kinds={"sheet"})


def test_an_empty_file_and_one_too_large_are_refused(settings):
    settings.MINKA_UPLOAD_MAX_BYTES = 10
    with pytest.raises(InvalidInput):
        store_upload(by=UserFactory(), upload=upload("nada.csv", b""), kinds={"sheet"})
    with pytest.raises(TooLarge):
        store_upload(by=UserFactory(), upload=upload("mucho.csv", b"a,b\n" * 9), kinds={"sheet"})


def test_the_place_of_a_file_says_nothing_about_it():
    stored = store_upload(
        by=UserFactory(), upload=upload("../../secreto.csv", b"a,b\n"), kinds={"sheet"}
    )
    assert "secreto" not in stored.content.name
    assert "/" not in stored.name


def test_a_download_is_never_opened_by_the_browser_nor_kept_by_anybody_between():
    stored = store_upload(by=UserFactory(), upload=upload("a.csv", b"a,b\n"), kinds={"sheet"})
    response = stream_file(stored)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content) == b"a,b\n"
    response.close()


def test_an_archive_whose_mimetype_has_no_end_is_not_unpacked(monkeypatch):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"\0" * 30_000_000)
    taken = []
    whole = zipfile.ZipExtFile.read

    def read(self, n=-1):
        taken.append(n)
        return whole(self, n)

    monkeypatch.setattr(zipfile.ZipExtFile, "read", read)
    with pytest.raises(InvalidInput):
        store_upload(by=UserFactory(), upload=upload("x.odt", box.getvalue()), kinds={"document"})
    assert taken
    assert all(0 <= count <= 100 for count in taken)


@pytest.mark.parametrize("damage", ["garbage", "cut"])
def test_a_damaged_archive_is_no_accepted_file(damage):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", bytes(range(256)) * 40)
    content = bytearray(box.getvalue())
    start = 30 + len("mimetype")
    content[start : start + 40] = b"\xff" * 40 if damage == "garbage" else b"\0" * 40
    with pytest.raises(InvalidInput):
        store_upload(by=UserFactory(), upload=upload("x.odt", bytes(content)), kinds={"document"})
