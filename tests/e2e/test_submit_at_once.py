"""The last minutes of a sealed call on a telephone: words and file go in one step."""

from playwright.sync_api import expect

from minka.innovation.models import Proposal, Receipt
from minka.innovation.queries.receipts import still_matches
from tests.e2e.walk.hands import es, field, press
from tests.innovation.killing import files_of
from tests.innovation.sealing_stories import (
    after_closing,
    quick_passphrases,
    sealed_call,
    sealed_draft,
)

PLAN = b"%PDF-1.4 " + bytes(range(256)) * 600
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('minka:draft:')).length"

LATER = """() => {
    const receipt = document.querySelector("[data-handed-in]").dataset;
    const key = `minka:draft:${document.documentElement.dataset.person}:${receipt.handedIn}`;
    const kept = {revision: Number(receipt.revision), submitted: true, fields: {title: ["Otro"]}};
    localStorage.setItem(key, JSON.stringify(kept));
}"""


def test_words_and_file_are_sealed_and_submitted_in_one_step(
    site, person, watch, monkeypatch, tmp_path
):
    watch.tolerate("status of 422")  # something is missing: what is tested
    quick_passphrases(monkeypatch)
    with site.database():
        held = sealed_call()
        draft, author = sealed_draft(held)
    page = person(author, viewport={"width": 360, "height": 740})
    (tmp_path / "plano.pdf").write_bytes(PLAN)
    page.goto(f"/propuestas/{draft.public_id}/editar/")
    field(page, es("Summary")).fill("")
    page.get_by_label(es("Add files")).set_input_files(tmp_path / "plano.pdf")
    press(page, es("Seal and submit now"))  # refused, and nothing of it is lost
    expect(page.locator(".errorsummary")).to_contain_text(es("Summary"))
    expect(page.get_by_role("link", name="plano.pdf")).to_be_visible()
    field(page, es("Summary")).fill("Escrito en el último minuto.")
    field(page, es("Title")).fill("Algarroba, al filo de la hora")
    press(page, es("Seal and submit now"))
    page.wait_for_url("**/constancias/R-*/")
    expect(page.locator("main")).to_contain_text(es("Received in time"))
    assert page.evaluate(KEPT) == 0  # no copy of the words stays in this browser
    page.evaluate(LATER)  # words that were written on another revision, and have not arrived
    page.reload()
    assert page.evaluate(KEPT) == 1
    with site.database(), files_of(site):
        receipt = Receipt.objects.get(proposal=draft)
        assert still_matches(receipt)
        assert len(receipt.parts) == 2
        after_closing(monkeypatch, held.challenge)
        assert not held.open().failures
        opened = Proposal.objects.get(pk=draft.pk)
        assert opened.title == "Algarroba, al filo de la hora"
        assert opened.summary == "Escrito en el último minuto."
        with opened.attachments.get().file.content.open() as content:
            assert content.read() == PLAN
