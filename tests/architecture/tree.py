"""Walking the project's own source."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "minka"
LINES = ["core", "knowledge", "governance", "innovation", "cooperation", "competitiveness"]


def modules(*rooms: str) -> Iterator[Path]:
    """Yield the modules of the named rooms (`actions`, `queries`) of every line."""
    for line in LINES:
        for room in rooms:
            yield from sorted((PACKAGE / line / room).rglob("*.py"))
            if (single := PACKAGE / line / f"{room}.py").exists():
                yield single


def public_functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the public functions that stand at the top of a module."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith(
            "_"
        ):
            yield node


def templates() -> list[Path]:
    """Return every HTML template."""
    return sorted(path for path in PACKAGE.rglob("*.html") if "templates" in path.parts)


def where(path: Path) -> str:
    """Return a path as people say it."""
    return path.relative_to(ROOT).as_posix()
