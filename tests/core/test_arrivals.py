"""Forms whose files are written where they stay while they arrive: as Django's, and nothing left."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.storage import default_storage
from django.http.multipartparser import MultiPartParserError
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from minka.core import arrivals
from minka.core.arrivals import Arrival, ArrivedFile, files_arriving
from minka.core.models import StoredFile
from tests.services.multipart import BOUNDARY, CONTENT_TYPE, multipart

WORDS = st.text("aZ9 áñ漢😀\r\n\t-\"';=%\\", max_size=30)
NAMES = st.sampled_from(["title", "summary", "uploads", "año", "answer-1"])
BYTES = st.one_of(
    st.binary(max_size=300),
    st.sampled_from([b"\r\n", b"\r\n--", f"\r\n--{BOUNDARY}"[:-1].encode(), b"\r\n--minka" * 900]),
).filter(lambda content: BOUNDARY.encode() not in content)  # browsers choose one that is in no part


class Plain(Arrival):
    """Keeps what comes as it comes."""

    def __init__(self, uploaded_by=None):
        super().__init__(StoredFile(name="plain", media_type="x", uploaded_by=uploaded_by))

    def write(self, data):
        self.target.write(data)

    def read_again(self):
        return self.stored.content.open("rb")


REQUESTS = []
BEFORE = set()  # what other tests have left


@pytest.fixture(autouse=True)
def _closed():
    """Close the files of every request, as the server does."""
    BEFORE.clear()
    BEFORE.update(stored_names())
    yield
    close_all()


def sent(body):
    REQUESTS.append(RequestFactory().post("/", body, content_type=CONTENT_TYPE))
    return REQUESTS[-1]


def close_all():
    while REQUESTS:
        REQUESTS.pop().close()


def read(request):
    """What a view sees of a form: values in their order, files with their content."""
    files = [
        (field, file.name, file.size, file.read())
        for field, several in request.FILES.lists()
        for file in several
    ]
    return list(request.POST.lists()), files


def stored_names():
    Path(default_storage.path("")).mkdir(exist_ok=True)
    folders = default_storage.listdir("")[0]
    return {name for folder in folders for name in default_storage.listdir(folder)[1]} - BEFORE


def plainly(field, _name, _head):
    return Plain() if field == "uploads" else None


@given(
    values=st.dictionaries(NAMES, WORDS, max_size=5),
    files=st.lists(st.tuples(NAMES, st.sampled_from(["a.pdf", "ñandú.csv"]), BYTES), max_size=4),
    read_bytes=st.sampled_from([7, 64, 1000, 256 * 1024]),
)
def test_a_form_is_read_as_django_reads_it(values, files, read_bytes):
    body = multipart(values, files)
    usual = read(sent(body))
    request = sent(body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrivals, "READ_BYTES", read_bytes)
        with files_arriving(request, plainly):
            ours = read(request)
            taken = [isinstance(one, ArrivedFile) for one in request.FILES.getlist("uploads")]
    assert ours == usual
    assert all(taken)
    with pytest.raises(AttributeError):
        request.POST["title"] = "ours"  # as immutable as Django's
    assert not stored_names()  # nobody kept any
    close_all()


def test_where_no_file_was_chosen_there_is_none():
    body = multipart({"title": "Uno"}, [("uploads", "", b"")])
    request = sent(body)
    with files_arriving(request, plainly):
        assert read(request) == read(sent(body))
        assert not request.FILES


def test_what_is_kept_stays_and_what_is_not_goes():
    request = sent(multipart({}, [("uploads", "a.pdf", b"one"), ("uploads", "b.pdf", b"two")]))
    with files_arriving(request, plainly):
        first, second = request.FILES.getlist("uploads")
        first.arrival.is_kept = True
        assert len(stored_names()) == 2
    stored = first.arrival.stored
    assert stored_names() == {stored.uid.hex}
    assert stored.content.read() == b"one"
    assert not default_storage.exists(str(second.arrival.stored.content.name))
    stored.content.close()
    stored.content.storage.delete(stored.content.name)


def test_nothing_stays_when_the_view_fails():
    request = sent(multipart({}, [("uploads", "a.pdf", b"one")]))
    with pytest.raises(ZeroDivisionError), files_arriving(request, plainly):
        assert len(request.FILES) == 1
        raise ZeroDivisionError
    assert not stored_names()


@pytest.mark.parametrize("missing", [1, 20, 5_000])
def test_a_body_that_was_cut_is_refused_and_leaves_nothing(missing):
    body = multipart({"title": "Uno"}, [("uploads", "a.pdf", b"x" * 20_000)])
    request = sent(body[:-missing] if missing > 1 else body[: body.index(b"Uno")])
    with pytest.raises(MultiPartParserError), files_arriving(request, plainly):
        request.POST  # noqa: B018 -- reading it takes the form apart
    assert not stored_names()


def test_a_connection_that_breaks_leaves_nothing():
    class Broken(BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise OSError("connection reset")
            return super().read(10_000)

    body = multipart({}, [("uploads", "a.pdf", b"x" * 20_000)])
    request = sent(body)
    request._stream = Broken(body)
    with pytest.raises(OSError, match="reset"), files_arriving(request, plainly):
        request.POST  # noqa: B018 -- reading it takes the form apart
    assert not stored_names()


def test_a_file_over_the_limit_has_its_true_size_and_no_content(settings):
    settings.MINKA_UPLOAD_MAX_BYTES = 100_000
    files = [("uploads", "a.pdf", b"x" * 300_000), ("uploads", "b.pdf", b"y" * 100_000)]
    request = sent(multipart({"title": "Uno"}, files))
    with files_arriving(request, plainly):
        heavy, light = request.FILES.getlist("uploads")
        assert (heavy.name, heavy.size, heavy.read()) == ("a.pdf", 300_000, b"")
        assert (light.size, light.read()) == (100_000, b"y" * 100_000)
        kept = sum(default_storage.size(f"{name[:2]}/{name}") for name in stored_names())
        assert kept <= 200_000
        assert request.POST["title"] == "Uno"
    assert not stored_names()


@pytest.mark.parametrize(
    ("limit", "most", "refused"),
    [
        ("DATA_UPLOAD_MAX_NUMBER_FIELDS", 2, TooManyFieldsSent),
        ("DATA_UPLOAD_MAX_NUMBER_FILES", 1, TooManyFilesSent),
        ("DATA_UPLOAD_MAX_MEMORY_SIZE", 30, RequestDataTooBig),
    ],
)
def test_the_limits_of_the_settings_hold(settings, limit, most, refused):
    values = {"a": "x" * 10, "b": "x" * 10, "c": "x" * 10}
    files = [("uploads", "a.pdf", b"one"), ("uploads", "b.pdf", b"two")]
    setattr(settings, limit, most)
    request = sent(multipart(values, files))
    with pytest.raises(refused), files_arriving(request, plainly):
        request.POST  # noqa: B018 -- reading it takes the form apart
    assert not stored_names()


def test_what_is_no_form_is_refused():
    request = sent(b"--nothing of the kind")
    with pytest.raises(MultiPartParserError), files_arriving(request, plainly):
        request.POST  # noqa: B018 -- reading it takes the form apart


def test_a_file_is_decided_on_by_how_it_begins():
    seen = []

    def begin(field, name, head):
        seen.append((field, name, head[:4], len(head) >= 4_096))

    files = [("uploads", "../plano.pdf", b"%PDF" + b"x" * 9_000), ("other", "b.csv", b"a,b")]
    request = sent(multipart({}, files))
    with files_arriving(request, begin):
        assert request.FILES["uploads"].size == 9_004
    assert seen == [("uploads", "plano.pdf", b"%PDF", True), ("other", "b.csv", b"a,b", False)]
