"""Free ports, and waiting until something answers on one."""

import socket
from time import monotonic, sleep
from urllib.error import HTTPError
from urllib.request import urlopen


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_open(port: int, *, within_s: float) -> bool:
    """Return True once somebody listens on the port, False when the time is up."""
    deadline = monotonic() + within_s
    while monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        sleep(0.05)
    return False


def wait_until_answered(address: str, *, within_s: float) -> bool:
    """Return True once a page is answered, False when the time is up or the answer is an error.

    A server may listen long before what it serves is loaded; it answers then.
    """
    deadline = monotonic() + within_s
    while (left := deadline - monotonic()) > 0:
        try:
            with urlopen(address, timeout=left):
                return True
        except HTTPError:
            return False
        except OSError:
            sleep(0.05)
    return False
