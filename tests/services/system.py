"""What the machine has to have for the whole of the tests, and how to get it where we may."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from tests.services import postgres

# The shell draws pages as the others do and has no window around them: it takes half the work.
SHELL = "chromium-headless-shell"
BROWSERS = [SHELL, "chromium", "chromium-browser", "google-chrome"]


def chromium() -> Path | None:
    """Return the browser that the tests drive, or None."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return Path(found) if found else None


def missing() -> list[str]:
    """Return the Debian packages without which part of the tests cannot run."""
    present = {"postgresql": postgres.binaries(), "chromium": chromium()}
    return [package for package, where in present.items() if where is None]


def without_spark() -> str:
    """Return why Spark cannot run here, or an empty string."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed: make spark"
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        return "there is no Java: install version 17 or newer, or set JAVA_HOME"
    return ""


def install(packages: list[str]) -> str:
    """Install Debian packages; return why that was not possible, or an empty string."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return f"needs {' and '.join(packages)}: install as root, or run as root on Debian"
    if reason := _apt_get("update"):
        return reason
    wanted = [SHELL if one == "chromium" and _is_known(SHELL) else one for one in packages]
    return _apt_get("install", "-y", "--no-install-recommends", *wanted)


def _is_known(package: str) -> bool:
    """Return True where the distribution has it; the shell is a package of its own since Debian 12."""
    shown = subprocess.run(["apt-cache", "show", package], capture_output=True, check=False)
    return shown.returncode == 0


def _apt_get(*command: str) -> str:
    """Run apt-get; return why that failed, or an empty string."""
    done = subprocess.run(
        ["apt-get", "-qq", *command],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        capture_output=True,
        text=True,
        check=False,
    )
    return f"apt-get {command[0]} failed: {done.stderr.strip()[-300:]}" if done.returncode else ""
