"""Files for the tests of sources: real ones where they are at hand, written ones anywhere."""

from pathlib import Path

import pytest

from minka.knowledge.sources.tables import Sheet, open_table

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"


def real_file(name: str) -> Path:
    """Skip, loudly, where the public data are not at hand."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"PUBLIC DATA ABSENT: {path}")
    return path


def open_real(name: str) -> Sheet:
    path = real_file(name)
    (sheet,) = open_table(path, path.name)
    return sheet


def open_bytes(
    folder: Path, content: bytes | str, name: str = "hoja.csv", encoding: str = "utf-8"
) -> Sheet:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    (sheet,) = open_table(path, name)
    return sheet
