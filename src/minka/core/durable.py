"""Bytes that are on the disk, with their name, before a row that points at them is committed.

A receipt is given for them: it may not outlive them, whatever becomes of process or machine. Bytes
that no row points at, because the transaction failed after them, are only a waste of room.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage

from minka.core.models import StoredFile


@contextmanager
def arriving(stored: StoredFile, *, is_promised: bool = True) -> Iterator[BinaryIO]:
    """Give what the bytes of a file are written to; they are safe, and named, once it ends well.

    They are written once, where they stay; with another storage than a folder, they are handed to
    it at the end. The row is the caller's to save. What nobody has a receipt for (`is_promised`
    false) the system writes to the disk in its own time: it survives the process, and may be lost
    with the power of the last seconds, unless `make_safe` sees to several of them at once.
    """
    if not isinstance(default_storage, FileSystemStorage):
        with tempfile.TemporaryFile() as target:
            yield cast("BinaryIO", target)
            target.seek(0)
            stored.content.save(stored.name, File(target), save=False)
        return
    name = stored.content.field.generate_filename(stored, stored.name)
    path = Path(default_storage.path(name))
    _make_folder(path.parent)
    made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, settings.FILE_UPLOAD_PERMISSIONS)
    try:
        with os.fdopen(made, "wb") as target:
            yield cast("BinaryIO", target)
            target.flush()
            if is_promised:
                os.fsync(target.fileno())
        if is_promised:
            _sync(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    stored.content.name = name


def make_safe(files: Iterable[StoredFile]) -> None:
    """Return when the bytes of these files are on the disk, with their names."""
    if not isinstance(default_storage, FileSystemStorage):
        return
    paths = [Path(default_storage.path(str(stored.content.name))) for stored in files]
    for path in paths:
        _sync(path, os.O_RDONLY)
    for folder in {path.parent for path in paths}:
        _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def _make_folder(folder: Path) -> None:
    """Make a folder whose name is safe as well."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync(folder.parent, os.O_RDONLY | os.O_DIRECTORY)


def _sync(path: Path, flags: int) -> None:
    opened = os.open(path, flags)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
