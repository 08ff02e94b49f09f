"""What starting the site loads, and what it leaves to who needs it."""

import subprocess
import sys

LOADED = """
import sys
import django
django.setup()
from minka.config import urls
assert urls.urlpatterns
import minka.knowledge.tasks
print(" ".join(name for name in ("splink", "duckdb") if name in sys.modules))
"""


def test_the_web_server_does_not_load_the_linkage_engine():
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
