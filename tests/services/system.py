"""What the machine has to have for the whole of the tests, and how to get it where we may."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from tests.services import postgres

BROWSERS = ["chromium", "chromium-browser", "google-chrome"]


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
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", "-qq", *command], env=quiet, capture_output=True, text=True, check=False
        )
        if done.returncode:
            return f"apt-get {command[0]} failed: {done.stderr.strip()[-300:]}"
    return ""
