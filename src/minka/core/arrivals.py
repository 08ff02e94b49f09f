"""Forms whose files are written, while they arrive, to where they stay: no other copy is made.

    with files_arriving(request, lambda field, name, head: Kept(...) if field == "part" else None):
        form = PartsForm(request.POST, request.FILES)

Who reads `request.POST` inside gets the form as Django would give it; a file for which there was
an `Arrival` has it as its `arrival`. The view is exempt from Django's check against forged forms,
which would read the body before it is known where its files go, and checks inside (`csrf_protect`).

The body is taken apart by the library `multipart`, which needs a fifth of the time of Django's own
parser; the limits of the settings hold as there.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from io import BytesIO
from itertools import chain
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.datastructures import MultiValueDict
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from minka.core.durable import arriving
from minka.core.files import SNIFFED_BYTES, plain_name
from minka.core.models import StoredFile

READ_BYTES = 256 * 1024


class Arrival(ABC):
    """A file on its way to where it stays.

    Its bytes are removed with the request unless somebody has set `is_kept`.
    """

    def __init__(self, stored: StoredFile) -> None:
        self.stored = stored
        self.is_kept = False
        self._open = ExitStack()
        self.target = self._open.enter_context(arriving(stored, is_promised=False))

    @abstractmethod
    def write(self, data: bytes) -> None:
        """Take more of the file."""

    @abstractmethod
    def read_again(self) -> BinaryIO:
        """Return the content as it was sent, once the file is whole."""

    def finish(self) -> None:
        """Know the end of the file."""
        self._open.close()

    def discard(self) -> None:
        """Remove what was written."""
        with suppress(OSError):  # a full disk takes no last piece either, and has removed it
            self._open.close()
        if self.stored.content.name:
            self.stored.content.storage.delete(str(self.stored.content.name))


class ArrivedFile(UploadedFile[Any]):
    """A file of a form that lies already where it stays."""

    def __init__(self, arrival: Arrival, *, name: str, media_type: str, size: int) -> None:
        super().__init__(arrival.read_again(), name, media_type, size)
        self.arrival = arrival


Begin = Callable[[str, str, bytes], Arrival | None]  # field, name, and how the content begins


@contextmanager
def files_arriving(request: HttpRequest, begin: Begin) -> Iterator[None]:
    """Let `begin` say of every file of the form where it arrives; None keeps it as Django does.

    Raises, where the form is read, what Django raises of a form that is too large or no form.
    """
    taking = _TakingHandler(request, begin)
    request.upload_handlers.insert(0, taking)
    try:
        yield
    finally:
        for arrival in taking.arrivals:
            if not arrival.is_kept:
                arrival.discard()


class _TakingHandler(FileUploadHandler):
    """Takes the whole form apart in Django's place."""

    def __init__(self, request: HttpRequest, begin: Begin) -> None:
        super().__init__(request)
        self._others = list(request.upload_handlers)
        self._begin = begin
        self.arrivals: list[Arrival] = []

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 -- Django names it so
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, UploadedFile[Any]]]:
        """Return the values and the files of the form."""
        for other in self._others:  # one of them decides by the length whether it is used
            other.handle_raw_input(input_data, META, content_length, boundary, encoding)
        form = _Form(self._file, encoding or settings.DEFAULT_CHARSET)
        try:
            _take_apart(input_data, form, boundary, content_length)
        except BaseException:
            form.close()  # a request closes the files that it was given; it was given none
            raise
        return form.result()

    def _file(self, segment: MultipartSegment) -> "_File":
        return _File(segment, self._begin_arrival, self._others)

    def _begin_arrival(self, field: str, name: str, head: bytes) -> Arrival | None:
        arrival = self._begin(field, name, head)
        if arrival is not None:
            self.arrivals.append(arrival)
        return arrival

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 -- Django's
        """Leave alone what others take apart: nobody does."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave alone what others take apart: nobody does."""


def _take_apart(source: Any, form: "_Form", boundary: str, content_length: int) -> None:
    try:
        with PushMultipartParser(boundary, content_length=content_length) as parser:
            while not parser.closed and (data := source.read(READ_BYTES)):
                for event in parser.parse(data):
                    form.take(event)
    except MultipartError as error:
        raise MultiPartParserError(str(error)) from error
    while source.read(READ_BYTES):  # a browser reads no answer before it has sent all
        pass


class _Form:
    """Values and files of a form as they come, within the limits of the settings."""

    def __init__(self, open_file: Callable[[MultipartSegment], "_File"], encoding: str) -> None:
        self._open_file, self._encoding = open_file, encoding
        self.values = QueryDict(mutable=True, encoding=encoding)
        self.files: MultiValueDict[str, UploadedFile[Any]] = MultiValueDict()
        self._segment: MultipartSegment | None = None
        self._file: _File | None = None
        self._value = bytearray()
        self._counts = {"fields": 0, "files": 0, "bytes": 0}

    def take(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        """Take what the parser has found: the head of a part, a piece of it, or its end."""
        if isinstance(event, MultipartSegment):
            self._segment, self._value = event, bytearray()
            self._count(is_file=bool(event.filename))  # nothing chosen is an empty value
            self._file = self._open_file(event) if event.filename and event.name else None
        elif event is None:
            self._end()
        elif self._file is not None:
            self._file.write(bytes(event))
        elif self._segment is not None and not self._segment.filename:
            self._weigh(len(event))
            self._value += event

    def _count(self, *, is_file: bool) -> None:
        kind = "files" if is_file else "fields"
        self._counts[kind] += 1
        most = (
            settings.DATA_UPLOAD_MAX_NUMBER_FILES
            if is_file
            else settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        )
        if most is not None and self._counts[kind] > most:
            refused = TooManyFilesSent if is_file else TooManyFieldsSent
            raise refused(f"The form has more than {most} {kind}.")

    def _weigh(self, size: int) -> None:
        self._counts["bytes"] += size
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if most is not None and self._counts["bytes"] > most:
            raise RequestDataTooBig(f"The words of the form have more than {most} bytes.")

    def _end(self) -> None:
        name = self._segment.name if self._segment else None
        if name and self._file is not None:
            self.files.appendlist(name, self._file.finish())
        elif name and self._segment and not self._segment.filename:
            self._weigh(len(name) + 2)
            text = bytes(self._value).decode(self._encoding, errors="replace")
            self.values.appendlist(name, text)
        self._segment = self._file = None

    def close(self) -> None:
        """Close its files."""
        for file in chain.from_iterable(several for _field, several in self.files.lists()):
            file.close()

    def result(self) -> tuple[QueryDict, MultiValueDict[str, UploadedFile[Any]]]:
        """Return all of it, as a request holds it."""
        self.values._mutable = False  # as Django leaves it; there is no public way
        return self.values, self.files


class _File:
    """One file of the form: kept where it arrives, or as Django keeps files."""

    def __init__(
        self, segment: MultipartSegment, begin: Begin, others: Sequence[FileUploadHandler]
    ) -> None:
        self._field = segment.name or ""
        self._name = plain_name(segment.filename or "")
        self._media_type = segment.content_type or ""
        self._begin, self._others = begin, others
        self._head: bytearray | None = bytearray()  # until there is enough to know what it is
        self._arrival: Arrival | None = None
        self._size = 0

    def write(self, data: bytes) -> None:
        """Take more of it; the bytes above the limit are counted, and not kept."""
        if self._head is None:
            self._pass_on(data)
            return
        self._head += data
        if len(self._head) >= SNIFFED_BYTES:
            self._decide()

    def finish(self) -> UploadedFile[Any]:
        """Return the file with its true size, and no content if that is over the limit."""
        if self._head is not None:
            self._decide()
        if self._arrival is None:
            kept = (other.file_complete(self._size) for other in self._others)
            return next(file for file in kept if file is not None)
        self._arrival.finish()
        if self._size > settings.MINKA_UPLOAD_MAX_BYTES:
            return UploadedFile(BytesIO(), self._name, self._media_type, self._size)
        return ArrivedFile(
            self._arrival, name=self._name, media_type=self._media_type, size=self._size
        )

    def _decide(self) -> None:
        head, self._head = bytes(self._head or b""), None
        self._arrival = self._begin(self._field, self._name, head)
        if self._arrival is None:
            with suppress(StopFutureHandlers):
                for other in self._others:
                    other.new_file(self._field, self._name, self._media_type, None)
        self._pass_on(head)

    def _pass_on(self, data: bytes) -> None:
        start, self._size = self._size, self._size + len(data)
        if self._arrival is None:
            left: bytes | None = data
            for other in self._others:
                if left is not None:
                    left = other.receive_data_chunk(left, start)
        elif self._size <= settings.MINKA_UPLOAD_MAX_BYTES:
            self._arrival.write(data)
