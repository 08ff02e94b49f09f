"""A database in a file for tests that no power cut is part of."""

from typing import Any

QUICK = "MINKA_TEST_QUICK"  # the variable that tells it to the processes of a site


def unconfirmed(config: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a database that does not wait until the disk has what it wrote.

    Each step of a test commits, and the disk of a small machine may take its time to confirm.
    """
    if not config["ENGINE"].endswith("sqlite3"):
        return config
    options = config["OPTIONS"]
    command = f"{options['init_command']}PRAGMA synchronous=OFF;"
    return {**config, "OPTIONS": {**options, "init_command": command}}
