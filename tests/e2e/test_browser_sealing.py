"""A proposal in two envelopes, sealed in a browser, whose server never sees a word of it."""

from playwright.sync_api import expect

from minka.innovation.actions.proposals import start_proposal
from minka.innovation.models import Proposal, Receipt
from minka.innovation.queries.receipts import still_matches
from tests.e2e.walk.hands import es, field, press, write
from tests.factories import ActorFactory, MembershipFactory, UserFactory
from tests.innovation.killing import files_of
from tests.innovation.sealing_stories import after_closing, quick_passphrases, sealed_call
from tests.innovation.test_sealing_envelopes import evaluated

CLIENT = "[name=references-2-client]"
TEXTS = {
    "Title": "Vinagre de algarroba en celdas",
    "Summary": "Un depresante natural que nadie usa.",
    "Qué propone y cómo funciona": "Se dosifica en la celda rougher, año tras año.",
    "Evidencia de que funciona": "Ensayos con mineral de Cerro Escondido.",
    "Equipo": "Rosaura Mamani y Teófilo Ccori.",
    "Amount requested (US$)": "41357902.50",
    "Duration (months)": "7",
}
PARTS = ["proposal", "economic", "attachment-1", "economic-attachment-2"]
LEVELS = {"Readiness today": "5", "Readiness at the end": "7"}
PLAN = b"%PDF-1.4 " + bytes(range(256)) * 600
OFFER = b"%PDF-1.4 " + bytes(reversed(range(256))) * 600


def test_what_is_sealed_in_the_browser_never_leaves_it_in_the_clear(
    site, person, monkeypatch, tmp_path
):
    quick_passphrases(monkeypatch)
    with site.database():
        held = sealed_call(envelopes="two")
        member = MembershipFactory(user=UserFactory(), actor=ActorFactory())
        proposal = start_proposal(by=member.user, challenge=held.challenge, lead=member.actor)
    page = person(member.user)
    sent: list[bytes] = []
    page.on("request", lambda request: sent.append(request.url.encode()))
    page.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    page.goto(f"/propuestas/{proposal.public_id}/editar/")
    page.get_by_role("link", name=es("Seal in this browser")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(es("Seal in this browser"))
    write(page, {es(label): text for label, text in TEXTS.items() if label != "Equipo"})
    for label, level in LEVELS.items():
        field(page, es(label)).select_option(level)
    page.locator("[data-add-line=references]").click()  # the third of two
    page.locator(CLIENT).fill("Minera Pampa Honda")
    with page.expect_download() as saved:
        press(page, es("Save the text to a file"))
    press(page, es("Delete the text from this browser"))
    expect(field(page, es("Title"))).to_have_value("")
    saved.value.save_as(tmp_path / "propuesta.json")
    page.get_by_label(es("Bring the text from a file")).set_input_files(tmp_path / "propuesta.json")
    expect(field(page, es("Title"))).to_have_value(TEXTS["Title"])
    page.reload()  # kept in this browser
    expect(field(page, es("Summary"))).to_have_value(TEXTS["Summary"])
    expect(page.locator(CLIENT)).to_have_value("Minera Pampa Honda")
    press(page, es("Seal and submit"))  # something is missing: nothing is sent
    expect(page.locator(":invalid").last).to_be_visible()
    write(page, {"Equipo": TEXTS["Equipo"]})
    (tmp_path / "plano.pdf").write_bytes(PLAN)
    (tmp_path / "oferta.pdf").write_bytes(OFFER)
    page.get_by_label(es("Add technical files")).set_input_files(tmp_path / "plano.pdf")
    page.get_by_label(es("Add economic files")).set_input_files(tmp_path / "oferta.pdf")
    press(page, es("Seal and submit"))
    page.wait_for_url("**/constancias/R-*/")
    assert not any(secret in body for secret in secrets() for body in sent)
    with site.database(), files_of(site):
        assert_opens_in_two_sessions(monkeypatch, held, proposal)


def assert_opens_in_two_sessions(monkeypatch, held, proposal):
    """What was written is read again, and the price in the second session only."""
    receipt = Receipt.objects.get(proposal=proposal)
    assert still_matches(receipt)
    assert [part["name"] for part in receipt.parts] == PARTS
    after_closing(monkeypatch, held.challenge)
    assert not held.open().failures
    opened = Proposal.objects.get(pk=proposal.pk)
    assert (opened.title, opened.team) == (TEXTS["Title"], TEXTS["Equipo"])
    assert [line["client"] for line in opened.references] == ["Minera Pampa Honda"]
    assert (opened.requested_usd, opened.trl_after) == (None, 7)
    assert content_of(opened) == [PLAN]
    evaluated(held, opened)
    assert not held.open(economic=True).failures
    opened.refresh_from_db()
    assert str(opened.requested_usd) == "41357902.50"
    assert content_of(opened) == [PLAN, OFFER]


def content_of(proposal):
    found = []
    for attachment in proposal.attachments.order_by("pk"):
        with attachment.file.content.open() as content:
            found.append(content.read())
    return found


def secrets():
    """What the server must not be sent: the words, as text and as they stand in addresses."""
    return [
        TEXTS["Summary"].encode(),
        b"algarroba",
        b"Rosaura",
        b"Pampa",
        PLAN[9:300],
        b"41357902",
        OFFER[9:300],
    ]
