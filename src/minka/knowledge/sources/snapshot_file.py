"""The file of a snapshot: gzipped JSON lines, written and read as a stream.

The first line says what it is. Then one line each, a list whose first entry is the kind:

- `["a", public id, name, kind, country, region, place, activity, website, founded, size,
  verified, claimed, themes, certifications, digest of the description, position]` an organisation
- `["g", public id, public id]` one that was merged, and into which
- `["t", public id, kind, public id, since, until]` a public tie
- `["h", address, Spanish, English, address of the broader]` a concept of the thesaurus

Nothing that leads to a person is written: no contacts, telephones, e-mails, street addresses,
members, owners or notes. Of a description, in which anything may stand, only whether it changed.
"""

import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, Any

FORMAT = "minka-snapshot/1"
ACTOR, MERGED, TIE, THEME = "a", "g", "t", "h"
ACTOR_FIELDS = (
    "name",
    "kind",
    "country",
    "region",
    "place",
    "activity",
    "website",
    "founded_year",
    "size_band",
    "verified",
    "claimed",
    "themes",
    "certifications",
    "description",
    "position",
)


def write_lines(file: IO[bytes], rows: Iterable[list[Any]], taken_at: datetime) -> str:
    """Write rows and return the SHA-256 of the lines; equal maps give equal digests.

    The moment is part of the first line alone, which the digest leaves out.
    """
    digest = hashlib.sha256()
    with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6, mtime=0) as packed:
        out = io.BufferedWriter(packed, 1 << 16)
        out.write(_line([FORMAT, taken_at.isoformat()]))
        for row in rows:
            line = _line(row)
            digest.update(line)
            out.write(line)
        out.flush()
    return digest.hexdigest()


def iter_lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a snapshot without their end, after the first.

    Raises:
        ValueError: it is no snapshot.
    """
    with gzip.GzipFile(fileobj=file, mode="rb") as packed:
        lines = io.BufferedReader(packed, 1 << 16)
        head = lines.readline()
        if not head.startswith(f'["{FORMAT}"'.encode()):
            raise ValueError("this is no snapshot")
        for line in lines:
            yield line.rstrip(b"\n")


def digest_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of the lines of a snapshot, to be compared with what was kept."""
    digest = hashlib.sha256()
    for line in iter_lines(file):
        digest.update(line + b"\n")
    return digest.hexdigest()


def _line(row: list[Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
