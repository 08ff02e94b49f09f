"""CSV in the wild: whichever delimiter and encoding somebody's program chose."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput
from minka.knowledge.sources.headers import build_sheet
from minka.knowledge.sources.sheet import Note, Row, Sheet, is_blank

_CHUNK_BYTES = 1 << 16
_DELIMITERS = ",;\t|"
_ONE_COLUMN = "\x1f"  # stands in no text: the file is a plain list
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f]")
_BROKEN = re.compile("[\udc80-\udcff]+")
_WIDE = re.compile("[^\x00-\x7f\udc80-\udcff]")
_SPANISH = "áéíóúñÁÉÍÓÚÑüÜ°º"
_LATIN1_ONLY = b"\x81\x8d\x8f\x90\x9d"
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


@dataclass(frozen=True, slots=True)
class _Dialect:
    encoding: str
    errors: str
    delimiter: str
    skipped_lines: int


def open_delimited(path: Path, name: str) -> Sheet:
    """Open a text table without loading it.

    Raises:
        InvalidInput: it is not text, is empty, or a quotation mark is never closed.
    """
    encoding, errors, notes = text_encoding(path)
    with path.open(encoding=encoding, errors=errors, newline="") as file:
        sample = file.read(_CHUNK_BYTES)
    _require_text(sample)
    declared = re.match(r"sep=(.)\r?\n", sample)  # a line spreadsheet programs write for themselves
    delimiter = declared[1] if declared else _delimiter(sample)
    dialect = _Dialect(encoding, errors, delimiter, 1 if declared else 0)
    return build_sheet(name, lambda: _rows(path, dialect), notes)


def _rows(path: Path, dialect: _Dialect) -> Iterator[Row]:
    """Yield the rows that are not blank, each with the line on which it starts."""
    with path.open(encoding=dialect.encoding, errors=dialect.errors, newline="") as file:
        for _line in range(dialect.skipped_lines):
            next(file, "")
        pending: list[str] = []  # the lines of the row being read
        last: list[str] = []
        reader = csv.reader(_remember(file, pending), delimiter=dialect.delimiter)
        start = dialect.skipped_lines + 1
        try:
            for cells in reader:
                if not is_blank(cells):
                    yield Row(start, cells)
                last, last_start = pending.copy(), start
                pending.clear()
                start = dialect.skipped_lines + reader.line_num + 1
        except csv.Error as error:
            raise _unclosed(start) from error
        if last:
            _require_closed(last, dialect.delimiter, last_start)


def _remember(file: Iterator[str], pending: list[str]) -> Iterator[str]:
    for line in file:
        pending.append(line)
        yield line


def _require_closed(lines: list[str], delimiter: str, start: int) -> None:
    """Refuse a last row whose quotation mark swallowed the rest of the file."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise _unclosed(start) from error


def _unclosed(line: int) -> InvalidInput:
    return InvalidInput(
        _("A quotation mark opened near line %(line)s is never closed. Correct that row and retry.")
        % {"line": line}
    )


def _require_text(sample: str) -> None:
    odd = len(_CONTROL.findall(sample))
    if odd > 2 + len(sample) / 100 or sample.count("\0") > len(sample) / 10:
        raise InvalidInput(
            _("This file is not a table. Upload a CSV file or an Excel or LibreOffice workbook.")
        )


def _delimiter(sample: str) -> str:
    """Choose the delimiter under which most rows have one and the same number of cells."""
    best, best_score = _ONE_COLUMN, (0.5, 1)
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            rows = [row for row, _index in zip(reader, range(200), strict=False)]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if not is_blank(row))
        shared = Counter({width: count for width, count in widths.items() if width > 1})
        if not shared:
            continue
        width, count = shared.most_common(1)[0]
        score = (round(count / widths.total(), 1), width)
        if score >= best_score:
            best, best_score = delimiter, score
    return best


def text_encoding(path: Path) -> tuple[str, str, list[Note]]:
    """Return encoding, error handler and what to tell about it, from the whole file."""
    with path.open("rb") as file:
        head = file.read(4096)
        for bom, name in _BOMS.items():
            if head.startswith(bom):
                return name, _MIXED if name == "utf-8-sig" else "replace", []
        if name := _utf16_without_bom(head):
            return name, "replace", []
        good, broken, high = _count_bytes(path)
    if not broken:
        return "utf-8", "strict", []
    if good > broken:
        return "utf-8", _MIXED, [Note("mixed_encoding")]
    name = _single_byte(high)
    return name, "replace", [Note("encoding", {"encoding": name})]


def _utf16_without_bom(head: bytes) -> str:
    """Latin text in UTF-16 has a zero in nearly every second byte."""
    even, odd = head[0::2], head[1::2]
    if len(odd) > 1 and odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if len(odd) > 1 and even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return ""


def _count_bytes(path: Path) -> tuple[int, int, Counter[int]]:
    """Count good UTF-8 letters, broken runs, and each byte above ASCII."""
    good = broken = 0
    high: Counter[int] = Counter()
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            text = decoder.decode(chunk)
            if chunk.isascii() and text.isascii():
                continue
            good += len(_WIDE.findall(text))
            broken += len(_BROKEN.findall(text))
            high.update(byte for byte in chunk if byte > 0x7F)
        broken += len(_BROKEN.findall(decoder.decode(b"", final=True)))
    return good, broken, high


def _single_byte(high: Counter[int]) -> str:
    """Choose among the encodings of Windows, DOS and old Macs the one that reads as Spanish."""

    def spanish(name: str) -> int:
        return sum(n for b, n in high.items() if bytes([b]).decode(name, "replace") in _SPANISH)

    best = max(("cp1252", "cp850", "mac_roman"), key=spanish)
    if best == "cp1252" and any(byte in high for byte in _LATIN1_ONLY):
        return "latin-1"
    return best


def _read_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_MIXED = "minka.cp1252"
codecs.register_error(_MIXED, _read_as_cp1252)
