"""What the import contracts cannot see."""

import ast
import re

import pytest

from tests.architecture.tree import PACKAGE, ROOT, modules, public_functions, where

VAGUE = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "manager", "stuff"}


def test_no_module_has_a_name_that_says_nothing():
    vague = [
        where(path)
        for path in PACKAGE.rglob("*")
        if path.stem in VAGUE and path.suffix in {".py", ""}
    ]
    assert vague == []


def acts_for_a_person(function: ast.FunctionDef) -> bool:
    """Whether it is a door for people: actions write for somebody, queries open records."""
    return "QuerySet" in (ast.unparse(function.returns) if function.returns else "")


@pytest.mark.parametrize(("room", "who"), [("actions", "by"), ("queries", "viewer")])
def test_every_door_is_documented_and_takes_its_person_by_keyword(room, who):
    """A door that is the same for everybody says why, in its docstring: `No person: …`.

    In queries the doors are what gives records out (a QuerySet); the rest reckons with what a
    door gave.
    """
    faults = []
    for path in modules(room):
        for function in public_functions(path):
            told, arguments = ast.get_docstring(function) or "", function.args
            name = f"{where(path)}:{function.name}"
            if not told:
                faults.append(f"{name} has no docstring")
            if room == "queries" and not acts_for_a_person(function):
                continue
            if who not in {one.arg for one in arguments.kwonlyargs} and "No person:" not in told:
                faults.append(f"{name} does not take {who}=")
    assert faults == []


def test_files_are_of_a_size_that_can_be_read():
    long = [
        where(path)
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts and len(path.read_text().splitlines()) > 400
    ]
    assert long == []


LOCKS = [*sorted(ROOT.glob("requirements/*.txt")), ROOT / "frontend" / "package-lock.json"]


@pytest.mark.parametrize("path", LOCKS, ids=where)
def test_locks_name_no_host(path):
    text = path.read_text()
    # `funding` in package-lock.json is what packages say of themselves, not where they come from
    lines = [
        line
        for line in text.splitlines()
        if "://" in line or "--index-url" in line or '"resolved"' in line
    ]
    assert [line for line in lines if not re.match(r'\s*"url": "', line)] == []


def test_every_locked_requirement_has_hashes():
    for path in ROOT.glob("requirements/*.txt"):
        entries = re.split(r"\n(?=\S)", path.read_text().strip())
        assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_act_of_the_ledger_has_a_name_for_people():
    """An auditor reads words, not codes."""
    from minka.core import verbs

    used = {
        code
        for path in PACKAGE.rglob("*.py")
        for code in re.findall(r'verb = .*|verb="[^"]+"', path.read_text())
        for code in re.findall(r'"((?:core|knowledge|innovation)\.[a-z_]+)"', code)
    }
    from minka.innovation.states import ProblemState

    moved = {f"innovation.problem_{state}" for state in ProblemState.values if state != "draft"}
    assert (used | moved) - set(verbs._words) == set()
    assert len(used) > 30
