"""Handing in from the editor: words and files are sealed from where they arrive, in one request."""

import json

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry, StoredFile
from minka.innovation.actions import handing_in
from minka.innovation.actions.attachments import attach_file
from minka.innovation.actions.handing_in import submit_at_once
from minka.innovation.actions.proposals import reopen_proposal, save_draft
from minka.innovation.models import Attachment, DraftVersion, Partner, Proposal, Receipt
from minka.innovation.states import PartnerState, ProposalState
from tests.factories import ActorFactory, MembershipFactory, ProposalFactory, UserFactory
from tests.innovation.sealing_stories import (
    WORDS,
    after_closing,
    quick_passphrases,
    sealed_call,
    sealed_draft,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 plano de la celda"
LATER = {**WORDS, "title": "Vinagre de algarroba, segunda vuelta"}


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    quick_passphrases(monkeypatch)


def plan(content=PDF, name="plano.pdf"):
    return SimpleUploadedFile(name, content)


def posted(client, draft, **more):
    data = {**LATER, "revision": draft.revision, "do": "submit", **more}
    return client.post(f"/propuestas/{draft.public_id}/editar/?do=submit", data)


def stored_names():
    folders = default_storage.listdir("")[0]
    return {name for folder in folders for name in default_storage.listdir(folder)[1]}


def test_words_and_files_come_in_one_request_and_open_as_they_were_sent(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    attach_file(by=author, proposal=draft, upload=plan(b"%PDF-1.4 anexo", "anexo.pdf"))
    client.force_login(author)
    answer = posted(client, draft, uploads=[plan(), plan(), plan(b"%PDF-1.4 anexo", "anexo.pdf")])
    receipt = Receipt.objects.get(proposal=draft)
    assert answer.status_code == 302
    assert answer.url == f"/constancias/{receipt.number}/"
    # neither the file that was there already nor one that was chosen twice is sealed twice
    assert [part["name"] for part in receipt.parts] == ["proposal", "attachment-1", "attachment-2"]
    draft.refresh_from_db()
    assert draft.state == ProposalState.SUBMITTED
    assert (bytes(draft.locked), draft.attachments.count()) == (b"", 0)
    assert not DraftVersion.objects.filter(proposal=draft).exists()
    with pytest.MonkeyPatch.context() as patch:
        after_closing(patch, held.challenge)
        held.open()
    draft.refresh_from_db()
    assert draft.title == LATER["title"]
    files = {}
    for one in draft.attachments.all():
        with one.file.content.open("rb") as content:
            files[one.file.name] = content.read()
    assert files == {"anexo.pdf": b"%PDF-1.4 anexo", "plano.pdf": PDF}


def test_nothing_in_the_clear_is_stored_on_the_way(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    Proposal.objects.filter(pk=draft.pk).update(locked=b"")  # an empty form, as after replacing
    client.force_login(author)
    with CaptureQueriesContext(connection) as said:
        assert posted(client, draft, uploads=[plan()]).status_code == 302
    statements = " ".join(one["sql"] for one in said.captured_queries)
    assert "algarroba" not in statements
    assert 'INSERT INTO "innovation_draftversion' not in statements
    assert 'INSERT INTO "innovation_attachment' not in statements
    for stored in StoredFile.objects.all():
        with stored.content.open("rb") as content:
            assert PDF not in content.read()


def test_it_replaces_what_was_sealed_before(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    client.force_login(author)
    posted(client, draft, uploads=[plan()])
    draft.refresh_from_db()
    reopen_proposal(by=author, proposal=draft)
    posted(client, draft, title="La tercera es la vencida")
    assert Receipt.objects.filter(proposal=draft).count() == 2
    with pytest.MonkeyPatch.context() as patch:
        after_closing(patch, held.challenge)
        held.open()
    draft.refresh_from_db()
    assert draft.title == "La tercera es la vencida"
    assert not draft.attachments.exists()


def test_what_is_refused_is_kept_in_the_draft_with_its_files(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    client.force_login(author)
    answer = posted(client, draft, summary="", uploads=[plan()])
    assert answer.status_code == 422
    assert "Escriba el resumen" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.title, draft.summary) == ("draft", LATER["title"], "")
    assert [one.details["name"] for one in draft.attachments.all()] == ["plano.pdf"]
    assert not Receipt.objects.exists()


def test_after_the_deadline_words_and_files_are_kept_and_nothing_is_handed_in(client, monkeypatch):
    held = sealed_call()
    draft, author = sealed_draft(held)
    client.force_login(author)
    after_closing(monkeypatch, held.challenge, seconds=0)
    answer = posted(client, draft, uploads=[plan()])
    assert answer.status_code == 422
    assert "no se envió nada" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.title, draft.attachments.count()) == ("draft", LATER["title"], 1)
    assert not Receipt.objects.exists()


def test_a_deadline_that_passes_while_it_is_sealed_leaves_no_bytes(monkeypatch):
    held = sealed_call()
    draft, author = sealed_draft(held)
    draft = Proposal.objects.select_related("challenge__call").get(pk=draft.pk)
    seal = handing_in.seal_parts

    def slowly(**kwargs):
        parts = seal(**kwargs)
        closes_at = held.challenge.call.closes_at
        monkeypatch.setattr("django.utils.timezone.now", lambda: closes_at)
        return parts

    monkeypatch.setattr(handing_in, "seal_parts", slowly)
    before = stored_names()
    with pytest.raises(WrongState):
        submit_at_once(
            by=author, proposal=draft, revision=draft.revision, values=LATER, uploads=[plan()]
        )
    assert stored_names() == before
    assert not Receipt.objects.exists()


def test_a_colleague_who_saved_meanwhile_is_not_overruled(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    read = draft.revision
    save_draft(by=author, proposal=draft, revision=read, values={"team": "Otro equipo."})
    client.force_login(author)
    answer = client.post(
        f"/propuestas/{draft.public_id}/editar/",
        {"title": "Título nuevo", "revision": read, "do": "submit"},
    )
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert (draft.state, draft.title, draft.team) == ("draft", "Título nuevo", "Otro equipo.")
    assert not Receipt.objects.exists()


def test_a_second_click_hands_in_once_and_gives_the_words_back(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    client.force_login(author)
    assert posted(client, draft).status_code == 302
    again = posted(client, draft)
    assert again.status_code == 409
    assert LATER["title"] in again.content.decode()
    assert Receipt.objects.filter(proposal=draft).count() == 1


def test_only_the_lead_hands_in(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    partner = MembershipFactory(user=UserFactory(), actor=ActorFactory())
    Partner.objects.create(
        proposal=draft, actor=partner.actor, share=20, asked_by=author, state=PartnerState.ACCEPTED
    )
    _other, rival = sealed_draft(held)
    found = Proposal.objects.select_related("challenge__call").get(pk=draft.pk)
    for person in (partner.user, rival, held.team):
        with pytest.raises(NotAllowed):
            submit_at_once(by=person, proposal=found, revision=draft.revision, values=LATER)
    client.force_login(rival)
    assert posted(client, draft).status_code == 404
    # a partner writes with the others: what was sent is saved, and not handed in
    client.force_login(partner.user)
    page = client.get(f"/propuestas/{draft.public_id}/editar/").content.decode()
    assert 'value="save"' in page
    assert 'value="submit"' not in page
    posted(client, draft)
    draft.refresh_from_db()
    assert (draft.state, draft.title) == ("draft", LATER["title"])


def test_with_two_envelopes_files_are_added_first(client):
    held = sealed_call(envelopes="two")
    draft, author = sealed_draft(held)
    client.force_login(author)
    answer = posted(client, draft, uploads=[plan()])
    assert answer.status_code == 422
    assert "cuáles de ellos son económicos" in answer.content.decode()
    assert Attachment.objects.filter(proposal=draft).count() == 1
    draft.refresh_from_db()
    assert posted(client, draft).status_code == 302
    names = [part["name"] for part in Receipt.objects.get(proposal=draft).parts]
    assert names == ["proposal", "economic", "attachment-1"]


def test_a_call_under_the_rule_of_access_does_not_take_this_way(client):
    draft = ProposalFactory()
    MembershipFactory(user=draft.author, actor=draft.lead)
    with pytest.raises(WrongState):
        submit_at_once(by=draft.author, proposal=draft, revision=draft.revision, values=LATER)


def test_values_that_make_no_sense_are_named(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    found = Proposal.objects.select_related("challenge__call").get(pk=draft.pk)
    with pytest.raises(InvalidInput) as refused:
        submit_at_once(
            by=author, proposal=found, revision=draft.revision, values={**LATER, "trl_now": 12}
        )
    assert "trl_now" in refused.value.fields


def test_files_that_a_colleague_adds_while_it_is_sealed_stop_it(monkeypatch):
    held = sealed_call()
    draft, author = sealed_draft(held)
    found = Proposal.objects.select_related("challenge__call").get(pk=draft.pk)
    seal = handing_in.seal_parts

    def meanwhile(**kwargs):
        parts = seal(**kwargs)
        attach_file(by=author, proposal=draft, upload=plan(b"%PDF-1.4 tarde", "tarde.pdf"))
        return parts

    monkeypatch.setattr(handing_in, "seal_parts", meanwhile)
    with pytest.raises(Conflict):
        submit_at_once(by=author, proposal=found, revision=draft.revision, values=LATER)
    assert not Receipt.objects.exists()


def test_it_takes_as_many_statements_however_many_files_there_are(client):
    held = sealed_call()
    counted = []
    for many in (1, 6):
        draft, author = sealed_draft(held)
        client.force_login(author)
        files = [plan(PDF + bytes([65 + n]), f"plano-{n}.pdf") for n in range(many)]
        with CaptureQueriesContext(connection) as said:
            assert posted(client, draft, uploads=files).status_code == 302
        counted.append(len(said.captured_queries))
    assert counted[0] == counted[1] <= 40


def test_the_ledger_has_one_entry_of_it(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    client.force_login(author)
    before = LedgerEntry.objects.count()
    posted(client, draft, uploads=[plan()])
    entries = list(LedgerEntry.objects.order_by("position")[before:])
    assert [one.verb for one in entries] == ["innovation.proposal_submit"]
    assert "algarroba" not in json.dumps([one.data for one in entries])
