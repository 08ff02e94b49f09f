"""How allauth is fitted to this house."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, override

from minka.core.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Names the cluster in messages and writes to people in their own language."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send an account message in the recipient's language, if the account is known."""
        person = User.objects.filter(email=email.lower()).only("language").first()
        name = settings.MINKA_CLUSTER_NAME
        context["cluster_name"] = name
        context["current_site"] = {"name": name, "domain": urlsplit(settings.MINKA_BASE_URL).netloc}
        with override(person.language if person else get_language()):
            super().send_mail(template_prefix, email, context)

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth calls it
        """Anyone may open an account: what it may see comes from roles and memberships."""
        return True


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Takes the name over that the other server knows the person by."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Return the new person with e-mail address and full name."""
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        user.full_name = (data.get("name") or " ".join(filter(None, parts)))[:150]
        return user
