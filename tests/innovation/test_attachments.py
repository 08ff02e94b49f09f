"""Files of a proposal: taken by content, limited, private."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, TooLarge, WrongState
from minka.core.models import StoredFile
from minka.innovation.actions.attachments import MOST_FILES, attach_file, remove_attachment
from minka.innovation.actions.handing_in import submit_proposal
from tests.factories import StoredFileFactory, UserFactory
from tests.innovation.stories import assigned, draft_of_member, member_of, move_deadline, staff

pytestmark = pytest.mark.django_db


def pdf(name="ficha.pdf", body=b"%PDF-1.7\nuno"):
    return SimpleUploadedFile(name, body)


def test_a_file_is_attached_once_however_often_it_is_sent():
    draft, author = draft_of_member()
    first = attach_file(by=author, proposal=draft, upload=pdf())
    assert attach_file(by=author, proposal=draft, upload=pdf()) == first
    assert (draft.attachments.count(), StoredFile.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("vacio.pdf", b""),
        ("programa.pdf", b"MZ\x90\x00\x03\x00\x00\x00" * 20),
        ("a.zip", b"PK\x03\x04rest"),
    ],
)
def test_what_a_file_is_is_read_from_its_content(name, body):
    draft, author = draft_of_member()
    with pytest.raises(InvalidInput):
        attach_file(by=author, proposal=draft, upload=SimpleUploadedFile(name, body))
    assert not draft.attachments.exists()


def test_a_file_over_the_limit_is_refused(settings):
    settings.MINKA_UPLOAD_MAX_BYTES = 10
    draft, author = draft_of_member()
    with pytest.raises(TooLarge):
        attach_file(by=author, proposal=draft, upload=pdf())


def test_the_eleventh_file_is_refused():
    draft, author = draft_of_member()
    for number in range(MOST_FILES):
        draft.attachments.create(file=StoredFileFactory(name=f"{number}.txt"))
    with pytest.raises(InvalidInput):
        attach_file(by=author, proposal=draft, upload=pdf())


def test_a_removed_file_leaves_the_storage_too(django_capture_on_commit_callbacks):
    draft, author = draft_of_member()
    attachment = attach_file(by=author, proposal=draft, upload=pdf())
    name = attachment.file.content.name
    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(by=author, attachment=attachment)
    assert not default_storage.exists(name)
    assert not StoredFile.objects.exists()


def test_files_are_fixed_once_the_proposal_is_handed_in():
    draft, author = draft_of_member()
    attachment = attach_file(by=author, proposal=draft, upload=pdf())
    submit_proposal(by=author, proposal=draft, revision=draft.revision)
    with pytest.raises(WrongState):
        attach_file(by=author, proposal=draft, upload=pdf("otra.pdf"))
    with pytest.raises(WrongState):
        remove_attachment(by=author, attachment=attachment)
    assert draft.attachments.count() == 1


def test_strangers_neither_attach_nor_remove():
    draft, author = draft_of_member()
    attachment = attach_file(by=author, proposal=draft, upload=pdf())
    for person in (UserFactory(), staff()):
        with pytest.raises(NotAllowed):
            attach_file(by=person, proposal=draft, upload=pdf("otra.pdf"))
        with pytest.raises(NotAllowed):
            remove_attachment(by=person, attachment=attachment)


def test_only_readers_of_the_proposal_download(client):
    draft, author = draft_of_member()
    attachment = attach_file(by=author, proposal=draft, upload=pdf())
    submit_proposal(by=author, proposal=draft, revision=draft.revision)
    address = reverse("innovation:attachment", args=[draft.public_id, attachment.file.uid])
    team, colleague = staff(), member_of(draft.lead)

    def statuses(*people):
        answers = []
        for person in people:
            client.force_login(person)
            answer = client.get(address)
            answers.append(answer.status_code)
            b"".join(answer.streaming_content if answer.streaming else [])  # closes the file
        return answers

    assert statuses(author, colleague, team, UserFactory()) == [200, 200, 404, 404]
    move_deadline(draft.challenge, days=-1)
    cleared, waiting, conflicted, scored = (
        assigned(draft, state=state).evaluator
        for state in ("cleared", "assigned", "conflicted", "scored")
    )
    assert statuses(team, cleared, scored, waiting, conflicted) == [200, 200, 200, 404, 404]


def test_a_file_is_found_only_under_its_own_proposal(client):
    one, author = draft_of_member()
    other, _ = draft_of_member(lead=one.lead)
    attachment = attach_file(by=author, proposal=one, upload=pdf())
    client.force_login(author)
    wrong = reverse("innovation:attachment", args=[other.public_id, attachment.file.uid])
    assert client.get(wrong).status_code == 404


def test_a_download_is_never_shown_inside_the_site(client):
    draft, author = draft_of_member()
    attachment = attach_file(by=author, proposal=draft, upload=pdf())
    client.force_login(author)
    answer = client.get(
        reverse("innovation:attachment", args=[draft.public_id, attachment.file.uid])
    )
    assert b"".join(answer.streaming_content) == b"%PDF-1.7\nuno"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
