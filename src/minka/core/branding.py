"""What every page knows about the cluster it belongs to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def cluster(_request: HttpRequest) -> dict[str, Any]:
    """Return the cluster's name, whether its data is a demonstration, and the cluster's zone."""
    return {
        "cluster_name": settings.MINKA_CLUSTER_NAME,
        "is_demo": settings.MINKA_DEMO,
        "cluster_zone": settings.TIME_ZONE,
        "oidc_enabled": bool(settings.SOCIALACCOUNT_PROVIDERS),
    }
