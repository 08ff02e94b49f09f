"""The cache of what was worked out: lists, pictures, figures.

The default cache counts how often somebody tried (`throttle`, and the limits of signing in), and
holds nothing else: however many pages are remembered here, no lock-out is forgotten for them.
"""

from typing import cast

from django.core.cache import BaseCache, caches
from django.utils.connection import ConnectionProxy

cache = cast("BaseCache", ConnectionProxy(caches, "pages"))  # it stands for one
