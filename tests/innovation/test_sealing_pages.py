"""The pages of the ceremony, of custodians, of the opening and of receipts."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from minka.innovation.actions.attachments import attach_file
from minka.innovation.actions.ceremony import make_key
from minka.innovation.actions.custody import get_ready
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.models import Custodian, DeadlineException, Proposal
from minka.innovation.queries.work_proposals import work_items
from minka.methods.sealing.receipts import check_receipt, key_from_text, read_receipt
from tests.factories import ActorFactory, MembershipFactory, UserFactory
from tests.innovation.sealing_stories import (
    MINUTE,
    PASSPHRASE,
    PRESENT,
    WORDS,
    after_closing,
    call_in_preparation,
    custodians_named,
    quick_passphrases,
    sealed_call,
    sealed_draft,
    shares_typed,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 plano"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    quick_passphrases(monkeypatch)


def page(client, name, *args, language="es", **data):
    address = reverse(f"innovation:{name}", args=args)
    answer = client.post(address, data) if data else client.get(address, {"lang": language})
    return answer, "" if answer.streaming else answer.content.decode()


def test_the_team_names_custodians_and_makes_the_key_on_one_page(client):
    challenge, team = call_in_preparation()
    client.force_login(team)
    member = MembershipFactory(user=UserFactory(), actor=ActorFactory(name="Universidad del Sur"))
    answer, _text = page(client, "sealing", challenge.slug, do="needed", needed=2)
    assert answer.status_code == 302
    answer, text = page(client, "sealing", challenge.slug, do="custodian", email="nadie@x.example")
    assert answer.status_code == 422
    page(client, "sealing", challenge.slug, do="custodian", email=member.user.email)
    for _place in range(2):
        other = MembershipFactory(user=UserFactory(), actor=ActorFactory())
        page(client, "sealing", challenge.slug, do="custodian", email=other.user.email)
    _answer, text = page(client, "sealing", challenge.slug)
    assert "Universidad del Sur" in text
    assert page(client, "opening", challenge.slug)[0].status_code == 200
    page(client, "sealing", challenge.slug, do="make")
    assert challenge.key.state == "preparing"  # nobody has chosen a passphrase yet
    for one in Custodian.objects.all():
        get_ready(by=one.user, custodian=one, passphrase="x" * 12, again="x" * 12)
    page(client, "sealing", challenge.slug, do="make")
    challenge.key.refresh_from_db()
    assert challenge.key.state == "made"
    page(client, "sealing", challenge.slug, do="restart")
    challenge.key.refresh_from_db()
    assert challenge.key.state == "preparing"


def test_strangers_and_custodians_do_not_prepare_a_call(client):
    challenge, team = call_in_preparation()
    custodian = custodians_named(challenge, team, made=1)[0]
    for person, status in {UserFactory(): 404, custodian.user: 403}.items():
        client.force_login(person)
        assert page(client, "sealing", challenge.slug)[0].status_code == status


def test_a_custodian_gets_ready_takes_her_share_and_proves_to_hold_it(client):
    challenge, team = call_in_preparation()
    first, second, third = custodians_named(challenge, team)
    client.force_login(first.user)
    assert "passphrase" in page(client, "custody", first.pk)[1]
    assert page(client, "custody", second.pk)[0].status_code == 404
    assert [item.icon for item in work_items(viewer=first.user)] == ["key-round"]
    phrase = PASSPHRASE.format(1)
    answer, _text = page(client, "custody", first.pk, passphrase=phrase, again="otra")
    assert answer.status_code == 422
    page(client, "custody", first.pk, passphrase=phrase, again=phrase)
    for one in (second, third):
        get_ready(by=one.user, custodian=one, passphrase=phrase, again=phrase)
    make_key(by=team, challenge=challenge)
    _answer, text = page(client, "custody", first.pk, do="take", passphrase=phrase)
    assert "BEGIN MINKA SHARE" in text
    file, share = page(client, "custody", first.pk, do="file", passphrase=phrase)
    assert "attachment" in file["Content-Disposition"]
    wrong, _text = page(client, "custody", first.pk, share=share, passphrase="otra frase larga")
    assert wrong.status_code == 422
    upload = SimpleUploadedFile("share.txt", share.encode())
    page(client, "custody", first.pk, file=upload, passphrase=phrase)
    first.refresh_from_db()
    assert first.confirmed_at
    _answer, text = page(client, "custody", first.pk)
    assert "BEGIN MINKA" not in text
    assert page(client, "custodies")[0].status_code == 200
    assert list(work_items(viewer=first.user)) == []


@pytest.mark.parametrize(("language", "word"), [("es", "plazo"), ("en", "deadline")])
def test_the_opening_page_says_until_when_and_opens_after(client, monkeypatch, language, word):
    held = sealed_call()
    draft, author = sealed_draft(held)
    submit_proposal(by=author, proposal=draft, revision=draft.revision)
    client.force_login(held.team)
    _answer, text = page(client, "opening", held.challenge.slug, language=language)
    assert word in text
    assert "passphrase_1" not in text
    words = {"present": PRESENT, "minute": MINUTE}
    early, _text = page(client, "opening", held.challenge.slug, **shares_typed(held, 1, 2), **words)
    assert early.status_code == 409
    after_closing(monkeypatch, held.challenge)
    client.force_login(held.team)  # its session began before the clock was moved
    assert "key-round" in {item.icon for item in work_items(viewer=held.team)}
    wrong = {**shares_typed(held, 1, 2), "passphrase_2": "no es esta frase"}
    answer, text = page(client, "opening", held.challenge.slug, **wrong, **words)
    assert answer.status_code == 422
    assert held.shares[0].passphrase not in text
    page(client, "opening", held.challenge.slug, **shares_typed(held, 1, 2), **words)
    assert Proposal.objects.get().title == WORDS["title"]
    _answer, text = page(client, "opening", held.challenge.slug, language=language)
    assert draft.lead.name in text
    assert MINUTE in text
    assert page(client, "proposal", draft.public_id)[0].status_code == 200


def test_a_solver_writes_submits_and_replaces_in_a_sealed_call(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    attach_file(by=author, proposal=draft, upload=SimpleUploadedFile("plano.pdf", PDF))
    client.force_login(author)
    _answer, text = page(client, "proposal_edit", draft.public_id)
    assert WORDS["approach"] in text
    assert "plano.pdf" in text
    uid = draft.attachments.get().file.uid
    answer, _text = page(client, "attachment", draft.public_id, uid)
    assert b"".join(answer.streaming_content) == PDF
    assert "plano.pdf" in answer["Content-Disposition"]
    _answer, text = page(client, "proposal", draft.public_id)
    assert "keep_copy" in text
    answer, _text = page(client, "proposal_submit", draft.public_id, revision=draft.revision)
    number = draft.receipts.get().number
    assert answer.url == reverse("innovation:receipt", args=[number])
    _answer, text = page(client, "proposal", draft.public_id, language="en")
    assert WORDS["approach"] not in text
    assert "is sealed" in text
    assert page(client, "attachment", draft.public_id, uid)[0].status_code == 404
    page(client, "proposal_reopen", draft.public_id, do=1)
    _answer, text = page(client, "proposal", draft.public_id, language="en")
    assert "goes on counting" in text
    page(client, "proposal_keep", draft.public_id, do=1)
    draft.refresh_from_db()
    assert not draft.is_being_replaced


@pytest.mark.parametrize("is_sealed", [True, False])
def test_a_receipt_is_downloaded_checked_and_printed(client, is_sealed):
    held = sealed_call()
    draft, author = sealed_draft(held)
    if not is_sealed:
        held.challenge.call.protection = "access"
        held.challenge.call.save()
        words = {name: getattr(draft, name) for name in WORDS}
        Proposal.objects.filter(pk=draft.pk).update(is_sealed=False, locked=b"", **words)
        draft.refresh_from_db()
    receipt = submit_proposal(by=author, proposal=draft, revision=draft.revision)
    published, text = page(client, "receipt_key")
    assert published.status_code == 200
    client.force_login(author)
    answer, signed = page(client, "receipt_signed", receipt.number)
    check_receipt(read_receipt(signed), key_from_text(text))
    said = json.loads(signed)["receipt"]
    assert said["call"]["protection"] == ("sealed" if is_sealed else "access")
    assert said["received_at"].endswith("-05:00")
    _answer, text = page(client, "receipt", receipt.number)
    assert receipt.content_sha256 in text
    assert (WORDS["title"] in text) is not is_sealed
    if is_sealed:
        answer, _text = page(client, "receipt_part", receipt.number, 0)
        assert b"".join(answer.streaming_content).startswith(b"MINKASEAL")
        assert page(client, "receipt_text", receipt.number)[0].status_code == 409
    printed = client.get(reverse("innovation:receipt_pdf", args=[receipt.number]))
    assert printed.content.startswith(b"%PDF")
    for stranger in (UserFactory(), held.team):
        client.force_login(stranger)
        for name in ("receipt_signed", "receipt_pdf"):
            assert page(client, name, receipt.number)[0].status_code == 404


def test_anybody_finds_the_key_and_the_page_that_checks_offline(client):
    _answer, key = page(client, "receipt_key")
    _answer, text = page(client, "receipt_check")
    assert key.strip() in text
    answer, checker = page(client, "receipt_checker")
    assert "attachment" in answer["Content-Disposition"]
    assert key.strip() in checker
    assert "http" not in checker.replace("http-equiv", "")
    told = client.get("/api/innovation/receipt-key").json()
    assert told["key"] == key.strip()


def test_more_time_is_granted_on_a_page_and_shown_to_its_solver_alone(client):
    held = sealed_call()
    draft, author = sealed_draft(held)
    client.force_login(held.team)
    until = timezone.localtime(held.challenge.call.closes_at + timedelta(days=1))
    answer, text = page(
        client,
        "more_time",
        held.challenge.slug,
        lead=draft.lead.name,
        until=f"{until:%Y-%m-%dT%H:%M}",
        reason="Corte de energía en la región, acreditado.",
        authorised_by="Luz Paredes, directora",
    )
    assert answer.status_code == 302, text
    assert DeadlineException.objects.get().lead == draft.lead
    assert "Luz Paredes" in page(client, "more_time", held.challenge.slug)[1]
    client.force_login(author)
    _answer, text = page(client, "proposal", draft.public_id)
    assert f"{until:%H:%M}" in text
