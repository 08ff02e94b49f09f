"""Static files: Vite names and hashes its own; everything else is hashed and compressed here."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

import minka

VITE_PREFIX = "minka/assets/"
BUILT = Path(minka.__file__).parent / "static" / "minka"
MANIFEST = BUILT / ".vite" / "manifest.json"


class FrontendMissingError(RuntimeError):
    """The front end was not built: run `make frontend`, or install the wheel."""


class MinkaStaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the library has no types
    """Hash and compress as WhiteNoise does, but keep the names that Vite already hashed."""

    def post_process(self, *args: Any, **kwargs: Any) -> Iterator[tuple[str, str, bool]]:
        paths: dict[str, Any] = args[0]
        from_vite = {name for name in paths if name.startswith(VITE_PREFIX)}
        others = {name: found for name, found in paths.items() if name not in from_vite}
        yield from super().post_process(others, *args[1:], **kwargs)
        if not kwargs.get("dry_run"):
            for name, compressed in self.compress_files(from_vite):
                yield name, compressed, True

    def stored_name(self, name: str) -> str:
        return name if name.startswith(VITE_PREFIX) else str(super().stored_name(name))


def vite_manifest() -> dict[str, dict[str, Any]]:
    """Return Vite's manifest: source name → built file, its styles and what it imports.

    Raises:
        FrontendMissingError: nothing was built yet.
    """
    return _read(MANIFEST, MANIFEST.stat().st_mtime_ns) if settings.DEBUG else _read(MANIFEST)


@lru_cache(maxsize=2)
def _read(path: Path, _modified_ns: int = 0) -> dict[str, dict[str, Any]]:
    if not path.exists():
        raise FrontendMissingError(FrontendMissingError.__doc__)
    manifest: dict[str, dict[str, Any]] = json.loads(path.read_text())
    return manifest
