"""How many proposals a sealed call received is told only if the call says so; by whom never."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.models import Call
from minka.innovation.queries.funnel import edition_funnel
from minka.innovation.queries.received import received_in_public
from tests.factories import UserFactory
from tests.innovation.sealing_stories import (
    after_closing,
    quick_passphrases,
    sealed_call,
    sealed_draft,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    quick_passphrases(monkeypatch)


def two_received(**kwargs):
    held = sealed_call(**kwargs)
    leads = []
    for _time in range(2):
        draft, author = sealed_draft(held)
        submit_proposal(by=author, proposal=draft, revision=draft.revision)
        leads.append(draft.lead.name)
    return held, leads


def public_doors(client, challenge):
    """Everything that speaks of a call without an account, as one text."""
    addresses = [
        reverse("innovation:challenge", args=[challenge.slug]),
        reverse("innovation:challenges"),
        reverse("portal:home"),
        "/api/innovation/challenges",
        f"/api/innovation/challenges/{challenge.slug}",
        "/desafios/novedades.atom",
    ]
    return " ".join(client.get(one, {"lang": "en"}).content.decode() for one in addresses)


@pytest.mark.parametrize("tells", [True, False])
def test_the_number_is_public_only_if_the_call_says_so_and_authors_never(client, tells):
    held, leads = two_received(shows_count=tells)
    seen = public_doors(client, held.challenge)
    assert ("2 proposals received" in " ".join(seen.split())) is tells
    told = client.get(f"/api/innovation/challenges/{held.challenge.slug}").json()
    assert told["received"] == (2 if tells else None)
    assert not [lead for lead in leads if lead in seen]


@pytest.mark.parametrize("tells", [True, False])
def test_public_figures_count_a_sealed_call_when_it_was_opened_or_tells(monkeypatch, tells):
    held, _leads = two_received(shows_count=tells)
    everybody = AnonymousUser()
    after_closing(monkeypatch, held.challenge)
    edition = held.challenge.edition
    sealed = edition_funnel(viewer=everybody, edition=edition).proposals
    assert sealed == (2 if tells else 0)
    assert edition_funnel(viewer=UserFactory(is_staff=True), edition=edition).proposals == 2
    held.open()
    assert edition_funnel(viewer=everybody, edition=edition).proposals == 2


def test_nothing_is_told_of_a_draft_or_before_the_call_opens():
    held, _leads = two_received(shows_count=True)
    call = Call.objects.select_related("challenge").get(challenge=held.challenge)
    assert received_in_public(challenge=held.challenge, call=call) == 2
    held.challenge.state = "draft"
    assert received_in_public(challenge=held.challenge, call=call) is None
    assert received_in_public(challenge=held.challenge, call=None) is None
