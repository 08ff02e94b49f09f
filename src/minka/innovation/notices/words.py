"""Phrases that several messages share."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from minka.core.templatetags.formats import in_zone


def lima(at: datetime) -> str:
    """Write an instant in the zone of the cluster."""
    return in_zone(at, ZoneInfo(settings.TIME_ZONE))
