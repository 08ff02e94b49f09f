"""How often something may be done from one place; for pages that anybody may send to."""

from django.core.cache import cache


def within_limit(*, key: str, most: int, seconds: int) -> bool:
    """Count one more under `key`; return False once there were more than `most` in `seconds`.

    Each process counts for itself unless the cache is shared.
    """
    name = f"throttle:{key}"
    if cache.add(name, 1, seconds):
        return True
    try:
        return bool(cache.incr(name) <= most)
    except ValueError:  # it ended just now
        return True
