"""Free ports, and waiting until something answers on one."""

import socket
from time import monotonic, sleep


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
