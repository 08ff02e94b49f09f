"""Files of a submission are sealed while they arrive: nothing else holds them, and none is lost."""

import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from minka.core.arrivals import ArrivedFile
from minka.innovation.actions import handing_in, sealed_files
from minka.innovation.actions.attachments import attach_file
from minka.innovation.actions.sealed_arrivals import SealedArrival
from minka.innovation.models import Attachment, Proposal, Receipt
from minka.innovation.queries.sealed_files import attachment_pieces
from tests.factories import MembershipFactory, UserFactory
from tests.innovation.sealing_stories import (
    WORDS,
    after_closing,
    quick_passphrases,
    sealed_call,
    sealed_draft,
)
from tests.innovation.test_browser_sealing import PDF, sealed_as, text_of

pytestmark = pytest.mark.django_db
SECRET = b"%PDF-1.4 lo que nadie ha de leer antes de tiempo "
LONG = SECRET + os.urandom(3_000_000) + SECRET  # above what is held in memory


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    quick_passphrases(monkeypatch)


@pytest.fixture
def sealed_later(monkeypatch):
    """Names of the files that are sealed from a stream, and not on their way in."""
    names = []
    seal = sealed_files._seal_into

    def counted(stored, source, *, name, **more):
        names.append(name)
        seal(stored, source, name=name, **more)

    monkeypatch.setattr(sealed_files, "_seal_into", counted)
    return names


def plan(content=LONG, name="plano.pdf"):
    return SimpleUploadedFile(name, content)


def memo():
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    return SimpleUploadedFile("memo.docx", target.getvalue())


def posted(client, draft, *files, **more):
    data = {**WORDS, "revision": draft.revision, "do": "submit", "uploads": files, **more}
    return client.post(f"/propuestas/{draft.public_id}/editar/?do=submit", data)


def opened(held, draft):
    """What custodians find: every file by its name."""
    with pytest.MonkeyPatch.context() as patch:
        after_closing(patch, held.challenge)
        assert not held.open().failures
    return contents(draft)


def contents(draft):
    found = Attachment.objects.filter(proposal=draft).select_related("file", "proposal")
    return {one.details["name"]: b"".join(attachment_pieces(one)) for one in found.order_by("pk")}


def stored_names():
    folders = default_storage.listdir("")[0] if default_storage.exists("") else []
    return {name for folder in folders for name in default_storage.listdir(folder)[1]}


def test_a_file_is_sealed_as_it_arrives_and_lies_nowhere_else(
    client, monkeypatch, settings, tmp_path, sealed_later
):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    held = sealed_call()
    draft, author = sealed_draft(held)
    client.force_login(author)
    seen = []
    seal = handing_in.seal_parts

    def looking(**kwargs):
        paths = [Path(default_storage.path(name[:2])) / name for name in stored_names()]
        seen.append([*tmp_path.iterdir(), *(one for one in paths if SECRET in one.read_bytes())])
        return seal(**kwargs)

    monkeypatch.setattr(handing_in, "seal_parts", looking)
    assert posted(client, draft, plan(), plan(SECRET, "foto.pdf")).status_code == 302
    assert seen == [[]]
    assert sealed_later == ["proposal.json"]
    assert opened(held, draft) == {"plano.pdf": LONG, "foto.pdf": SECRET}


def test_what_is_refused_lies_in_the_draft_and_nowhere_else(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    client.force_login(author)
    before = stored_names()
    answer = posted(client, draft, plan(), summary="")
    assert answer.status_code == 422
    assert contents(draft) == {"plano.pdf": LONG}
    assert stored_names() - before == {Attachment.objects.get(proposal=draft).file.uid.hex}


def test_a_failure_at_the_last_moment_leaves_no_sealed_file(client, monkeypatch):
    held = sealed_call()
    draft, author = sealed_draft(held)
    client.force_login(author)
    before = stored_names()

    def broken(**_kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(handing_in, "issue_receipt", broken)
    with pytest.raises(ZeroDivisionError):
        posted(client, draft, plan())
    assert stored_names() == before
    assert not Receipt.objects.exists()


def test_what_is_chosen_twice_is_sealed_once_and_the_next_takes_its_place(client, sealed_later):
    held = sealed_call()
    draft, author = sealed_draft(held)
    client.force_login(author)
    assert posted(client, draft, plan(), plan(), plan(SECRET, "foto.pdf")).status_code == 302
    assert sealed_later == ["proposal.json", "foto.pdf"]
    names = [part["name"] for part in Receipt.objects.get().parts]
    assert names == ["proposal", "attachment-1", "attachment-2"]
    assert opened(held, draft) == {"plano.pdf": LONG, "foto.pdf": SECRET}


def test_a_file_that_a_colleague_adds_meanwhile_goes_with_it(client, monkeypatch, sealed_later):
    held = sealed_call()
    draft, author = sealed_draft(held)
    client.force_login(author)
    finish = SealedArrival.finish

    def slowly(self):
        attach_file(by=author, proposal=draft, upload=plan(SECRET, "colega.pdf"))
        finish(self)

    monkeypatch.setattr(SealedArrival, "finish", slowly)
    assert posted(client, draft, plan()).status_code == 302
    assert sealed_later[-3:] == ["proposal.json", "colega.pdf", "plano.pdf"]
    assert opened(held, draft) == {"colega.pdf": SECRET, "plano.pdf": LONG}


def test_an_office_document_is_looked_at_whole_first(client, sealed_later):
    held = sealed_call()
    draft, author = sealed_draft(held)
    client.force_login(author)
    upload = memo()
    content = upload.read()
    upload.seek(0)
    assert posted(client, draft, upload, plan()).status_code == 302
    assert "memo.docx" in sealed_later
    assert opened(held, draft) == {"memo.docx": content, "plano.pdf": LONG}


def test_what_a_draft_does_not_take_is_named_and_not_kept(client, settings):
    settings.MINKA_UPLOAD_MAX_BYTES = 2_000_000
    held = sealed_call()
    draft, author = sealed_draft(held)
    client.force_login(author)
    before = stored_names()
    program = SimpleUploadedFile("plano.pdf", b"\x7fELF\x02\x01\x01" + bytes(9_000))
    answer = posted(client, draft, program, plan(LONG, "pesado.pdf"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "El contenido de «plano.pdf»" in page
    assert "«pesado.pdf» pesa 3 MB" in page
    assert stored_names() == before
    draft.refresh_from_db()
    assert (draft.state, draft.title) == ("draft", WORDS["title"])


def test_nothing_of_somebody_elses_proposal_is_begun(client):
    held = sealed_call()
    draft, _author = sealed_draft(held)
    stranger = MembershipFactory(user=UserFactory()).user
    before = stored_names()
    client.force_login(stranger)
    sealing = reverse("innovation:browser_sealed", args=[draft.public_id])
    assert posted(client, draft, plan()).status_code == 404
    parts = sealed_as(draft, text_of(draft))
    assert client.post(sealing, {"revision": 1, "part": parts}).status_code == 404
    client.logout()
    assert posted(client, draft, plan()).status_code == 401
    assert stored_names() == before


def test_a_forged_form_hands_nothing_in():
    held = sealed_call()
    draft, author = sealed_draft(held)
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    before = stored_names()
    sealing = reverse("innovation:browser_sealed", args=[draft.public_id])
    assert posted(client, draft, plan()).status_code == 403
    parts = sealed_as(draft, text_of(draft))
    assert client.post(sealing, {"revision": draft.revision, "part": parts}).status_code == 403
    usual = f"/propuestas/{draft.public_id}/editar/"
    assert client.post(usual, {"title": "Otro", "revision": draft.revision}).status_code == 403
    client.logout()
    assert posted(client, draft, plan()).status_code == 403
    draft.refresh_from_db()
    assert (draft.state, draft.title) == ("draft", WORDS["title"])
    assert stored_names() == before


def test_what_comes_sealed_is_kept_where_it_arrived_and_goes_when_it_is_refused(
    client, monkeypatch
):
    held = sealed_call()
    draft, author = sealed_draft(held)
    client.force_login(author)
    sealing = reverse("innovation:browser_sealed", args=[draft.public_id])
    before = stored_names()
    other = sealed_as(draft, text_of(draft), PDF, revision=77)
    answer = client.post(sealing, {"revision": draft.revision, "part": other})
    assert (answer.status_code, stored_names()) == (422, before)
    arrived = []
    wanted = ArrivedFile.__init__

    def noted(self, arrival, **more):
        arrived.append(arrival.stored.uid.hex)
        wanted(self, arrival, **more)

    monkeypatch.setattr(ArrivedFile, "__init__", noted)
    parts = sealed_as(draft, text_of(draft), PDF)
    answer = client.post(sealing, {"revision": draft.revision, "part": parts})
    assert answer.status_code == 200
    assert stored_names() - before == set(arrived)
    receipt = Receipt.objects.get()
    assert [part.file.name for part in receipt.sealed_parts.order_by("position")] == [
        "proposal.seal",
        "attachment-1.seal",
    ]
    assert opened(held, Proposal.objects.get()) == {"plano-1.pdf": PDF}
