"""Signing in with an OpenID Connect server: off unless a deployer names one."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse

from minka.core.models import User

pytestmark = pytest.mark.django_db


class Provider(BaseHTTPRequestHandler):
    """The three answers of an OpenID Connect server that the sign-in needs."""

    def do_GET(self):
        here = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.startswith("/.well-known"):
            self._json(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/userinfo",
                }
            )
        else:
            self._json({"sub": "42", "email": "ana@taller.example", "name": "Ana Ccori"})

    def do_POST(self):
        self._json({"access_token": "abc", "token_type": "Bearer"})

    def _json(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture
def provider(settings):
    cache.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "Identidad del clúster",
                    "client_id": "minka",
                    "secret": "secreto",
                    "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
                }
            ]
        }
    }
    yield server
    server.shutdown()
    server.server_close()


def test_without_a_server_there_is_no_such_button(client):
    page = client.get(reverse("account_login")).content.decode()
    assert "Identidad del clúster" not in page


def test_with_a_server_a_person_signs_in_through_it(client, provider):
    assert "Identidad del clúster" in client.get(reverse("account_login")).content.decode()
    start = client.post("/cuenta/oidc/oidc/login/")
    asked = parse_qs(urlsplit(start.url).query)
    assert urlsplit(start.url).port == provider.server_port
    assert asked["client_id"] == ["minka"]
    client.get("/cuenta/oidc/oidc/login/callback/", {"code": "x", "state": asked["state"][0]})
    person = User.objects.get()
    assert (person.email, person.full_name) == ("ana@taller.example", "Ana Ccori")
    assert not person.is_staff
