"""Addresses of sealing in the browser."""

from django.urls import path

from minka.innovation.web import browser_sealing

ONE = "propuestas/<uuid:public_id>/sellar/"

BROWSER_SEALING = [
    path(ONE, browser_sealing.browser_seal, name="browser_seal"),
    path(f"{ONE}recibir/", browser_sealing.browser_sealed, name="browser_sealed"),
]
