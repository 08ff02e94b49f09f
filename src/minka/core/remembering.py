"""The cache of what was worked out: lists, pictures, figures.

The default cache counts how often somebody tried (`throttle`, and the limits of signing in), and
holds nothing else: however many pages are remembered here, no lock-out is forgotten for them.
"""

from django.core.cache import BaseCache, caches
from django.utils.connection import ConnectionProxy

cache: BaseCache = ConnectionProxy(caches, "pages")  # type: ignore[assignment]  # it stands for one
