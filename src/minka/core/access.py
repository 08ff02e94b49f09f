"""The gate that stands inside every action."""

from typing import Any

from minka.core.errors import NotAllowed
from minka.core.models import User


def require(user: User, permission: str, obj: Any = None) -> None:
    """Let `user` pass if they hold `permission` (over `obj`).

    Raises:
        NotAllowed: they do not.
    """
    if not user.is_active or not user.has_perm(permission, obj):
        raise NotAllowed
