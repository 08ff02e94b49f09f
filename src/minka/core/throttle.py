"""How often something may be done from one place; for pages that anybody may send to."""

import time

from allauth.core.internal.httpkit import get_client_ip
from allauth.core.internal.ratelimit import truncate_ip
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest


def within_limit(*, key: str, most: int, seconds: int) -> bool:
    """Count one more under `key`; return False once there were more than `most` in `seconds`.

    The time begins with the first. Each takes a place of its own, which a cache gives away once:
    of two requests at the same moment none is forgotten. Each process counts for itself unless
    the cache is shared.
    """
    began_ms, taken = _so_far(key, seconds)
    left_s = max(1.0, began_ms / 1000 + seconds - time.time())
    name = f"throttle:{key}:{began_ms}"
    for place in range(taken + 1, most + 1):
        if cache.add(f"{name}:{place}", 1, left_s):
            cache.set(f"{name}:taken", place, left_s)  # only where to look first
            return True
    return False


def place_of(request: HttpRequest) -> str:
    """Return where a request comes from, as limits count it: behind our proxies, if there are any.

    Of an address of version 6 its network: one household has millions.
    """
    try:
        address = get_client_ip(request)
    except ImproperlyConfigured:  # it came past some of the proxies
        address = None
    return str(truncate_ip(address or request.META.get("REMOTE_ADDR", "")))


def _so_far(key: str, seconds: int) -> tuple[int, int]:
    """Return when the counting under a key began, in ms, and about how many there were."""
    name, now_ms = f"throttle:{key}", int(time.time() * 1000)
    began_ms = cache.get(name)
    if began_ms is None:
        began_ms = now_ms if cache.add(name, now_ms, seconds) else cache.get(name, now_ms)
    return began_ms, cache.get(f"{name}:{began_ms}:taken", 0)
